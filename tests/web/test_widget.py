"""The widget on a website of another origin: isolation, options, budget, origins."""

import gzip
import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from bot.gateway.pages.assets import DIST, read_assets
from tests.gateway.rasa import Rasa
from tests.web.conftest import Site, answers, ask
from tests.web.servers import HOSTILE

pytestmark = pytest.mark.browser

STRICT = (
    "default-src 'none'; script-src GATEWAY; connect-src GATEWAY; font-src GATEWAY;"
    " style-src 'self'; base-uri 'none'; form-action 'none';"
    " require-trusted-types-for 'script'; trusted-types 'none'"
)
LARGEST = 40_000


def test_the_widget_is_small_and_loads_nothing_before_it_is_opened(
    site: Site, open_page: Callable[..., Any]
) -> None:
    page = open_page("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.website_url)
    page.get_by_role("button", name="Hỏi trợ lý").hover()
    page.wait_for_timeout(300)
    assert [url for url in asked if url.startswith(site.url)] == [
        f"{site.url}/widget.js"
    ]
    script = page.request.get(f"{site.url}/widget.js").body()
    assert len(gzip.compress(script)) <= LARGEST
    page.get_by_role("button", name="Hỏi trợ lý").click()
    ask(page, "kế hoạch 06")
    answers(page, 1)
    later = {
        url.removeprefix(site.url).split("/")[1] for url in asked if site.url in url
    }
    assert later == {"widget.js", "assets", "api"}


def test_nothing_of_the_website_is_touched(
    site: Site, open_page: Callable[..., Any]
) -> None:
    page = open_page(f"{site.website_url}/style.css")
    before = set(page.evaluate("Object.keys(window)"))
    page = open_page(site.website_url)
    page.get_by_role("button", name="Hỏi trợ lý").click()
    ask(page, "kế hoạch 06")
    answers(page, 1)
    assert set(page.evaluate("Object.keys(window)")) == before
    assert page.context.cookies() == []
    assert page.evaluate("document.cookie") == ""
    assert page.evaluate("Object.keys(localStorage)") == []
    children = page.evaluate("[...document.body.children].map((it) => it.localName)")
    assert children == ["h1", "p", "a", "script", "ictbot-widget"]


def test_it_opens_closes_and_gives_the_focus_back(widget: Any) -> None:
    launcher = widget.locator(".launcher")
    assert launcher.get_attribute("aria-expanded") == "true"
    box = widget.get_by_label("Câu hỏi của bạn")
    assert box.evaluate("el => el === el.getRootNode().activeElement")
    widget.get_by_role("button", name="Tùy chọn").click()
    widget.keyboard.press("Escape")
    assert not widget.get_by_role("button", name="Gặp cán bộ").is_visible()
    assert box.is_visible()
    widget.keyboard.press("Escape")
    assert not box.is_visible()
    assert launcher.get_attribute("aria-expanded") == "false"
    assert launcher.evaluate("el => el === el.getRootNode().activeElement")
    widget.keyboard.press("Enter")
    ask(widget, "kế hoạch 06")
    answers(widget, 1)
    widget.get_by_role("button", name="Đóng").click()
    assert launcher.evaluate("el => el === el.getRootNode().activeElement")


def test_history_comes_back_on_the_next_page_of_the_website(
    widget: Any, rasa: Rasa
) -> None:
    ask(widget, "học phí")
    answers(widget, 1)
    widget.reload()
    widget.get_by_role("button", name="Hỏi trợ lý").click()
    answers(widget, 1).get_by_role("button", name="2.").click()
    answers(widget, 2)
    assert "choice" in rasa.turns[1]


def test_a_hostile_stylesheet_changes_nothing(
    site: Site, open_page: Callable[..., Any], size: tuple[int, int]
) -> None:
    site.website.css = HOSTILE
    page = open_page(site.website_url)
    launcher = page.get_by_role("button", name="Hỏi trợ lý")
    box = launcher.bounding_box()
    assert 44 <= box["height"] <= 60
    assert size[0] - 24 <= box["x"] + box["width"] <= size[0]
    assert size[1] - 24 <= box["y"] + box["height"] <= size[1]
    launcher.click()
    ask(page, "kế hoạch 06")
    last = answers(page, 1)
    style = last.locator(".text p").first.evaluate(
        "el => { const style = getComputedStyle(el);"
        " return Object.fromEntries(['color', 'fontSize', 'letterSpacing', 'transform']"
        ".map((name) => [name, style[name]])); }"
    )
    assert style == {
        "color": "rgb(23, 38, 42)",
        "fontSize": "16px",
        "letterSpacing": "normal",
        "transform": "none",
    }
    assert last.bounding_box()["width"] > 300


def test_a_strict_policy_of_the_website_is_kept(
    site: Site, open_page: Callable[..., Any]
) -> None:
    site.website.policy = STRICT
    site.website.css = "body { margin: 0 }"
    assets = read_assets(DIST)
    assert assets is not None
    site.website.script = assets.widget
    site.website.attributes = (
        f'integrity="{assets.integrity}" crossorigin="anonymous" data-colour="#8a1538"'
    )
    page = open_page("about:blank")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(site.website_url)
    page.get_by_role("button", name="Hỏi trợ lý").click()
    ask(page, "kế hoạch 06")
    last = answers(page, 1)
    last.get_by_role("button", name="Hữu ích").click()
    last.get_by_text("Cảm ơn bạn đã đánh giá.").wait_for()
    assert [
        words for words in complaints if "favicon" not in words and "404" not in words
    ] == []
    background = page.locator(".launcher").evaluate(
        "el => getComputedStyle(el).backgroundColor"
    )
    assert background == "rgb(138, 21, 56)"


def test_a_pinned_file_that_changed_is_refused(
    site: Site, open_page: Callable[..., Any]
) -> None:
    site.website.attributes = 'integrity="sha384-' + "A" * 64 + '" crossorigin'
    page = open_page(site.website_url)
    page.wait_for_timeout(300)
    assert page.locator("ictbot-widget").count() == 0


def test_pinned_files_may_be_kept_for_ever_and_the_newest_not(
    site: Site, open_page: Callable[..., Any]
) -> None:
    assets = read_assets(DIST)
    assert assets is not None
    page = open_page("about:blank")
    pinned = page.request.get(site.url + assets.widget)
    newest = page.request.get(f"{site.url}/widget.js")
    assert pinned.body() == newest.body()
    assert "immutable" in pinned.headers["cache-control"]
    assert newest.headers["cache-control"] == "public, max-age=300"
    assert pinned.headers["access-control-allow-origin"] == "*"


def test_only_listed_websites_get_answers(
    site: Site, open_page: Callable[..., Any], rasa: Rasa
) -> None:
    page = open_page(site.stranger_url)
    page.get_by_role("button", name="Hỏi trợ lý").click()
    ask(page, "kế hoạch 06")
    page.get_by_text("Chưa kết nối được với máy chủ").first.wait_for()
    assert rasa.turns == []


def test_options_are_read(site: Site, open_page: Callable[..., Any]) -> None:
    site.website.attributes = (
        'data-title="Hỏi Sở KH&amp;CN" data-greeting="Chào bạn &lt;b&gt;!"'
        ' data-position="left" data-language="en" data-topic="plan/overview"'
        ' data-theme="dark" data-colour="#ffe680"'
    )
    page = open_page(site.website_url)
    launcher = page.get_by_role("button", name="Ask the assistant")
    assert launcher.bounding_box()["x"] < 30
    launcher.click()
    assert page.get_by_role("heading", name="Hỏi Sở KH&CN").is_visible()
    assert page.get_by_text("Chào bạn <b>!").is_visible()
    page.get_by_role("button", name="Kế hoạch 06 là gì?").wait_for()
    page.get_by_role("button", name="Học phí ngành CNTT bao nhiêu?").wait_for()
    assert page.locator(".related").first.get_by_role("button").count() == 2
    assert page.locator(".log").evaluate("el => getComputedStyle(el).color") == (
        "rgb(230, 239, 238)"
    )


def test_options_that_cannot_be_used_are_named_and_left_out(
    site: Site, open_page: Callable[..., Any]
) -> None:
    site.website.attributes = 'data-colour="red;}" data-language="fr" data-topic="../x"'
    page = open_page("about:blank")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(site.website_url)
    page.get_by_role("button", name="Hỏi trợ lý").click()
    named = [re.findall(r"data-(\w+)=", words) for words in said if "ictbot" in words]
    assert named == [["topic"], ["colour"], ["language"]]


@pytest.mark.parametrize(
    "colour",
    ["#ffffff", "#000000", "#ffe680", "#0b5d64", "#ff0000", "#777777", "#8a1538"],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_is_made_readable(
    site: Site, browser: Any, colour: str, scheme: str
) -> None:
    site.website.attributes = f'data-colour="{colour}" data-theme="{scheme}"'
    page = browser.new_page(viewport={"width": 800, "height": 700})
    page.goto(site.website_url)
    page.get_by_role("button", name="Hỏi trợ lý").click()
    pairs = page.evaluate(
        """() => {
          const root = document.querySelector("ictbot-widget").shadowRoot;
          const style = (name) => getComputedStyle(root.querySelector(name));
          return [
            [style(".bar").color, style(".bar").backgroundColor],
            [style(".related button").color, style(".related button").backgroundColor],
            [style(".round.primary").color, style(".round.primary").backgroundColor],
          ];
        }"""
    )
    page.close()
    assert all(contrast(*pair) >= 4.5 for pair in pairs), pairs


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = json.loads(colour.replace("rgb(", "[").replace(")", "]"))
    red, green, blue = (
        part / 255 / 12.92
        if part / 255 <= 0.04045
        else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
