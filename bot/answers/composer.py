"""Composes replies from the knowledge store and the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answers.asked import Asked
from bot.answers.beside import with_facts_asked_for
from bot.answers.by_topic import OFFERED, look_up
from bot.answers.clarifying import choices_between, vague_topics
from bot.answers.contract import load_contract
from bot.answers.draft import CHOICES, Draft
from bot.answers.lookup import Lookup, one_or_all
from bot.answers.phrases import Phrases, load_phrases
from bot.answers.question import ANY, OUT_OF_SCOPE, Question, intent_of
from bot.clock import Clock, utc_now, vietnam_date
from bot.knowledge.asking import load_asking
from bot.knowledge.catalogue.store import CatalogueStore
from bot.knowledge.entry import Entry
from bot.knowledge.store import KnowledgeStore
from bot.reply import Choice, Related, Reply

#: How many topics a person is asked to choose from.
CLARIFY_CHOICES = 3
#: After so many questions back in a row a person is offered instead.
PATIENCE = 2
#: Entity that a "more, please" button carries.
DETAIL = "detail"
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True)
class Wordings:
    """Texts of the dialogue side: the "more" button, asking back, refusing."""

    more: str
    clarify: str
    out_of_scope: str


class Composer:
    """Answers questions from a knowledge store and a catalogue."""

    def __init__(
        self,
        store: KnowledgeStore,
        catalogue: CatalogueStore,
        clock: Clock = utc_now,
        phrases: Phrases | None = None,
    ) -> None:
        """Keep the stores and the clock that validity dates are held against."""
        self._store = store
        self._catalogue = catalogue
        self._clock = clock
        self._phrases = phrases or load_phrases()
        self._asked: Asked | None = None
        #: What was served when the last reply was begun; one look at the store serves a reply.
        self._entries: Mapping[str, Entry] = {}

    def reply(self, question: Question, wordings: Wordings) -> Reply | None:
        """Return the reply to ``question``: an answer, a question back, or a refusal.

        Returns:
            Nothing when the topic has no entry.
        """
        self._entries = self._store.current()
        vague = vague_topics(question)
        if question.topic == "clarify" or (vague and not question.settled):
            return self.clarify(question, wordings.clarify, vague)
        if question.topic == OUT_OF_SCOPE:
            return self.out_of_scope(question, wordings.out_of_scope)
        return self.answer(question, more=wordings.more)

    def answer(self, question: Question, *, more: str) -> Reply | None:
        """Return the answer to ``question``, or none when its topic has no entry.

        Args:
            question: The question, understood.
            more: Title of the button that asks for the entry's detail.
        """
        entry = self._entries.get(question.topic)
        if entry is None:
            return None
        if not entry.is_valid(vietnam_date(self._clock())):
            return self._of_entry(entry, text=entry.fallback, as_of=None)
        look = Lookup(question, self._catalogue.current(), self._phrases)
        if DETAIL in question.entities and entry.detail:
            return self._of_entry(entry, text=entry.detail, as_of=entry.as_of)
        if _asks_of_a_stranger(question):
            return self._stranger(look, entry)
        draft = look_up(look)
        if draft is not None:
            return self._looked_up(look, entry, with_facts_asked_for(look, draft))
        if "year" in entry.params and look.years:
            return self._of_year(look, entry)
        text = self._said(entry, question)
        reply = self._of_entry(entry, text=text, as_of=entry.as_of)
        choices = (*_known(look), *_offers(look), *_more(entry, more))
        return replace(reply, choices=choices)

    def clarify(
        self, question: Question, text: str, topics: Sequence[str] = ()
    ) -> Reply:
        """Return a reply that asks which of the likeliest topics is meant.

        Args:
            question: The question, understood.
            text: How it is asked.
            topics: The topics to choose from, when the ranking does not say.
        """
        if question.unanswered >= PATIENCE:
            return self._give_up()
        look = Lookup(question, self._catalogue.current(), self._phrases)
        ranked = topics or [topic for topic, _ in question.ranking if "/" in topic]
        titles = self._titles(ranked[:CLARIFY_CHOICES])
        return Reply(
            kind="clarify",
            text=text,
            topic="clarify",
            choices=choices_between(look, titles),
        )

    def out_of_scope(self, question: Question, text: str) -> Reply:
        """Return a refusal that offers the nearest topics."""
        near = [topic for topic, _ in question.ranking if "/" in topic]
        return Reply(
            kind="out_of_scope",
            text=text,
            topic=OUT_OF_SCOPE,
            related=self._related((*near[:2], "chitchat/capabilities")),
        )

    def words(self, topic: str) -> frozenset[str]:
        """Return the words of what is said on ``topic``, folded."""
        entry = self._entries.get(topic)
        return entry.words if entry else frozenset()

    def nearness(self, topic: str, text: str) -> float:
        """Return how near ``text`` is to what ``topic`` answers, from 0 to 2."""
        entry = self._entries.get(topic)
        return self._lines().nearness(text, entry) if entry else 0.0

    def _said(self, entry: Entry, question: Question) -> str:
        """Return the entry's answer and the lines of its detail that are asked for."""
        if not question.text or not entry.detail or not entry.sources:
            return entry.answer
        lines = self._lines().lines(question.text, entry, again=question.again)
        return "\n".join([entry.answer, *lines])

    def _lines(self) -> Asked:
        if self._asked is None:
            # Which words are rare hardly changes while the process runs.
            self._asked = Asked(self._entries.values(), load_asking())
        return self._asked

    def _of_entry(self, entry: Entry, *, text: str, as_of: str | None) -> Reply:
        return Reply(
            kind="answer",
            text=text,
            topic=entry.id,
            sources=entry.sources,
            as_of=as_of,
            related=self._related(entry.related),
        )

    def _looked_up(self, look: Lookup, entry: Entry, draft: Draft) -> Reply:
        cells = list(dict.fromkeys(draft.used))
        days = [cell.as_of for cell in cells]
        return Reply(
            kind="answer",
            text=_with_missing_years(look, draft, _text(look, draft)),
            topic=entry.id,
            params=_params(draft.params),
            sources=look.catalogue.sources_of(cells),
            as_of=max(days) if days else None,
            choices=(*draft.choices[:CHOICES], *_changes(look, draft)),
            related=self._related(entry.related),
        )

    def _stranger(self, look: Lookup, entry: Entry) -> Reply:
        text = look.say("unknown.stranger", name=look.question.stranger)
        keep = look.params("major")
        schools = look.choices("institution", look.catalogue.institutions, keep)
        return Reply(
            kind="answer",
            text=text,
            topic=entry.id,
            params=_params(keep),
            choices=schools,
            related=self._related(entry.related),
        )

    def _of_year(self, look: Lookup, entry: Entry) -> Reply:
        """Return what the entry says of the years asked about, or that it says none."""
        asked = [str(year) for year in look.years]
        said = [
            it
            for it in _SENTENCE.split(f"{entry.answer}\n{entry.detail}")
            if any(year in it for year in asked)
        ]
        years = ", ".join(asked)
        key = "industry.year" if said else "industry.unknown"
        text = "\n".join([look.say(key, year=years), *said])
        as_of = entry.as_of if said else None
        reply = self._of_entry(entry, text=text, as_of=as_of)
        sources = entry.sources if said else ()
        return replace(reply, params=_params({"year": asked}), sources=sources)

    def _give_up(self) -> Reply:
        say = self._phrases.say
        ways = (
            ("choice.human", "service/human"),
            ("choice.capabilities", "chitchat/capabilities"),
        )
        return Reply(
            kind="clarify",
            text=say("clarify.twice"),
            topic="clarify",
            choices=tuple(
                Choice(say(key), {"intent": intent_of(topic), "entities": {}})
                for key, topic in ways
            ),
        )

    def _titles(self, topics: Iterable[str]) -> dict[str, str]:
        entries = self._entries
        return {it: entries[it].title for it in topics if it in entries}

    def _related(self, topics: Iterable[str]) -> tuple[Related, ...]:
        titles = self._titles(dict.fromkeys(topics))
        return tuple(Related(topic, title) for topic, title in titles.items())


def _text(look: Lookup, draft: Draft) -> str:
    lines, below = look.tell.lines(draft.items, apart=draft.apart)
    heading = [draft.heading] if draft.heading else _heading(look, draft)
    parts = [*draft.before, *heading, *lines, " ".join(below), *draft.after]
    return "\n".join(part for part in parts if part)


def _with_missing_years(look: Lookup, draft: Draft, text: str) -> str:
    """Return the text, behind a word on the years that none of its figures is of."""
    missing = [year for year in look.question.years if year not in text]
    if not missing or not any(cell.year for cell in draft.used):
        return text
    return look.say("unknown.year_of_figures", year=", ".join(missing)) + "\n" + text


def _heading(look: Lookup, draft: Draft) -> list[str]:
    if not draft.headed or not draft.what:
        return []
    scope = look.scope(draft.params)
    if not scope:
        return [look.say("heading_alone", what=look.say(f"what.{draft.what}"))]
    if look.question.assumed & draft.params.keys():
        what = look.what(draft.what)
        scope = look.scope(draft.params, alone=True)
        return [look.say("heading_assumed", scope=scope, what=what)]
    return [look.say("heading", what=look.say(f"what.{draft.what}"), scope=scope)]


def _params(params: Mapping[str, Sequence[str]]) -> dict[str, str | list[str]]:
    return {kind: one_or_all(ids) for kind, ids in params.items() if ids}


def _changes(look: Lookup, draft: Draft) -> Iterable[Choice]:
    """Return a button per assumed entity that asks the same of another one."""
    for kind in sorted(look.question.assumed & draft.params.keys()):
        kept = {
            other: one_or_all(ids)
            for other, ids in draft.params.items()
            if other != kind
        }
        yield look.choice(look.say(f"change.{kind}"), {**kept, kind: ANY})


def _asks_of_a_stranger(question: Question) -> bool:
    contract = load_contract()
    if not question.stranger or "institution" not in contract.takes(question.topic):
        return False
    # Beside one of ours, a strange school matters only to a comparison.
    return not question.ids("institution") or question.topic in contract.pairs


def _known(look: Lookup) -> tuple[Choice, ...]:
    """Return a button for the institution spoken of, where it is not taken up."""
    contract = load_contract()
    topic = look.question.topic
    unasked = "institution" in contract.carried.get(topic, ())
    ids = look.question.known.get("institution", ())[-1:]
    label = f"labels.{topic}"
    takes = "institution" in contract.takes(topic)
    if unasked or not takes or not ids or label not in look.phrases:
        return ()
    scope = look.scope({"institution": ids})
    title = look.say("choice.about", label=look.say(label), scope=scope)
    return (look.choice(title, {"institution": ids[0]}),)


def _offers(look: Lookup) -> tuple[Choice, ...]:
    kind = OFFERED.get(look.question.topic)
    if kind is None:
        return ()
    ids = list(getattr(look.catalogue, f"{kind}s"))
    return look.choices(kind, ids)


def _more(entry: Entry, title: str) -> tuple[Choice, ...]:
    if not entry.detail:
        return ()
    return (
        Choice(title, {"intent": intent_of(entry.id), "entities": {DETAIL: "full"}}),
    )
