"""WCAG 2.2 AA: the keyboard alone, announcements, zoom, targets."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from tests.gateway.rasa import Rasa
from tests.web.conftest import PAGES, Site, answers, ask
from tests.web.test_network import staff_says

pytestmark = pytest.mark.browser


def focused(page: Any) -> str:
    """Return the name of what has the focus, inside shadow roots as well."""
    return str(
        page.evaluate(
            """() => {
              let it = document.activeElement;
              while (it.shadowRoot?.activeElement) it = it.shadowRoot.activeElement;
              const label = it.labels?.[0]?.textContent;
              return (label ?? it.getAttribute("aria-label") ?? it.textContent).trim();
            }"""
        )
    )


def test_the_keyboard_alone_is_enough(widget: Any, rasa: Rasa) -> None:
    widget.keyboard.press("Escape")
    assert focused(widget) == "Hỏi trợ lý"
    widget.keyboard.press("Enter")
    assert focused(widget) == "Câu hỏi của bạn"
    widget.keyboard.type("học phí")
    widget.keyboard.press("Enter")
    answers(widget, 1)
    assert focused(widget) == "Câu hỏi của bạn"
    walked = []
    for _ in range(8):
        widget.keyboard.press("Shift+Tab")
        walked.append(focused(widget))
    assert walked[:7] == [
        "Chép",
        "Chưa đúng",
        "Hữu ích",
        "3. Đại học Nam Cần Thơ",
        "2. Đại học FPT Cần Thơ",
        "1. Đại học Cần Thơ",
        "Cuộc trò chuyện",
    ]
    for _ in range(3):
        widget.keyboard.press("Tab")
    assert focused(widget) == "2. Đại học FPT Cần Thơ"
    widget.keyboard.press("Space")
    answers(widget, 2)
    assert focused(widget) == "2. Đại học FPT Cần Thơ"
    assert rasa.turns[1]["text"] == "Đại học FPT Cần Thơ"


def test_the_focus_is_always_seen(
    site: Site, open_page: Callable[..., Any], size: tuple[int, int]
) -> None:
    page = open_page(f"{site.url}/tro-chuyen")
    ask(page, "học phí")
    answers(page, 1)
    ask(page, "kế hoạch 06")
    answers(page, 2)
    for _ in range(24):
        page.keyboard.press("Shift+Tab")
        page.wait_for_timeout(40)
        seen = page.evaluate(
            """() => {
              let it = document.activeElement;
              while (it.shadowRoot?.activeElement) it = it.shadowRoot.activeElement;
              if (it === document.body) return true;
              const box = it.getBoundingClientRect();
              const middle = box.top + box.height / 2;
              const y = Math.min(Math.max(middle, 1), innerHeight - 2);
              let top = document.elementFromPoint(box.left + box.width / 2, y);
              while (top?.shadowRoot) {
                top = top.shadowRoot.elementFromPoint(box.left + box.width / 2, y);
              }
              return it.contains(top) || top?.contains(it) || it.textContent;
            }"""
        )
        assert seen is True


RECORD = """() => {
  const host = document.querySelector("#chat, ictbot-widget");
  window.said = [];
  const region = host.shadowRoot.querySelector("[aria-live]");
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) window.said.push(node.textContent);
    }
  }).observe(region, { childList: true });
}"""


def test_everything_is_read_out_once_and_in_order(chat: Any, engine: Engine) -> None:
    chat.evaluate(RECORD)
    ask(chat, "học phí")
    answers(chat, 1)
    answers(chat, 1).get_by_role("button", name="Hữu ích").click()
    chat.get_by_text("Cảm ơn bạn đã đánh giá.").first.wait_for()
    staff_says(engine, "Chào bạn, tôi là Lan.")
    answers(chat, 2)
    chat.context.set_offline(True)
    chat.wait_for_timeout(200)
    chat.context.set_offline(False)
    chat.wait_for_timeout(200)
    assert chat.evaluate("window.said") == [
        "Trợ lý trả lời:",
        "Bạn hỏi học phí trường nào?\nCó 3 lựa chọn. 1. Đại học Cần Thơ;"
        " 2. Đại học FPT Cần Thơ; 3. Đại học Nam Cần Thơ",
        "Cảm ơn bạn đã đánh giá.",
        "Cán bộ trả lời:",
        "Chào bạn, tôi là Lan.",
        "Máy của bạn đang mất mạng. Tin đã viết vẫn còn đây, có mạng mình sẽ gửi ngay.",
        "Đã có kết nối trở lại.",
    ]


def test_a_slow_answer_is_announced_and_a_quick_one_is_not(
    chat: Any, rasa: Rasa
) -> None:
    chat.evaluate(RECORD)
    chat.route(
        "**/api/v1/messages",
        lambda route: (chat.wait_for_timeout(1800), route.continue_()),
    )
    ask(chat, "kế hoạch 06")
    assert chat.get_by_text("Trợ lý đang tìm câu trả lời…").first.is_visible()
    answers(chat, 1)
    assert chat.evaluate("window.said")[:2] == [
        "Trợ lý đang tìm câu trả lời…",
        "Trợ lý trả lời:",
    ]


def test_there_is_one_live_region_and_senders_are_in_words(chat: Any) -> None:
    ask(chat, "kế hoạch 06")
    answers(chat, 1)
    session = chat.context.new_cdp_session(chat)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]

    def property_of(node: dict[str, Any], name: str) -> Any:
        found = [it for it in node.get("properties", []) if it["name"] == name]
        return found[0]["value"].get("value") if found else None

    roots = [
        node
        for node in nodes
        if property_of(node, "live") in ("polite", "assertive")
        and node["role"]["value"] in ("status", "alert", "log")
    ]
    assert [node["role"]["value"] for node in roots] == ["status"]
    headings = [
        node["name"]["value"] for node in nodes if node["role"]["value"] == "heading"
    ]
    assert headings[-2:] == ["Bạn", "Trợ lý"]


def test_nothing_is_lost_on_a_screen_320_wide(site: Site, browser: Any) -> None:
    for path in PAGES:
        page = browser.new_page(viewport={"width": 320, "height": 640})
        page.goto(site.url + path)
        page.wait_for_timeout(150)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        page.close()


@pytest.mark.parametrize("where", ["page", "widget"])
def test_at_400_percent_everything_can_be_reached(
    site: Site, browser: Any, where: str
) -> None:
    # 1280 x 1024 at 400 %.
    page = browser.new_page(viewport={"width": 320, "height": 256})
    if where == "page":
        page.goto(f"{site.url}/tro-chuyen")
    else:
        page.goto(site.website_url)
        page.get_by_role("button", name="Hỏi trợ lý").click()
    ask(page, "học phí")
    last = answers(page, 1)
    for name in ("3. Đại học Nam Cần Thơ", "Hữu ích"):
        target = last.get_by_role("button", name=name)
        target.focus()
        page.wait_for_timeout(200)
        box = target.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 256
    page.get_by_role("button", name="Tùy chọn").click()
    page.get_by_role("button", name="Xóa dữ liệu của tôi").click()
    page.get_by_role("button", name="Giữ lại").click()
    page.close()


def test_targets_are_large_enough(site: Site, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{site.url}/tro-chuyen")
    ask(page, "học phí")
    answers(page, 1)
    ask(page, "kế hoạch 06")
    answers(page, 2)
    page.get_by_role("button", name="Tùy chọn").click()
    small = page.evaluate(
        """() => {
          const inside = document.querySelector("#chat").shadowRoot;
          return [...inside.querySelectorAll("button, summary, textarea, .menu a"),
                  ...document.querySelectorAll("header a")]
            .filter((it) => it.checkVisibility() && !it.closest(".hidden"))
            .filter((it) => it.getBoundingClientRect().height < 44)
            .map((it) => it.textContent);
        }"""
    )
    assert small == []


def test_nothing_moves_for_who_wants_no_motion(
    site: Site, open_page: Callable[..., Any]
) -> None:
    page = open_page(site.website_url, reduced_motion="reduce")
    page.get_by_role("button", name="Hỏi trợ lý").click()
    running = page.evaluate("document.getAnimations().length")
    assert running == 0
