"""Tables of the catalogue and the statements on them.

What is queried or sorted has a column; the rest of a row or cell is JSON.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Float,
    Integer,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.engine import Connection

from bot.storage.database import metadata

Record = dict[str, Any]


def _rows(name: str, *columns: Column[Any]) -> Table:
    return Table(
        f"catalogue_{name}",
        metadata,
        Column("id", String(64), primary_key=True),
        Column("position", Integer, nullable=False),
        Column("name", Text, nullable=False),
        *columns,
        Column("details", JSON, nullable=False),
    )


def _cells(name: str, *columns: Column[Any]) -> Table:
    return Table(
        f"catalogue_{name}",
        metadata,
        Column("owner", String(64), primary_key=True),
        Column("position", Integer, primary_key=True),
        Column("year", Integer, index=True),
        *columns,
        Column("confidence", String(8), nullable=False),
        Column("as_of", String(10), nullable=False),
        Column("sources", JSON, nullable=False),
        Column("details", JSON, nullable=False),
    )


ROWS: dict[str, Table] = {
    "institutions": _rows("institutions", Column("kind", String(16))),
    "majors": _rows("majors"),
    "programmes": _rows(
        "programmes",
        Column("institution", String(64), nullable=False, index=True),
        Column("major", String(64), index=True),
        Column("level", String(16), nullable=False),
        Column("variant", String(32)),
    ),
    "roles": _rows("roles"),
    "employers": _rows("employers", Column("kind", String(16))),
    "certificates": _rows("certificates", Column("vendor", String(32))),
    "scholarships": _rows("scholarships", Column("institution", String(64))),
    "loans": _rows("loans", Column("institution", String(64))),
    "contests": _rows("contests", Column("institution", String(64))),
    "short_courses": _rows("short_courses", Column("institution", String(64))),
    "contacts": _rows("contacts", Column("successor", String(64))),
    "subject_groups": _rows("subject_groups"),
}

#: Cells that have a table of their own: (table of the owner, name of the cell).
CELLS: dict[tuple[str, str], Table] = {
    ("programmes", "scores"): _cells(
        "scores",
        Column("kind", String(16)),
        Column("method", String(16)),
        Column("value", Float, nullable=False),
    ),
    ("programmes", "tuition"): _cells(
        "tuition",
        Column("amount", BigInteger),
        Column("amount_min", BigInteger),
        Column("amount_max", BigInteger),
        Column("per", String(16)),
        Column("value", Text, nullable=False),
    ),
    ("programmes", "quota"): _cells("quotas", Column("value", Integer, nullable=False)),
    ("roles", "salary"): _cells(
        "salaries", Column("experience", Text), Column("value", Text, nullable=False)
    ),
}

#: Documents the cells name.
catalogue_sources = Table(
    "catalogue_sources",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("title", Text, nullable=False),
    Column("number", Text),
    Column("date", String(10)),
    Column("url", Text),
    Column("checked_on", String(10), nullable=False),
)

#: One row: which content the tables hold.
catalogue_state = Table(
    "catalogue_state",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("loaded_at", DateTime(timezone=True), nullable=False),
)


# Asked at every question, so made once.
_NUMBER = select(catalogue_state.c.number)


def number(connection: Connection) -> int:
    """Return the number of the content in the tables; 0 before the first load."""
    return connection.execute(_NUMBER).scalar_one_or_none() or 0


def digest(connection: Connection) -> str | None:
    """Return the digest of the content in the tables."""
    return connection.execute(select(catalogue_state.c.digest)).scalar_one_or_none()


def replace(
    connection: Connection,
    records: Mapping[str, Sequence[Record]],
    sources: Mapping[str, Record],
    *,
    digest: str,
    at: datetime,
) -> None:
    """Put ``records`` in place of everything in the tables."""
    for table in (*CELLS.values(), *ROWS.values(), catalogue_sources):
        connection.execute(delete(table))
    _insert(
        connection,
        catalogue_sources,
        [{**source, "id": key} for key, source in sources.items()],
    )
    for name, table in ROWS.items():
        own = {cell for owner, cell in CELLS if owner == name}
        rows = [
            {**_split(table, record, without=own), "position": place}
            for place, record in enumerate(records.get(name, ()))
        ]
        _insert(connection, table, rows)
    for (owner, name), table in CELLS.items():
        cells = [
            {**_split(table, cell), "owner": record["id"], "position": place}
            for record in records.get(owner, ())
            for place, cell in enumerate(record.get(name, ()))
        ]
        _insert(connection, table, cells)
    _advance(connection, digest, at)


def read(connection: Connection) -> tuple[dict[str, list[Record]], dict[str, Record]]:
    """Return the records per table, in order, and the sources by key."""
    owned: dict[tuple[str, str], dict[str, list[Record]]] = {}
    for key, table in CELLS.items():
        owned[key] = defaultdict(list)
        query = select(table).order_by(table.c.owner, table.c.position)
        for row in connection.execute(query).mappings():
            owned[key][row["owner"]].append(_join(row))
    records: dict[str, list[Record]] = {}
    for name, table in ROWS.items():
        query = select(table).order_by(table.c.position)
        records[name] = [_join(row) for row in connection.execute(query).mappings()]
    for (owner, name), cells in owned.items():
        for record in records[owner]:
            if record["id"] in cells:
                record[name] = cells[record["id"]]
    rows = connection.execute(select(catalogue_sources)).mappings()
    return records, {row["id"]: _present(row, without=("id",)) for row in rows}


def _insert(connection: Connection, table: Table, rows: list[Record]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _split(table: Table, record: Record, without: set[str] | None = None) -> Record:
    columns = set(table.c.keys()) - {"details"}
    rest = columns | (without or set())
    row: Record = {name: record.get(name) for name in columns - {"position", "owner"}}
    row["details"] = {key: value for key, value in record.items() if key not in rest}
    return row


def _join(row: Mapping[Any, Any]) -> Record:
    return {**_present(row, without=("details", "position", "owner")), **row["details"]}


def _present(row: Mapping[Any, Any], without: tuple[str, ...]) -> Record:
    return {
        str(key): value
        for key, value in row.items()
        if value is not None and key not in without
    }


def _advance(connection: Connection, digest: str, at: datetime) -> None:
    before = number(connection)
    row = {"number": before + 1, "digest": digest, "loaded_at": at}
    if before:
        connection.execute(update(catalogue_state).values(**row))
    else:
        connection.execute(insert(catalogue_state).values(id=1, **row))
