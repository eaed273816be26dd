"""Readiness, and the figures for the inside."""

from typing import Any

import aiohttp
import httpx
import pytest
from starlette.applications import Starlette

from tests.gateway.conftest import client_of, expect
from tests.gateway.rasa import Rasa

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("field", "value", "failing"),
    [
        (None, 0, set()),
        ("model_status", 503, {"model"}),
        ("action_status", 500, {"action_server"}),
        ("error", aiohttp.ServerDisconnectedError(), {"model", "action_server"}),
    ],
)
async def test_readiness_names_what_is_missing(
    field: str | None,
    value: Any,
    failing: set[str],
    http: httpx.AsyncClient,
    rasa: Rasa,
) -> None:
    if field:
        setattr(rasa, field, value)
    ready = await http.get("/readyz")
    assert ready.status_code == (503 if failing else 200)
    assert ready.json()["status"] == ("error" if failing else "ok")
    checks = ready.json()["checks"]
    assert set(checks) == {"model", "database", "action_server"}
    assert {name for name, state in checks.items() if state == "error"} == failing


async def test_figures_are_for_the_inside(app: Starlette) -> None:
    async with client_of(app, "127.0.0.1") as inside:
        await inside.get("/healthz")
        figures = await inside.get("/metrics")
        assert figures.status_code == 200
        assert (
            'ictbot_requests_total{endpoint="healthz",status="200"} 1.0' in figures.text
        )
        proxied = await inside.get("/metrics", headers={"X-Forwarded-For": "8.8.8.8"})
        expect(proxied, 404, "not_found")
    async with client_of(app, "8.8.8.8") as outside:
        expect(await outside.get("/metrics"), 404, "not_found")
