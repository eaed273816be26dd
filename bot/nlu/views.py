"""Views of a text as sparse TF-IDF features: words and letters, with marks and without.

The weights are those of scikit-learn's ``TfidfVectorizer`` with ``sublinear_tf`` (a test holds the
two against each other); reading one message is some twenty times faster, since a word's letter
groups are looked up once and remembered.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.text.fold import fold

_WORD = re.compile(r"[^\s,.?!;:()\"“”]+")
#: Words whose letter groups are remembered, per view.
_REMEMBERED_WORDS = 50_000
#: Keeps a view without any known n-gram from being divided by 0.
_TINY = 1e-12


@dataclass(frozen=True)
class View:
    """One way to look at a text.

    Attributes:
        attribute: The message attribute that holds the text.
        analyzer: ``word``, or ``char_wb`` for letters within words, as in scikit-learn.
        shortest: Length of the shortest n-gram.
        longest: Length of the longest n-gram.
        folded: Whether diacritics are dropped first.
        weight: How much the view counts beside the others; 1 is neutral.
    """

    attribute: str
    analyzer: str = "word"
    shortest: int = 1
    longest: int = 2
    folded: bool = True
    weight: float = 1.0

    def __post_init__(self) -> None:
        """Check the options.

        Raises:
            ValueError: An option has a value that cannot be used.
        """
        if self.analyzer not in ("word", "char_wb"):
            raise ValueError(f"analyzer is {self.analyzer!r}; use 'word' or 'char_wb'")
        if not 1 <= self.shortest <= self.longest:
            raise ValueError(
                f"n-grams of {self.shortest} to {self.longest}: "
                "want 1 <= shortest <= longest"
            )

    def words(self, attributes: Mapping[str, str]) -> list[str]:
        """Return the words this view looks at."""
        text = attributes.get(self.attribute) or ""
        return _WORD.findall(fold(text) if self.folded else text)

    def ngrams(self, words: Sequence[str]) -> Iterable[str]:
        """Return every n-gram of ``words``, repeated as often as it occurs."""
        if self.analyzer == "word":
            for length in range(self.shortest, self.longest + 1):
                for start in range(len(words) - length + 1):
                    yield " ".join(words[start : start + length])
        else:
            for word in words:
                yield from self.letters(word)

    def letters(self, word: str) -> list[str]:
        """Return the letter n-grams of a word, its two edges marked by spaces."""
        padded = f" {word} "
        grams = []
        for length in range(self.shortest, self.longest + 1):
            if length > len(padded) > self.shortest:
                break
            last = max(len(padded) - length, 0)
            grams += [padded[start : start + length] for start in range(last + 1)]
        return grams


class FittedView:
    """A view with the n-grams it learnt and their inverse document frequencies."""

    def __init__(self, view: View, ngrams: Sequence[str], idf: NDArray[np.float32]):
        """Use ``fit``."""
        self.view = view
        self.ngrams = list(ngrams)
        self.idf = idf
        self._index = {gram: number for number, gram in enumerate(ngrams)}
        self._letters = lru_cache(_REMEMBERED_WORDS)(self._known_letters)

    @classmethod
    def fit(cls, view: View, texts: Sequence[Mapping[str, str]]) -> FittedView:
        """Learn the n-grams of ``texts``."""
        seen: Counter[str] = Counter()
        for text in texts:
            seen.update(set(view.ngrams(view.words(text))))
        ngrams = sorted(seen)
        counts = np.array([seen[gram] for gram in ngrams], dtype=np.float64)
        idf = np.log((1 + len(texts)) / (1 + counts)) + 1
        return cls(view, ngrams, idf.astype(np.float32))

    def numbers(self, words: Sequence[str]) -> list[int]:
        """Return the numbers of the known n-grams, each as often as it occurs."""
        if self.view.analyzer == "char_wb":
            return [number for word in words for number in self._letters(word)]
        known = map(self._index.get, self.view.ngrams(words))
        return [number for number in known if number is not None]

    def _known_letters(self, word: str) -> tuple[int, ...]:
        letters = self.view.letters(word)
        return tuple(self._index[gram] for gram in letters if gram in self._index)


class Views:
    """Several fitted views side by side; one row of features per text."""

    def __init__(self, fitted: Sequence[FittedView]) -> None:
        """Use ``fit`` or ``load``."""
        self._fitted = tuple(fitted)
        sizes = [len(view.ngrams) for view in fitted]
        self._offsets = np.cumsum([0, *sizes]).astype(np.int32)
        self._idf = np.concatenate([np.empty(0), *(view.idf for view in fitted)])
        self._weights = np.array([view.view.weight for view in fitted])

    @classmethod
    def fit(cls, views: Iterable[View], texts: Sequence[Mapping[str, str]]) -> Views:
        """Learn the n-grams of ``texts`` for every view."""
        return cls([FittedView.fit(view, texts) for view in views])

    def transform(self, texts: Iterable[Mapping[str, str]]) -> sparse.csr_matrix:
        """Return the features of ``texts``, one row each (float32)."""
        rows = [self._row(text) for text in texts]
        starts = np.cumsum([0, *(len(numbers) for numbers, _ in rows)])
        return sparse.csr_matrix(
            (
                np.concatenate([weights for _, weights in rows]),
                np.concatenate([numbers for numbers, _ in rows]),
                starts.astype(np.int32),
            ),
            shape=(len(rows), int(self._offsets[-1])),
        )

    def _row(
        self, text: Mapping[str, str]
    ) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return the numbers of the features of a text, and their values.

        All views are counted and weighted at once; a view's values have its weight as length.
        """
        found = [view.numbers(view.view.words(text)) for view in self._fitted]
        everything = np.fromiter(chain.from_iterable(found), dtype=np.int32)
        everything += np.repeat(self._offsets[:-1], [len(part) for part in found])
        numbers, counts = np.unique(everything, return_counts=True)
        values = (1 + np.log(counts)) * self._idf[numbers]
        owners = np.searchsorted(self._offsets, numbers, side="right") - 1
        lengths = np.sqrt(np.bincount(owners, values * values, len(self._fitted)))
        values *= (self._weights / np.maximum(lengths, _TINY))[owners]
        return numbers, values.astype(np.float32)

    def save(self, folder: Path) -> None:
        """Write views and n-grams into ``folder`` as JSON and NumPy files (no pickle)."""
        described = [
            {**asdict(fitted.view), "ngrams": fitted.ngrams} for fitted in self._fitted
        ]
        (folder / "views.json").write_text(
            json.dumps(described, ensure_ascii=False), encoding="utf-8"
        )
        np.savez(
            folder / "idf.npz",
            **{str(number): view.idf for number, view in enumerate(self._fitted)},
        )

    @classmethod
    def load(cls, folder: Path) -> Views:
        """Read what ``save`` wrote."""
        described = json.loads((folder / "views.json").read_text(encoding="utf-8"))
        ngrams = [row.pop("ngrams") for row in described]
        with np.load(folder / "idf.npz") as idf:
            return cls(
                [
                    FittedView(View(**row), ngrams[number], idf[str(number)])
                    for number, row in enumerate(described)
                ]
            )
