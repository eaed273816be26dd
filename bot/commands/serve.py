"""``ictbot serve``: start gateway, Rasa and action server together, stop them together."""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.commands import setup, train, web
from bot.errors import AssistantError
from bot.rasa.quiet import QUIET
from bot.settings import ROOT, Settings, load_settings

#: A model, the database and logs need about this much room (MB).
NEEDED_DISK_MB = 300
READY_AFTER_SECONDS = 120


def add_to(nouns: Any) -> None:
    """Add the command's parser."""
    parser = nouns.add_parser("serve", help="prepare what is missing and serve")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C; return the exit code of the first process that ended."""
    check_disk(ROOT)
    setup.write_env()
    settings = load_settings()
    ports = {
        "gateway": settings.port,
        "Rasa": urlsplit(settings.rasa_url).port or 5005,
        "action server": urlsplit(settings.action_url).port or 5055,
    }
    for name, port in ports.items():
        check_port(name, port)
    setup.run(options)
    try:
        web.build_if_stale()
    except AssistantError as error:
        # The plain pages work without it.
        print(f"{error.code}: {error}", file=sys.stderr)
    digest = train.content_digest(ROOT)
    if not train.is_current(digest):
        train_apart()
    return start(settings, ports["Rasa"], ports["action server"])


def check_disk(folder: Path) -> None:
    """Raise AssistantError when the disk has too little room left."""
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < NEEDED_DISK_MB:
        raise AssistantError(
            f"only {free} MB are free on the disk of {folder.name}/, "
            f"{NEEDED_DISK_MB} MB are needed; free some room and try again"
        )


def check_port(name: str, port: int) -> None:
    """Raise AssistantError when the port of a process is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise AssistantError(
                f"port {port} for the {name} is taken; stop what listens there "
                "or choose another one in .env (docs/settings.md)"
            ) from error


def train_apart() -> None:
    """Train in a process of its own, so that its memory is given back.

    Raises:
        AssistantError: Training failed.
    """
    ended = subprocess.run(
        [sys.executable, "-m", "bot.cli", "train"], cwd=ROOT, check=False
    )
    if ended.returncode:
        raise AssistantError("training failed; the lines above say why")


def start(settings: Settings, rasa_port: int, action_port: int) -> int:
    """Start the processes of the Procfile and wait for them."""
    from honcho.environ import parse_procfile
    from honcho.manager import Manager

    environment = {
        **os.environ,
        **QUIET,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": settings.database_url,
        "ICTBOT_SECRET_KEY": settings.secret_key,
        "ICTBOT_RASA_SECRET": settings.rasa_secret,
        "ICTBOT_RASA_PORT": str(rasa_port),
        "ICTBOT_ACTION_PORT": str(action_port),
        "ICTBOT_ACTION_WEBHOOK": f"{settings.action_url}/webhook",
    }
    manager = Manager()
    procfile = parse_procfile((ROOT / "Procfile").read_text(encoding="utf-8"))
    for name, command in procfile.processes.items():
        manager.add_process(name, command, env=environment, cwd=str(ROOT))
    threading.Thread(target=announce, args=(settings,), daemon=True).start()
    manager.loop()
    return int(manager.returncode or 0)


def announce(settings: Settings) -> None:
    """Print the address once every part is ready, or what to look at when it is not."""
    address = f"http://localhost:{settings.port}"
    until = time.monotonic() + READY_AFTER_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=2):
                print(f"\n  Sẵn sàng / ready: {address}   (Ctrl-C stops)\n", flush=True)
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    print(f"not ready after {READY_AFTER_SECONDS} s: see {address}/readyz", flush=True)
