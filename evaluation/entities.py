"""``python -m evaluation.entities``: how well names are found in held-out messages.

A name counts as found when its kind and canonical id are right and it lies where the person wrote
it; every other find of these kinds is a false one.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.nlp.reader import Reader
from bot.settings import ROOT

FOLDER = Path(__file__).parent / "entities"
KINDS = ("institution", "major", "role", "year")


@dataclass(frozen=True)
class Named:
    """A name in a message: its kind, canonical id, and where it stands."""

    kind: str
    value: str
    start: int
    end: int

    def is_same(self, other: Named) -> bool:
        """Tell whether both name the same thing at the same place."""
        overlap = self.start < other.end and other.start < self.end
        return overlap and (self.kind, self.value) == (other.kind, other.value)


@dataclass
class Counts:
    """How many names were found, missed, and found where there are none."""

    hits: int = 0
    missed: int = 0
    false: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 when nothing was there or found."""
        total = 2 * self.hits + self.missed + self.false
        return 2 * self.hits / total if total else 0.0


def read_messages(folder: Path = FOLDER) -> Iterator[tuple[str, str, list[Named]]]:
    """Yield id, text and the names in it of every message."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield row["id"], row["text"], list(_names(row))


def _names(row: dict[str, object]) -> Iterator[Named]:
    text = str(row["text"])
    done: Counter[str] = Counter()
    for entity in row["entities"]:  # type: ignore[attr-defined]
        surface = entity["text"]
        # "CTU" is not the first letters of "CTUT", unless it stands nowhere else.
        whole = re.compile(rf"(?<!\w){re.escape(surface)}(?!\w)")
        found = whole.search(text, done[surface])
        start = found.start() if found else text.index(surface, done[surface])
        done[surface] = start + len(surface)
        yield Named(entity["entity"], entity["value"], start, start + len(surface))


def found_names(reader: Reader, text: str) -> list[Named]:
    """Return the names the assistant finds in a message."""
    reading = reader.read(text)
    return [
        Named(span.label_, span.ent_id_ or span.text, *reading.origin(span))
        for span in reading.doc.ents
        if span.label_ in KINDS
    ]


def score(
    reader: Reader, messages: Iterable[tuple[str, str, list[Named]]]
) -> tuple[dict[str, Counts], list[str]]:
    """Return counts by kind (and ``all``), and one line per mistake."""
    counts = {kind: Counts() for kind in (*KINDS, "all")}
    mistakes = []
    for name, text, wanted in messages:
        found = found_names(reader, text)
        missed = [w for w in wanted if not any(w.is_same(f) for f in found)]
        false = [f for f in found if not any(f.is_same(w) for w in wanted)]
        for kind, group in counts.items():
            of_kind = [n for n in wanted if kind in (n.kind, "all")]
            lost = sum(n in missed for n in of_kind)
            group.hits += len(of_kind) - lost
            group.missed += lost
            group.false += sum(kind in (n.kind, "all") for n in false)
        if missed or false:
            said = [f"-{n.kind}:{n.value}" for n in missed]
            said += [f"+{n.kind}:{n.value}:{text[n.start : n.end]}" for n in false]
            mistakes.append(f"{name} {text!r} {' '.join(said)}")
    return counts, mistakes


def main() -> None:
    """Print F1, precision and recall by kind."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.entities")
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--mistakes", action="store_true", help="show each mistake")
    options = parser.parse_args()
    reader = Reader.build(ROOT / "data" / "lexicon")
    counts, mistakes = score(reader, read_messages(options.folder))
    if options.mistakes:
        print("\n".join(mistakes))
    for kind, group in counts.items():
        print(
            f"{kind}: F1 {group.f1:.3f}, {group.hits} found, {group.missed} missed, "
            f"{group.false} false"
        )


if __name__ == "__main__":
    main()
