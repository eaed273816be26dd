"""What a person did on a channel, the same for every platform."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from typing import Any, Literal

#: ``choice``, ``page`` and ``menu`` are taps on buttons that this program made;
#: ``staff`` is a message that a member of staff sent to the person.
Kind = Literal[
    "text",
    "choice",
    "page",
    "menu",
    "start",
    "leave",
    "staff",
    "image",
    "sticker",
    "voice",
    "video",
    "file",
    "location",
    "link",
    "card",
    "shared_info",
    "unreadable",
]


@dataclass(frozen=True)
class Incoming:
    """One event of one person.

    ``event_id`` is the platform's id of the event; ``text`` is what was typed, or what
    the tapped button carried.
    """

    event_id: str
    user_id: str
    kind: Kind
    sent_at: datetime
    text: str = ""

    def as_json(self) -> str:
        """Return the event as text, for the inbox."""
        data = {**asdict(self), "sent_at": self.sent_at.isoformat()}
        return json.dumps(data, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Incoming:
        """Read what ``as_json`` wrote."""
        data: dict[str, Any] = json.loads(text)
        return cls(**{**data, "sent_at": datetime.fromisoformat(data["sent_at"])})


@dataclass(frozen=True)
class Echo:
    """The platform tells that a message of ours went out; ``tag`` is what it carried."""

    tag: str
    platform_id: str


@dataclass(frozen=True)
class Delivery:
    """What one webhook call brought; ``ignored`` names the events of no interest."""

    events: tuple[Incoming, ...] = ()
    echoes: tuple[Echo, ...] = ()
    ignored: tuple[str, ...] = ()


#: Buttons carry one of these and an opaque or public key; nothing else is honoured.
CHOICE_MARK, PAGE_MARK, MENU_MARK = "#b:", "#p:", "#m:"
_KINDS: dict[str, Kind] = {CHOICE_MARK: "choice", PAGE_MARK: "page", MENU_MARK: "menu"}
_LONGEST_KEY = 100


def read_payload(payload: str) -> tuple[Kind, str] | None:
    """Return the kind and key of a button's payload; ``None`` when it is not ours."""
    text = payload.strip()
    kind = _KINDS.get(text[:3])
    key = text[3:]
    if kind is None or not key or len(key) > _LONGEST_KEY or " " in key:
        return None
    return kind, key


def moment_of(milliseconds: object) -> datetime:
    """Return the moment that a platform gives in milliseconds, as number or text.

    Raises:
        ValueError: It is not a moment.
    """
    try:
        return datetime.fromtimestamp(int(str(milliseconds)) / 1000, timezone.utc)
    except (OverflowError, OSError) as error:
        raise ValueError(
            f"timestamp {str(milliseconds)[:20]!r} is no moment"
        ) from error
