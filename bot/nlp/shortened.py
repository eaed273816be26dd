"""Names as people shorten them: words inside cut to initials, or all but the last word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from pathlib import Path

import yaml

from bot.text.clean import clean
from bot.text.fold import fold
from bot.text.lexicon import Lexicon

#: (kind, canonical id)
Name = tuple[str, str]

_FILE = "name_words.yml"
#: Only names of at least so many words are shortened,
_WORDS = 3
#: one of them of at least so many letters is left as it is,
_KEPT_LETTERS = 3
#: and what comes of it has at least so many letters in all ("nghề pm" may be many things).
_LETTERS = 8
#: All but the last word cut to initials: at least so many letters ("ktpmềm").
_CUT_LETTERS = 6


def shortened(
    names: Mapping[str, Name], lexicon: Lexicon, lexicon_folder: Path
) -> dict[str, Name]:
    """Return shorter surface forms of ``names`` that stand for one name only.

    "đại học kỹ thuật công nghệ cần thơ" is also "đại học kỹ thuật cn ct", and since "ktpm" is
    "kỹ thuật phần mềm", so is "ktpmềm".
    """
    path = lexicon_folder / _FILE
    words = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}
    taken = {*map(fold, names), *lexicon.expansions}
    found: dict[str, set[Name]] = {}
    written: dict[str, str] = {}
    initials: dict[str, list[str]] = {}
    for short, full in lexicon.expansions.items():
        initials.setdefault(fold(full), []).append(fold(short))
    for surface, name in names.items():
        for short in (*_with_short_words(surface, words), *_cut(surface, initials)):
            form = lexicon.expand(clean(short)).text
            written.setdefault(fold(form), form)
            found.setdefault(fold(form), set()).add(name)
    return {
        written[form]: owners.pop()
        for form, owners in found.items()
        if len(owners) == 1 and form not in taken
    }


def _with_short_words(surface: str, shorter: Mapping[str, str]) -> Iterable[str]:
    """Yield the name with one or more of its words as people shorten them."""
    words = surface.split()
    if len(words) < _WORDS or not all(map(str.isalpha, words)) or not shorter:
        return
    parts = re.split(rf"\b({'|'.join(shorter)})\b", surface)
    for kept in product((True, False), repeat=len(parts) // 2):
        left = "".join(
            [*parts[::2], *(p for p, k in zip(parts[1::2], kept, strict=True) if k)]
        )
        if not all(kept) and any(len(word) >= _KEPT_LETTERS for word in left.split()):
            written = _replaced(parts, kept, shorter)
            if len(written.replace(" ", "")) >= _LETTERS:
                yield written


def _replaced(
    parts: Sequence[str], kept: Sequence[bool], shorter: Mapping[str, str]
) -> str:
    written = [*parts]
    for number, keep in enumerate(kept):
        if not keep:
            written[2 * number + 1] = shorter[parts[2 * number + 1]]
    return "".join(written)


def _cut(surface: str, initials: Mapping[str, Sequence[str]]) -> Iterable[str]:
    """Yield "ktpmềm": known initials of a name with the last word written out."""
    words = surface.split()
    if len(words) < _WORDS:
        return
    for short in initials.get(fold(surface), ()):
        written = short[:-1] + words[-1]
        whole = short == "".join(fold(word)[0] for word in words)
        if whole and len(written) >= _CUT_LETTERS:
            yield written
