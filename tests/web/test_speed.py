"""How quickly the page answers the hand, and whether anything moves by itself."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.web.conftest import Site, answers, ask

pytestmark = pytest.mark.browser

SLOWEST_MS = 100
MOST_SHIFT = 0.02
OBSERVE = """
window.shift = 0;
window.slowest = 0;
new PerformanceObserver((list) => {
  for (const { hadRecentInput, value } of list.getEntries()) {
    if (!hadRecentInput) window.shift += value;
  }
}).observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => {
  for (const { interactionId, duration } of list.getEntries()) {
    if (interactionId) window.slowest = Math.max(window.slowest, duration);
  }
}).observe({ type: "event", durationThreshold: 16, buffered: true });
"""


# A busy machine only ever makes it slower, so the best of some tries is ours.
TRIES = 3


@pytest.mark.parametrize("place", ["page", "widget"])
def test_hands_are_answered_at_once_and_nothing_shifts(
    site: Site, open_page: Callable[..., Any], place: str, record_property: Any
) -> None:
    slowest = []
    for _ in range(TRIES):
        page = open_page("about:blank")
        measured = use(page, site, place)
        page.close()
        assert measured["shift"] <= MOST_SHIFT
        slowest.append(measured["slowest"])
        if slowest[-1] <= SLOWEST_MS:
            break
    record_property("interaction_ms", slowest)
    assert min(slowest) <= SLOWEST_MS


def use(page: Any, site: Site, place: str) -> dict[str, float]:
    """Do what people do, and return what the browser measured."""
    page.add_init_script(OBSERVE)
    if place == "page":
        page.goto(f"{site.url}/tro-chuyen")
    else:
        page.goto(site.website_url)
        page.get_by_role("button", name="Hỏi trợ lý").click()
    page.wait_for_timeout(700)
    for count, words in enumerate(("học phí", "so sánh", "rất dài", "kế hoạch 06"), 1):
        page.get_by_label("Câu hỏi của bạn").focus()
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        answers(page, count)
        page.wait_for_timeout(600)
    page.locator("summary").last.click()
    page.get_by_role("button", name="Hữu ích").last.click()
    page.get_by_role("button", name="Tùy chọn").click()
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)
    measured: dict[str, float] = page.evaluate(
        "({ shift: window.shift, slowest: window.slowest })"
    )
    return measured


@pytest.mark.parametrize(
    "path", ["/", "/hoi-dap", "/hoi-dap/plan/overview", "/tro-nang"]
)
def test_pages_do_not_shift_while_they_load(
    site: Site, open_page: Callable[..., Any], path: str
) -> None:
    page = open_page("about:blank")
    page.add_init_script(OBSERVE)
    page.goto(site.url + path)
    page.wait_for_timeout(800)
    assert page.evaluate("window.shift") <= MOST_SHIFT


def test_late_letters_do_not_move_what_is_read(
    site: Site, open_page: Callable[..., Any]
) -> None:
    page = open_page("about:blank")
    page.add_init_script(OBSERVE)
    page.route(
        "**/*.woff2", lambda route: (page.wait_for_timeout(900), route.continue_())
    )
    page.goto(site.website_url)
    page.get_by_role("button", name="Hỏi trợ lý").click()
    ask(page, "kế hoạch 06")
    answers(page, 1)
    page.wait_for_timeout(4500)
    assert page.evaluate("window.shift") <= MOST_SHIFT
