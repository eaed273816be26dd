"""Cleaning: one Unicode form, no invisible characters, one tone-mark placement."""

from __future__ import annotations

import re
import unicodedata

from bot.text.aligned import Aligned

# A cluster is a letter and the combining marks after it: NFC composes inside it only.
_CLUSTER = re.compile(r"[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+")
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_SPACE = re.compile(r"\s+")
_RUN = re.compile(r"([^\W\d_])\1{2,}")

# Both "hoà" and "hòa" are in use; the mark goes on the first vowel here (Bộ GD&ĐT's 1984 rule
# and most keyboards differ, so one of the two must be chosen for comparing).
_TONE_MOVES = {
    new: old
    for bare, vowels in {"o": "ae", "u": "y"}.items()
    for vowel in vowels
    for new, old in zip(
        (bare + unicodedata.normalize("NFC", vowel + tone) for tone in "̣̀́̉̃"),
        (unicodedata.normalize("NFC", bare + tone) + vowel for tone in "̣̀́̉̃"),
        strict=True,
    )
}
_TONE = re.compile(rf"(?<!q)({'|'.join(_TONE_MOVES)})(?!\w)")


def clean(text: str) -> Aligned:
    """Return ``text`` in NFC, lower case, without invisible characters, single spaces.

    Letters held down ("nhiêuuuu") are cut to one, tone marks are moved to one placement.
    """
    pieces = []
    for cluster in _CLUSTER.finditer(text):
        letter = unicodedata.normalize("NFC", cluster.group()).lower()
        if unicodedata.category(letter[0]) in _INVISIBLE and not letter.isspace():
            letter = ""
        pieces.append((cluster.start(), cluster.end(), letter))
    return _squeeze(Aligned.of(text).rewrite(pieces))


def _squeeze(aligned: Aligned) -> Aligned:
    aligned = _substitute(aligned, _SPACE, " ")
    aligned = _substitute(aligned, _RUN, None)
    moved = _TONE.sub(lambda match: _TONE_MOVES[match[1]], aligned.text)
    aligned = Aligned(moved, aligned.starts, aligned.ends)
    size = len(moved)
    lead, tail = size - len(moved.lstrip()), len(moved.rstrip())
    return Aligned(moved[lead:tail], aligned.starts[lead:tail], aligned.ends[lead:tail])


def _substitute(
    aligned: Aligned, pattern: re.Pattern[str], replacement: str | None
) -> Aligned:
    pieces = []
    done = 0
    for match in pattern.finditer(aligned.text):
        pieces.append((done, match.start(), aligned.text[done : match.start()]))
        pieces.append((match.start(), match.end(), replacement or match[1]))
        done = match.end()
    if not done:
        return aligned
    pieces.append((done, len(aligned.text), aligned.text[done:]))
    return aligned.rewrite(pieces)
