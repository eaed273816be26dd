"""Asking back which of several questions is meant, in terms of what is known."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.answers.contract import load_contract
from bot.answers.cues import load_cues
from bot.answers.lookup import Lookup
from bot.answers.question import Question
from bot.reply import Choice
from bot.text.fold import fold


def vague_topics(question: Question) -> tuple[str, ...]:
    """Return the topics a single vague word may be of; none for any other message."""
    if any(kind not in question.assumed for kind in question.entities):
        return ()
    word = " ".join(re.findall(r"\w+", fold(question.text)))
    return load_cues().vague.get(word, ())


def choices_between(look: Lookup, titles: Mapping[str, str]) -> tuple[Choice, ...]:
    """Return a button per topic, about the entities that are known when it takes them.

    Args:
        look: The question beside the catalogue.
        titles: Title per topic, in order.
    """
    return tuple(_choice(look, topic, title) for topic, title in titles.items())


def _choice(look: Lookup, topic: str, title: str) -> Choice:
    contract = load_contract()
    label = f"labels.{topic}"
    kinds = contract.carried.get(topic, frozenset()) - {"year", "level", "experience"}
    about = {
        kind: ids[-1:]
        for kind, ids in {**look.question.known, **look.question.entities}.items()
        if kind in kinds
    }
    if not about or label not in look.phrases or topic in contract.pairs:
        return look.choice(title, {}, topic)
    told = look.say("choice.about", label=look.say(label), scope=look.scope(about))
    return look.choice(told, {kind: ids[0] for kind, ids in about.items()}, topic)
