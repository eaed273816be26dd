"""What a short message asks after what was spoken of: "lệ phí?", "chừng nào mới phải trả".

The classifier sees the message alone. Its chances are weighed by how near each topic is to the one
answered just before; a message that says enough by itself is left as the classifier reads it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.answers.question import OUT_OF_SCOPE, Question

#: Topic of a message that names something else for what was asked; its text is said when no
#: entity tells more.
FOLLOW_UP = "follow/up"
#: Groups of one subject: what is known in one of them may fit another.
STUDY_AND_WORK = frozenset({"study", "career", "training"})
#: Replies of these change no subject.
NO_SUBJECT = frozenset({"chitchat", "service", "clarify", "out_of_scope", "dialogue"})


class Said(Protocol):
    """What may be said on topics."""

    def words(self, topic: str) -> Collection[str]:
        """Return the words of what is said on ``topic``, folded."""

    def nearness(self, topic: str, text: str) -> float:
        """Return how near ``text`` is to what ``topic`` answers, from 0 to 2."""


#: A message of more words says itself what it asks,
SHORT = 16
#: one of no more than these hardly anything,
CURT = 3
#: and a vague one of no more than these asks more of what was answered ("lệ phí bao nhiêu").
VAGUE = 6
#: A guess so sure is not weighed.
SURE = 0.9
#: The weighed chance from which a topic is believed,
BELIEVED = 0.2
#: and the bare chance that one needs which was not spoken of just before.
NEW = 0.3
#: How likely a message must be to ask on, in the order of ``_asks_on``: its topic has some chance,
SOME_CHANCE, HARDLY = 0.01, 0.02
#: it would be asked back, or refused, or refused without any doubt,
VAGUELY, LIKELY, SURELY, SOME_DOUBT, CERTAIN = 0.1, 0.3, 0.9, 0.95, 0.99
#: it would be answered on another subject, or on another topic of this one, in doubt.
ELSEWHERE, DOUBTED, DOUBTFUL = 0.5, 0.8, 0.6
#: What is so near to the last answer, and nearer by so much than to its own topic, asks on
#: unless that topic is quite sure.
NEAR, NEARER, QUITE_SURE = 0.3, 0.1, 0.97
#: Who goes back in so many words means an answer that is no less near than this.
RECALLED = 0.15
#: From here on the likeliest reading of a refused message is taken for what it is.
MOST_LIKELY = 0.5
#: A topic that is asked clearly enough beside a correction.
CLEAR = 0.5
#: Answers to a question back, no questions; a longer message only looks like one.
_VAGUE = "clarify"
_DIALOGUE = frozenset(
    {"affirm", "deny", "skip", "cancel", "none/of_these", FOLLOW_UP, _VAGUE}
)


def in_context(
    question: Question, last: Sequence[str], *, returns: bool, answers: Said
) -> str | None:
    """Return the topic that a short message in doubt most likely asks about.

    Args:
        question: The message as the classifier understood it.
        last: Topics of the last answer.
        returns: Whether the message goes back to it in so many words ("hồi nãy").
        answers: What may be said.
    """
    count = len(question.text.split())
    if not last or not count or count > SHORT or not question.ranking:
        return None
    if _asks_on(question, last, answers):
        return last[-1]
    first, chance = question.ranking[0]
    if first == _VAGUE and count <= VAGUE:
        return last[-1]
    refused = first == OUT_OF_SCOPE
    bound = returns or count <= CURT
    if chance >= SURE and not (refused and bound):
        return None
    return _weighed(question, last, bound=bound)


def returned_to(
    question: Question, earlier: Collection[str], answers: Said
) -> str | None:
    """Return which of the topics spoken of ``earlier`` a message that goes back is nearest to."""
    near = {topic: answers.nearness(topic, question.text) for topic in earlier}
    best = max(near, key=near.__getitem__, default="")
    own = answers.nearness(question.topic, question.text)
    return best if near.get(best, 0.0) >= max(RECALLED, own) else None


def _asks_on(question: Question, last: Sequence[str], answers: Said) -> bool:
    """Tell whether a message that seems to be about something else asks on about the last answer.

    "lời bao nhiêu một năm" after loans: it is near to what was answered, or it could ask on and
    no word of it is strange to both that and what was answered.
    """
    if question.topic not in last and _is_near(question, last, answers):
        return True
    said = {word for topic in last for word in answers.words(topic)}
    strange = [word for word in question.strange if word not in said]
    chances = dict(question.ranking)
    likely = max(chances.get(topic, 0.0) for topic in last) >= SOME_CHANCE
    if question.topic in last or len(strange) > likely:
        return False
    chance = chances.get(question.topic, 0.0)
    if question.topic in (OUT_OF_SCOPE, _VAGUE):
        least = SURELY if chance >= CERTAIN else LIKELY
        shares = question.strange and chance < SOME_DOUBT
        if not strange and (likely or shares):
            least = HARDLY
        elif question.topic == _VAGUE or strange:
            least = VAGUELY
        return question.elliptic >= least
    # "học phí thì sao" behind the Plan is a change of subject, and the classifier knows it.
    least = DOUBTED if _may_follow(question.topic, last) else ELSEWHERE
    return chance < DOUBTFUL and question.elliptic >= least


def _is_near(question: Question, last: Sequence[str], answers: Said) -> bool:
    near = max(answers.nearness(topic, question.text) for topic in last)
    own = answers.nearness(question.topic, question.text)
    chance = dict(question.ranking).get(question.topic, 0.0)
    return near >= max(NEAR, own + NEARER) and chance < QUITE_SURE


def _may_follow(topic: str, last: Sequence[str]) -> bool:
    """Tell whether a question on ``topic`` is at home behind the last answer."""
    group = topic.split("/", maxsplit=1)[0]
    groups = {it.split("/")[0] for it in last}
    related = group in STUDY_AND_WORK and bool(groups & STUDY_AND_WORK)
    return "/" not in topic or group in NO_SUBJECT | groups or related


def _weighed(question: Question, last: Sequence[str], *, bound: bool) -> str | None:
    same, near, refusal = (30.0, 4.0, 0.1) if bound else (6.0, 2.0, 0.3)
    groups = {topic.split("/")[0] for topic in last}

    def weighed(topic: str, chance: float) -> float:
        if topic in last:
            return same * chance
        if topic in _DIALOGUE:
            return 0.0
        if topic == OUT_OF_SCOPE:
            return refusal * chance
        return (near if topic.split("/", 1)[0] in groups else 1.0) * chance

    chances = {topic: weighed(topic, chance) for topic, chance in question.ranking}
    best = max(chances, key=chances.__getitem__)
    new = best not in last and dict(question.ranking)[best] < NEW
    return None if new or "/" not in best or chances[best] < BELIEVED else best


def is_clear(question: Question) -> bool:
    """Tell whether a correction asks something of its own as well ("…, mà hỏi điểm chuẩn")."""
    first, chance = next(iter(question.ranking), ("", 0.0))
    in_doubt = question.topic in (FOLLOW_UP, OUT_OF_SCOPE, _VAGUE)
    return not in_doubt and (question.topic != first or chance >= CLEAR)


def follows_up(question: Question) -> bool:
    """Tell whether it names something else for what was asked, refused or not ("í lộn, 2025")."""
    first, chance = next(iter(question.ranking), ("", 0.0))
    refused = question.topic == OUT_OF_SCOPE and chance >= MOST_LIKELY
    return question.topic == FOLLOW_UP or (refused and first == FOLLOW_UP)
