"""``ictbot channels``: what was given up on the way in or out, and a second try."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.engine import Engine

from bot.clock import utc_now
from bot.settings import load_settings
from bot.storage import inbox, outbox
from bot.storage.database import connect


def add_to(nouns: Any) -> None:
    """Add the command's parser."""
    parser = nouns.add_parser("channels", help="queues of Zalo and Messenger")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    verbs.add_parser("dead", help="list what was given up").set_defaults(run=show_dead)
    again = verbs.add_parser("replay", help="try again what was given up")
    again.add_argument("queue", choices=["in", "out", "all"])
    again.add_argument("number", type=int, nargs="*", help="all when none is named")
    again.set_defaults(run=replay)


def show_dead(_: argparse.Namespace) -> None:
    """Print dead letters: number, channel, moment, tries, reason; never their text."""
    with _database() as engine, engine.connect() as connection:
        for name, letters in (
            ("in", inbox.queue.dead(connection)),
            ("out", outbox.queue.dead(connection)),
        ):
            for it in letters:
                print(
                    f"{name:3} {it.seq:8} {it.channel:10} {it.at:%Y-%m-%d %H:%M} UTC  "
                    f"{it.attempts} tries  {it.error}"
                )


def replay(options: argparse.Namespace) -> None:
    """Let dead letters wait again; the running gateway takes them."""
    numbers, now, count = options.number or None, utc_now(), 0
    with _database() as engine, engine.begin() as connection:
        if options.queue in ("in", "all"):
            count += inbox.queue.replay(connection, now, numbers)
        if options.queue in ("out", "all"):
            count += outbox.queue.replay(connection, now, numbers)
    print(f"{count} wait again")


@contextmanager
def _database() -> Iterator[Engine]:
    engine = connect(load_settings().database_url)
    try:
        yield engine
    finally:
        engine.dispose()
