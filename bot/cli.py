"""Entry point of the ``ictbot`` command; ``ictbot --help`` lists the verbs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from sqlalchemy.exc import SQLAlchemyError

from bot.commands import (
    channels,
    knowledge,
    messenger,
    serve,
    setup,
    tickets,
    train,
    web,
    zalo,
)
from bot.errors import AssistantError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the process exit code."""
    parser = argparse.ArgumentParser(
        prog="ictbot", description="The IT-programme assistant of Cần Thơ."
    )
    nouns = parser.add_subparsers(dest="noun", required=True, metavar="command")
    for module in (
        setup,
        serve,
        train,
        web,
        knowledge,
        tickets,
        zalo,
        messenger,
        channels,
    ):
        module.add_to(nouns)
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except AssistantError as error:
        print(f"{error.code}: {error}", file=sys.stderr)
        return 1
    except SQLAlchemyError as error:
        reason = getattr(error, "orig", None) or type(error).__name__
        print(
            f"ICT-014: the database cannot be used: {reason}. Check DATABASE_URL, "
            "run `ictbot setup`, then try again.",
            file=sys.stderr,
        )
        return 1
    except OSError as error:
        print(
            f"ICT-009: {error}. Free the disk or the file, then try again.",
            file=sys.stderr,
        )
        return 1


if __name__ == "__main__":
    sys.exit(main())
