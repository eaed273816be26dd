"""The pages as HTML: forms, problems, languages, and life before ``make web``."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from sqlalchemy.engine import Engine
from starlette.applications import Starlette

from bot.gateway.app import create_app
from bot.gateway.pages.routes import page_routes
from bot.settings import Settings
from tests.gateway.rasa import Rasa, RasaNetwork
from tests.web.answers import ATTACK
from tests.web.conftest import FewTopics

pytestmark = pytest.mark.anyio


@pytest.fixture
def app(settings: Settings, engine: Engine, rasa: Rasa) -> Starlette:
    return create_app(
        settings, engine=engine, topics=FewTopics(), calls=RasaNetwork(rasa)
    )


@pytest.fixture
async def http(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


async def test_pages_are_served_before_the_website_is_built(
    app: Starlette, tmp_path: Path
) -> None:
    bare = Starlette(routes=page_routes(app.state.services, tmp_path / "dist"))
    bare.state.services = app.state.services
    transport = httpx.ASGITransport(bare)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
        for path in (
            "/",
            "/hoi-dap",
            "/hoi-dap/plan/overview",
            "/tro-nang",
            "/tro-chuyen",
        ):
            page = await http.get(path)
            assert page.status_code == 200
            assert "make web" in page.text
        assert "<textarea" in (await http.get("/tro-chuyen")).text
        answered = await http.post("/hoi-dap", data={"cau_hoi": "kế hoạch 06"})
        assert "11/01/2013" in answered.text
        widget = await http.get("/widget.js")
        assert "make web" in widget.text
        assert widget.headers["content-type"].startswith("text/javascript")
        assert (await http.get("/assets/none.js")).status_code == 404


async def test_the_same_form_is_one_turn_and_another_choice_of_it_is_another(
    http: httpx.AsyncClient, rasa: Rasa
) -> None:
    page = (await http.get("/hoi-dap")).text
    form = dict(re.findall(r'name="(phien|ma)" value="([^"]+)"', page))
    for _ in range(2):
        answered = await http.post("/hoi-dap", data={**form, "cau_hoi": "học phí"})
    choices = re.findall(r'name="lua_chon" value="([^"]+)"', answered.text)
    form = dict(re.findall(r'name="(phien|ma)" value="([^"]+)"', answered.text))
    for choice in (choices[0], choices[0], choices[1]):
        await http.post("/hoi-dap", data={**form, "lua_chon": choice})
    assert [turn["text"] for turn in rasa.turns] == [
        "học phí",
        "Đại học Cần Thơ",
        "Đại học FPT Cần Thơ",
    ]


async def test_markup_stays_text(http: httpx.AsyncClient) -> None:
    page = await http.post("/hoi-dap", data={"cau_hoi": f"tấn công {ATTACK}"})
    assert "<img" not in page.text
    assert "<script>alert" not in page.text
    assert 'href="javascript:' not in page.text
    assert 'href="data:' not in page.text
    found = await http.get("/hoi-dap", params={"tim": f'"{ATTACK}'})
    assert "<img" not in found.text


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"cau_hoi": "  "}, 422, "Bạn chưa viết câu hỏi"),
        ({"cau_hoi": "a" * 1001}, 413, "tối đa 1.000 ký tự"),
        ({"lua_chon": "không có"}, 404, "Lựa chọn này không còn dùng được"),
        ({f"n{number}": "" for number in range(40)}, 400, "không hiểu yêu cầu"),
        ({"cau_hoi": "a" * 70_000}, 413, "vượt quá 64 kB"),
    ],
)
async def test_what_cannot_be_taken_is_told_on_a_page(
    http: httpx.AsyncClient, fields: dict[str, str], status: int, words: str
) -> None:
    page = await http.post("/hoi-dap", data=fields)
    assert page.status_code == status
    assert words in page.text
    assert page.headers["content-type"].startswith("text/html")


async def test_a_refused_question_can_be_corrected(http: httpx.AsyncClient) -> None:
    page = await http.post("/hoi-dap", data={"cau_hoi": "b" * 1001})
    assert "b" * 1001 in page.text
    assert 'aria-invalid="true"' in page.text
    assert "<title>Lỗi: " in page.text


async def test_calling_too_often_is_told_on_a_page(
    settings: Settings, engine: Engine, rasa: Rasa
) -> None:
    hurried = create_app(
        replace(settings, client_rate_limit="2/hour"),
        engine=engine,
        topics=FewTopics(),
        calls=RasaNetwork(rasa),
    )
    transport = httpx.ASGITransport(hurried)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
        pages = [await http.get("/hoi-dap") for _ in range(3)]
    assert [page.status_code for page in pages] == [200, 200, 429]
    assert int(pages[2].headers["retry-after"]) > 0
    assert "Bạn chờ một chút" in pages[2].text


async def test_an_unknown_topic_is_a_page(http: httpx.AsyncClient) -> None:
    page = await http.get("/hoi-dap/plan/none")
    assert page.status_code == 404
    assert "Mình không có chủ đề này" in page.text


async def test_a_foreign_token_begins_a_new_conversation(
    http: httpx.AsyncClient,
) -> None:
    first = await http.post("/hoi-dap", data={"cau_hoi": "câu của tôi"})
    token = re.search(r'name="phien" value="([^"]+)"', first.text)
    assert token
    mine = {"phien": token[1], "cau_hoi": "tiếp"}
    assert "câu của tôi" in (await http.post("/hoi-dap", data=mine)).text
    forged = {"phien": token[1][:-3] + "abc", "cau_hoi": "tiếp"}
    assert "câu của tôi" not in (await http.post("/hoi-dap", data=forged)).text


async def test_pages_are_safe_and_never_keep_a_person(http: httpx.AsyncClient) -> None:
    answered = await http.post("/hoi-dap", data={"cau_hoi": "kế hoạch 06"})
    for page in (answered, await http.get("/hoi-dap"), await http.get("/")):
        policy = page.headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "require-trusted-types-for 'script'" in policy
        assert "set-cookie" not in page.headers
        assert not re.search(r"\sstyle=|\son\w+=|<script>|<style", page.text)
    assert answered.headers["cache-control"] == "no-store"


async def test_english_pages_keep_the_language(http: httpx.AsyncClient) -> None:
    page = await http.get("/hoi-dap", params={"lang": "en"})
    assert '<html lang="en">' in page.text
    assert 'href="/hoi-dap/plan/overview?lang=en"' in page.text
    answered = await http.post(
        "/hoi-dap", data={"cau_hoi": "kế hoạch 06", "lang": "en"}
    )
    assert "The assistant says" in answered.text
    assert '<div class="text" lang="vi">' in answered.text
