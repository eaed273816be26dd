"""A knowledge entry and its schema (DESIGN 3.4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from marshmallow import (
    RAISE,
    Schema,
    ValidationError,
    fields,
    validate,
    validates_schema,
)

from bot.errors import KnowledgeError
from bot.reply import Source
from bot.text.fold import fold

_DAY = validate.Regexp(
    r"^\d{4}(-\d{2}(-\d{2})?)?$", error="must be YYYY, YYYY-MM or YYYY-MM-DD"
)
_WORD = re.compile(r"\w+")
_TOPIC = validate.Regexp(r"^[a-z]+/[a-z0-9_]+$", error="must be group/topic")


@dataclass(frozen=True)
class Entry:
    """What is said about one topic.

    Attributes:
        id: The topic id, ``group/topic``.
        title: The question as a citizen would put it.
        answer: The short answer.
        detail: More, for who asks for it; empty when there is none.
        fallback: One sentence that never goes stale; said outside the validity dates.
        sources: The documents that carry the facts.
        facts: Ids of the fact sheets' facts the text rests on.
        as_of: The day the facts speak of (YYYY[-MM[-DD]]).
        valid_from: First day the answer may be served.
        valid_to: Last day, or none when the content cannot go stale.
        related: Topics a person would ask next.
        owner: Who keeps the entry true.
        params: Entity kinds that select a more exact answer.
    """

    id: str
    title: str
    answer: str
    fallback: str
    as_of: str
    valid_from: date
    owner: str
    detail: str = ""
    sources: tuple[Source, ...] = ()
    facts: tuple[str, ...] = ()
    valid_to: date | None = None
    related: tuple[str, ...] = ()
    params: tuple[str, ...] = ()

    @cached_property
    def words(self) -> frozenset[str]:
        """Return the words of all that is said, folded."""
        said = f"{self.title} {self.answer} {self.detail}"
        return frozenset(_WORD.findall(fold(said)))

    def is_valid(self, today: date) -> bool:
        """Tell whether the answer may be served on ``today`` (Vietnam's calendar)."""
        return self.valid_from <= today and (
            self.valid_to is None or today <= self.valid_to
        )


class EntrySchema(Schema):
    """One file of ``data/knowledge/<group>/<topic>.yml``; sources are ids."""

    class Meta:
        """Unknown keys are errors: a misspelt key must not vanish."""

        unknown = RAISE

    id = fields.String(required=True, validate=_TOPIC)
    title = fields.String(required=True, validate=validate.Length(3, 80))
    answer = fields.String(required=True, validate=validate.Length(10, 600))
    detail = fields.String(load_default="", validate=validate.Length(max=1500))
    fallback = fields.String(required=True, validate=validate.Length(10, 250))
    sources = fields.List(fields.String(), required=True)
    facts = fields.List(fields.String(), required=True)
    as_of = fields.String(required=True, validate=_DAY)
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(load_default=None, allow_none=True)
    related = fields.List(
        fields.String(validate=_TOPIC), required=True, validate=validate.Length(1, 3)
    )
    owner = fields.String(required=True, validate=validate.Length(min=3))
    params = fields.List(fields.String(), load_default=list)

    @validates_schema
    def _dates_in_order(self, data: dict[str, Any], **_: Any) -> None:
        if data["valid_to"] and data["valid_to"] < data["valid_from"]:
            raise ValidationError("must not be before valid_from", "valid_to")

    @validates_schema
    def _facts_have_sources(self, data: dict[str, Any], **_: Any) -> None:
        if data["facts"] and not data["sources"]:
            raise ValidationError("must name where the facts come from", "sources")


class SourceSchema(Schema):
    """One row of ``data/knowledge/sources.yml``."""

    class Meta:
        """Unknown keys are errors."""

        unknown = RAISE

    title = fields.String(required=True, validate=validate.Length(3))
    checked_on = fields.Date(required=True)
    number = fields.String()
    date = fields.String(validate=_DAY)
    url = fields.Url()


def parse_source(key: str, row: Any) -> Source:
    """Return the checked source.

    Raises:
        KnowledgeError: A field is missing or bad; the message names each.
    """
    data = _load(SourceSchema(), f"source {key!r}", row)
    return Source(**{**data, "checked_on": data["checked_on"].isoformat()})


def parse_entry(where: str, row: Any, sources: dict[str, Source]) -> Entry:
    """Return the checked entry with its sources resolved.

    Args:
        where: What to call the entry in an error, such as its file name.
        row: The parsed YAML.
        sources: Known sources by id.

    Raises:
        KnowledgeError: A field is missing or bad; the message names each.
    """
    data = _load(EntrySchema(), where, row)
    unknown = [key for key in data["sources"] if key not in sources]
    if unknown:
        raise KnowledgeError(
            f"{where}: sources: {', '.join(unknown)} not in sources.yml; add or correct"
        )
    data["sources"] = tuple(sources[key] for key in data["sources"])
    for key in ("facts", "related", "params"):
        data[key] = tuple(data[key])
    for key in ("title", "answer", "detail", "fallback"):
        data[key] = data[key].strip()
    return Entry(**data)


def _load(schema: Schema, where: str, row: Any) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise KnowledgeError(f"{where}: expected a mapping of fields, got {row!r:.80}")
    if isinstance(row.get("as_of"), date):
        row = {**row, "as_of": row["as_of"].isoformat()}
    try:
        return dict(schema.load({key: _plain(value) for key, value in row.items()}))
    except ValidationError as error:
        problems = "; ".join(
            f"{field}: {_flat(message)}"
            for field, message in error.normalized_messages().items()
        )
        raise KnowledgeError(f"{where}: {problems}") from error


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _flat(message: Any) -> str:
    if isinstance(message, dict):
        return ", ".join(f"[{key}] {_flat(value)}" for key, value in message.items())
    return " ".join(map(str, message)) if isinstance(message, list) else str(message)
