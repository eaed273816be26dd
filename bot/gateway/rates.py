"""How many calls are allowed, per client address or conversation."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable

from limits import parse

from bot.errors import SettingsError


class Rate:
    """A limit such as "120/minute", counted in memory for each key.

    The storage of ``limits`` is not used: it has a thread walk all keys every 10 ms.
    """

    def __init__(self, limit: str, seconds: Callable[[], float] = time.monotonic):
        """Read the limit.

        Raises:
            SettingsError: It is not of the form "<number>/<second|minute|hour|day>".
        """
        try:
            item = parse(limit)
        except ValueError as error:
            raise SettingsError(
                f"rate limit {limit!r} cannot be read; write it like '120/minute'"
            ) from error
        self._amount = item.amount
        self._length = item.get_expiry()
        self._seconds = seconds
        self._window = -1.0
        self._counts: Counter[str] = Counter()

    def hit(self, key: str) -> float | None:
        """Count a call.

        Returns:
            ``None`` when it is allowed, else the seconds until the next window.
        """
        window, passed = divmod(self._seconds(), self._length)
        if window != self._window:
            self._window = window
            self._counts.clear()
        self._counts[key] += 1
        if self._counts[key] <= self._amount:
            return None
        return float(self._length - passed)
