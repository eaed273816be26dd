"""Written markup stays text; a token belongs to one conversation and no address."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.gateway.rasa import Rasa
from tests.web.answers import ATTACK
from tests.web.conftest import Site, answers, ask

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("place", ["page", "widget"])
def test_markup_stays_text_everywhere(
    site: Site, open_page: Callable[..., Any], place: str
) -> None:
    page = open_page(f"{site.url}/tro-chuyen" if place == "page" else site.website_url)
    if place == "widget":
        page.get_by_role("button", name="Hỏi trợ lý").click()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    title = page.title()
    ask(page, f"tấn công {ATTACK}")
    last = answers(page, 1)
    last.locator("summary").click()
    words = page.locator(".messages").inner_text()
    # The question, the answer, a source, a choice, a related topic.
    assert words.count("<img src=x") == 5
    links = [link.get_attribute("href") for link in last.get_by_role("link").all()]
    assert links == ["https://a.example/?q='"]
    last.get_by_role("button", name="1. Chọn").click()
    answers(page, 2)
    page.reload()
    if place == "widget":
        page.get_by_role("button", name="Hỏi trợ lý").click()
    answers(page, 2)
    assert page.locator("img, .messages script").count() == 0
    assert page.title() == title


def test_the_token_is_in_no_address_and_in_this_tab_only(site: Site, chat: Any) -> None:
    addresses: list[str] = []
    chat.on("request", lambda request: addresses.append(request.url))
    chat.on("framenavigated", lambda frame: addresses.append(frame.url))
    ask(chat, "kế hoạch 06")
    answers(chat, 1)
    chat.reload()
    answers(chat, 1)
    token = chat.evaluate(
        "sessionStorage.getItem("
        "Object.keys(sessionStorage).find((it) => it.endsWith('token')))"
    )
    assert len(token) > 30
    assert len(addresses) > 5
    assert not [address for address in addresses if token[:20] in address]
    assert chat.evaluate("localStorage.length") == 0
    assert chat.context.cookies() == []
    referrers = chat.evaluate("document.referrer")
    assert token[:20] not in referrers


def test_a_token_opens_only_its_own_conversation(
    site: Site, chat: Any, rasa: Rasa
) -> None:
    ask(chat, "học phí")
    answers(chat, 1)
    call = """async ([method, path, body]) => {
      const json = { "Content-Type": "application/json" };
      const started = await fetch("/api/v1/conversations",
        { method: "POST", headers: json, body: "{}" });
      const { token } = await started.json();
      const answer = await fetch("/api/v1" + path,
        { method, body, headers: { Authorization: `Bearer ${token}`, ...json } });
      return [answer.status, await answer.text()];
    }"""
    status, body = chat.evaluate(call, ["GET", "/messages", None])
    assert (status, body) == (200, '{"messages":[]}')
    mine = chat.evaluate(
        """async () => {
          const name = Object.keys(sessionStorage).find((it) => it.endsWith("token"));
          const headers = { Authorization: `Bearer ${sessionStorage.getItem(name)}` };
          return (await fetch("/api/v1/messages", { headers })).json();
        }"""
    )
    choice = mine["messages"][0]["replies"][0]["choices"][0]["id"]
    status, body = chat.evaluate(
        call, ["POST", "/messages", f'{{"choice": "{choice}"}}']
    )
    assert status == 404
    assert "unknown_choice" in body
    assert len(rasa.turns) == 1
