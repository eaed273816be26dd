"""The public list of topics."""

import httpx
import pytest

from tests.gateway.conftest import expect

pytestmark = pytest.mark.anyio


async def test_topics_are_public(http: httpx.AsyncClient) -> None:
    listed = (await http.get("/api/v1/topics")).json()
    assert listed == {
        "topics": [{"id": "plan/overview", "title": "Kế hoạch 06 là gì?"}]
    }
    topic = (await http.get("/api/v1/topics/plan/overview")).json()
    assert topic == {
        "id": "plan/overview",
        "title": "Kế hoạch 06 là gì?",
        "answer": "Kế hoạch 06/KH-UBND tuyên truyền Đề án 1755.",
        "sources": [{"title": "Kế hoạch 06/KH-UBND", "checked_on": "2026-11-22"}],
        "as_of": "2013-01-11",
        "related": [{"id": "plan/issuer", "title": "Ai ban hành kế hoạch?"}],
    }
    expect(await http.get("/api/v1/topics/plan/none"), 404, "unknown_topic")
