"""axe-core finds nothing against level A and AA, on every page and in every state."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.settings import ROOT
from tests.web.conftest import PAGES, Site, answers, ask
from tests.web.test_network import staff_says

pytestmark = pytest.mark.browser

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Any, *, but: str = "") -> list[str]:
    """Return what axe-core finds against any rule of level A or AA."""
    page.wait_for_timeout(250)
    # Evaluated like this, axe gets past a page's own policy.
    page.evaluate(AXE.read_text(encoding="utf-8") + "; 0")
    found = page.evaluate(
        "tags => axe.run({ runOnly: { type: 'tag', values: tags } })", RULES
    )
    return [
        f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
        if rule["id"] != but
    ]


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("path", PAGES)
def test_pages_have_no_violations(
    site: Site, open_page: Callable[..., Any], scheme: str, path: str
) -> None:
    page = open_page(site.url + path, color_scheme=scheme)
    assert violations(page) == []


def test_every_state_of_the_chat_has_no_violations(
    site: Site, open_page: Callable[..., Any], scheme: str, engine: Engine
) -> None:
    page = open_page(f"{site.url}/tro-chuyen", color_scheme=scheme)
    ask(page, "học phí")
    answers(page, 1)
    ask(page, "so sánh")
    answers(page, 2)
    assert violations(page) == []
    ask(page, "kế hoạch 06")
    last = answers(page, 3)
    last.locator("summary").click()
    last.get_by_role("button", name="Chưa đúng").click()
    last.get_by_label("Góp ý thêm").wait_for()
    assert violations(page) == []
    staff_says(engine, "Chào bạn.")
    answers(page, 4)
    ask(page, "rasa hỏng")
    answers(page, 5)
    assert violations(page) == []
    page.get_by_role("button", name="Tùy chọn").click()
    page.get_by_role("switch", name="Chữ lớn").click()
    assert violations(page) == []
    page.get_by_role("button", name="Xóa dữ liệu của tôi").click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    page.context.set_offline(True)
    ask(page, "câu hai")
    page.get_by_text("Chờ gửi").wait_for()
    page.get_by_label("Câu hỏi của bạn").fill("a" * 1001)
    assert violations(page) == []


def test_every_state_of_the_widget_has_no_violations(
    site: Site, open_page: Callable[..., Any], scheme: str
) -> None:
    site.website.attributes = 'data-colour="#c0392b" data-language="en"'
    page = open_page(site.website_url, color_scheme=scheme)
    assert violations(page) == []
    page.get_by_role("button", name="Ask the assistant").click()
    page.get_by_label("Your question").fill("học phí")
    page.keyboard.press("Enter")
    answers(page, 1)
    page.wait_for_timeout(600)
    # To axe a button that is scrolled half out of view is half a button.
    page.locator(".log").evaluate("log => log.scrollTo(0, log.scrollHeight)")
    assert violations(page) == []
    page.get_by_role("button", name="Options").click()
    # To axe a button that the open menu half covers is half a button.
    assert violations(page, but="target-size") == []


def test_plain_pages_have_no_violations(
    site: Site, open_page: Callable[..., Any], scheme: str
) -> None:
    page = open_page(f"{site.url}/hoi-dap", color_scheme=scheme)
    for words in ("so sánh", "học phí", "a" * 1001):
        page.get_by_role("textbox").first.evaluate(
            "(box, words) => { document.querySelector('#cau-hoi').value = words; }",
            words,
        )
        page.get_by_role("button", name="Gửi câu hỏi").click()
        assert violations(page) == []
    page.get_by_role("button", name="Xóa dữ liệu của tôi").click()
    assert violations(page) == []
