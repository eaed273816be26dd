"""When to call next: not faster than a platform allows, and later after each failure."""

from __future__ import annotations

import random
from collections.abc import Callable

import anyio

_FIRST_SECONDS = 2.0
_LONGEST_SECONDS = 600.0


class Pace:
    """Spreads calls so that no more than ``per_second`` begin in a second."""

    def __init__(self, per_second: float) -> None:
        """Allow ``per_second`` calls."""
        self._gap = 1.0 / per_second
        self._next = 0.0

    async def wait(self) -> None:
        """Wait for a turn."""
        now = anyio.current_time()
        start = max(now, self._next)
        self._next = start + self._gap
        if start > now:
            await anyio.sleep(start - now)


def retry_seconds(attempts: int, chance: Callable[[], float] = random.random) -> float:
    """Return the seconds to wait after ``attempts`` failures, doubled each time.

    Half of it is left to chance, so that messages that failed together do not come back
    together.
    """
    longest = min(_LONGEST_SECONDS, _FIRST_SECONDS * 2.0 ** min(attempts - 1, 20))
    return longest * (0.5 + chance() / 2)
