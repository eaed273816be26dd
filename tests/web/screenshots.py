"""Take the pictures of docs/screenshots of a running assistant.

usage: python -m tests.web.screenshots http://localhost:8000 docs/screenshots
"""

import sys
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.web.conftest import CHROMIUM, FLAGS, SIZES, answers, ask

TABLET = (820, 1180)
PAPER = {"width": 794, "height": 1123}
LAUNCHER = "Hỏi trợ lý"
COLOURS = 128


class Camera:
    """Opens pages and keeps pictures of them."""

    def __init__(self, browser: Any, url: str, folder: Path) -> None:
        self._browser = browser
        self._url = url
        self._folder = folder

    def page(self, path: str, size: tuple[int, int], scheme: str = "light") -> Any:
        phone = size == SIZES["phone"]
        context = self._browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            has_touch=phone,
            is_mobile=phone,
        )
        page = context.new_page()
        page.goto(self._url + path)
        # The second time letters are at hand.
        page.wait_for_timeout(500)
        page.reload()
        return page

    def save(self, page: Any, name: str) -> None:
        page.wait_for_timeout(900)
        path = self._folder / f"{name}.png"
        page.screenshot(path=path)
        Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)
        page.context.close()


def take(camera: Camera) -> None:
    """Take all pictures."""
    phone, desktop = SIZES["phone"], SIZES["desktop"]
    page = camera.page("/", phone)
    page.get_by_role("button", name=LAUNCHER).tap()
    camera.save(page, "phone-widget-light")
    page = camera.page("/", phone)
    page.get_by_role("button", name=LAUNCHER).tap()
    page.get_by_label("Câu hỏi của bạn").fill("hoc phi dai hoc can tho")
    page.get_by_role("button", name="Gửi", exact=True).tap()
    answers(page, 1)
    camera.save(page, "phone-answer-light")
    page = camera.page("/tro-chuyen", phone, "dark")
    ask(page, "học phí")
    answers(page, 1)
    camera.save(page, "phone-chat-dark")
    camera.save(camera.page("/hoi-dap", phone), "phone-questions-light")
    page = camera.page("/tro-chuyen", TABLET)
    ask(page, "kế hoạch 06 là gì")
    answers(page, 1).locator("summary").click()
    camera.save(page, "tablet-chat-light")
    page = camera.page("/", desktop)
    page.get_by_role("button", name=LAUNCHER).click()
    ask(page, "học phí")
    answers(page, 1)
    camera.save(page, "desktop-widget-light")
    page = camera.page("/", desktop, "dark")
    page.get_by_role("button", name=LAUNCHER).click()
    ask(page, "lương lập trình viên bao nhiêu")
    answers(page, 1)
    page.get_by_role("button", name="Tùy chọn").click()
    camera.save(page, "desktop-menu-dark")
    camera.save(camera.page("/hoi-dap", desktop, "dark"), "desktop-questions-dark")
    page = camera.page("/tro-chuyen", desktop)
    ask(page, "kế hoạch 06 là gì")
    answers(page, 1)
    ask(page, "học công nghệ thông tin ở đâu")
    answers(page, 2)
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    camera.save(page, "printed-page")


def main(url: str, folder: Path) -> None:
    """Take the pictures of the assistant at ``url``."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        take(Camera(browser, url.rstrip("/"), folder))
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
