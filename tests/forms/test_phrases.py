"""Word lists: diacritics where they are typed, short forms written out."""

import pytest

from bot.forms.message import Control, Message, control, guessed_control
from bot.forms.phrases import Phrases
from bot.forms.words import phrases

STOP = Phrases(["hủy", "thôi không gửi", "có … không"])


@pytest.mark.parametrize(
    ("text", "found"),
    [("hủy", True), ("huy", True), ("Huỷ!", True), ("Hùy", False), ("huy đi", False)],
)
def test_a_text_with_diacritics_is_held_to_them(text: str, found: bool) -> None:
    assert STOP.are_text(text) is found


def test_short_forms_are_written_out() -> None:
    assert STOP.in_text("thôi k gửi nữa")
    assert STOP.in_text("thoi ko gui")


def test_a_gap_is_a_few_words() -> None:
    assert STOP.in_text("trường có ngành an toàn thông tin không")
    assert not STOP.in_text("có một hai ba bốn năm sáu bảy tám không")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("hủy đi", Control.CANCEL),
        ("thôi không làm nữa", Control.CANCEL),
        ("bo qua cau nay", Control.SKIP),
        ("không biết nữa", Control.SKIP),
        ("quay lại", Control.BACK),
        ("em thích vẽ", None),
    ],
)
def test_what_a_message_tells_the_form(text: str, told: Control | None) -> None:
    assert control(Message(text)) is told


def test_the_classifier_is_believed_only_when_it_is_sure() -> None:
    assert guessed_control(Message("dẹp", "cancel", 0.9)) is Control.CANCEL
    assert guessed_control(Message("dẹp", "cancel", 0.4)) is None


def test_every_list_is_read() -> None:
    assert phrases("family_names").are_text("Nguyễn")
