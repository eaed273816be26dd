"""Tickets: stored once, with what the vault kept, whatever is killed when."""

import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.errors import TicketError
from bot.handoff.code import ALPHABET, find_code
from bot.settings import ROOT, Settings
from bot.storage import tickets, vault
from bot.storage.conversations import erase
from bot.text.personal import mask
from tests.conftest import FixedClock

SECRET = "k" * 32
SEALS = (vault.vault_seal(SECRET), tickets.ticket_seal(SECRET))
REQUEST = tickets.Request(
    conversation_id="c",
    instance="i1",
    kind="human",
    question="Gọi tôi về việc chuyển trường",
    name="Lan",
    contact="[số điện thoại 1]",
)


def keep(engine: Engine, text: str, clock: FixedClock) -> str:
    with engine.begin() as connection:
        return vault.put(
            connection,
            SEALS[0],
            conversation_id="c",
            text=text,
            masked=mask(text),
            at=clock(),
        )


def store(engine: Engine, clock: FixedClock, request: tickets.Request = REQUEST) -> str:
    with engine.begin() as connection:
        return tickets.store(connection, request, seals=SEALS, at=clock())


def opened(engine: Engine, code: str) -> tickets.Opened:
    with engine.connect() as connection:
        return tickets.opened(connection, SEALS[1], code)


def count(engine: Engine) -> int:
    with engine.connect() as connection:
        query = select(func.count()).select_from(tickets.tickets)
        return int(connection.execute(query).scalar_one())


def test_staff_see_what_was_left(any_engine: Engine, clock: FixedClock) -> None:
    keep(any_engine, "0901234567", clock)
    left = opened(any_engine, store(any_engine, clock))
    assert (left.name, left.contact) == ("Lan", "0901234567")
    assert left.ticket.status == "open"


def test_numbers_in_the_question_reach_staff_too(
    any_engine: Engine, clock: FixedClock
) -> None:
    text = keep(any_engine, "CCCD 092203001234 của tôi ghi sai, gọi 0901234567", clock)
    request = replace(REQUEST, question=text)
    left = opened(any_engine, store(any_engine, clock, request))
    assert "092203001234" in left.question and "0901234567" in left.question
    assert "092203001234" not in left.ticket.question


def test_the_code_is_easy_to_copy(any_engine: Engine, clock: FixedClock) -> None:
    keep(any_engine, "0901234567", clock)
    code = store(any_engine, clock)
    assert find_code(f"ma {code.replace('-', ' ').lower()} toi dau roi") == code
    assert not set("01OIL") & set(ALPHABET)


def test_confirming_again_is_the_same_ticket(
    any_engine: Engine, clock: FixedClock
) -> None:
    keep(any_engine, "0901234567", clock)
    code = store(any_engine, clock)
    assert store(any_engine, clock, replace(REQUEST, question="Câu khác")) == code
    assert count(any_engine) == 1
    left = opened(any_engine, code)
    assert (left.question, left.contact) == ("Câu khác", "0901234567")


def test_a_second_form_is_a_second_ticket(
    any_engine: Engine, clock: FixedClock
) -> None:
    keep(any_engine, "0901234567", clock)
    first = store(any_engine, clock)
    second = replace(REQUEST, instance="i2", contact="")
    assert store(any_engine, clock, second) != first


def test_the_vault_keeps_nothing_of_a_stored_ticket(
    any_engine: Engine, clock: FixedClock
) -> None:
    keep(any_engine, "0901234567", clock)
    store(any_engine, clock)
    with any_engine.connect() as connection:
        assert connection.execute(select(vault.vault)).all() == []


def test_a_contact_that_expired_stores_nothing(
    any_engine: Engine, clock: FixedClock
) -> None:
    keep(any_engine, "0901234567", clock)
    clock.now += vault.KEPT_FOR + timedelta(seconds=1)
    with pytest.raises(TicketError):
        store(any_engine, clock)
    assert count(any_engine) == 0


def test_answer_and_close(any_engine: Engine, clock: FixedClock) -> None:
    code = store(any_engine, clock, replace(REQUEST, contact=""))
    with any_engine.begin() as connection:
        assert tickets.answer(connection, code, "Có ạ", clock()).status == "answered"
        assert tickets.listed(connection, ["open"]) == []
        assert tickets.close(connection, code, clock()).answer == "Có ạ"
        with pytest.raises(TicketError):
            tickets.close(connection, "CT-XXXXX", clock())


def test_erasing_a_conversation_erases_its_tickets(
    any_engine: Engine, clock: FixedClock
) -> None:
    store(any_engine, clock, replace(REQUEST, contact=""))
    with any_engine.begin() as connection:
        erase(connection, "c")
    assert count(any_engine) == 0


_CHILD = """
import os, signal, sys
from sqlalchemy import event
from bot.storage import tickets
from bot.storage.database import connect
from tests.conftest import FixedClock
from tests.storage.test_tickets import REQUEST, SEALS
engine = connect(sys.argv[1])
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[2] == "before":
    event.listen(engine, "commit", die)
with engine.begin() as connection:
    tickets.store(connection, REQUEST, seals=SEALS, at=FixedClock()())
die()
"""


@pytest.mark.parametrize(("moment", "stored"), [("before", 0), ("after", 1)])
def test_a_killed_process_loses_and_doubles_nothing(
    engine: Engine, settings: Settings, clock: FixedClock, moment: str, stored: int
) -> None:
    keep(engine, "0901234567", clock)
    arguments = [sys.executable, "-c", _CHILD, settings.database_url, moment]
    killed = subprocess.run(arguments, check=False, cwd=ROOT, capture_output=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert count(engine) == stored
    left = opened(engine, store(engine, clock))
    assert left.contact == "0901234567"
    assert count(engine) == 1
