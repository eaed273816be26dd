"""Make text fit a chat: composed letters, plain lines, pieces that end with a sentence."""

from __future__ import annotations

import re
import unicodedata

_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?")
_LINK = re.compile(r"\[([^\]\n]+)\]\((https?://[^)\s]+)\)")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_HEADING = re.compile(r"^#{1,6}\s+", re.MULTILINE)
# Where a text may be cut, the best places first.
_BREAKS = ("\n\n", "\n", ". ", "! ", "? ", "; ", ", ", " ")
_ELLIPSIS = "…"


def plain(text: str) -> str:
    """Return ``text`` composed (NFC), without Markdown, its tables as lines.

    Platforms count code points, and decomposed Vietnamese has about 28 % more of them.
    """
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    lines = _without_tables(composed.split("\n"))
    joined = _LINK.sub(r"\1 (\2)", _HEADING.sub("", "\n".join(lines)))
    return re.sub(r"\n{3,}", "\n\n", _BOLD.sub(r"\2", joined)).strip()


def _without_tables(lines: list[str]) -> list[str]:
    shown: list[str] = []
    head: list[str] = []
    for place, line in enumerate(lines):
        if not line.lstrip().startswith("|"):
            head = []
            shown.append(line)
        elif _RULE.fullmatch(line.strip()):
            continue
        elif not head and _is_rule(lines, place + 1):
            head = _cells(line)
        else:
            shown.append(_row(head, _cells(line)))
    return shown


def _is_rule(lines: list[str], place: int) -> bool:
    return place < len(lines) and bool(_RULE.fullmatch(lines[place].strip()))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _row(head: list[str], cells: list[str]) -> str:
    if len(head) != len(cells) or len(cells) < 2:
        return "- " + "; ".join(filter(None, cells))
    rest = [
        f"{name.lower()}: {cell}" if name else cell
        for name, cell in zip(head[1:], cells[1:], strict=True)
        if cell
    ]
    return f"- {cells[0]}: {'; '.join(rest)}" if rest else f"- {cells[0]}"


def split(text: str, limit: int) -> list[str]:
    """Cut ``text`` into pieces of at most ``limit`` code points, at sentence ends."""
    pieces: list[str] = []
    rest = text.strip()
    while len(rest) > limit:
        cut = _cut(rest, limit)
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*pieces, rest] if rest else pieces


def _cut(text: str, limit: int) -> int:
    # A piece shorter than a third looks torn; then a worse break is better.
    shortest = limit // 3
    for mark in _BREAKS:
        at = text.rfind(mark, shortest, limit - len(mark.rstrip()) + 1)
        if at >= 0:
            return at + len(mark.rstrip(" "))
    # Never between a letter and the marks that belong to it.
    at = limit
    while at > shortest and unicodedata.combining(text[at]):
        at -= 1
    return at


def shorten(title: str, limit: int) -> str:
    """Return ``title`` in at most ``limit`` code points, cut after a word."""
    text = " ".join(unicodedata.normalize("NFC", title).split())
    if len(text) <= limit:
        return text
    room = text[: limit - 1]
    space = room.rfind(" ")
    kept = room[:space] if space > limit // 2 else room
    return kept.rstrip(" ,;:.-(") + _ELLIPSIS
