"""The handlers of ``/api/v1``; ``openapi.yml`` says what each of them does."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import asdict

import anyio.to_thread
from sse_starlette import EventSourceResponse
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.gateway.archive import iso, public_message
from bot.gateway.bodies import ask_from, rating_from, read_object
from bot.gateway.problems import Problem
from bot.gateway.services import services_of
from bot.storage.conversation_tables import JsonObject, Message
from bot.text.personal import mask

_PERSONAL = {"Cache-Control": "no-store"}
# A staff edit must be live at the next question.
_FRESH = {"Cache-Control": "no-cache"}
_HEARTBEAT_SECONDS = 15


async def start_conversation(request: Request) -> Response:
    """Give a token for a new conversation; nothing is stored before the first turn."""
    await read_object(request)
    token = services_of(request).tokens.issue()
    body = {"token": token.text, "expires_at": iso(token.expires_at)}
    return JSONResponse(body, 201, headers=_PERSONAL)


async def erase_conversation(request: Request) -> Response:
    """Erase everything stored of this person."""
    services = services_of(request)
    await services.turns.erase(services.conversation(request))
    return Response(status_code=204, headers=_PERSONAL)


async def messages(request: Request) -> Response:
    """Take a turn, or give the conversation so far.

    One route for both, so that ``Allow`` names both.
    """
    handler = send_message if request.method == "POST" else history
    # What logs and metrics go by.
    request.scope["endpoint"] = handler
    return await handler(request)


async def send_message(request: Request) -> Response:
    """Take a turn."""
    services = services_of(request)
    conversation_id = services.conversation(request)
    services.count(conversation_id)
    ask = ask_from(await read_object(request))
    answer = await services.turns.take(conversation_id, ask)
    body = {"message_id": answer.message_id, "replies": answer.replies}
    return JSONResponse(body, headers=_PERSONAL)


async def history(request: Request) -> Response:
    """Give the conversation so far."""
    services = services_of(request)
    found = await services.archive.history(
        services.conversation(request), request.query_params.get("after")
    )
    body = {"messages": [public_message(message) for message in found]}
    return JSONResponse(body, headers=_PERSONAL)


async def events(request: Request) -> Response:
    """Stream the replies that come later."""
    services = services_of(request)
    conversation_id = services.conversation(request)
    after = request.headers.get("last-event-id") or request.query_params.get("after")
    place = (
        await services.archive.place_of(conversation_id, after)
        if after
        else await services.archive.last_place()
    )
    found = services.later.open(conversation_id, place)
    return EventSourceResponse(
        _as_events(found), ping=_HEARTBEAT_SECONDS, headers=_PERSONAL
    )


async def _as_events(found: AsyncIterator[Message]) -> AsyncIterator[dict[str, str]]:
    async for message in found:
        data = json.dumps(public_message(message), ensure_ascii=False)
        yield {"event": "message", "id": message.id, "data": data}


async def give_feedback(request: Request) -> Response:
    """Store what a person thinks of an answer."""
    services = services_of(request)
    conversation_id = services.conversation(request)
    services.count(conversation_id)
    given = rating_from(await read_object(request))
    comment = mask(given.comment).text if given.comment else None
    await services.archive.rate(
        conversation_id, given.message_id, given.rating, comment
    )
    services.metrics.feedback.labels(given.rating).inc()
    return Response(status_code=204, headers=_PERSONAL)


async def list_topics(request: Request) -> Response:
    """List the public knowledge."""
    found = await anyio.to_thread.run_sync(services_of(request).topics.topics)
    return JSONResponse({"topics": [asdict(topic) for topic in found]}, headers=_FRESH)


async def show_topic(request: Request) -> Response:
    """Give what is served for one topic today."""
    topic_id = "{group}/{topic}".format_map(request.path_params)
    topic = await anyio.to_thread.run_sync(services_of(request).topics.topic, topic_id)
    if topic is None:
        raise Problem(404, "unknown_topic")
    return JSONResponse(_present(asdict(topic)), headers=_FRESH)


def _present(data: JsonObject) -> JsonObject:
    shown = {key: value for key, value in data.items() if value not in (None, ())}
    if "sources" in shown:
        shown["sources"] = [_present(source) for source in shown["sources"]]
    return shown


ROUTES = [
    Route("/conversations", start_conversation, methods=["POST"]),
    Route("/conversations/current", erase_conversation, methods=["DELETE"]),
    Route("/messages", messages, methods=["GET", "POST"]),
    Route("/events", events, methods=["GET"]),
    Route("/feedback", give_feedback, methods=["POST"]),
    Route("/topics", list_topics, methods=["GET"]),
    Route("/topics/{group}/{topic}", show_topic, methods=["GET"]),
]
