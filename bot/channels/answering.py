"""Answer an event: take the turn, fit it to the channel, put it into the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import anyio
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.alarms import Alarms
from bot.channels.channel import Channel, JsonObject, Said
from bot.channels.incoming import Incoming
from bot.channels.store import ChannelStore, Done
from bot.channels.words import Words
from bot.clock import Clock
from bot.gateway.archive import Archive
from bot.gateway.bodies import LONGEST_TEXT, Ask
from bot.gateway.logs import log_failure
from bot.gateway.problems import Problem
from bot.gateway.rates import Rate
from bot.gateway.turns import Answer, Turns
from bot.gateway.typed_text import clean_typed
from bot.storage.channel_people import Person
from bot.storage.inbox import Event

#: Rasa may restart in this time; then the person is told that something is wrong.
PATIENCE = timedelta(seconds=90)
#: A welcome comes once; "follow" and "chat now" arrive together.
WELCOME_AGAIN = timedelta(hours=1)
#: An answer that comes sooner needs no "is typing".
GREET_AFTER_SECONDS = 0.4
_LONGEST_WAIT_SECONDS = 8.0
_BUSY_SECONDS = 1.0
_MOST_CRASHES = 5


class NotNowError(Exception):
    """The event must be tried again in ``seconds``."""

    def __init__(self, reason: str, seconds: float) -> None:
        """Name the reason, a few fixed words."""
        super().__init__(reason)
        self.reason = reason
        self.seconds = seconds


@dataclass(frozen=True)
class _Turned:
    said: Said
    erased: bool = False


class Answering:
    """Works on one leased event at a time; several may run beside each other."""

    def __init__(
        self,
        channels: Mapping[str, Channel],
        store: ChannelStore,
        turns: Turns,
        archive: Archive,
        rate: Rate,
        words: Words,
        clock: Clock,
        alarms: Alarms,
        pause: timedelta,
    ) -> None:
        """Put the parts together."""
        self._channels = channels
        self._store = store
        self._turns = turns
        self._archive = archive
        self._rate = rate
        self._words = words
        self._clock = clock
        self._alarms = alarms
        self._pause = pause

    async def handle(self, event: Event) -> None:
        """Answer an event, or leave it for later."""
        try:
            incoming = self._store.open_event(event)
            done = await self._done(event, incoming)
            await self._store.finish(event, incoming, done)
        except NotNowError as error:
            await self._store.put_event_back(event.seq, error.seconds, error.reason)
        except Exception as error:
            await self._failed(event, error)
        else:
            outcome = "answered" if done.messages else "noted"
            self._alarms.count_event(event.channel, outcome)

    async def _failed(self, event: Event, error: Exception) -> None:
        log_failure("channel_event_failed", error)
        name = type(error).__name__
        try:
            if event.attempts < _MOST_CRASHES or isinstance(error, SQLAlchemyError):
                wait = min(_LONGEST_WAIT_SECONDS, 2.0**event.attempts)
                await self._store.put_event_back(event.seq, wait, name)
                return
            await self._store.bury_event(event.seq, name)
            self._alarms.raise_alarm(event.channel, "event_dead", error=name)
        except SQLAlchemyError as second:
            # The lease ends by itself, and the event is tried again.
            log_failure("channel_event_not_put_back", second)

    async def _done(self, event: Event, incoming: Incoming) -> Done:
        channel = self._channels.get(event.channel)
        if channel is None:
            raise NotNowError("channel_off", 60.0)
        if incoming.kind == "staff":
            return Done(paused_until=self._clock() + self._pause)
        if incoming.kind == "leave":
            return Done(left=True)
        person = await self._store.person(event.person)
        if person and person.paused_until and person.paused_until > self._clock():
            return Done(wrote=True)
        if event.attempts == 1 and self._rate.hit(event.person) is not None:
            self._alarms.count_event(event.channel, "limited")
            return Done(wrote=True)
        turned = await self._say(event, incoming, channel, person)
        if turned is None:
            return Done(wrote=True)
        messages = channel.render(turned.said)
        return Done(messages, wrote=True, erased=turned.erased)

    async def _say(
        self, event: Event, incoming: Incoming, channel: Channel, person: Person | None
    ) -> _Turned | None:
        kind, words = incoming.kind, self._words
        if kind == "start":
            if person and event.sent_at - person.last_at < WELCOME_AGAIN:
                return None
            return self._notice(event, words.welcome, menu=True)
        if kind == "page":
            return await self._page(event, incoming.text)
        if kind == "choice":
            return await self._turn(event, incoming, channel, Ask(choice=incoming.text))
        if kind == "menu":
            question = words.question(incoming.text)
            if question is None:
                return self._notice(event, words.expired)
            return await self._turn(event, incoming, channel, Ask(text=question))
        if kind != "text":
            return self._notice(event, words.kinds[kind])
        text = clean_typed(incoming.text)
        if not text:
            return self._notice(event, words.empty)
        if len(text) > LONGEST_TEXT:
            return self._notice(event, words.too_long)
        return await self._turn(event, incoming, channel, Ask(text=text))

    async def _turn(
        self, event: Event, incoming: Incoming, channel: Channel, ask: Ask
    ) -> _Turned:
        asked = Ask(ask.text, ask.choice, client_message_id=event.event_key)
        answer: Answer | Problem
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(_greet_when_slow, channel, incoming.user_id)
            try:
                answer = await self._turns.take(event.person, asked, event.channel)
            except Problem as problem:
                answer = problem
            tasks.cancel_scope.cancel()
        if isinstance(answer, Problem):
            if answer.problem == "unknown_choice":
                return self._notice(event, self._words.expired)
            raise NotNowError(answer.problem, _BUSY_SECONDS) from answer
        self._check(event, answer)
        return _Turned(Said(answer.message_id, answer.replies), answer.erased)

    def _check(self, event: Event, answer: Answer) -> None:
        waited = self._clock() - event.received_at
        if answer.failed and waited < PATIENCE:
            seconds = min(_LONGEST_WAIT_SECONDS, 2.0 ** (event.attempts - 1))
            raise NotNowError("no_answer_yet", seconds)

    async def _page(self, event: Event, key: str) -> _Turned:
        message_id, _, first = key.partition(":")
        replies = await self._archive.replies_of(event.person, message_id)
        if replies is None or not first.isdecimal():
            return self._notice(event, self._words.expired)
        place = int(first)
        total = sum(len(reply.get("choices", ())) for reply in replies)
        if not 0 < place < total:
            return self._notice(event, self._words.expired)
        return _Turned(Said(message_id, replies, first=place))

    def _notice(self, event: Event, text: str, *, menu: bool = False) -> _Turned:
        reply: JsonObject = {"kind": "notice", "text": text}
        return _Turned(Said(event.event_key, [reply], menu=menu))


async def _greet_when_slow(channel: Channel, user_id: str) -> None:
    await anyio.sleep(GREET_AFTER_SECONDS)
    await channel.greet(user_id)
