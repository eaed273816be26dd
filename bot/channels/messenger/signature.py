"""The signature of webhook calls: HMAC-SHA256 of the raw body with the app secret.

Meta writes Vietnamese letters as JSON escapes in the body it signs, so only the bytes as
received can be checked.
"""

from __future__ import annotations

import hashlib
import hmac

HEADER = "x-hub-signature-256"


def sign(body: bytes, app_secret: str) -> str:
    """Return the value of the header for a call."""
    return f"sha256={hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()}"


def is_genuine(given: str, body: bytes, app_secret: str) -> bool:
    """Return whether a header is right, in constant time."""
    return hmac.compare_digest(given.encode(), sign(body, app_secret).encode())
