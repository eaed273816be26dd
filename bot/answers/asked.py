"""Finds the lines of an entry's detail that a question asks for.

The short answer is always said. When a question asks for one thing (a fee, a month, an
address) that only the detail states, its line is said too; in doubt nothing is.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.answers.asked_words import AskedWords, Query, Terms, Wanted, load_asked
from bot.answers.detail_lines import Line, cut, say
from bot.text.fold import fold

#: No more lines than these are added to an answer.
LINES = 2
#: What words beside a kind of thing asked for must weigh; raising it says less.
BESIDE_KIND = 3.0
#: The same where any number will do.
BESIDE_NUMBER = 5.0
#: What words must weigh where no kind tells the line apart; raising it says less.
ALONE = 11.0
#: Share of the question's words, by weight, that a line must have.
SHARE_BESIDE_KIND = 0.3
SHARE_ALONE = 0.5
#: A line with nearly all of the question's words needs less that is new.
SHARE_WHOLE = 0.85
ALONE_WHOLE = 8.0
#: Longer messages tell a story; single words of it ask for nothing.
LETTER = 40
#: Lines that weigh nearly as much as the best one are as good.
AS_GOOD = 0.9
#: Lines whose words are remembered.
_REMEMBERED = 8192


class Asked:
    """Finds what is asked for; words weigh more the rarer they are over all entries."""

    def __init__(self, texts: Iterable[str], words: AskedWords | None = None) -> None:
        """Count the words of all answers and details."""
        self._words = words or load_asked()
        # Entries change seldom and are asked often.
        self._terms = lru_cache(_REMEMBERED)(lambda text: Terms(text, self._words))
        self._seen: Counter[str] = Counter()
        self._count = 1
        for text in texts:
            for line in cut(text):
                terms = self._terms(line.text)
                self._seen.update(terms.marked | terms.plain)
                self._count += 1

    def lines(self, question: str, title: str, answer: str, detail: str) -> list[str]:
        """Return the lines of ``detail`` that ``question`` asks for, at most two.

        Args:
            question: The message as typed.
            title: The question the entry answers.
            answer: What is said anyway.
            detail: What may be added.
        """
        if len(question.split()) > LETTER:
            return []
        query = Query(question, self._words)
        about = self._terms(title)
        told = [
            self._terms(line.text)
            for line in cut(answer)
            if not self._words.unknown.search(fold(line.text))
        ]
        lines = [(line, self._around(line)) for line in cut(detail)]
        wanted = [it for it in query.wanted if not it.asked_by(title)]
        chosen: list[Line] = []
        for kind in wanted:
            counted = any(kind.shown_by(line.text) for line, _ in lines)
            sought = self._words.number if kind.counts and not counted else kind
            chosen += self._of_kind(query, sought, about, told, lines)
        if not wanted:
            chosen = self._of_words(query, [*told, about], lines)
        found = [it for it in say(chosen) if it not in answer]
        return found if len(found) <= LINES else []

    def _of_kind(
        self,
        query: Query,
        kind: Wanted,
        about: Terms,
        told: Sequence[Terms],
        lines: Sequence[tuple[Line, Terms]],
    ) -> list[Line]:
        """Return the lines with the kind of thing asked for that fit the question best.

        Words of the title tell nothing apart, unless a line is labelled with them.
        """
        weighed = [
            (
                self._weight(query, terms, but=[about])
                + self._labelled(query, line, about),
                line,
            )
            for line, terms in lines
            if kind.shown_by(line.text)
        ]
        shown = [it for it in told if kind.shown_by(it.text)]
        if shown:
            # The answer has one already: another is meant only if new words say so.
            weighed = [it for it in weighed if self._new(query, it[1], [about, *shown])]
        best = max((weight for weight, _ in weighed), default=0.0)
        said = max((self._weight(query, it, but=[about]) for it in shown), default=0.0)
        least = BESIDE_NUMBER if kind.weak else BESIDE_KIND
        enough = max(least, SHARE_BESIDE_KIND * self._whole(query, about))
        if best < enough or said >= best:
            return []
        top = [line for weight, line in weighed if weight >= AS_GOOD * best]
        return top if len({line.whole for line in top}) <= LINES else []

    def _of_words(
        self,
        query: Query,
        told: Sequence[Terms],
        lines: Sequence[tuple[Line, Terms]],
    ) -> list[Line]:
        """Return the line that has most of the question's words that are not told yet."""
        said = max((self._weight(query, it) for it in told), default=0.0)
        whole = self._whole(query)
        best, found = 0.0, None
        for line, terms in lines:
            weight = self._weight(query, terms)
            new = self._weight(query, terms, but=told)
            enough = ALONE_WHOLE if weight >= SHARE_WHOLE * whole else ALONE
            fits = weight >= max(SHARE_ALONE * whole, said) and new >= enough
            if fits and new > best:
                best, found = new, line
        return [found] if found else []

    def _around(self, line: Line) -> Terms:
        return self._terms(f"{line.heading} {line.label} {line.text}")

    def _new(self, query: Query, line: Line, told: Sequence[Terms]) -> bool:
        # What stands above the line is of its neighbours too.
        own = self._terms(f"{line.label} {line.text}")
        return self._weight(query, own, but=told) >= BESIDE_KIND

    def _labelled(self, query: Query, line: Line, about: Terms) -> float:
        label = self._terms(line.label)
        return sum(
            self._rarity(it)
            for it in query.terms
            if query.is_in(label, it) and query.is_in(about, it)
        )

    def _whole(self, query: Query, about: Terms | None = None) -> float:
        # A word that no entry has is chatter; a pair is weighed by its words.
        return sum(
            self._rarity(it)
            for it in query.terms
            if " " not in it
            and self._seen[it]
            and not (about is not None and query.is_in(about, it))
        )

    def _weight(self, query: Query, terms: Terms, but: Sequence[Terms] = ()) -> float:
        return sum(
            self._rarity(it)
            for it in query.terms
            if query.is_in(terms, it) and not any(query.is_in(t, it) for t in but)
        )

    def _rarity(self, term: str) -> float:
        """Return how much a word says; of a pair the half, as its words count too."""
        rare = max(math.log(self._count / (1 + self._seen[term])), 0.0)
        return rare / 2 if " " in term else rare
