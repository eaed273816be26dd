"""Speaking and listening: off by default, hidden where the browser cannot."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.gateway.rasa import Rasa
from tests.web.conftest import Site, answers, ask

pytestmark = pytest.mark.browser

# The real services need a microphone and a network; the page sees this much of them.
BROWSER_CAN = """
window.spoken = [];
window.SpeechRecognition = class extends EventTarget {
  start() {
    const results = [[{ transcript: "học phí" }]];
    setTimeout(() => {
      this.dispatchEvent(Object.assign(new Event("result"), { results }));
      this.dispatchEvent(new Event("end"));
    }, 50);
  }
  stop() {}
  abort() {}
};
window.SpeechSynthesisUtterance = class extends EventTarget {
  constructor(text) { super(); this.text = text; }
};
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [],
  cancel() {},
  speak(utterance) { window.spoken.push([utterance.lang, utterance.text]); },
} });
"""
BROWSER_CANNOT = """
delete window.SpeechRecognition;
delete window.webkitSpeechRecognition;
Object.defineProperty(window, "speechSynthesis", { value: undefined });
"""


def open_with(open_page: Callable[..., Any], site: Site, script: str) -> Any:
    page = open_page("about:blank")
    page.add_init_script(script)
    page.goto(f"{site.url}/tro-chuyen")
    return page


def test_a_question_is_spoken_and_the_answer_heard(
    site: Site, open_page: Callable[..., Any], rasa: Rasa
) -> None:
    page = open_with(open_page, site, BROWSER_CAN)
    assert not page.get_by_role("button", name="Nói câu hỏi").is_visible()
    page.get_by_role("button", name="Tùy chọn").click()
    page.get_by_role("switch", name="Giọng nói").click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Nói câu hỏi").click()
    page.wait_for_timeout(200)
    assert page.get_by_label("Câu hỏi của bạn").input_value() == "học phí"
    page.keyboard.press("Enter")
    last = answers(page, 1)
    last.get_by_role("button", name="Nghe").click()
    assert page.evaluate("window.spoken") == [
        [
            "vi-VN",
            "Bạn hỏi học phí trường nào?\nCó 3 lựa chọn. 1. Đại học Cần Thơ;"
            " 2. Đại học FPT Cần Thơ; 3. Đại học Nam Cần Thơ",
        ]
    ]
    last.get_by_role("button", name="Dừng đọc").click()
    last.get_by_role("button", name="Nghe").wait_for()
    assert rasa.turns[0]["text"] == "học phí"


def test_voice_is_hidden_where_there_is_none(
    site: Site, open_page: Callable[..., Any]
) -> None:
    page = open_with(open_page, site, BROWSER_CANNOT)
    page.get_by_role("button", name="Tùy chọn").click()
    assert page.get_by_role("switch", name="Chữ lớn").is_visible()
    assert page.get_by_role("switch", name="Giọng nói").count() == 0
    page.keyboard.press("Escape")
    ask(page, "kế hoạch 06")
    assert answers(page, 1).get_by_role("button", name="Nghe").count() == 0
