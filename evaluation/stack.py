"""Starts the three real processes on free ports, for evaluation, benchmarks and tests."""

from __future__ import annotations

import os
import random
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bot.rasa.quiet import QUIET
from bot.settings import ROOT

READY_SECONDS = 120


class Stack:
    """Gateway, Rasa and action server over one database; each can be killed and restarted."""

    def __init__(self, folder: Path, overrides: Mapping[str, str]) -> None:
        """Prepare settings; logs go to ``folder``."""
        self.folder = folder
        ports = dict(zip(("gateway", "rasa", "actions"), free_ports(3), strict=True))
        self.address = f"http://127.0.0.1:{ports['gateway']}"
        rasa, actions = (
            f"http://127.0.0.1:{ports[name]}" for name in ("rasa", "actions")
        )
        self.environment = {
            **os.environ,
            **QUIET,
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": f"sqlite:///{folder / 'ictbot.sqlite3'}",
            "ICTBOT_SECRET_KEY": secrets.token_urlsafe(36),
            "ICTBOT_RASA_SECRET": secrets.token_urlsafe(36),
            "ICTBOT_PORT": str(ports["gateway"]),
            "ICTBOT_RASA_URL": rasa,
            "ICTBOT_RASA_PORT": str(ports["rasa"]),
            "ICTBOT_ACTION_URL": actions,
            "ICTBOT_ACTION_PORT": str(ports["actions"]),
            "ICTBOT_ACTION_WEBHOOK": f"{actions}/webhook",
            "ICTBOT_CONVERSATION_RATE_LIMIT": "100000/minute",
            "ICTBOT_CLIENT_RATE_LIMIT": "1000000/minute",
            **overrides,
        }
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self._commands = procfile(ROOT / "Procfile")

    def start(self, *names: str) -> None:
        """Start processes, all of them when none is named."""
        for name in names or self._commands:
            command = os.path.expandvars(self._commands[name])
            for key, value in self.environment.items():
                command = command.replace(f"${key}", value)
            arguments = command.split()
            arguments[0] = sys.executable
            with (self.folder / f"{name}.log").open("ab") as log:
                self.processes[name] = subprocess.Popen(
                    arguments, cwd=ROOT, env=self.environment, stdout=log, stderr=log
                )

    def wait_ready(self) -> None:
        """Wait until ``/readyz`` is green.

        Raises:
            RuntimeError: Not within two minutes; the message holds the ends of the logs.
        """
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.address}/readyz", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise RuntimeError(f"not ready after {READY_SECONDS} s\n{self.logs()}")

    def kill(self, name: str) -> None:
        """Kill one process with SIGKILL and wait until it is gone."""
        self.processes[name].send_signal(signal.SIGKILL)
        self.processes[name].wait()

    def stop(self) -> None:
        """Stop every process."""
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()

    def logs(self) -> str:
        """Return the ends of the logs."""
        return "\n".join(
            f"--- {path.name}\n{path.read_text(errors='replace')[-3000:]}"
            for path in sorted(self.folder.glob("*.log"))
        )


@contextmanager
def running_stack(folder: Path, **overrides: str) -> Iterator[Stack]:
    """Run the assistant with a fresh database in ``folder``; stop it at the end."""
    stack = Stack(folder, overrides)
    subprocess.run(
        [sys.executable, "-m", "bot.cli", "setup"],
        cwd=ROOT,
        env=stack.environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    stack.start()
    try:
        stack.wait_ready()
        yield stack
    finally:
        stack.stop()


def procfile(path: Path) -> dict[str, str]:
    """Return the commands of a Procfile by process name."""
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.split(":", 1) for line in lines if ":" in line)
    return {name.strip(): command.strip() for name, command in pairs}


def free_ports(count: int) -> list[int]:
    """Return ports nobody listens on just now.

    They lie below the range that outgoing connections take, so that a process that is killed
    finds its port again.
    """
    found: list[int] = []
    for port in random.sample(range(20_000, 32_000), 500):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        found.append(port)
        if len(found) == count:
            return found
    raise RuntimeError("no free ports between 20000 and 32000")
