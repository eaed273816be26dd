"""Whatever is sent: never a 5xx or a stack trace, nothing kept unmasked."""

import json
import re

import httpx
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from tests.gateway.conftest import Person
from tests.gateway.rasa import Rasa

pytestmark = pytest.mark.anyio

# The fixtures may be shared by all examples: each is one more message of one person.
MANY = effort(
    max_examples=10_000,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
FEW = effort(MANY, max_examples=500)

HOSTILE = [
    "'; DROP TABLE messages; --",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "{{7*7}} ${7*7} %s %n",
    "../../etc/passwd",
    "\u202eđảo chiều\u202c",
    "a\u0300" * 400,
    "👩‍👩‍👧‍👦🇻🇳",
    "💥" * 1000,
    "\x00\x01\x02 chào",
    "ﷺ" * 50,
    "0" * 1000,
    "@" * 1000,
    "a@" * 500,
    "a." * 500,
    "không " * 160,
    "0 " * 500,
]


def check(answer: httpx.Response) -> None:
    assert answer.status_code < 500, answer.text
    assert "Traceback" not in answer.text
    if answer.status_code >= 400:
        assert answer.json()["code"]
        assert answer.headers["content-type"] == "application/problem+json"


@MANY
@given(body=st.binary(max_size=200))
async def test_random_bytes(body: bytes, person: Person) -> None:
    check(await person.call("POST", "/messages", content=body))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["text", "choice", "client_message_id", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=6,
)


@FEW
@given(
    body=JSON,
    path=st.sampled_from(["/messages", "/feedback", "/conversations"]),
)
async def test_random_json(body: object, path: str, person: Person) -> None:
    check(await person.call("POST", path, content=json.dumps(body)))


@FEW
@given(text=st.text(st.characters(), min_size=1, max_size=60))
async def test_random_text(text: str, person: Person, rasa: Rasa) -> None:
    body = json.dumps({"text": text})
    answer = await person.call("POST", "/messages", content=body)
    check(answer)
    assert answer.status_code in (200, 422)
    assert not any(turn["text"].startswith("/") for turn in rasa.turns)
    rasa.turns.clear()


@pytest.mark.parametrize("text", HOSTILE)
async def test_known_tricks(text: str, person: Person) -> None:
    answer = await person.call("POST", "/messages", content=json.dumps({"text": text}))
    check(answer)
    assert answer.elapsed.total_seconds() < 1
    await person.history()


@FEW
@given(token=st.text(st.characters(codec="latin-1", exclude_categories=["Cc"])))
async def test_random_tokens(token: str, http: httpx.AsyncClient) -> None:
    headers = {"Authorization": f"Bearer {token}".encode("latin-1")}
    answer = await http.get("/api/v1/messages", headers=headers)
    check(answer)
    assert answer.status_code == 401


PHONES = st.from_regex(r"0[35789][0-9]{8}", fullmatch=True)
IDENTITIES = st.from_regex(r"0[0-9]{2}[0-9]{8}[1-9]", fullmatch=True)
EMAILS = st.from_regex(r"[a-z]{3,9}[0-9]{2}@gmail\.com", fullmatch=True)


@effort(FEW, max_examples=200)
@given(phone=PHONES, identity=IDENTITIES, email=EMAILS)
async def test_personal_data_is_nowhere(
    phone: str, identity: str, email: str, person: Person, rasa: Rasa, engine: Engine
) -> None:
    said = f"em {phone}, cccd {identity}, thư {email}"
    message_id = (await person.say(said, client_message_id=phone)).json()["message_id"]
    await person.call(
        "POST",
        "/feedback",
        json={"message_id": message_id, "rating": "down", "comment": said},
    )
    with engine.connect() as connection:
        stored = "\n".join(connection.connection.driver_connection.iterdump())
    told = json.dumps(rasa.turns, ensure_ascii=False)
    for secret in (phone, identity, email):
        assert not re.search(re.escape(secret), stored + told)
    assert told.count("[số điện thoại 1]") == 1
    rasa.turns.clear()
    await person.call("DELETE", "/conversations/current")
