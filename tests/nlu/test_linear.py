"""The classifier ranks, its probabilities sum to one, and it survives saving."""

from pathlib import Path

import numpy as np
from scipy import sparse

from bot.nlu.linear import LinearModel


def data(labels: int) -> tuple[sparse.csr_matrix, list[str]]:
    chance = np.random.default_rng(0)
    targets = [f"intent{number % labels}" for number in range(60)]
    features = chance.random((60, 8)).astype(np.float32) * 0.1
    for row, target in enumerate(targets):
        features[row, int(target.removeprefix("intent"))] += 1
    return sparse.csr_matrix(features), targets


def test_fit_learns_what_tells_labels_apart() -> None:
    features, targets = data(4)
    model = LinearModel.fit(features, targets, c=1.0, folds=3)
    best = model.probabilities(features).argmax(axis=1)
    assert [model.labels[number] for number in best] == targets


def test_probabilities_sum_to_one() -> None:
    features, targets = data(3)
    model = LinearModel.fit(features, targets, c=1.0, folds=2)
    np.testing.assert_allclose(model.probabilities(features).sum(axis=1), 1, atol=1e-5)


def test_fit_takes_two_labels_and_one() -> None:
    for labels in (2, 1):
        features, targets = data(labels)
        model = LinearModel.fit(features, targets, c=1.0, folds=2)
        best = model.probabilities(features).argmax(axis=1)
        assert [model.labels[number] for number in best] == targets


def test_fit_takes_labels_with_one_text() -> None:
    features, targets = data(3)
    model = LinearModel.fit(features, [*targets[:-1], "alone"], c=1.0, folds=3)
    assert "alone" in model.labels


def test_load_reads_what_save_wrote(tmp_path: Path) -> None:
    features, targets = data(3)
    model = LinearModel.fit(features, targets, c=1.0, folds=2)
    model.save(tmp_path)
    np.testing.assert_array_equal(
        LinearModel.load(tmp_path).probabilities(features),
        model.probabilities(features),
    )
