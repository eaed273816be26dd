"""The name a person goes by inside: nobody reads the platform's user id out of it."""

from __future__ import annotations

import base64
import hashlib
import hmac

_PURPOSE = b"ictbot channel person v1"


def person_id(secret_key: str, channel: str, user_id: str) -> str:
    """Return the person's id, also that of the conversation."""
    key = hmac.digest(secret_key.encode(), _PURPOSE, hashlib.sha256)
    digest = hmac.digest(key, f"{channel}\0{user_id}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:24]).decode()


def event_key(event_id: str) -> str:
    """Return what stands for a platform's event id, of fixed length."""
    return hashlib.sha256(event_id.encode("utf-8", "surrogatepass")).hexdigest()
