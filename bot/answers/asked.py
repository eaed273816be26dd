"""Finds the lines of an entry's detail that a question asks for.

The short answer is always said. It and every line are known by their own words and by questions
that ask for them (``data/asked/``); what is nearest to the question, by the cosine of words and
pairs of words weighed by rarity, is asked for. How often that is right: ``docs/experiments.md``.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.answers.detail_lines import Line, cut, say
from bot.knowledge.asking import ANSWER, Asking
from bot.knowledge.entry import Entry
from bot.text.fold import fold

#: No more lines than these are added to an answer,
LINES = 2
#: each nearly as near to the question as the nearest one,
AS_GOOD = 0.7
#: and as near as the short answer; of an answer that was just given less will do.
NEARER, AGAIN = 0.9, 0.5
#: What is less near is not meant.
LEAST = 0.12
#: What a pair of words weighs beside a word as rare.
PAIR = 0.7
#: The same of what the title says: it tells little apart.
TITLE = 0.5
#: A line that shares so much with one that questions are written for is that line, edited.
SAME_LINE = 0.5
_WORD = re.compile(r"[^\W_]+")

Weights = Mapping[str, float]


@dataclass(frozen=True)
class _Known:
    """An entry cut into lines, and for every word how near it brings each of them.

    Place 0 is the short answer, the lines follow.
    """

    entry: Entry
    title: Collection[str]
    lines: tuple[Line, ...]
    near: Mapping[str, Sequence[tuple[int, float]]]


class Asked:
    """Finds what is asked for; safe to share between threads."""

    def __init__(self, entries: Iterable[Entry], asking: Asking) -> None:
        """Count how rare words are in ``entries`` and in the questions of ``asking``."""
        self._asking = asking
        self._seen: Counter[str] = Counter()
        self._count = 1
        for text in _texts(entries, asking):
            self._seen.update(_terms(text).keys())
            self._count += 1
        self._known: dict[str, _Known] = {}

    def lines(self, question: str, entry: Entry, *, again: bool = False) -> list[str]:
        """Return the lines of the entry's detail that ``question`` asks for, at most two.

        Args:
            question: The message as typed.
            entry: What is known of its topic.
            again: Whether its short answer was given just before.
        """
        known = self._of(entry)
        answer, *lines = self._nearness(question, known)
        best = max(lines, default=0.0)
        beside = AGAIN if again else NEARER
        least = max(LEAST, AS_GOOD * best, beside * answer)
        places = sorted(range(len(lines)), key=lines.__getitem__, reverse=True)
        chosen = [it for it in places[:LINES] if lines[it] >= least]
        found = say([known.lines[it] for it in sorted(chosen)])
        return [it for it in found if it not in entry.answer]

    def nearness(self, question: str, entry: Entry) -> float:
        """Return how near ``question`` is to what it may be answered by, from 0 to 2."""
        return max(self._nearness(question, self._of(entry)))

    def _nearness(self, question: str, known: _Known) -> list[float]:
        found = [0.0] * (len(known.lines) + 1)
        for term, weight in self._weights(question, known.title).items():
            for place, share in known.near.get(term, ()):
                found[place] += weight * share
        return found

    def _of(self, entry: Entry) -> _Known:
        known = self._known.get(entry.id)
        if known is None or known.entry is not entry:
            known = self._known[entry.id] = self._learn(entry)
        return known

    def _learn(self, entry: Entry) -> _Known:
        lines, title = cut(entry.detail), _terms(entry.title).keys()
        texts = [f"{entry.title} {entry.answer}", *map(_whole, lines)]
        asked = [[] for _ in texts]  # type: list[list[str]]
        for written, questions in self._asking.get(entry.id, ()):
            place = self._place(written, lines)
            if place is not None:
                asked[place] += questions
        near: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, (text, questions) in enumerate(zip(texts, asked, strict=True)):
            own = self._weights(text, title)
            with_questions = self._weights(" ".join([text, *questions]), title)
            for term, share in with_questions.items():
                near[term].append((place, share + own.get(term, 0.0)))
        return _Known(entry, title, lines, near)

    def _place(self, written: str, lines: Sequence[Line]) -> int | None:
        """Return where the line is that reads like ``written``."""
        if written == ANSWER:
            return 0
        wanted = self._weights(written)
        shared = [_shared(wanted, self._weights(line.text)) for line in lines]
        best = max(shared, default=0.0)
        return shared.index(best) + 1 if best >= SAME_LINE else None

    def _weights(self, text: str, title: Collection[str] = ()) -> Weights:
        """Return the weights of words and pairs; their squares sum to 1."""
        weights = {
            term: (1 + math.log(count))
            * self._rarity(term)
            * (TITLE if term in title else 1.0)
            for term, count in _terms(text).items()
        }
        length = math.sqrt(sum(it * it for it in weights.values())) or 1.0
        return {term: weight / length for term, weight in weights.items()}

    def _rarity(self, term: str) -> float:
        rare = math.log(self._count / (1 + self._seen[term])) + 1
        return rare * PAIR if " " in term else rare


def _texts(entries: Iterable[Entry], asking: Asking) -> Iterable[str]:
    for entry in entries:
        yield entry.answer
        yield from (line.whole for line in cut(entry.detail))
    for rows in asking.values():
        for _, questions in rows:
            yield from questions


def _whole(line: Line) -> str:
    return f"{line.heading} {line.label} {line.text}"


def _terms(text: str) -> Counter[str]:
    words = _WORD.findall(fold(text))
    return Counter([*words, *(f"{a} {b}" for a, b in pairwise(words))])


def _shared(one: Weights, other: Weights) -> float:
    return sum(weight * other.get(term, 0.0) for term, weight in one.items())
