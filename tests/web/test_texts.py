"""The words of the pages, and the shapes of a reply's text."""

from typing import Any

import pytest

from bot.gateway.pages.prose import Run, blocks_of, runs_of
from bot.gateway.pages.search import FRESH_SECONDS, TopicSearch
from bot.gateway.pages.texts import load_texts
from bot.gateway.topics import Topic, TopicTitle
from bot.knowledge.library import read_topics
from bot.settings import ROOT


def keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: keys(part) for key, part in value.items()}
    return [keys(part) for part in value] if isinstance(value, list) else None


def test_both_languages_say_the_same_things() -> None:
    texts = load_texts()
    assert keys(texts["vi"]) == keys(texts["en"])


def test_every_group_of_topics_has_a_title() -> None:
    topics = read_topics(ROOT / "data" / "topics.yml")
    groups = {topic.partition("/")[0] for topic in topics}
    assert groups <= set(load_texts()["vi"]["groups"])


def test_text_is_cut_into_blocks() -> None:
    blocks = blocks_of("Một\nhai\n\n- a\n- b\n1. c\n| x | y |\n|---|---|\n| 1 |\nhết")
    assert [(block.kind, block.lines) for block in blocks] == [
        ("paragraph", ["Một", "hai"]),
        ("bullets", ["a", "b"]),
        ("numbers", ["c"]),
        ("table", []),
        ("paragraph", ["hết"]),
    ]
    assert blocks[3].head == ["x", "y"]
    assert blocks[3].rows == [["1", ""]]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Xem https://ctu.edu.vn/a?b=1.", ["https://ctu.edu.vn/a?b=1"]),
        ("(https://a.vn)", ["https://a.vn"]),
        (
            "Gọi 0292 3872 728, 0939 257 838 hoặc 1900 1234",
            ["tel:02923872728", "tel:0939257838", "tel:19001234"],
        ),
        ("năm 2013, 40.000.000 đồng, số 1755/QĐ-TTg, ngày 11/01/2013", []),
        ("javascript:alert(1) data:text/html,x", []),
    ],
)
def test_only_addresses_and_telephone_numbers_are_links(
    text: str, links: list[str]
) -> None:
    runs = runs_of(text)
    assert [run.href for run in runs if run.href] == links
    assert "".join(run.text for run in runs) == text


def test_text_without_links_is_one_run() -> None:
    assert runs_of("không có gì") == [Run("không có gì")]


class OneTopic:
    title = "Học phí bao nhiêu?"

    def topics(self) -> list[TopicTitle]:
        return [TopicTitle("a/b", self.title), TopicTitle("a/c", "Khác")]

    def topic(self, topic_id: str) -> Topic | None:
        return Topic(topic_id, self.title, "Nói về học bổng và học phí.")


def test_search_needs_every_word_and_titles_come_first() -> None:
    search = TopicSearch(OneTopic(), lambda: 0.0)
    assert [topic.id for topic in search.find("hoc phí")] == ["a/b", "a/c"]
    assert search.find("học máy") == []
    assert search.find("  ") == []


def test_search_hears_of_edits_after_a_while() -> None:
    topics, now = OneTopic(), 0.0
    search = TopicSearch(topics, lambda: now)
    search.find("học")
    topics.title = "Laptop nào tốt?"
    assert search.find("laptop") == []
    now = FRESH_SECONDS
    assert search.find("laptop") != []
