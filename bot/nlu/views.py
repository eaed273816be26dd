"""Views of a text as sparse TF-IDF features: words and letters, with marks and without."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.text.fold import fold


@dataclass(frozen=True)
class View:
    """One way to look at a text.

    Attributes:
        attribute: The message attribute that holds the text.
        analyzer: ``word`` or ``char_wb`` (letters within words), as in scikit-learn.
        shortest: Length of the shortest n-gram.
        longest: Length of the longest n-gram.
        folded: Whether diacritics are dropped first.
        weight: How much the view counts beside the others; 1 is neutral.
        min_count: N-grams in fewer training texts than this are ignored.
    """

    attribute: str
    analyzer: str = "word"
    shortest: int = 1
    longest: int = 2
    folded: bool = True
    weight: float = 1.0
    min_count: int = 1

    def text(self, attributes: Mapping[str, str]) -> str:
        """Return the text this view looks at."""
        text = attributes.get(self.attribute) or ""
        return fold(text) if self.folded else text

    def vectorizer(self) -> TfidfVectorizer:
        """Return an unfitted vectorizer of this view."""
        return TfidfVectorizer(
            analyzer=self.analyzer,
            ngram_range=(self.shortest, self.longest),
            token_pattern=r"[^\s,.?!;:()\"“”]+",
            lowercase=False,
            sublinear_tf=True,
            min_df=self.min_count,
            dtype=np.float32,
        )


class Views:
    """Several views side by side; one row of features per text."""

    def __init__(self, views: Sequence[View]) -> None:
        """Keep the views; ``fit`` or ``load`` comes next."""
        self._views = tuple(views)
        self._vectorizers = [view.vectorizer() for view in self._views]

    def fit(self, texts: Sequence[Mapping[str, str]]) -> sparse.csr_matrix:
        """Learn the n-grams of ``texts`` and return their features."""
        return self._join(
            vectorizer.fit_transform([view.text(text) for text in texts])
            for view, vectorizer in zip(self._views, self._vectorizers, strict=True)
        )

    def transform(self, texts: Sequence[Mapping[str, str]]) -> sparse.csr_matrix:
        """Return the features of ``texts``, one row each (float32)."""
        return self._join(
            vectorizer.transform([view.text(text) for text in texts])
            for view, vectorizer in zip(self._views, self._vectorizers, strict=True)
        )

    def _join(self, blocks: Iterable[sparse.csr_matrix]) -> sparse.csr_matrix:
        weighted = [
            block * np.float32(view.weight)
            for view, block in zip(self._views, blocks, strict=True)
        ]
        return sparse.hstack(weighted, format="csr", dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write views and n-grams into ``folder`` as JSON and NumPy files (no pickle)."""
        described: list[dict[str, Any]] = []
        for number, (view, vectorizer) in enumerate(
            zip(self._views, self._vectorizers, strict=True)
        ):
            np.save(folder / f"idf_{number}.npy", vectorizer.idf_)
            grams = sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.get)
            described.append({**asdict(view), "ngrams": grams})
        (folder / "views.json").write_text(
            json.dumps(described, ensure_ascii=False), encoding="utf-8"
        )

    @classmethod
    def load(cls, folder: Path) -> Views:
        """Read what ``save`` wrote."""
        described = json.loads((folder / "views.json").read_text(encoding="utf-8"))
        ngrams = [row.pop("ngrams") for row in described]
        views = cls([View(**row) for row in described])
        for number, vectorizer in enumerate(views._vectorizers):
            vectorizer.vocabulary_ = {gram: i for i, gram in enumerate(ngrams[number])}
            vectorizer.idf_ = np.load(folder / f"idf_{number}.npy")
        return views
