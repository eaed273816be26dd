"""Composes replies from the knowledge store."""

from __future__ import annotations

from bot.answers.question import Question, intent_of
from bot.clock import Clock, utc_now, vietnam_date
from bot.knowledge.entry import Entry
from bot.knowledge.store import KnowledgeStore
from bot.reply import Choice, Related, Reply

#: How many topics a person is asked to choose from.
CLARIFY_CHOICES = 3
#: Entity that a "more, please" button carries.
DETAIL = "detail"


class Composer:
    """Answers questions from a knowledge store."""

    def __init__(self, store: KnowledgeStore, clock: Clock = utc_now) -> None:
        """Keep the store and the clock that validity dates are held against."""
        self._store = store
        self._clock = clock

    def answer(self, question: Question, *, more: str) -> Reply | None:
        """Return the answer to ``question``, or none when its topic has no entry.

        Args:
            question: The question, understood.
            more: Title of the button that asks for the entry's detail.
        """
        entry = self._store.entry(question.topic)
        if entry is None:
            return None
        valid = entry.is_valid(vietnam_date(self._clock()))
        in_full = DETAIL in question.entities and entry.detail
        choices: tuple[Choice, ...] = ()
        if not valid:
            text = entry.fallback
        elif in_full:
            text = entry.detail
        else:
            text, choices = entry.answer, _more(entry, more)
        return Reply(
            kind="answer",
            text=text,
            topic=entry.id,
            params=_params(question, entry),
            sources=entry.sources,
            as_of=entry.as_of if valid else None,
            choices=choices,
            related=self._related(entry.related),
        )

    def clarify(self, question: Question, text: str) -> Reply:
        """Return a reply that asks which of the likeliest topics is meant."""
        topics = [topic for topic, _ in question.ranking if "/" in topic]
        return Reply(
            kind="clarify",
            text=text,
            topic="clarify",
            choices=self._topics_to_choose(topics[:CLARIFY_CHOICES]),
        )

    def out_of_scope(self, question: Question, text: str) -> Reply:
        """Return a refusal that offers the nearest topics."""
        near = [topic for topic, _ in question.ranking if "/" in topic]
        return Reply(
            kind="out_of_scope",
            text=text,
            topic="out_of_scope",
            related=self._related(tuple(near[:2]) + ("chitchat/capabilities",)),
        )

    def _related(self, topics: tuple[str, ...]) -> tuple[Related, ...]:
        titles = self._store.titles(dict.fromkeys(topics))
        return tuple(Related(topic, title) for topic, title in titles.items())

    def _topics_to_choose(self, topics: list[str]) -> tuple[Choice, ...]:
        return tuple(
            Choice(title, {"intent": intent_of(topic), "entities": {}})
            for topic, title in self._store.titles(topics).items()
        )


def _more(entry: Entry, title: str) -> tuple[Choice, ...]:
    if not entry.detail:
        return ()
    return (Choice(title, {"intent": intent_of(entry.id), "entities": {DETAIL: "full"}}),)


def _params(question: Question, entry: Entry) -> dict[str, str]:
    named = {kind: ids[-1] for kind, ids in question.entities.items() if ids}
    return {kind: value for kind, value in named.items() if kind in entry.params}
