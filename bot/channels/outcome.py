"""What became of a call to a platform, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: ``sent``: done. ``retry``: surely not sent, later again. ``doubt``: nobody knows; look
#: it up, then again. ``drop``: this person cannot be reached. ``dead``: the message itself
#: is at fault. ``alarm``: the account is at fault; people must act, then again.
Verdict = Literal["sent", "retry", "doubt", "drop", "dead", "alarm"]


@dataclass(frozen=True)
class Outcome:
    """The verdict with its reason, a few fixed words or the platform's code."""

    verdict: Verdict
    reason: str = ""
    platform_id: str | None = None
    retry_after: float | None = None
