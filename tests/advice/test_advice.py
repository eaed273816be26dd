"""The advice in words: nothing promised, everything sourced, near places first."""

import re

from bot.advice.advice import advise, topics_to_read
from bot.knowledge.catalogue.model import Catalogue
from bot.knowledge.library import read_topics
from bot.settings import ROOT

PRODUCT = {"advice_likes": ("product",), "advice_level": ("final_year",)}


def test_majors_come_with_places_that_teach_them(catalogue: Catalogue) -> None:
    reply = advise(PRODUCT, catalogue, {})
    assert reply.topic == "career/advice"
    for major in reply.params["major"]:
        assert catalogue.majors[major].name in reply.text
    assert "Đại học Cần Thơ" in reply.text


def test_no_figure_is_stated(catalogue: Catalogue) -> None:
    text = advise(PRODUCT, catalogue, {}).text
    assert not re.search(r"\d", re.sub(r"(?m)^\d\. ", "", text))


def test_sources_and_their_date_are_given(catalogue: Catalogue) -> None:
    reply = advise(PRODUCT, catalogue, {})
    assert reply.sources and reply.as_of
    assert all(source.checked_on for source in reply.sources)


def test_who_stays_in_can_tho_is_sent_nowhere_else(catalogue: Catalogue) -> None:
    stays = {"advice_likes": ("product",), "advice_place": ("cantho",)}
    assert "Trà Vinh" not in advise(stays, catalogue, {}).text


def test_little_money_puts_public_schools_first(catalogue: Catalogue) -> None:
    poor = {"advice_likes": ("ai",), "advice_budget": ("low",)}
    text = advise(poor, catalogue, {}).text
    for line in text.splitlines():
        if "Nam Cần Thơ" in line and "Đại học Cần Thơ" in line:
            assert line.index("Đại học Cần Thơ") < line.index("Nam Cần Thơ")


def test_what_to_read_next_are_topics_of_the_contract(catalogue: Catalogue) -> None:
    known = read_topics(ROOT / "data" / "topics.yml")
    assert set(topics_to_read()) <= known.keys()
    titles = dict.fromkeys(topics_to_read(), "…")
    assert advise(PRODUCT, catalogue, titles).related


def test_an_empty_catalogue_is_admitted() -> None:
    reply = advise(PRODUCT, Catalogue(), {})
    assert reply.text and not reply.params
