"""Read the events of the Page's webhook; one call may bring many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.channels.incoming import (
    Delivery,
    Echo,
    Incoming,
    Kind,
    moment_of,
    read_payload,
)

#: What our messages carry as ``metadata``; Meta gives it back in echoes.
TAG_MARK = "ictbot:"
#: Payload of the Get Started button.
START_PAYLOAD = "#start"

_ATTACHMENTS: dict[str, Kind] = {
    "image": "image",
    "video": "video",
    "audio": "voice",
    "file": "file",
    "sticker": "sticker",
    "location": "location",
    "fallback": "link",
    "reel": "link",
    "ig_reel": "link",
    "post": "link",
}


def read_call(data: dict[str, Any], app_id: str) -> Delivery:
    """Return what one call brought; what it does not know is ignored."""
    events: list[Incoming] = []
    echoes: list[Echo] = []
    ignored: list[str] = []
    for item, standby in _items(data):
        try:
            found = _read(item, app_id, standby)
        except (ValueError, KeyError, TypeError, AttributeError):
            found = "unreadable"
        if isinstance(found, Incoming):
            events.append(found)
        elif isinstance(found, Echo):
            echoes.append(found)
        else:
            ignored.append(found)
    return Delivery(tuple(events), tuple(echoes), tuple(ignored))


def _items(data: dict[str, Any]) -> Iterator[tuple[dict[str, Any], bool]]:
    for entry in data.get("entry") or ():
        for item in entry.get("messaging") or ():
            yield item, False
        for item in entry.get("standby") or ():
            yield item, True


def _read(item: dict[str, Any], app_id: str, standby: bool) -> Incoming | Echo | str:
    message = item.get("message")
    if message and message.get("is_echo"):
        return _echo(item, message, app_id)
    if standby:
        # Another app or a person holds the conversation.
        return "standby"
    if message:
        return _message(item, message)
    if "postback" in item:
        return _postback(item, item["postback"])
    return next(
        (name for name in item if name not in ("sender", "recipient", "timestamp")),
        "unknown",
    )


def _echo(
    item: dict[str, Any], message: dict[str, Any], app_id: str
) -> Incoming | Echo:
    tag = str(message.get("metadata") or "")
    if tag.startswith(TAG_MARK) and str(message.get("app_id", app_id)) == app_id:
        return Echo(tag.removeprefix(TAG_MARK), str(message["mid"]))
    if str(message.get("app_id") or "") == app_id:
        return Echo("", str(message["mid"]))
    return Incoming(
        str(message["mid"]),
        str(item["recipient"]["id"]),
        "staff",
        moment_of(item["timestamp"]),
    )


def _message(item: dict[str, Any], message: dict[str, Any]) -> Incoming | str:
    kind, text = _content(message)
    return Incoming(
        str(message["mid"]),
        str(item["sender"]["id"]),
        kind,
        moment_of(item["timestamp"]),
        text,
    )


def _content(message: dict[str, Any]) -> tuple[Kind, str]:
    tapped = read_payload(str((message.get("quick_reply") or {}).get("payload") or ""))
    if tapped:
        return tapped
    text = message.get("text")
    if isinstance(text, str) and text.strip():
        return "text", text
    attachments = message.get("attachments") or [{}]
    first = attachments[0]
    # Before 30 Aug 2026 a sticker came as an image.
    if message.get("sticker_id") or (first.get("payload") or {}).get("sticker_id"):
        return "sticker", ""
    return _ATTACHMENTS.get(str(first.get("type")), "unreadable"), ""


def _postback(item: dict[str, Any], postback: dict[str, Any]) -> Incoming | str:
    payload = str(postback.get("payload") or "")
    user_id, stamp = str(item["sender"]["id"]), item["timestamp"]
    event_id = str(postback.get("mid") or f"{user_id}:{stamp}:{payload}")
    moment = moment_of(stamp)
    if payload == START_PAYLOAD:
        return Incoming(event_id, user_id, "start", moment)
    tapped = read_payload(payload)
    if tapped is None:
        return "foreign_postback"
    return Incoming(event_id, user_id, tapped[0], moment, tapped[1])
