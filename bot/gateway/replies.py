"""Replies as Rasa sends them and as the public sees them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any, TypeVar, get_args

from bot.reply import Choice, Kind, Related, Reply, Source
from bot.storage.conversation_tables import JsonObject, Offer

_KINDS = frozenset(get_args(Kind))
_Part = TypeVar("_Part", Source, Choice, Related)


def read_reply(data: Any) -> Reply:
    """Check and read one reply.

    Raises:
        ValueError: The data does not have the shape of ``bot.reply.Reply``.
    """
    if not isinstance(data, dict):
        raise ValueError(f"a reply must be an object, not {type(data).__name__}")
    unknown = data.keys() - Reply.__dataclass_fields__.keys()
    if unknown or data.get("kind") not in _KINDS:
        raise ValueError(f"kind {data.get('kind')!r}, unknown fields {sorted(unknown)}")
    if not all(isinstance(data.get(name), str) for name in ("text", "topic")):
        raise ValueError("text and topic must be strings")
    if not isinstance(data.get("params", {}), dict):
        raise ValueError("params must be an object")
    parts = {
        "sources": _parts(Source, data.get("sources", ())),
        "choices": _parts(Choice, data.get("choices", ())),
        "related": _parts(Related, data.get("related", ())),
        "effects": tuple(data.get("effects", ())),
    }
    return Reply(**{**data, **parts})


def _parts(shape: type[_Part], rows: Iterable[dict[str, Any]]) -> tuple[_Part, ...]:
    try:
        return tuple(shape(**row) for row in rows)
    except TypeError as error:
        raise ValueError(f"{shape.__name__}: {error}") from error


def publish(replies: Iterable[Reply]) -> tuple[list[JsonObject], list[Offer]]:
    """Give every choice an opaque id.

    Returns:
        The replies as the public sees them, and what they offer.
    """
    public: list[JsonObject] = []
    offers: list[Offer] = []
    for reply in replies:
        listed = [
            Offer(secrets.token_urlsafe(9), choice.title, choice.payload, True)
            for choice in reply.choices
        ]
        data = reply.as_json()
        data.pop("effects", None)
        if listed:
            data["choices"] = [{"id": it.id, "title": it.title} for it in listed]
        public.append(data)
        offers += listed
        offers += [
            Offer(topic.id, topic.title, _asking_for(topic.id), False)
            for topic in reply.related
        ]
    return public, offers


def _asking_for(topic: str) -> JsonObject:
    return {"intent": topic.replace("/", "_", 1), "entities": {}}
