"""``/hoi-dap``: topics, search, and answers as plain HTML; works without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from bot.gateway.archive import public_message
from bot.gateway.bodies import ask_from, rating_from
from bot.gateway.pages.forms import message_id_of, new_form_id, read_form
from bot.gateway.pages.rendering import Renderer
from bot.gateway.pages.search import TopicSearch
from bot.gateway.pages.texts import Language, language_of
from bot.gateway.problems import Problem
from bot.gateway.services import Services
from bot.gateway.topics import TopicTitle
from bot.text.personal import mask

_RENEWABLE = ("invalid_token", "expired_token")
_REFUSED_TEXTS = ("empty_text", "text_too_long")
_LONGEST_SEARCH = 200


class Questions:
    """Handlers of the questions pages.

    The conversation's token travels in a hidden field of the forms, not in an address.
    """

    def __init__(self, renderer: Renderer, services: Services) -> None:
        """Draw with ``renderer``; answer with ``services``."""
        self._renderer = renderer
        self._services = services
        self._search = TopicSearch(services.topics)

    async def topics(self, request: Request) -> Response:
        """List topics by group, or what a search finds."""
        query = request.query_params.get("tim", "").strip()[:_LONGEST_SEARCH]
        if query:
            found = await anyio.to_thread.run_sync(self._search.find, query)
        else:
            found = list(await anyio.to_thread.run_sync(self._services.topics.topics))
        language = language_of(request.query_params.get("lang"))
        return self._renderer.page(
            request,
            "topics.html",
            personal=True,
            query=query,
            found=found,
            groups=_grouped(found, self._renderer.words(language)["groups"]),
            form=self._new_form(),
        )

    async def topic(self, request: Request) -> Response:
        """Show one topic.

        Raises:
            Problem: 404 ``unknown_topic``.
        """
        topic_id = "{group}/{topic}".format_map(request.path_params)
        topic = await anyio.to_thread.run_sync(self._services.topics.topic, topic_id)
        if topic is None:
            raise Problem(404, "unknown_topic")
        return self._renderer.page(
            request,
            "topic.html",
            personal=True,
            topic=asdict(topic),
            form=self._new_form(),
        )

    async def ask(self, request: Request) -> Response:
        """Answer a question, or the choice of a button."""
        fields = await read_form(request)
        language = language_of(fields.get("lang"))
        token, conversation_id = self._conversation(fields)
        self._services.count(conversation_id)
        try:
            ask = ask_from(_asked(fields))
        except Problem as problem:
            if problem.problem not in _REFUSED_TEXTS:
                raise
            return await self._show(
                request, language, token, conversation_id, refused=(problem, fields)
            )
        answer = await self._services.turns.take(conversation_id, ask)
        return await self._show(
            request,
            language,
            token,
            conversation_id,
            newest={
                "message_id": answer.message_id,
                "text": ask.text,
                "replies": answer.replies,
            },
        )

    async def rate(self, request: Request) -> Response:
        """Store what a person thinks of an answer."""
        fields = await read_form(request)
        token, conversation_id = self._conversation(fields)
        self._services.count(conversation_id)
        given = rating_from(
            {
                "message_id": fields.get("tin", ""),
                "rating": fields.get("danh_gia", ""),
                "comment": fields.get("gop_y"),
            }
        )
        comment = mask(given.comment).text if given.comment else None
        await self._services.archive.rate(
            conversation_id, given.message_id, given.rating, comment
        )
        self._services.metrics.feedback.labels(given.rating).inc()
        language = language_of(fields.get("lang"))
        return await self._show(
            request, language, token, conversation_id, note="thanks"
        )

    async def erase(self, request: Request) -> Response:
        """Ask whether everything is to be erased; when that was confirmed, erase it."""
        fields = await read_form(request)
        language = language_of(fields.get("lang"))
        token, conversation_id = self._conversation(fields)
        if fields.get("dong_y") != "1":
            return self._renderer.page(
                request, "erase.html", language=language, personal=True, token=token
            )
        await self._services.turns.erase(conversation_id)
        return await self._show(
            request, language, token, conversation_id, note="erased"
        )

    async def _show(
        self,
        request: Request,
        language: Language,
        token: str,
        conversation_id: str,
        *,
        newest: Mapping[str, Any] | None = None,
        refused: tuple[Problem, Mapping[str, str]] | None = None,
        note: str | None = None,
    ) -> Response:
        stored = await self._services.archive.history(conversation_id, None)
        messages = [public_message(message) for message in stored]
        if newest and newest["message_id"] not in {it["message_id"] for it in messages}:
            messages.append(dict(newest))
        problem = refused[0] if refused else None
        return self._renderer.page(
            request,
            "conversation.html",
            language=language,
            status=problem.status if problem else 200,
            personal=True,
            newest=messages[-1] if messages else None,
            earlier=messages[-2::-1],
            form={"token": token, "id": new_form_id()},
            refused=self._services.notices.problems[problem.problem]
            if problem
            else None,
            draft=refused[1].get("cau_hoi", "") if refused else "",
            note=note,
        )

    def _conversation(self, fields: Mapping[str, str]) -> tuple[str, str]:
        """Return the form's token and conversation; an old form begins a new one."""
        token = fields.get("phien", "")
        try:
            return token, self._services.tokens.read(f"Bearer {token}")
        except Problem as problem:
            if problem.problem not in _RENEWABLE:
                raise
        issued = self._services.tokens.issue()
        return issued.text, issued.conversation_id

    def _new_form(self) -> dict[str, str]:
        return {"token": self._services.tokens.issue().text, "id": new_form_id()}


def _asked(fields: Mapping[str, str]) -> dict[str, str]:
    choice = fields.get("lua_chon")
    content = {"choice": choice} if choice else {"text": fields.get("cau_hoi", "")}
    said = next(iter(content.values()))
    form_id = fields.get("ma") or new_form_id()
    return {**content, "client_message_id": message_id_of(form_id, said)}


def _grouped(
    topics: list[TopicTitle], titles: Mapping[str, str]
) -> list[tuple[str, str, list[TopicTitle]]]:
    """Return (group, its title, its topics), in the order of the titles."""
    groups: dict[str, list[TopicTitle]] = {group: [] for group in titles}
    for topic in topics:
        groups.setdefault(topic.id.partition("/")[0], []).append(topic)
    return [
        (group, titles.get(group, group), rows)
        for group, rows in groups.items()
        if rows
    ]
