"""What people think of a message."""

from typing import Any

import pytest
from sqlalchemy.engine import Engine

from tests.gateway.conftest import Person, expect

pytestmark = pytest.mark.anyio


async def test_feedback_is_kept_masked(person: Person, engine: Engine) -> None:
    said = (await person.say("một")).json()
    given = {"message_id": said["message_id"], "rating": "down"}
    comment = "sai rồi, gọi 0912345678"
    stored = await person.call("POST", "/feedback", json={**given, "comment": comment})
    assert (stored.status_code, stored.content) == (204, b"")
    with engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT rating, comment FROM feedback").all()
    assert [tuple(row) for row in kept] == [("down", "sai rồi, gọi [số điện thoại 1]")]


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        ({}, 422, "invalid_body"),
        ({"message_id": 1, "rating": "up"}, 422, "invalid_body"),
        ({"message_id": "x", "rating": "great"}, 422, "invalid_body"),
        ({"message_id": "x", "rating": "up", "comment": 1}, 422, "invalid_body"),
        (
            {"message_id": "x", "rating": "up", "comment": "a" * 1001},
            413,
            "text_too_long",
        ),
        ({"message_id": "x", "rating": "up"}, 404, "unknown_message"),
        ({"message_id": "\x00", "rating": "up"}, 404, "unknown_message"),
    ],
)
async def test_bad_feedback_is_refused(
    given: dict[str, Any], status: int, code: str, person: Person
) -> None:
    expect(await person.call("POST", "/feedback", json=given), status, code)
