"""The words of the pages, one file per language."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import yaml

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")


def load_texts() -> dict[Language, dict[str, Any]]:
    """Read ``texts.<language>.yml``; tests check that all have the same keys."""
    folder = Path(__file__).parent
    return {
        language: yaml.safe_load(
            (folder / f"texts.{language}.yml").read_text(encoding="utf-8")
        )
        for language in LANGUAGES
    }


def language_of(name: str | None) -> Language:
    """Return the language asked for, or Vietnamese."""
    return "en" if name == "en" else "vi"
