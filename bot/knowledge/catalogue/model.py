"""The catalogue in memory: rows of known facts, each fact a sourced cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.reply import Source

Value = str | int | float | tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """One known fact with where it comes from.

    Attributes:
        value: What is known, as it is told.
        sources: Keys of the documents that carry it.
        facts: Ids of the fact sheets' facts.
        confidence: ``cao``, or ``vừa``: told only with who says so.
        as_of: The day the fact speaks of (YYYY[-MM[-DD]]).
        year: The year the value is of.
        note: How sure it is, who says so, what it is not.
        amount: Money in dong, to sort by; ``amount_min`` and ``amount_max`` for a span.
        per: What the money is paid for: a year, a semester …
        group: Who pays it, when not everybody.
        kind: Kind of a score: ``benchmark`` or ``floor``.
        method: Way of admission a score is of.
        scale: Highest score possible.
        condition: What else a score asks for.
        applies_to: Variant of programme a school-wide cell is about.
        experience: Experience a salary is for.
        method_code: Official code of a way of admission.
        confirmed_here: Whether it is known to hold in Cần Thơ.
    """

    value: Value
    sources: tuple[str, ...]
    facts: tuple[str, ...]
    confidence: str
    as_of: str
    year: int | None = None
    note: str = ""
    amount: int | None = None
    amount_min: int | None = None
    amount_max: int | None = None
    per: str = ""
    group: str = ""
    kind: str = ""
    method: str = ""
    scale: int | None = None
    condition: str = ""
    applies_to: str = ""
    experience: str = ""
    method_code: str = ""
    confirmed_here: bool = True


@dataclass(frozen=True)
class Row:
    """A row of a table; ``unknown`` says in a sentence what is not known of it."""

    id: str
    name: str
    unknown: str = ""
    cells: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)

    def all(self, name: str) -> tuple[Cell, ...]:
        """Return the cells called ``name``."""
        return self.cells.get(name, ())

    def first(self, *names: str) -> Cell | None:
        """Return the first cell under the first of ``names`` that has one."""
        return next((cell for name in names for cell in self.all(name)), None)


@dataclass(frozen=True)
class Institution(Row):
    """A place to study."""

    short: str = ""
    kind: str = ""
    levels: tuple[str, ...] = ()
    terms_per_year: int = 1


@dataclass(frozen=True)
class Major(Row):
    """A field of study and the roles it leads to."""

    short: str = ""
    roles: tuple[str, ...] = ()
    roles_facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Programme(Row):
    """A major taught at an institution, at one level, perhaps in a special form."""

    institution: str = ""
    major: str = ""
    level: str = ""
    variant: str = ""
    variant_name: str = ""

    @property
    def confirmed_here(self) -> bool:
        """Whether the place in Cần Thơ is known to open it."""
        return all(cell.confirmed_here for cell in self.all("availability"))


@dataclass(frozen=True)
class Role(Row):
    """A job and the majors that lead to it."""

    majors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Employer(Row):
    """A company or body that employs people of the field."""

    kind: str = ""


@dataclass(frozen=True)
class Certificate(Row):
    """A certificate and who gives it."""

    vendor: str = ""


@dataclass(frozen=True)
class Offer(Row):
    """A scholarship, loan, contest or short course, perhaps of one institution."""

    institution: str = ""


@dataclass(frozen=True)
class Contact(Row):
    """Whom to ask; ``successor`` is the id of the body that took over."""

    successor: str = ""


@dataclass(frozen=True)
class Catalogue:
    """All tables; every mapping is in the order of the files."""

    institutions: Mapping[str, Institution] = field(default_factory=dict)
    majors: Mapping[str, Major] = field(default_factory=dict)
    programmes: Mapping[str, Programme] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    employers: Mapping[str, Employer] = field(default_factory=dict)
    certificates: Mapping[str, Certificate] = field(default_factory=dict)
    scholarships: Mapping[str, Offer] = field(default_factory=dict)
    loans: Mapping[str, Offer] = field(default_factory=dict)
    contests: Mapping[str, Offer] = field(default_factory=dict)
    short_courses: Mapping[str, Offer] = field(default_factory=dict)
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    subject_groups: Mapping[str, Row] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)

    def taught(
        self, institution: str | None = None, major: str | None = None
    ) -> list[Programme]:
        """Return the programmes of an institution, of a major, or of both."""
        return [
            programme
            for programme in self.programmes.values()
            if institution in (None, programme.institution)
            and major in (None, programme.major)
        ]

    def sources_of(self, cells: Iterable[Cell]) -> tuple[Source, ...]:
        """Return the sources of ``cells``, each once, in the order they are used."""
        keys = dict.fromkeys(key for cell in cells for key in cell.sources)
        return tuple(self.sources[key] for key in keys)
