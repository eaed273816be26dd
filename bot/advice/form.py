"""The advice form: what a message answers, changes, skips or ends."""

from __future__ import annotations

from collections.abc import Mapping

from bot.advice.questions import SKIPPED, Question, question_of, questions
from bot.forms.message import Control, Message, control, guessed_control, interrupts
from bot.forms.phrases import read
from bot.forms.step import CANCELLED, INTERRUPTED, Outcome, Step
from bot.forms.words import phrases

INTENT = "career_advice"
_LEVEL = "advice_level"
Answers = Mapping[str, tuple[str, ...]]
Found = dict[str, tuple[str, ...]]
#: So sure of another topic, the classifier is believed against a word that fits.
_VERY_SURE = 0.75
#: A few words that fit are an answer, though one may also ask ("AI" is also "who").
_SHORT = 3


def opened(message: Message) -> Step:
    """Return the first step: what the opening message already tells is not asked."""
    told = {} if message.chosen else _told(message.text)
    return _onward({}, told, note="welcome")


def taken(message: Message, asked: str, answers: Answers, tried: str | None) -> Step:
    """Return what a message does.

    Args:
        message: The message.
        asked: The slot that was asked for.
        answers: What was answered so far, by slot.
        tried: The slot whose answer was not understood the last time.
    """
    told = control(message)
    if told is Control.CANCEL or _is_enough(message):
        return CANCELLED
    corrected = _corrected(message, asked, answers, told)
    if corrected:
        return _onward(answers, corrected, asked=asked, note="changed")
    if told is Control.BACK:
        return _back(asked, answers)
    if told is Control.SKIP:
        return _onward(answers, {asked: (SKIPPED,)})
    found = _answered(message, asked)
    if found and not _asks_instead(message):
        return _onward(answers, found)
    beside = _told_beside(message, asked, answers)
    if beside:
        return _onward(answers, beside, asked=asked, note="changed")
    guess = guessed_control(message)
    if guess is Control.CANCEL:
        return CANCELLED
    if guess is Control.SKIP:
        return _onward(answers, {asked: (SKIPPED,)})
    if interrupts(message, INTENT):
        return INTERRUPTED
    return _not_understood(message, asked, answers, tried)


def _answered(message: Message, asked: str) -> Found:
    if message.chosen:
        # A button of an earlier question changes its answer.
        chosen = {it.slot: it.chosen(message.text) for it in questions()}
        return {slot: options for slot, options in chosen.items() if options}
    question = question_of(asked)
    if not question:
        return {}
    found = question.guess(message.told, sure=True)
    if not found and guessed_control(message) is not Control.SKIP:
        found = question.understand(message.text)
        if not found and not message.asks() and not message.is_topic():
            found = question.guess(message.told, sure=False)
    return {asked: found} if found else {}


def _corrected(
    message: Message, asked: str, answers: Answers, told: Control | None
) -> Found:
    """Return the earlier answers that a message takes back and replaces."""
    says_so = told is Control.BACK or phrases("correction").in_text(message.text)
    if message.chosen or not says_so:
        return {}
    for question in reversed(_before(asked, answers)):
        found = question.understand(message.text)
        if found:
            return {question.slot: found}
    return {}


def _before(asked: str, answers: Answers) -> list[Question]:
    return [it for it in questions() if it.slot in answers and it.slot != asked]


def _back(asked: str, answers: Answers) -> Step:
    earlier = _before(asked, answers)
    if not earlier:
        return Step(Outcome.ASKING, ask=asked, note="first_question")
    # Questions are asked in their order, so the one before was answered last.
    slots = [it.slot for it in questions()]
    asked_before = [it for it in earlier if slots.index(it.slot) < slots.index(asked)]
    last = (asked_before or earlier)[-1].slot
    return Step(Outcome.ASKING, {last: None}, ask=last, note="again")


def _not_understood(
    message: Message, asked: str, answers: Answers, tried: str | None
) -> Step:
    if message.intent == "deny":
        return _onward(answers, {asked: (SKIPPED,)})
    if tried == asked:
        return _onward(answers, {asked: (SKIPPED,)}, note="moved_on")
    return Step(Outcome.ASKING, ask=asked, note="unclear", tried=asked)


def _onward(
    answers: Answers, found: Found, *, asked: str | None = None, note: str = ""
) -> Step:
    """Return the step that keeps ``found`` and asks for ``asked`` or what is open."""
    known = {**answers, **found}
    missing = [it.slot for it in questions() if it.slot not in known]
    if not missing:
        return Step(Outcome.DONE, found)
    ask = asked if asked in missing else missing[0]
    return Step(Outcome.ASKING, found, ask=ask, note=note)


def _told(text: str) -> Found:
    """Return what a text tells that was not asked: only what it says outright."""
    found: Found = {}
    for slot, told, outright in (
        (_LEVEL, text, True),
        ("advice_likes", _liked(text), False),
        ("advice_strengths", text, True),
    ):
        question = question_of(slot)
        named = question.understand(told, outright=outright) if question else ()
        if named:
            found[slot] = named
    return found


def _liked(text: str) -> str:
    before = phrases("liking").before(text)
    behind = read(text).words[len(before) :]
    return phrases("generic").without(behind)


def _told_beside(message: Message, asked: str, answers: Answers) -> Found:
    """Return answers to other questions that a message gives instead.

    Only the level is replaced without a word of correction: nothing else is as plain.
    """
    if message.asks():
        return {}
    return {
        slot: options
        for slot, options in _told(message.text).items()
        if slot != asked and (slot not in answers or slot == _LEVEL)
    }


def _asks_instead(message: Message) -> bool:
    short = len(read(message.text).words.split()) <= _SHORT and "?" not in message.text
    if message.chosen or message.intent == INTENT or short:
        return False
    return message.asks() and message.is_topic() and message.confidence >= _VERY_SURE


def _is_enough(message: Message) -> bool:
    return not message.chosen and phrases("enough").are_text(message.text)
