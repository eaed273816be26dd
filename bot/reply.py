"""The reply contract (DESIGN 3.2) shared by Rasa's side and the gateway."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal[
    "answer", "clarify", "out_of_scope", "form", "handoff", "notice", "error"
]


@dataclass(frozen=True)
class Source:
    """A document that carries a stated fact; ``checked_on`` is an ISO date."""

    title: str
    checked_on: str
    number: str | None = None
    date: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Choice:
    """A button: ``payload`` is ``{"intent": …, "entities": {…}}``, never shown to a person."""

    title: str
    payload: dict[str, Any]


@dataclass(frozen=True)
class Related:
    """A topic a person may want next; ``id`` is the topic id."""

    id: str
    title: str


@dataclass(frozen=True)
class Reply:
    """One reply of a turn, as Rasa's channel returns it to the gateway."""

    kind: Kind
    text: str
    topic: str
    params: dict[str, Any] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    as_of: str | None = None
    choices: tuple[Choice, ...] = ()
    related: tuple[Related, ...] = ()
    #: What the turn did besides answering, for the gateway only (``"erased"``).
    effects: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the reply as JSON data; absent fields are left out."""
        return _present(
            kind=self.kind,
            text=self.text,
            topic=self.topic,
            params=self.params,
            sources=[_present(**vars(source)) for source in self.sources],
            as_of=self.as_of,
            choices=[vars(choice) for choice in self.choices],
            related=[vars(topic) for topic in self.related],
            effects=list(self.effects),
        )


def _present(**fields: Any) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value not in (None, [], {})}
