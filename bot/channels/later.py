"""Replies that no turn asked for (a member of staff answers) go out through channels too."""

from __future__ import annotations

from collections.abc import Mapping

from bot.channels.channel import Channel, Said
from bot.channels.store import ChannelStore
from bot.gateway.archive import Archive

_MARK = "later_replies"


class LaterAnswers:
    """Puts them into the outbox; each goes there once, however often this runs."""

    def __init__(
        self, channels: Mapping[str, Channel], store: ChannelStore, archive: Archive
    ) -> None:
        """Put the parts together."""
        self._channels = channels
        self._store = store
        self._archive = archive

    async def collect(self) -> bool:
        """Put new replies into the outbox; return whether there were any."""
        place = await self._store.mark(_MARK)
        if place is None:
            await self._store.set_mark(_MARK, await self._archive.last_place())
            return False
        found = await self._archive.conversations_answered_later(place)
        for seq, conversation_id in found:
            await self._add(conversation_id, seq)
        if found:
            await self._store.set_mark(_MARK, found[-1][0])
        return bool(found)

    async def _add(self, conversation_id: str, seq: int) -> None:
        person = await self._store.person(conversation_id)
        channel = self._channels.get(person.channel) if person else None
        if person is None or channel is None:
            return
        for message in await self._archive.later(conversation_id, seq - 1):
            if message.seq == seq:
                messages = channel.render(Said(message.id, message.replies))
                await self._store.add_later(person, message.id, messages)
