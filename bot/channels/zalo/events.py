"""Read the events of the Official Account's webhook."""

from __future__ import annotations

from typing import Any

from bot.channels.incoming import Delivery, Incoming, Kind, moment_of, read_payload

_ATTACHMENTS: dict[str, Kind] = {
    "user_send_image": "image",
    "user_send_photo": "image",
    "user_send_gif": "sticker",
    "user_send_sticker": "sticker",
    "user_send_audio": "voice",
    "user_send_video": "video",
    "user_send_file": "file",
    "user_send_location": "location",
    "user_send_link": "link",
    "user_send_business_card": "card",
}
_OTHERS: dict[str, Kind] = {
    "follow": "start",
    "user_click_chatnow": "start",
    "unfollow": "leave",
    "user_submit_info": "shared_info",
}


def read_event(data: dict[str, Any]) -> Delivery:
    """Return what one call brought; names nobody knows are ignored.

    Raises:
        ValueError, KeyError, TypeError: The event does not have the shape of its name.
    """
    name = str(data["event_name"])
    if name.startswith("oa_send_"):
        return _sent_by_the_account(name, data)
    kind = "text" if name == "user_send_text" else _ATTACHMENTS.get(name)
    if kind is not None:
        return Delivery(events=(_message(name, kind, data),))
    if name in _OTHERS:
        return Delivery(events=(_event(name, _OTHERS[name], data, _actor(data)),))
    return Delivery(ignored=(name,))


def _message(name: str, kind: Kind, data: dict[str, Any]) -> Incoming:
    message = data["message"]
    text = message.get("text") or ""
    if not isinstance(text, str):
        raise TypeError("message.text must be a string")
    # A tap on a button comes as plain text, and nothing marks it as a tap.
    if kind == "text" and (tapped := read_payload(text)):
        kind, text = tapped
    elif kind in ("image", "file") and text.strip():
        kind = "text"
    elif kind != "text":
        text = ""
    return _event(name, kind, data, data["sender"]["id"], message.get("msg_id"), text)


def _sent_by_the_account(name: str, data: dict[str, Any]) -> Delivery:
    # Messages sent through the API come back too; only staff have an id.
    if str(data["sender"].get("admin_id") or "0") == "0":
        return Delivery(ignored=(name,))
    message_id = (data.get("message") or {}).get("msg_id")
    event = _event(name, "staff", data, data["recipient"]["id"], message_id)
    return Delivery(events=(event,))


def _event(
    name: str,
    kind: Kind,
    data: dict[str, Any],
    user_id: object,
    message_id: object = None,
    text: str = "",
) -> Incoming:
    user = str(user_id)
    if not user:
        raise ValueError(f"{name} names nobody")
    stamp = data["timestamp"]
    return Incoming(
        event_id=str(message_id or f"{name}:{stamp}:{user}"),
        user_id=user,
        kind=kind,
        sent_at=moment_of(stamp),
        text=text,
    )


def _actor(data: dict[str, Any]) -> object:
    for holder in ("follower", "sender"):
        if holder in data:
            return data[holder]["id"]
    return data["user_id"]
