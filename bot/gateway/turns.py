"""One turn: a question goes to Rasa, what comes back is stored and given out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog

from bot.gateway.archive import Archive, client_key, new_message_id
from bot.gateway.backend import Backend, BackendFailedError
from bot.gateway.bodies import Ask
from bot.gateway.lanes import Lanes
from bot.gateway.metrics import Metrics
from bot.gateway.notices import Notices
from bot.gateway.picks import pick
from bot.gateway.problems import Problem
from bot.gateway.replies import publish
from bot.reply import Reply
from bot.storage.conversation_tables import JsonObject, Offer, Turn
from bot.text.personal import mask

_log = structlog.get_logger("bot.gateway")

#: Choices of older messages cannot be taken any more.
REMEMBERED_MESSAGES = 20


@dataclass(frozen=True)
class Answer:
    """What a turn gave."""

    message_id: str
    replies: list[JsonObject]
    #: Rasa gave no answer: the same client id may be sent again.
    failed: bool = False
    #: Everything stored of the person was erased.
    erased: bool = False


class Turns:
    """Takes turns for every channel; one at a time in a conversation."""

    def __init__(
        self,
        archive: Archive,
        backend: Backend,
        lanes: Lanes,
        notices: Notices,
        metrics: Metrics,
    ) -> None:
        """Put the parts together."""
        self._archive = archive
        self._backend = backend
        self._lanes = lanes
        self._notices = notices
        self._metrics = metrics

    async def take(
        self, conversation_id: str, ask: Ask, channel: str = "web"
    ) -> Answer:
        """Take a turn, or give the stored answer when it was taken before.

        Raises:
            Problem: 404 ``unknown_choice``, 429 ``turn_in_flight``.
        """
        key = client_key(ask.client_message_id) if ask.client_message_id else None
        last = 1 if ask.choice is None else REMEMBERED_MESSAGES
        async with self._lanes.enter(conversation_id):
            stored, offers = await self._archive.before_turn(conversation_id, key, last)
            if stored and not stored.failed:
                return Answer(stored.id, stored.replies)
            chosen = _chosen(ask, offers)
            turn = Turn(
                id=new_message_id(),
                conversation_id=conversation_id,
                channel=channel,
                client_key=key,
                text=await self._masked(conversation_id, _said(ask, chosen)),
                replies=[],
                offers=[],
                failed=False,
                replaces=stored.id if stored else None,
            )
            return await self._run(turn, chosen)

    async def erase(self, conversation_id: str) -> None:
        """Erase a conversation once its running turn is over.

        Raises:
            Problem: 429 ``turn_in_flight``.
        """
        async with self._lanes.enter(conversation_id):
            await self._archive.erase(conversation_id)

    async def _masked(self, conversation_id: str, text: str) -> str:
        masked = mask(text)
        if not masked.found:
            return text
        return await self._archive.keep(conversation_id, text, masked)

    async def _run(self, turn: Turn, chosen: Offer | None) -> Answer:
        replies, failed = await self._answers(turn, chosen)
        for reply in replies:
            self._metrics.replies.labels(reply.kind).inc()
        public, offers = publish(replies)
        if any("erased" in reply.effects for reply in replies):
            await self._archive.erase(turn.conversation_id)
            # Nothing is stored of this turn, so nothing it offers could be taken.
            left = [_without_offers(reply) for reply in public]
            return Answer(turn.id, left, erased=True)
        done = replace(turn, replies=public, offers=offers, failed=failed)
        twin = await self._archive.record(done)
        if twin is not None:
            return Answer(twin.id, twin.replies)
        return Answer(done.id, public, failed)

    async def _answers(
        self, turn: Turn, chosen: Offer | None
    ) -> tuple[list[Reply], bool]:
        body: JsonObject = {
            "conversation": turn.conversation_id,
            "message_id": turn.id,
            "text": turn.text,
            "channel": turn.channel,
        }
        if chosen is not None:
            body |= {"choice": chosen.payload, "text": chosen.title}
        try:
            return await self._backend.turn(body), False
        except BackendFailedError as error:
            _log.warning("backend_failed", reason=error.reason)
            return [self._notices.backend_failed], True


def _chosen(ask: Ask, offers: Sequence[Offer]) -> Offer | None:
    if ask.choice is not None:
        for offer in offers:
            if offer.id == ask.choice:
                return offer
        raise Problem(404, "unknown_choice", field="choice")
    listed = [offer for offer in offers if offer.listed]
    place = pick(ask.text or "", [offer.title for offer in listed])
    return None if place is None else listed[place]


def _said(ask: Ask, chosen: Offer | None) -> str:
    text = ask.text if ask.text is not None or chosen is None else chosen.title
    return text or ""


def _without_offers(reply: JsonObject) -> JsonObject:
    return {
        name: value
        for name, value in reply.items()
        if name not in ("choices", "related")
    }
