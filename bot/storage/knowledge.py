"""Tables of the knowledge store and the statements on them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    Column,
    DateTime,
    Integer,
    String,
    Table,
    Text,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.engine import Connection

from bot.storage.database import metadata

#: Every version of every entry; rows are only added.
knowledge_versions = Table(
    "knowledge_versions",
    metadata,
    Column("topic", String(64), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("origin", String(16), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("content", Text, nullable=False),
    Column("published_at", DateTime(timezone=True), nullable=False),
)

#: The version served now, one row per topic.
knowledge_current = Table(
    "knowledge_current",
    metadata,
    Column("topic", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("title", String(120), nullable=False),
    Column("content", Text, nullable=False),
)


# Asked at every question, so made once.
_NUMBER = select(func.count()).select_from(knowledge_versions)


def number(connection: Connection) -> int:
    """Return a number that grows whenever something is published."""
    return int(connection.execute(_NUMBER).scalar_one())


def served(connection: Connection) -> list[tuple[str, str]]:
    """Return ``(topic, content)`` of everything served, in order of topic."""
    table = knowledge_current
    query = select(table.c.topic, table.c.content).order_by(table.c.topic)
    return [tuple(row) for row in connection.execute(query)]


def versions(connection: Connection, topic: str) -> list[tuple[int, datetime, str]]:
    """Return ``(version, published_at, content)`` of ``topic``, newest first."""
    table = knowledge_versions
    query = select(table.c.version, table.c.published_at, table.c.content)
    query = query.where(table.c.topic == topic).order_by(table.c.version.desc())
    return [tuple(row) for row in connection.execute(query)]


def last_digest(connection: Connection, topic: str, origin: str) -> str | None:
    """Return the digest of the newest version that came from ``origin``."""
    table = knowledge_versions
    query = select(table.c.digest).where(
        table.c.topic == topic, table.c.origin == origin
    )
    query = query.order_by(table.c.version.desc()).limit(1)
    return connection.execute(query).scalar_one_or_none()


def publish(
    connection: Connection,
    *,
    topic: str,
    title: str,
    content: str,
    digest: str,
    origin: str,
    at: datetime,
) -> int:
    """Add a version, serve it, and return its number."""
    newest = select(knowledge_current.c.version).where(
        knowledge_current.c.topic == topic
    )
    before = connection.execute(newest).scalar_one_or_none()
    version = (before or 0) + 1
    connection.execute(
        insert(knowledge_versions).values(
            topic=topic,
            version=version,
            origin=origin,
            digest=digest,
            content=content,
            published_at=at,
        )
    )
    row = {"version": version, "title": title, "content": content}
    if before is None:
        connection.execute(insert(knowledge_current).values(topic=topic, **row))
    else:
        connection.execute(
            update(knowledge_current)
            .where(knowledge_current.c.topic == topic)
            .values(**row)
        )
    return version
