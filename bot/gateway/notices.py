"""What the gateway itself says to people, read from ``notices.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.gateway.replies import read_reply
from bot.reply import Reply


@dataclass(frozen=True)
class ProblemWords:
    """The words of one error code."""

    title: str
    detail: str


@dataclass(frozen=True)
class Notices:
    """Words of error codes, and the reply given when the assistant cannot answer."""

    problems: dict[str, ProblemWords]
    backend_failed: Reply


def load_notices() -> Notices:
    """Read the file; a code without words is found by the tests, not by a citizen."""
    path = Path(__file__).with_name("notices.yml")
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Notices(
        problems={
            code: ProblemWords(**words) for code, words in data["problems"].items()
        },
        backend_failed=read_reply(data["replies"]["backend_failed"]),
    )
