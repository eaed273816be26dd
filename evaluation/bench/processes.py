"""A gateway, a Rasa stand-in and the platforms' stand-ins as real processes."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from bot.clock import utc_now
from bot.sealing import Seal
from bot.storage import channel_tokens
from bot.storage.database import connect
from bot.storage.migrate import upgrade
from tests.simulators import graph, zalo_bot, zalo_oa

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET_KEY, RASA_SECRET = "k" * 40, "r" * 40


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Process:
    """A process that is started again after it was killed."""

    command: list[str]
    environment: dict[str, str]
    log: Path
    kills: int = 0
    _running: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        with self.log.open("ab") as out:
            self._running = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdout=out,
                stderr=out,
            )

    def kill(self) -> None:
        """End it with ``kill -9``."""
        assert self._running is not None
        self._running.send_signal(signal.SIGKILL)
        self._running.wait()
        self.kills += 1

    def stop(self) -> None:
        if self._running and self._running.poll() is None:
            self._running.terminate()
            self._running.wait(timeout=20)


@dataclass
class Town:
    """Everything that runs, in a folder of its own."""

    folder: Path
    platforms_port: int
    gateway_port: int = field(default_factory=free_port)
    rasa_port: int = field(default_factory=free_port)
    database_url: str = ""
    settings: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.database_url = (
            self.database_url or f"sqlite:///{self.folder / 'bench.sqlite3'}"
        )
        self.turns = self.folder / "turns.jsonl"
        self.gateway = Process(
            [sys.executable, "-m", "bot.gateway"],
            self.environment(),
            self.folder / "gateway.log",
        )
        self.rasa = Process(
            [
                sys.executable,
                "-m",
                "evaluation.bench.rasa",
                str(self.rasa_port),
                str(self.turns),
            ],
            {"PYTHONPATH": str(ROOT)},
            self.folder / "rasa.log",
        )

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.gateway_port}"

    def environment(self) -> dict[str, str]:
        root = f"http://127.0.0.1:{self.platforms_port}"
        rasa = f"http://127.0.0.1:{self.rasa_port}"
        return {
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": self.database_url,
            "ICTBOT_SECRET_KEY": SECRET_KEY,
            "ICTBOT_RASA_SECRET": RASA_SECRET,
            "ICTBOT_RASA_URL": rasa,
            "ICTBOT_ACTION_URL": rasa,
            "ICTBOT_PORT": str(self.gateway_port),
            "ICTBOT_CONVERSATION_RATE_LIMIT": "100000/minute",
            "ICTBOT_ZALO_APP_ID": zalo_oa.APP_ID,
            "ICTBOT_ZALO_APP_SECRET": zalo_oa.APP_SECRET,
            "ICTBOT_ZALO_OA_SECRET_KEY": zalo_oa.OA_SECRET_KEY,
            "ICTBOT_ZALO_OA_ID": zalo_oa.OA_ID,
            "ICTBOT_ZALO_API_URL": f"{root}/zalo",
            "ICTBOT_ZALO_OAUTH_URL": f"{root}/zalo-oauth",
            "ICTBOT_ZALO_BOT_TOKEN": zalo_bot.TOKEN,
            "ICTBOT_ZALO_BOT_WEBHOOK_SECRET": zalo_bot.WEBHOOK_SECRET,
            "ICTBOT_ZALO_BOT_API_URL": f"{root}/bot-api",
            "ICTBOT_MESSENGER_APP_ID": graph.APP_ID,
            "ICTBOT_MESSENGER_APP_SECRET": graph.APP_SECRET,
            "ICTBOT_MESSENGER_PAGE_ID": graph.PAGE_ID,
            "ICTBOT_MESSENGER_PAGE_TOKEN": graph.PAGE_TOKEN,
            "ICTBOT_MESSENGER_VERIFY_TOKEN": graph.VERIFY_TOKEN,
            "ICTBOT_MESSENGER_GRAPH_URL": f"{root}/graph",
            **self.settings,
        }

    def prepare(self) -> None:
        """Migrate the database and log the account in."""
        engine = connect(self.database_url)
        upgrade(engine)
        seal = Seal(SECRET_KEY, "ictbot channels v1")
        pair = json.dumps({"access_token": "access-0", "refresh_token": "refresh-0"})
        with engine.begin() as connection:
            channel_tokens.replace(
                connection,
                "zalo",
                sealed=seal.close(pair),
                expires_at=utc_now() + timedelta(hours=25),
                at=utc_now(),
            )
        engine.dispose()

    def start(self) -> None:
        self.prepare()
        self.rasa.start()
        self.gateway.start()
        wait_for(f"{self.address}/healthz")
        wait_for(f"http://127.0.0.1:{self.rasa_port}/health")

    def stop(self) -> None:
        self.gateway.stop()
        self.rasa.stop()


def wait_for(url: str, seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


@contextmanager
def served(app: ASGIApp, port: int) -> Iterator[None]:
    """Serve ``app`` from a thread of this process."""
    config = uvicorn.Config(app, port=port, log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()
