"""The worker as a child of the gateway: acknowledgements never wait for its work.

A pipe connects them: a byte tells of new events, its end that the gateway is gone.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Coroutine
from typing import Any

import anyio
import structlog
from anyio.abc import Process

from bot.settings import ROOT

_log = structlog.get_logger("bot.channels")

FLAG = "--child"
#: Acknowledgements and people on the website come first when the machine is full.
NICE = 5
_RESTART_SECONDS = 1.0
_STOP_SECONDS = 8.0
_PIPE = 0


class ChildWorker:
    """Keeps one worker process running beside the gateway."""

    def __init__(self) -> None:
        """Prepare; ``run`` starts it."""
        self._news = anyio.Event()

    def wake(self) -> None:
        """Tell the child of new events."""
        self._news.set()

    async def run(self) -> None:
        """Run the child, again when it ends, until cancelled."""
        while True:
            command = [sys.executable, "-m", "bot.channels", FLAG]
            child = await anyio.open_process(
                command, stdin=subprocess.PIPE, stdout=None, stderr=None, cwd=ROOT
            )
            try:
                async with anyio.create_task_group() as tasks:
                    tasks.start_soon(self._tell, child)
                    code = await child.wait()
                    tasks.cancel_scope.cancel()
            except BaseException:
                await _stop(child)
                raise
            _log.error("channel_worker_ended", code=code)
            await anyio.sleep(_RESTART_SECONDS)

    async def _tell(self, child: Process) -> None:
        assert child.stdin is not None
        while True:
            await self._news.wait()
            self._news = anyio.Event()
            try:
                await child.stdin.send(b".")
            except (anyio.BrokenResourceError, anyio.ClosedResourceError, OSError):
                return


async def _stop(child: Process) -> None:
    with anyio.CancelScope(shield=True):
        if child.stdin is not None:
            await child.stdin.aclose()
        with anyio.move_on_after(_STOP_SECONDS):
            await child.wait()
            return
        child.kill()


async def run_as_child(
    work: Callable[[], Coroutine[Any, Any, None]], wake: Callable[[], None]
) -> None:
    """Run ``work`` until the gateway is gone; ``wake`` is called at its word."""
    os.nice(NICE)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(work)
        while True:
            await anyio.wait_readable(_PIPE)
            if not os.read(_PIPE, 4096):
                break
            wake()
        tasks.cancel_scope.cancel()
