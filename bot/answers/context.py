"""What a short message asks after what was spoken of: "lệ phí?", "chừng nào mới phải trả".

The classifier sees the message alone. Its chances are weighed by how near each topic is to the one
answered just before; a message that says enough by itself is left as the classifier reads it.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.question import OUT_OF_SCOPE, Question

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
#: Answers to a question back, no questions; a longer message only looks like one.
_VAGUE = "clarify"
_DIALOGUE = frozenset(
    {"affirm", "deny", "skip", "cancel", "none/of_these", "follow/up", _VAGUE}
)


def in_context(question: Question, last: Sequence[str], *, returns: bool) -> str | None:
    """Return the topic that a short message in doubt most likely asks about.

    Args:
        question: The message as the classifier understood it.
        last: Topics of the last answer.
        returns: Whether the message goes back to it in so many words ("hồi nãy").
    """
    words = len(question.text.split())
    if not last or not words or words > SHORT or not question.ranking:
        return None
    first, chance = question.ranking[0]
    if first == _VAGUE and words <= VAGUE:
        return last[-1]
    refused = first == OUT_OF_SCOPE
    bound = returns or words <= CURT
    if chance >= SURE and not (refused and bound):
        return None
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
