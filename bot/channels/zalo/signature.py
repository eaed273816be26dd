"""The signature of webhook calls: SHA-256 of app id, raw body, timestamp and key.

It is a plain hash, not an HMAC, and the key is the "OA Secret Key" of the app's Webhook
page, not the app's own secret.
"""

from __future__ import annotations

import hashlib
import hmac

HEADER = "x-zevent-signature"


def sign(first_term: str, body: bytes, timestamp: str, oa_secret_key: str) -> str:
    """Return the value of the header for a call."""
    signed = first_term.encode() + body + timestamp.encode() + oa_secret_key.encode()
    return f"mac={hashlib.sha256(signed).hexdigest()}"


def is_genuine(
    given: str, first_terms: list[str], body: bytes, timestamp: str, oa_secret_key: str
) -> bool:
    """Return whether a header is right for one of the terms, in constant time."""
    mac = given if given.startswith("mac=") else f"mac={given}"
    right = False
    for term in first_terms:
        expected = sign(term, body, timestamp, oa_secret_key)
        right |= hmac.compare_digest(mac.encode(), expected.encode())
    return right
