"""The word lists of ``data/forms/words.yml``, ready to match."""

from __future__ import annotations

from functools import lru_cache

import yaml

from bot.errors import FormError
from bot.forms.phrases import Phrases
from bot.settings import ROOT

_FILE = ROOT / "data" / "forms" / "words.yml"


@lru_cache(maxsize=1)
def _lists() -> dict[str, Phrases]:
    rows = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    for name, phrases in rows.items():
        # Unquoted, YAML reads some words as true, false or a number.
        if not all(isinstance(phrase, str) for phrase in phrases):
            raise FormError(
                f"{_FILE.name}: {name}: put every phrase that is not a text in quotes"
            )
    return {name: Phrases(phrases) for name, phrases in rows.items()}


def phrases(name: str) -> Phrases:
    """Return one list.

    Raises:
        FormError: There is no list of that name.
    """
    try:
        return _lists()[name]
    except KeyError as error:
        raise FormError(f"{_FILE.name} has no list {name!r}") from error
