"""Our features are scikit-learn's TF-IDF, only faster."""

from pathlib import Path

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.views import View, Views

TEXTS = [
    {"read_text": text}
    for text in (
        "học phí ngành công nghệ thông tin bao nhiêu",
        "hoc phi bao nhieu mot nam",
        "điểm chuẩn khoa học máy tính năm nay",
        "x",
        "kế hoạch 06 là gì gì gì",
    )
]


@pytest.mark.parametrize(
    ("view", "options"),
    [
        (View("read_text", "word", 1, 2, folded=False), {"ngram_range": (1, 2)}),
        (
            View("read_text", "char_wb", 2, 5, folded=False),
            {"analyzer": "char_wb", "ngram_range": (2, 5)},
        ),
    ],
)
def test_transform_equals_scikit_learn(view: View, options: dict[str, object]) -> None:
    reference = TfidfVectorizer(
        sublinear_tf=True, lowercase=False, token_pattern=r"\S+", **options
    )
    expected = reference.fit_transform([text["read_text"] for text in TEXTS]).toarray()
    found = Views.fit([view], TEXTS).transform(TEXTS).toarray()
    assert found.shape == expected.shape
    np.testing.assert_allclose(np.sort(found), np.sort(expected), atol=1e-5)


def test_transform_gives_an_unknown_text_no_features() -> None:
    views = Views.fit([View("read_text")], TEXTS)
    assert views.transform([{"read_text": "zzz"}, {}]).nnz == 0


def test_folded_view_sees_text_with_and_without_marks_alike() -> None:
    views = Views.fit([View("read_text")], TEXTS)
    rows = views.transform([{"read_text": "học phí"}, {"read_text": "hoc phi"}])
    np.testing.assert_array_equal(rows[0].toarray(), rows[1].toarray())


def test_load_reads_what_save_wrote(tmp_path: Path) -> None:
    views = Views.fit([View("read_text"), View("read_text", "char_wb", 2, 4)], TEXTS)
    views.save(tmp_path)
    found = Views.load(tmp_path).transform(TEXTS)
    np.testing.assert_array_equal(found.toarray(), views.transform(TEXTS).toarray())


@pytest.mark.parametrize("options", [{"analyzer": "chars"}, {"shortest": 3}])
def test_view_turns_down_options_it_cannot_use(options: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"use 'word'|shortest"):
        View("read_text", **options)
