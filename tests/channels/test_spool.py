"""The file that takes webhook calls beside a SQLite database."""

from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.channels.incoming import Echo
from bot.channels.spool import Spool
from bot.storage.inbox import Arrival

Open = Callable[[str], Spool]

ARRIVAL = Arrival(
    "zalo",
    "k1",
    "p1",
    "text",
    b"\x00sealed",
    datetime(2026, 11, 23, tzinfo=timezone.utc),
)


@pytest.fixture
def open_spool(tmp_path: Path) -> Iterator[Open]:
    opened: list[Spool] = []

    def make(name: str) -> Spool:
        opened.append(Spool(tmp_path / name))
        return opened[-1]

    yield make
    for spool in opened:
        spool.close()


def test_what_is_kept_comes_back_in_another_process(open_spool: Open) -> None:
    open_spool("calls").add([ARRIVAL], [Echo("7", "m1")])
    batch = open_spool("calls").after(0)
    assert batch is not None
    assert (batch.arrivals, batch.echoes, batch.last) == (
        [ARRIVAL],
        [Echo("7", "m1")],
        2,
    )


def test_numbers_go_on_after_rows_were_removed(open_spool: Open) -> None:
    spool = open_spool("calls")
    spool.add([ARRIVAL], [])
    spool.remove(1)
    spool.add([ARRIVAL], [])
    batch = spool.after(1)
    assert batch is not None and batch.last == 2


def test_a_new_file_has_another_name(open_spool: Open) -> None:
    # It counts from 1 again; a mark of the old file must not hide its rows.
    first, again = open_spool("a"), open_spool("a")
    assert first.name == again.name != open_spool("b").name


def test_a_long_spool_is_read_in_pieces(open_spool: Open) -> None:
    spool = open_spool("calls")
    spool.add([ARRIVAL] * 1200, [])
    place, sizes = 0, []
    while batch := spool.after(place):
        place = batch.last
        sizes.append(len(batch.arrivals))
    assert sizes == [500, 500, 200]
