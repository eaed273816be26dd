"""Seal short texts so that only who knows the secret key reads them again."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.errors import SealError

_KEY_BYTES = 32


class Seal:
    """Encrypts and authenticates with a key of its own for each purpose."""

    def __init__(self, secret_key: str, purpose: str) -> None:
        """Derive the key, so that one purpose cannot read what another one sealed."""
        derivation = HKDF(
            algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=purpose.encode()
        )
        key = derivation.derive(secret_key.encode())
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def close(self, text: str) -> bytes:
        """Return ``text`` sealed."""
        return self._fernet.encrypt(text.encode())

    def open(self, sealed: bytes) -> str:
        """Return the text that was sealed.

        Raises:
            SealError: It was sealed with another key, or changed since.
        """
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken as error:
            raise SealError(
                "sealed data cannot be read; is ICTBOT_SECRET_KEY the one it was "
                "written with?"
            ) from error
