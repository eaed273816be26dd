"""A reply's plain text as blocks to draw; the twin of ``web/src/chat/prose.ts``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

_BULLET = re.compile(r"^\s*[-•*]\s+(.*)$")
_NUMBERED = re.compile(r"^\s*\d{1,2}[.)]\s+(.*)$")
_ROW = re.compile(r"^\s*\|(.*)\|\s*$")
_RULE = re.compile(r"^[\s|:-]+$")
_LINK = re.compile(
    r"(?P<web>https?://[^\s<>\"]+[^\s<>\".,;:!?)\]}’”])"
    r"|(?<![\d/.])(?P<phone>0\d{2,3}[ .]\d{3,4}[ .]?\d{3,4}|1[89]00[ .]?\d{4})(?![\d/])"
)


@dataclass
class Block:
    """A paragraph (``lines``), a list (``lines`` are items) or a table."""

    kind: Literal["paragraph", "bullets", "numbers", "table"]
    lines: list[str] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True)
class Run:
    """A run of text, with an address when it is a link."""

    text: str
    href: str | None = None


def blocks_of(text: str) -> list[Block]:
    """Cut a text into blocks; an empty line ends one."""
    blocks: list[Block] = []
    is_open = False
    for line in text.splitlines():
        if not line.strip():
            is_open = False
            continue
        new = _begin(line)
        if not (is_open and _grow(blocks[-1], new, line)):
            blocks.append(new)
        is_open = True
    for block in blocks:
        width = len(block.head)
        block.rows = [(row + [""] * width)[:width] for row in block.rows]
    return blocks


def runs_of(text: str) -> list[Run]:
    """Find web addresses and telephone numbers; nothing else becomes a link."""
    runs: list[Run] = []
    place = 0
    for match in _LINK.finditer(text):
        if match.start() > place:
            runs.append(Run(text[place : match.start()]))
        shown = match.group()
        phone = "tel:" + re.sub(r"[ .]", "", shown)
        runs.append(Run(shown, shown if match["web"] else phone))
        place = match.end()
    if place < len(text):
        runs.append(Run(text[place:]))
    return runs


def is_web_address(url: str | None) -> bool:
    """Return whether an address may be linked to."""
    return bool(url) and str(url).startswith(("https://", "http://"))


def _begin(line: str) -> Block:
    if match := _BULLET.match(line):
        return Block("bullets", [match[1]])
    if match := _NUMBERED.match(line):
        return Block("numbers", [match[1]])
    if match := _ROW.match(line):
        return Block("table", head=[cell.strip() for cell in match[1].split("|")])
    return Block("paragraph", [line])


def _grow(block: Block, new: Block, line: str) -> bool:
    if block.kind != new.kind:
        return False
    if block.kind != "table":
        block.lines += new.lines
    elif block.rows or not _RULE.match(line):
        block.rows.append(new.head)
    return True
