"""``ictbot setup``: a ``.env`` with fresh secrets, a migrated database, loaded knowledge."""

from __future__ import annotations

import argparse
import secrets
from typing import Any

from bot.commands.knowledge import load
from bot.settings import ROOT, load_settings
from bot.storage.database import connect
from bot.storage.migrate import upgrade


def add_to(nouns: Any) -> None:
    """Add the command's parser."""
    parser = nouns.add_parser("setup", help="prepare .env, database and knowledge")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Prepare whatever is not there yet; running it again changes nothing."""
    write_env()
    upgrade(connect(load_settings().database_url))
    load(options)


def write_env() -> None:
    """Write ``.env`` from ``.env.example`` with fresh secrets, unless it is there."""
    target = ROOT / ".env"
    if target.exists():
        return
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    filled = [
        line + secrets.token_urlsafe(36) if line.endswith("=") else line
        for line in lines
    ]
    target.touch(mode=0o600)
    target.write_text("\n".join(filled) + "\n", encoding="utf-8")
