"""The advice form: what a message answers, changes, skips or ends."""

from __future__ import annotations

from collections.abc import Mapping

from bot.advice.questions import (
    SKIPPED,
    Question,
    question_of,
    questions,
    tells_nothing,
)
from bot.forms.message import Control, Message, control, guessed_control, interrupts
from bot.forms.phrases import read
from bot.forms.step import CANCELLED, INTERRUPTED, Outcome, Step
from bot.forms.words import phrases

INTENT = "career_advice"
_LEVEL = "advice_level"
_LIKES = "advice_likes"
#: Whoever wants these wants no advice now; sure of them, no word in the message counts.
_STAFF = frozenset({"service_human", "service_feedback"})
_GOODBYE = "chitchat_goodbye"
_ENDS = frozenset({"cancel", _GOODBYE})
#: So sure of one of these, a message that says nothing else ends the form.
_RATHER = 0.4
Answers = Mapping[str, tuple[str, ...]]
Found = dict[str, tuple[str, ...]]
#: So sure of another topic, the classifier is believed against a word that fits.
_VERY_SURE = 0.75
#: A few words that fit are an answer, though one may also ask ("AI" is also "who").
_SHORT = 3
#: With a chance like this to answer the question asked, no earlier one is corrected.
_ELSEWHERE = 0.15


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
    if told is Control.CANCEL or _leaves(message):
        return CANCELLED
    if _wants_staff(message):
        return INTERRUPTED
    corrected = _corrected(message, asked, answers, told)
    if corrected:
        return _onward(answers, corrected, asked=asked, note="changed")
    if told is Control.BACK:
        return _back(asked, answers)
    if told is Control.SKIP:
        return _onward(answers, {asked: (SKIPPED,)})
    found = _answered(message, asked)
    if found and not _asks_instead(message, asked):
        return _onward(answers, {**_liked_beside(message, asked, answers), **found})
    beside = _told_beside(message, asked, answers)
    if beside:
        return _onward(answers, beside, asked=asked, note="changed")
    if message.intent in _ENDS and message.confidence >= _RATHER:
        return CANCELLED
    question = question_of(asked)
    if guessed_control(message) is Control.SKIP or (
        question and _is_unsure(message, question)
    ):
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
    found = question.measure(message.text) or _read(message, question)
    return {asked: found} if found else {}


def _read(message: Message, question: Question) -> tuple[str, ...]:
    """Return what a free text answers: by words, by examples; the surer goes first."""
    text, told = message.text, message.told
    short = _is_short(text)
    unsure = _is_unsure(message, question)
    found = question.understand(text) if short and not unsure else ()
    found = found or question.guess(told, sure=True, text=text)
    if unsure:
        return found
    found = found or question.understand(text, outright=True)
    if not found and question.is_told(told):
        found = question.guess(told, sure=False, text=text)
    found = found or question.understand(text)
    if found or message.asks() or (message.is_topic() and not short):
        return found
    return question.guess(told, sure=False, text=text)


def _is_unsure(message: Message, question: Question) -> bool:
    if guessed_control(message) is Control.SKIP and not question.is_told(message.told):
        return True
    return phrases("unsure").in_text(message.text) and not _is_question(message)


def _is_question(message: Message) -> bool:
    """Return whether the message surely asks after a topic."""
    sure = message.is_topic() and message.confidence >= _VERY_SURE
    return sure and (message.asks() or tells_nothing(message.told))


def _corrected(
    message: Message, asked: str, answers: Answers, told: Control | None
) -> Found:
    """Return the earlier answers that a message takes back and replaces."""
    says_so = told is Control.BACK or phrases("correction").in_text(message.text)
    if message.chosen or not says_so or _is_question(message):
        return {}
    here = question_of(asked)
    chance = here.chance(message.told) if here else 0.0
    before = list(reversed(_before(asked, answers)))
    before.sort(key=lambda it: -it.chance(message.told))
    for question in before:
        found = question.measure(message.text) or question.understand(message.text)
        if found and question.chance(message.told) >= min(chance, _ELSEWHERE):
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
        (_LIKES, _liked(text), False),
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


def _liked_beside(message: Message, asked: str, answers: Answers) -> Found:
    """Return what a message that tells the level says the person likes, if it does."""
    beside = {} if message.chosen else _told_beside(message, asked, answers)
    return {slot: it for slot, it in beside.items() if slot == _LIKES}


def _asks_instead(message: Message, asked: str) -> bool:
    question = question_of(asked)
    if question and question.is_told(message.told) and "?" not in message.text:
        return False
    if message.chosen or message.intent == INTENT:
        return False
    short = _is_short(message.text) and "?" not in message.text
    return _is_question(message) and (not short or tells_nothing(message.told))


def _wants_staff(message: Message) -> bool:
    sure = message.intent in _STAFF and message.confidence >= _VERY_SURE
    tells = any(it.is_told(message.told) for it in questions())
    return sure and not tells and not _is_short(message.text)


def _is_short(text: str) -> bool:
    return len(read(text).words.split()) <= _SHORT


def _leaves(message: Message) -> bool:
    if message.chosen:
        return False
    goes = message.intent == _GOODBYE and message.confidence >= _VERY_SURE
    if goes and not any(it.guess(message.told, sure=True) for it in questions()):
        return True
    enough = phrases("enough").are_text(message.text)
    return enough or phrases("leaving").in_text(message.text)
