"""What every channel must be able to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.channels.incoming import Delivery
from bot.channels.outcome import Outcome
from bot.errors import AssistantError

JsonObject = dict[str, Any]


class ForgedError(AssistantError):
    """A webhook call is not from the platform; ``reason`` is a few fixed words."""

    code = "ICT-020"

    def __init__(self, reason: str) -> None:
        """Name the reason."""
        super().__init__(f"webhook call refused ({reason}); is the secret right?")
        self.reason = reason


@dataclass(frozen=True)
class Said:
    """What the assistant says in one turn: replies as the public API gives them.

    ``first`` is the place of the first choice to show, for lists with several pages;
    ``menu`` adds the fixed menu.
    """

    message_id: str
    replies: Sequence[JsonObject]
    first: int = 0
    menu: bool = False


@dataclass(frozen=True)
class Address:
    """Where a message goes, and the tag it carries where a platform can carry one."""

    user_id: str
    tag: str


class Channel(Protocol):
    """A platform: how to read its calls, fit answers to it, and send them."""

    name: str
    #: How long after a person's last message it may be written to.
    window: timedelta
    #: The largest webhook call it makes, in bytes.
    largest_call: int

    def read(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Delivery:
        """Check that a call is genuine, and read it.

        Raises:
            ForgedError: The call is not from the platform.
        """

    def render(self, said: Said) -> list[JsonObject]:
        """Return the messages that say it, in order, within the platform's limits."""

    async def greet(self, user_id: str) -> None:
        """Show that the message was seen and an answer is being written, if possible."""

    async def send(self, address: Address, message: JsonObject) -> Outcome:
        """Send one message."""

    async def find(
        self, address: Address, message: JsonObject, known: set[str]
    ) -> str | None:
        """Look up a message whose sending was cut off.

        Args:
            address: Where it was sent.
            message: The message.
            known: The platform's ids of other messages to the person.

        Returns:
            The platform's id of it, or ``None`` when the platform does not have it.
        """
