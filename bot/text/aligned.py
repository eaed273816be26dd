"""Text together with a map back to the text a person typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Aligned:
    """A rewritten text; character ``i`` stands for ``original[starts[i]:ends[i]]``.

    Attributes:
        text: The rewritten text.
        starts: Per character, where its origin starts in the typed text.
        ends: Per character, where its origin ends (exclusive).
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Aligned:
        """Return ``text`` aligned with itself."""
        size = len(text)
        return cls(text, tuple(range(size)), tuple(range(1, size + 1)))

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the typed text behind ``text[start:end]`` (not empty).

        Raises:
            IndexError: The span is empty or outside the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise IndexError(f"span {start}:{end} is outside 0:{len(self.text)}")
        return min(self.starts[start:end]), max(self.ends[start:end])

    def rewrite(self, pieces: Iterable[tuple[int, int, str]]) -> Aligned:
        """Return a new text made of ``pieces`` of this one.

        Args:
            pieces: ``(start, end, replacement)`` over this text, in order; text that no piece
                covers is left out. A replacement as long as what it replaces keeps its alignment
                letter by letter, any other one points at the whole replaced span.
        """
        text: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for start, end, replacement in pieces:
            text.append(replacement)
            if len(replacement) == end - start:
                starts.extend(self.starts[start:end])
                ends.extend(self.ends[start:end])
            elif replacement:
                first, last = self.origin(start, end)
                starts.extend([first] * len(replacement))
                ends.extend([last] * len(replacement))
        return Aligned("".join(text), tuple(starts), tuple(ends))
