"""The gateway as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from bot.settings import ROOT

SECRETS = {"ICTBOT_SECRET_KEY": "s" * 32, "ICTBOT_RASA_SECRET": "r" * 32}


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **SECRETS, **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_setting_that_cannot_be_used_is_one_clear_line(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'x.sqlite3'}"
    for name, value in (("ICTBOT_PORT", "door"), ("ICTBOT_CLIENT_RATE_LIMIT", "lots")):
        ended = run("-m", "bot.gateway", **{"DATABASE_URL": database, name: value})
        assert ended.returncode == 2
        assert name in ended.stderr or value in ended.stderr
        assert len(ended.stderr.strip().splitlines()) == 1


def test_the_gateway_imports_nothing_of_the_bot_behind_it() -> None:
    ended = run(
        "-c",
        "import sys, bot.gateway.__main__;"
        "print({'rasa', 'spacy', 'underthesea', 'tensorflow'} & set(sys.modules))",
    )
    assert ended.stdout.strip() == "set()", ended.stderr
