"""From plain records (checked files, or rows of the store) to the catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeVar

from bot.knowledge.catalogue.model import (
    Catalogue,
    Cell,
    Certificate,
    Contact,
    Employer,
    Institution,
    Major,
    Offer,
    Programme,
    Role,
    Row,
)
from bot.reply import Source

#: Table to its records, in order.
Records = Mapping[str, Sequence[Mapping[str, Any]]]

ROWS: dict[str, type[Row]] = {
    "institutions": Institution,
    "majors": Major,
    "programmes": Programme,
    "roles": Role,
    "employers": Employer,
    "certificates": Certificate,
    "scholarships": Offer,
    "loans": Offer,
    "contests": Offer,
    "short_courses": Offer,
    "contacts": Contact,
    "subject_groups": Row,
}

_R = TypeVar("_R", bound=Row)


def build(records: Records, sources: Mapping[str, Source]) -> Catalogue:
    """Return the catalogue of ``records``; a table that is left out is empty."""
    tables: dict[str, Any] = {
        table: {record["id"]: _row(kind, record) for record in records.get(table, ())}
        for table, kind in ROWS.items()
    }
    return Catalogue(**tables, sources=sources)


def _row(kind: type[_R], record: Mapping[str, Any]) -> _R:
    columns = {column.name for column in fields(kind)} - {"cells"}
    return kind(
        **{name: _frozen(value) for name, value in record.items() if name in columns},
        cells={
            name: tuple(_cell(cell) for cell in value)
            for name, value in record.items()
            if name not in columns and value
        },
    )


def _cell(record: Mapping[str, Any]) -> Cell:
    return Cell(**{name: _frozen(value) for name, value in record.items()})


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
