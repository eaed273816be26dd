"""What runs beside the webhooks: turns, sending, token refresh, tidying."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import anyio
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.alarms import Alarms
from bot.channels.answering import Answering
from bot.channels.later import LaterAnswers
from bot.channels.queue import Queue
from bot.channels.sending import Sending
from bot.channels.store import ChannelStore
from bot.channels.zalo.tokens import TokenKeeper, ZaloTokenError
from bot.clock import Clock
from bot.gateway.logs import log_failure
from bot.storage.inbox import Event
from bot.storage.outbox import Send

_LATER_SECONDS = 2.0
_TOKEN_SECONDS = 300.0
_TIDY_SECONDS = 3600.0
_FIGURES_SECONDS = 15.0


class Worker:
    """Several may run, in several processes: leases keep them out of each other's way."""

    def __init__(
        self,
        *,
        answering: Answering,
        sending: Sending,
        later: LaterAnswers,
        tokens: TokenKeeper | None,
        store: ChannelStore,
        workers: int,
        clock: Clock,
        alarms: Alarms,
        pressed: Callable[[], bool],
    ) -> None:
        """Put the parts together."""
        self._answering = answering
        self._later = later
        self._tokens = tokens
        self._store = store
        self._alarms = alarms
        self.events: Queue[Event] = Queue(
            claim=store.claim_events,
            due=store.events_due,
            handle=self._answer,
            workers=workers,
            clock=clock,
            pressed=pressed,
        )
        self.sends: Queue[Send] = Queue(
            claim=store.claim_sends,
            due=store.sends_due,
            handle=self._send,
            workers=workers,
            clock=clock,
            pressed=pressed,
        )
        self._sending = sending

    async def run(self) -> None:
        """Work until cancelled."""
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self.events.run)
            tasks.start_soon(self.sends.run)
            for work, seconds in (
                (self.collect_later, _LATER_SECONDS),
                (self.refresh_tokens, _TOKEN_SECONDS),
                (self._store.purge, _TIDY_SECONDS),
            ):
                tasks.start_soon(_again_and_again, work, seconds)
            tasks.start_soon(self.show_figures)

    async def show_figures(self) -> None:
        """Keep the figures of the queues up to date, until cancelled."""
        await _again_and_again(self._show_figures, _FIGURES_SECONDS)

    async def refresh_tokens(self) -> None:
        """Refresh tokens that end soon; the one owner of this job is whoever leases."""
        if self._tokens is None:
            return
        try:
            await self._tokens.refresh_if_due()
        except ZaloTokenError as error:
            # A refusal has raised its alarm; anything else is tried again.
            log_failure("token_not_refreshed", error)

    async def collect_later(self) -> None:
        """Put replies of staff into the outbox."""
        if await self._later.collect():
            self.sends.wake()

    async def _answer(self, event: Event) -> None:
        await self._answering.handle(event)
        self.sends.wake()

    async def _send(self, send: Send) -> None:
        await self._sending.handle(send)

    async def _show_figures(self) -> None:
        for queue, rows in (await self._store.figures()).items():
            self._alarms.set_rows(queue, rows.waiting, rows.dead)


async def _again_and_again(work: Callable[[], Awaitable[None]], seconds: float) -> None:
    while True:
        try:
            await work()
        except SQLAlchemyError as error:
            log_failure("channel_job_failed", error)
        await anyio.sleep(seconds)
