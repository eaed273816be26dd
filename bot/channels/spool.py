"""A file that only takes webhook calls, so that no other writer keeps them waiting.

SQLite has one writer at a time, and its others wait in steps of up to 100 ms. So beside a
SQLite database calls go into a file of their own first. The worker copies them into the
inbox and notes there how far it came; only the gateway writes to the file, and removes
what was copied.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from bot.channels.incoming import Echo
from bot.storage.inbox import Arrival

_MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Batch:
    """What waits in the spool, up to the row ``last``."""

    last: int
    arrivals: list[Arrival]
    echoes: list[Echo]


class Spool:
    """Rows of one file, taken in the order they came."""

    def __init__(self, path: Path) -> None:
        """Open the file, with what an earlier process left in it."""
        self._lock = Lock()
        self._file = sqlite3.connect(path, check_same_thread=False)
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000"):
            self._file.execute(f"PRAGMA {pragma}")
        self._file.execute(
            "CREATE TABLE IF NOT EXISTS calls"
            " (number INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL)"
        )
        self._file.execute("CREATE TABLE IF NOT EXISTS file (name TEXT NOT NULL)")
        #: A new file counts from 1 again, so each has a name of its own.
        self.name = self._read_name()

    def add(self, arrivals: Sequence[Arrival], echoes: Sequence[Echo]) -> None:
        """Keep what calls brought.

        Raises:
            sqlite3.Error: It could not be kept.
        """
        bodies = [(_from_arrival(it),) for it in arrivals]
        bodies += [(json.dumps({"echo": asdict(it)}),) for it in echoes]
        with self._lock, self._file:
            self._file.executemany("INSERT INTO calls (body) VALUES (?)", bodies)

    def after(self, number: int) -> Batch | None:
        """Return the oldest rows past ``number``; ``None`` when there is none."""
        with self._lock:
            rows = self._file.execute(
                "SELECT number, body FROM calls WHERE number > ?"
                " ORDER BY number LIMIT ?",
                (number, _MOST_AT_ONCE),
            ).fetchall()
        if not rows:
            return None
        found = [json.loads(body) for _, body in rows]
        return Batch(
            last=rows[-1][0],
            arrivals=[_as_arrival(it) for it in found if "echo" not in it],
            echoes=[Echo(**it["echo"]) for it in found if "echo" in it],
        )

    def remove(self, last: int) -> None:
        """Remove the rows up to ``last``."""
        with self._lock, self._file:
            self._file.execute("DELETE FROM calls WHERE number <= ?", (last,))

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _read_name(self) -> str:
        with self._file:
            self._file.execute(
                "INSERT INTO file SELECT ? WHERE NOT EXISTS (SELECT 1 FROM file)",
                (f"spool-{secrets.token_hex(8)}",),
            )
        return str(self._file.execute("SELECT name FROM file").fetchone()[0])


def _from_arrival(arrival: Arrival) -> str:
    data = asdict(arrival)
    data["sealed"] = b64encode(arrival.sealed).decode()
    data["sent_at"] = arrival.sent_at.isoformat()
    return json.dumps(data)


def _as_arrival(data: dict[str, str]) -> Arrival:
    return Arrival(
        channel=data["channel"],
        event_key=data["event_key"],
        person=data["person"],
        kind=data["kind"],
        sealed=b64decode(data["sealed"]),
        sent_at=datetime.fromisoformat(data["sent_at"]),
    )
