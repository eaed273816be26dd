"""Placeholders that stand for personal data in a text: "[số điện thoại 1]"."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLACEHOLDER = re.compile(
    r"\[(?P<name>số điện thoại|email|số giấy tờ|số thẻ|số tài khoản|ngày sinh) \d+\]"
)
#: What a person can be reached by.
_CONTACT = {"số điện thoại": "phone", "email": "email"}


def find_placeholders(text: str) -> set[str]:
    """Return the placeholders in ``text``."""
    return {found[0] for found in _PLACEHOLDER.finditer(text)}


def fill_placeholders(text: str, values: Mapping[str, str]) -> str:
    """Return ``text`` with the values in place of their placeholders."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[0], found[0]), text)


def remove_placeholders(text: str) -> str:
    """Return ``text`` without placeholders."""
    return _PLACEHOLDER.sub(" ", text)


def contacts_in(text: str) -> dict[str, str]:
    """Return placeholder → ``phone`` or ``email``, in the order of ``text``."""
    return {
        found[0]: _CONTACT[found["name"]]
        for found in _PLACEHOLDER.finditer(text)
        if found["name"] in _CONTACT
    }
