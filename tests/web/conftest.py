"""A real Chromium, a real gateway, and a website that embeds the widget."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine
from starlette.applications import Starlette

from bot.gateway.app import create_app
from bot.gateway.pages.assets import DIST
from bot.gateway.topics import Topic, TopicTitle
from bot.reply import Related, Source
from bot.settings import Settings
from tests.gateway.rasa import Rasa
from tests.web.answers import answer
from tests.web.servers import Server, Website

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SIZES = {"phone": (360, 740), "desktop": (1280, 800)}
PAGES = [
    "/",
    "/tro-chuyen",
    "/hoi-dap",
    "/hoi-dap?tim=ke+hoach",
    "/hoi-dap/plan/overview",
    "/tro-nang",
    "/hoi-dap?lang=en",
]


def missing() -> str | None:
    """Say why browser tests cannot run, if so."""
    if not CHROMIUM.exists():
        return "Chromium is not installed (apt-get install chromium)"
    if not (DIST / "manifest.json").exists():
        return "the website is not built (make web)"
    try:
        import playwright  # noqa: F401
    except ImportError:
        return "playwright is not installed"
    return None


@pytest.fixture(scope="session")
def browser_ready() -> None:
    reason = missing()
    if reason and os.environ.get("CI") == "true":
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)


@pytest.fixture(scope="module")
def browser(browser_ready: None) -> Iterator[Any]:
    """One Chromium for a module: its loop must end before asyncio tests run."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


TOPICS = {
    "plan/overview": Topic(
        id="plan/overview",
        title="Kế hoạch 06 là gì?",
        answer="Kế hoạch 06/KH-UBND tuyên truyền Đề án 1755.",
        detail="- Ban hành ngày 11/01/2013.\n- Gọi 0292 3872 728.",
        sources=(
            Source("Kế hoạch 06", "2026-11-22", url="https://cantho.example/ke-hoach"),
            Source("Nguồn xấu", "2026-11-22", url="javascript:alert(1)"),
        ),
        as_of="2013-01-11",
        related=(Related("study/tuition", "Học phí ngành CNTT bao nhiêu?"),),
    ),
    "study/tuition": Topic(
        id="study/tuition",
        title="Học phí ngành CNTT bao nhiêu?",
        answer="Mỗi trường một mức.",
        related=(Related("plan/overview", "Kế hoạch 06 là gì?"),),
    ),
}


class FewTopics:
    def topics(self) -> list[TopicTitle]:
        return [TopicTitle(topic.id, topic.title) for topic in TOPICS.values()]

    def topic(self, topic_id: str) -> Topic | None:
        return TOPICS.get(topic_id)


@dataclass
class Site:
    """The running servers of a test."""

    url: str
    app: Starlette
    rasa: Rasa
    website: Website
    website_url: str
    stranger_url: str


@pytest.fixture
def rasa(settings: Settings) -> Rasa:
    return Rasa(settings.rasa_secret, handler=answer)


@pytest.fixture
def more_settings() -> dict[str, Any]:
    """What a test changes in the gateway's settings."""
    return {}


@pytest.fixture
def site(
    settings: Settings, engine: Engine, rasa: Rasa, more_settings: dict[str, Any]
) -> Iterator[Site]:
    website = Website()
    with (
        Server(rasa.app()) as rasa_url,
        Server(website.app()) as website_url,
        Server(website.app()) as stranger_url,
    ):
        changed = replace(
            settings,
            rasa_url=rasa_url,
            action_url=rasa_url,
            allowed_origins=(website_url,),
            **more_settings,
        )
        app = create_app(changed, engine=engine, topics=FewTopics())
        with Server(app) as url:
            website.gateway = url
            yield Site(url, app, rasa, website, website_url, stranger_url)


@pytest.fixture(params=list(SIZES))
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    return SIZES[request.param]


@pytest.fixture
def open_page(browser: Any, size: tuple[int, int]) -> Iterator[Callable[..., Any]]:
    """Open pages whose scripts must not fail."""
    contexts, errors = [], []

    def open_page(url: str, **options: Any) -> Any:
        viewport = {"width": size[0], "height": size[1]}
        context = browser.new_context(viewport=viewport, **options)
        context.set_default_timeout(8000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def chat(site: Site, open_page: Callable[..., Any]) -> Any:
    """The full chat page."""
    return open_page(f"{site.url}/tro-chuyen")


@pytest.fixture
def widget(site: Site, open_page: Callable[..., Any]) -> Any:
    """The widget, opened on a website of another origin."""
    page = open_page(site.website_url)
    page.get_by_role("button", name="Hỏi trợ lý").click()
    return page


def ask(page: Any, text: str) -> None:
    """Type a question and send it."""
    page.get_by_label("Câu hỏi của bạn").fill(text)
    page.keyboard.press("Enter")


def answers(page: Any, count: int) -> Any:
    """Wait for so many answers and return the last."""
    found = page.locator(".message.theirs")
    found.nth(count - 1).wait_for()
    assert found.count() == count
    return found.nth(count - 1)
