"""Other ways to find a message's topic, to compare with: no part of the assistant."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import floret
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.text.clean import clean


class Candidate(Protocol):
    """Learns from texts and their intents, then ranks intents."""

    def fit(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        """Learn from ``texts``, one intent each."""

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Return intents and how sure it is of each, likeliest first."""


class NearestQuestion:
    """The intent of the training text with the nearest TF-IDF vector (cosine)."""

    def __init__(self) -> None:
        """Start without knowledge."""
        self._vectorizer = TfidfVectorizer(
            token_pattern=r"\S+", ngram_range=(1, 2), sublinear_tf=True
        )
        self._intents: list[str] = []

    def fit(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        """Keep every text as a vector."""
        self._known = self._vectorizer.fit_transform(map(clean_text, texts))
        self._intents = list(intents)

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Return the intents of the texts, nearest first, by cosine."""
        cosines = (self._known @ self._vectorizer.transform([clean_text(text)]).T).T
        near = cosines.toarray()[0]
        best: dict[str, float] = {}
        for number in near.argsort()[::-1][:50]:
            best.setdefault(self._intents[number], float(near[number]))
        return list(best.items())


class Subwords:
    """fastText's classifier: the mean of word and subword vectors (Joulin et al., 2016)."""

    def fit(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        """Train with fastText's own defaults but more epochs, since texts are few."""
        with tempfile.TemporaryDirectory() as folder:
            lines = Path(folder) / "lines.txt"
            lines.write_text(
                "".join(
                    f"__label__{intent} {clean_text(text)}\n"
                    for text, intent in zip(texts, intents, strict=True)
                ),
                encoding="utf-8",
            )
            self._model = floret.train_supervised(
                str(lines),
                epoch=50,
                lr=0.5,
                wordNgrams=2,
                minn=2,
                maxn=4,
                thread=2,
                verbose=0,
            )

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Return the intents by probability."""
        names, chances = self._model.predict(clean_text(text), k=10)
        return [
            (name.removeprefix("__label__"), float(chance))
            for name, chance in zip(names, chances, strict=True)
        ]


def clean_text(text: str) -> str:
    """Return the text in one line, normal form and lower case."""
    return " ".join(clean(text).text.lower().split())


CANDIDATES: dict[str, type[Candidate]] = {
    "nearest": NearestQuestion,
    "subwords": Subwords,
}
