"""A linear classifier whose probabilities mean what they say."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

#: A weight below this moves no probability by a thousandth and is left out.
_NEGLIGIBLE = 1e-3


class LinearModel:
    """One weight per feature and label; softmax of the scores over a learnt temperature.

    The weights are those of one support vector machine per label. Its scores are no
    probabilities, so a temperature is fitted on scores that cross-validation gives to texts the
    weights have not seen (Guo et al., "On Calibration of Modern Neural Networks", 2017).
    """

    def __init__(
        self,
        labels: Sequence[str],
        weights: Floats,
        bias: Floats,
        temperature: float,
    ) -> None:
        """Use ``fit`` or ``load``.

        Args:
            labels: Names of the classes.
            weights: (features × labels), float32. Nine in ten are zero, but one message is
                counted some five times faster when they are all there.
            bias: One per label.
            temperature: Scores are divided by it before softmax.
        """
        self.labels = list(labels)
        self.temperature = temperature
        self._weights = weights
        self._bias = bias

    @classmethod
    def fit(
        cls,
        features: sparse.csr_matrix,
        targets: Sequence[str],
        *,
        c: float,
        folds: int,
        seed: int = 0,
    ) -> LinearModel:
        """Learn from ``features`` (texts × features) and their labels.

        Args:
            features: One row per text.
            targets: One label per text.
            c: Raising it fits the training texts more closely.
            folds: Parts for the calibration; labels with fewer texts than that lower it.
            seed: Makes the result repeatable.
        """
        labels, encoded = np.unique(np.asarray(targets), return_inverse=True)
        folds = min(folds, int(np.bincount(encoded).min()))
        everything = np.arange(len(encoded))
        splits: list[tuple[Rows, Rows]] = []
        if folds >= 2:
            split = StratifiedKFold(folds, shuffle=True, random_state=seed)
            splits = list(split.split(everything, encoded))

        def learn(kept: Rows) -> tuple[Floats, Floats]:
            return _weights(features[kept], encoded[kept], len(labels), c, seed)

        # The machines are trained outside Python's lock, so threads use all cores.
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            whole, *parts = pool.map(learn, [everything, *(kept for kept, _ in splits)])
        scores = np.zeros((len(encoded), len(labels)), dtype=np.float32)
        for (_, held), (weights, bias) in zip(splits, parts, strict=True):
            scores[held] = features[held] @ weights + bias
        temperature = _best_temperature(scores, encoded) if splits else 1.0
        weights, bias = whole
        weights[np.abs(weights) < _NEGLIGIBLE] = 0
        return cls(labels.tolist(), weights, bias, temperature)

    def probabilities(self, features: sparse.csr_matrix) -> Floats:
        """Return (texts × labels); every row sums to 1."""
        scores = features @ self._weights + self._bias
        return _softmax(scores / self.temperature)

    def save(self, folder: Path) -> None:
        """Write the model into ``folder`` (JSON and NumPy, no pickle)."""
        weights = sparse.csr_matrix(self._weights)
        sparse.save_npz(folder / "weights.npz", weights, compressed=False)
        about = {
            "labels": self.labels,
            "temperature": self.temperature,
            "bias": self._bias.tolist(),
        }
        (folder / "linear.json").write_text(
            json.dumps(about, ensure_ascii=False), encoding="utf-8"
        )

    @classmethod
    def load(cls, folder: Path) -> LinearModel:
        """Read what ``save`` wrote."""
        about = json.loads((folder / "linear.json").read_text(encoding="utf-8"))
        weights = sparse.load_npz(folder / "weights.npz").toarray()
        bias = np.array(about["bias"], dtype=np.float32)
        return cls(about["labels"], weights, bias, about["temperature"])


def _weights(
    features: sparse.csr_matrix, encoded: Rows, labels: int, c: float, seed: int
) -> tuple[Floats, Floats]:
    if labels == 1:
        return np.zeros((features.shape[1], 1), np.float32), np.ones(1, np.float32)
    machine = LinearSVC(C=c, random_state=seed).fit(features, encoded)
    weights, bias = machine.coef_, machine.intercept_
    if labels == 2:
        weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
    return (
        np.ascontiguousarray(weights.T, dtype=np.float32),
        np.asarray(bias, dtype=np.float32),
    )


def _best_temperature(scores: Floats, encoded: Rows) -> float:
    rows = np.arange(len(encoded))

    def loss(log_temperature: float) -> float:
        chances = _softmax(scores / np.exp(log_temperature))[rows, encoded]
        return float(-np.log(np.maximum(chances, 1e-12)).mean())

    found = optimize.minimize_scalar(loss, bounds=(-4.0, 2.0), method="bounded")
    return float(np.exp(found.x))


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)
