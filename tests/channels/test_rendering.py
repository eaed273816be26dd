"""One turn, fitted to each channel: limits, numbers, sources, plain text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.channel import Said
from bot.channels.fitting import plain, shorten, split
from bot.channels.messenger import messages as messenger
from bot.channels.words import load_words
from bot.channels.zalo import messages as zalo
from bot.channels.zalo_bot import messages as zalo_bot

WORDS = load_words()
SENTENCE = "Học phí ngành công nghệ thông tin mỗi trường một mức. "


def said(*replies: dict) -> Said:
    return Said("m1", [{"kind": "answer", "topic": "t", **reply} for reply in replies])


def choices(count: int, title: str = "Mục") -> list[dict]:
    return [
        {"id": f"c{place}", "title": f"{title} {place}"}
        for place in range(1, count + 1)
    ]


def test_a_long_answer_is_cut_at_sentence_ends() -> None:
    text = SENTENCE * 120
    parts = [it["text"] for it in zalo.render(said({"text": text}), WORDS, "")]
    assert len(parts) > 2 and all(len(part) <= 2000 for part in parts)
    assert all(part.endswith(".") for part in parts)
    assert " ".join(parts) == text.strip()


def test_decomposed_text_is_composed_before_it_is_counted() -> None:
    text = unicodedata.normalize("NFD", SENTENCE * 36)
    assert len(text) > 2000 > len(SENTENCE * 36)
    (message,) = zalo.render(said({"text": text}), WORDS, "")
    assert message["text"] == (SENTENCE * 36).strip()


@given(st.text(max_size=300), st.integers(min_value=1, max_value=60))
def test_pieces_fit_and_keep_every_word(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(0 < len(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@given(st.text(max_size=100), st.integers(min_value=3, max_value=40))
def test_short_titles_fit(text: str, limit: int) -> None:
    assert len(shorten(text, limit)) <= limit


def test_tables_become_lines() -> None:
    table = "Học phí:\n| Trường | 2025 | 2026 |\n|---|---|---|\n| CTU | 20 | 22 |\n| FPT | 30 | |"
    assert plain(table) == "Học phí:\n- CTU: 2025: 20; 2026: 22\n- FPT: 2025: 30"


def test_markdown_is_taken_away() -> None:
    text = "## Học phí\n**Lưu ý**: xem [trang](https://x.vn/a) nhé"
    assert plain(text) == "Học phí\nLưu ý: xem trang (https://x.vn/a) nhé"


def test_sources_are_short_on_zalo_and_linked_on_messenger() -> None:
    source = {
        "title": "Kế hoạch 06/KH-UBND",
        "number": "06/KH-UBND",
        "date": "2013-01-11",
        "url": "https://x.vn/kh06",
        "checked_on": "2026-11-22",
    }
    turn = said({"text": "Có.", "sources": [source] * 4, "as_of": "2026"})
    line = "Nguồn: Kế hoạch 06/KH-UBND, số 06/KH-UBND, 11/01/2013 (kiểm tra 22/11/2026)"
    (short,) = zalo.render(turn, WORDS, "")
    assert short["text"] == f"Có.\n\n{line}\n{line}, và 2 nguồn khác\nSố liệu: 2026"
    (full,) = messenger.render(turn, WORDS)
    assert full["text"].count("https://x.vn/kh06") == 3


def test_numbers_run_through_the_whole_turn() -> None:
    turn = said(
        {"text": "A", "choices": choices(2)}, {"text": "B", "choices": choices(2)}
    )
    for message in (zalo.render(turn, WORDS, "")[0], zalo_bot.render(turn, WORDS)[0]):
        assert [line[:2] for line in message["text"].splitlines() if "Mục" in line] == [
            "1.",
            "2.",
            "3.",
            "4.",
        ]


def test_the_replies_of_a_turn_are_one_message() -> None:
    assert len(zalo.render(said({"text": "A"}, {"text": "B"}), WORDS, "")) == 1


def test_buttons_are_on_the_last_message_and_fit() -> None:
    turn = said({"text": SENTENCE * 50, "choices": choices(9, "Một mục rất dài " * 12)})
    rendered = zalo.render(turn, WORDS, "")
    assert all("attachment" not in message for message in rendered[:-1])
    buttons = rendered[-1]["attachment"]["payload"]["buttons"]
    assert len(buttons) == 5 and all(len(it["title"]) <= 100 for it in buttons)


@pytest.mark.parametrize("template_type", ["", "button"])
def test_the_template_type_is_a_switch(template_type: str) -> None:
    (message,) = zalo.render(
        said({"text": "A", "choices": choices(1)}), WORDS, template_type
    )
    payload = message["attachment"]["payload"]
    assert payload.get("template_type", "") == template_type


def test_related_topics_fill_the_room_that_is_left() -> None:
    related = [{"id": f"study/{place}", "title": f"Câu {place}?"} for place in range(9)]
    (message,) = zalo.render(
        said({"text": "A", "choices": choices(2), "related": related}), WORDS, ""
    )
    payloads = [it["payload"] for it in message["attachment"]["payload"]["buttons"]]
    assert payloads == ["#b:c1", "#b:c2", "#b:study/0", "#b:study/1", "#b:study/2"]


@pytest.mark.parametrize(
    ("count", "length", "shape"),
    [
        (3, 10, "attachment"),
        (4, 10, "quick_replies"),
        (3, 640, "quick_replies"),
        (13, 10, "quick_replies"),
    ],
)
def test_messenger_uses_buttons_where_they_fit(
    count: int, length: int, shape: str
) -> None:
    turn = said(
        {"text": "a" * length, "choices": choices(count, "Điểm chuẩn ngành CNTT năm")}
    )
    message = messenger.render(turn, WORDS)[-1]
    assert shape in message
    options = (
        message.get("quick_replies") or message["attachment"]["payload"]["buttons"]
    )
    assert len(options) == count and all(len(it["title"]) <= 20 for it in options)
    assert options[0]["title"].startswith("1. Điểm chuẩn")
