"""How many calls are allowed, per client address or conversation."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable

from bot.errors import SettingsError

_LENGTHS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
_LIMIT = re.compile(rf"([1-9]\d*)\s*/\s*({'|'.join(_LENGTHS)})")


class Rate:
    """A limit such as "120/minute", counted in memory for each key.

    The library ``limits`` is not used: the newest one that installs beside Rasa needs
    the removed ``pkg_resources`` and has a thread walk all keys every 10 ms.
    """

    def __init__(self, limit: str, seconds: Callable[[], float] = time.monotonic):
        """Read the limit.

        Raises:
            SettingsError: It is not of the form "<number>/<second|minute|hour|day>".
        """
        found = _LIMIT.fullmatch(limit.strip())
        if not found:
            raise SettingsError(
                f"rate limit {limit!r} cannot be read; write it like '120/minute'"
            )
        self._amount = int(found[1])
        self._length = _LENGTHS[found[2]]
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
        return self._length - passed
