"""A question beside the catalogue: what it selects, and how that is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.answers.draft import CHOICES, Item
from bot.answers.phrases import Phrases
from bot.answers.question import Question, intent_of
from bot.answers.telling import Teller, figure
from bot.knowledge.catalogue.model import (
    Catalogue,
    Cell,
    Institution,
    Major,
    Programme,
    Row,
)
from bot.reply import Choice

_R = TypeVar("_R", bound=Row)
#: Ways to reach an institution, the one that answers soonest first.
_WAYS = (
    (("phone",), "ask.phone"),
    (("admissions_website", "website"), "ask.website"),
)
STANDARD = "standard"


@dataclass(frozen=True)
class Lookup:
    """One question, the tables, and the words for both."""

    question: Question
    catalogue: Catalogue
    phrases: Phrases

    @property
    def tell(self) -> Teller:
        """Return what words the cells."""
        return Teller(self.phrases, self.catalogue)

    @property
    def institutions(self) -> list[Institution]:
        """Return the institutions asked about."""
        return self._named("institution", self.catalogue.institutions)

    @property
    def majors(self) -> list[Major]:
        """Return the majors asked about."""
        return self._named("major", self.catalogue.majors)

    @property
    def level(self) -> str | None:
        """Return the level asked about."""
        return next(iter(self.question.ids("level")), None)

    @property
    def years(self) -> list[int]:
        """Return the years asked about."""
        return [int(year) for year in self.question.ids("year") if year.isdigit()]

    def _named(self, kind: str, table: Mapping[str, _R]) -> list[_R]:
        return [table[key] for key in self.question.ids(kind) if key in table]

    def say(self, key: str, **parts: object) -> str:
        """Return a phrase."""
        return self.phrases.say(key, **parts)

    def what(self, key: str) -> str:
        """Return what a thing is called inside a sentence."""
        name = self.say(f"what.{key}")
        return name[:1].lower() + name[1:]

    def programmes(self, institution: str | None, major: str | None) -> list[Programme]:
        """Return the programmes of both, at the level asked about."""
        return [
            programme
            for programme in self.catalogue.taught(institution, major)
            if self.level in (None, programme.level)
        ]

    def params(self, *kinds: str) -> dict[str, tuple[str, ...]]:
        """Return the ids of ``kinds`` that the question names."""
        return {kind: ids for kind in kinds if (ids := self.question.ids(kind))}

    def scope(self, params: Mapping[str, Sequence[str]], *, alone: bool = False) -> str:
        """Return "ngành … ở …" for what an answer is about.

        Args:
            params: The ids per kind.
            alone: Whether it stands by itself, not behind a noun.
        """
        parts = []
        for kind in ("certificate", "employer", "role", "major", "level"):
            if names := self.names(kind, params.get(kind, ())):
                parts.append(self.say(f"scope.{kind}", **{kind: self.listed(names)}))
        if schools := self.names("institution", params.get("institution", ())):
            first = alone and not parts
            key = "scope.institution_first" if first else "scope.institution"
            parts.append(self.say(key, institution=self.listed(schools)))
        if years := params.get("year"):
            parts.append(self.say("scope.year", year=", ".join(years)))
        return " ".join(parts)

    def names(self, kind: str, ids: Iterable[str]) -> list[str]:
        """Return what people call the entities ``ids``."""
        if kind == "level":
            return [self.say(f"levels.{key}") for key in ids]
        table: Mapping[str, Row] = getattr(self.catalogue, f"{kind}s")
        return [table[key].name for key in ids if key in table]

    def listed(self, names: Sequence[str]) -> str:
        """Return names as "A, B và C"."""
        if len(names) < 2:
            return "".join(names)
        return self.say("scope.and", first=", ".join(names[:-1]), last=names[-1])

    def variant(self, programme: Programme) -> str:
        """Return the form of a programme, when it has to be told apart."""
        parts = []
        if programme.variant_name and programme.confirmed_here:
            parts.append(programme.variant_name)
        elif not programme.variant and self._has_variants(programme):
            parts.append(self.say("variant.standard"))
        if programme.level != "university":
            parts.append(self.say(f"levels.{programme.level}"))
        return ", ".join(parts)

    def capital(self, text: str) -> str:
        """Return ``text`` with a capital letter in front."""
        return text[:1].upper() + text[1:]

    def _has_variants(self, programme: Programme) -> bool:
        twins = self.catalogue.taught(programme.institution, programme.major)
        return any(twin.variant and twin.confirmed_here for twin in twins)

    def item(
        self, cell: Cell, label: str = "", text: str = "", rank: float = 0.0
    ) -> Item:
        """Return a line with one cell."""
        told = self.tell.dated(text or figure(cell.value), cell)
        return Item(told, (cell,), self.capital(label), rank)

    def reach(self, institution: Institution) -> tuple[str, tuple[Cell, ...]]:
        """Return how to ask the institution itself, and the cells that tell it."""
        cells = [
            (key, cell)
            for names, key in _WAYS
            if (cell := institution.first(*names)) is not None
        ]
        if not cells:
            return self.say("ask.reach_none"), ()
        ways = ", ".join(self.say(key, value=cell.value) for key, cell in cells)
        return self.say("ask.reach", ways=ways), tuple(cell for _, cell in cells)

    def choices(
        self,
        kind: str,
        ids: Iterable[str],
        keep: Mapping[str, Sequence[str]] | None = None,
    ) -> tuple[Choice, ...]:
        """Return a button per entity that asks the same about it.

        Args:
            kind: Kind of the entities.
            ids: The entities, in order.
            keep: Other entities that stay as they are.
        """
        table: Mapping[str, Row] = getattr(self.catalogue, f"{kind}s")
        kept = {name: one_or_all(values) for name, values in (keep or {}).items()}
        return tuple(
            self.choice(
                getattr(table[key], "short", "") or table[key].name, {**kept, kind: key}
            )
            for key in list(dict.fromkeys(ids))[:CHOICES]
        )

    def choice(
        self, title: str, entities: Mapping[str, object], topic: str = ""
    ) -> Choice:
        """Return a button that asks ``topic``, by default the question's own."""
        intent = intent_of(topic or self.question.topic)
        return Choice(title, {"intent": intent, "entities": dict(entities)})


def one_or_all(ids: Sequence[str]) -> str | list[str]:
    """Return the only id, or the list of them."""
    return ids[0] if len(ids) == 1 else list(ids)
