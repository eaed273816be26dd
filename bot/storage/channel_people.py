"""Statements on the people who write through channels, and on marks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection

from bot.storage.channel_tables import channel_marks, channel_people, insert_into


@dataclass(frozen=True)
class Person:
    """A person of a channel; ``sealed`` holds the platform's user id."""

    person: str
    channel: str
    sealed: bytes
    last_at: datetime
    paused_until: datetime | None


def find(connection: Connection, person: str) -> Person | None:
    """Return a person who wrote lately."""
    columns = channel_people.c
    row = connection.execute(
        select(
            columns.person,
            columns.channel,
            columns.sealed,
            columns.last_at,
            columns.paused_until,
        ).where(columns.person == person)
    ).one_or_none()
    return Person(*row) if row else None


def remember(
    connection: Connection, *, person: str, channel: str, sealed: bytes, at: datetime
) -> None:
    """Note that a person wrote at ``at``."""
    new = insert_into(connection, channel_people).values(
        person=person, channel=channel, sealed=sealed, last_at=at
    )
    connection.execute(
        new.on_conflict_do_update(
            index_elements=["person"],
            set_={"last_at": at},
            where=channel_people.c.last_at < at,
        )
    )


def pause(connection: Connection, person: str, until: datetime) -> None:
    """Let a member of staff talk: the assistant keeps silent until ``until``."""
    connection.execute(
        update(channel_people)
        .where(channel_people.c.person == person)
        .values(paused_until=until)
    )


def forget(connection: Connection, person: str) -> None:
    """Remove a person."""
    connection.execute(delete(channel_people).where(channel_people.c.person == person))


def purge(connection: Connection, silent_since: datetime) -> None:
    """Remove those who have not written since."""
    connection.execute(
        delete(channel_people).where(channel_people.c.last_at < silent_since)
    )


def mark(connection: Connection, name: str) -> int | None:
    """Return how far a reader has come."""
    query = select(channel_marks.c.place).where(channel_marks.c.name == name)
    place: int | None = connection.execute(query).scalar_one_or_none()
    return place


def set_mark(connection: Connection, name: str, place: int) -> None:
    """Note how far a reader has come."""
    new = insert_into(connection, channel_marks).values(name=name, place=place)
    connection.execute(
        new.on_conflict_do_update(index_elements=["name"], set_={"place": place})
    )
