"""What was masked waits sealed, under one placeholder each, and not for long."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.errors import SealError
from bot.sealing import Seal
from bot.storage import vault
from bot.storage.conversations import erase
from bot.text.personal import mask
from tests.conftest import FixedClock

SEAL = vault.vault_seal("k" * 32)


def put(engine: Engine, text: str, clock: FixedClock, conversation: str = "c") -> str:
    with engine.begin() as connection:
        return vault.put(
            connection,
            SEAL,
            conversation_id=conversation,
            text=text,
            masked=mask(text),
            at=clock(),
        )


def read(
    engine: Engine, *placeholders: str, clock: FixedClock, conversation: str = "c"
) -> dict[str, str]:
    with engine.connect() as connection:
        return vault.read(
            connection,
            SEAL,
            conversation_id=conversation,
            placeholders=placeholders,
            at=clock(),
        )


def test_a_value_is_read_back(any_engine: Engine, clock: FixedClock) -> None:
    text = put(any_engine, "gọi 0901234567 nhé", clock)
    assert text == "gọi [số điện thoại 1] nhé"
    assert read(any_engine, "[số điện thoại 1]", clock=clock) == {
        "[số điện thoại 1]": "0901234567"
    }


def test_placeholders_are_unique_within_a_conversation(
    any_engine: Engine, clock: FixedClock
) -> None:
    put(any_engine, "0901234567", clock)
    assert put(any_engine, "0907654321", clock) == "[số điện thoại 2]"
    assert put(any_engine, "0901234567", clock) == "[số điện thoại 1]"
    assert put(any_engine, "lan@example.com", clock) == "[email 1]"
    assert put(any_engine, "0907654321", clock, "other") == "[số điện thoại 1]"


def test_several_values_of_one_message(any_engine: Engine, clock: FixedClock) -> None:
    put(any_engine, "0901111111", clock)
    text = put(any_engine, "0902222222 hoặc 0901111111, lan@example.com", clock)
    assert text == "[số điện thoại 2] hoặc [số điện thoại 1], [email 1]"


def test_another_conversation_reads_nothing(
    any_engine: Engine, clock: FixedClock
) -> None:
    put(any_engine, "0901234567", clock)
    found = read(any_engine, "[số điện thoại 1]", clock=clock, conversation="other")
    assert found == {}


def test_nothing_lies_there_in_plain(any_engine: Engine, clock: FixedClock) -> None:
    put(any_engine, "0901234567", clock)
    with any_engine.connect() as connection:
        sealed = connection.execute(select(vault.vault.c.sealed)).scalar_one()
    assert b"0901234567" not in bytes(sealed)
    with pytest.raises(SealError):
        Seal("k" * 32, "another purpose").open(bytes(sealed))
    with pytest.raises(SealError):
        vault.vault_seal("other" * 8).open(bytes(sealed))


def test_it_expires_and_is_purged(any_engine: Engine, clock: FixedClock) -> None:
    put(any_engine, "0901234567", clock)
    clock.now += vault.KEPT_FOR + timedelta(seconds=1)
    assert read(any_engine, "[số điện thoại 1]", clock=clock) == {}
    with any_engine.begin() as connection:
        assert vault.purge(connection, clock()) == 1


def test_erasing_a_conversation_erases_it(
    any_engine: Engine, clock: FixedClock
) -> None:
    put(any_engine, "0901234567", clock)
    with any_engine.begin() as connection:
        erase(connection, "c")
    assert read(any_engine, "[số điện thoại 1]", clock=clock) == {}
