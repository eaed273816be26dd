"""What Alembic runs: over a given connection, or over the database of the settings."""

from alembic import context
from sqlalchemy.engine import Connection

# Imported for their tables, so that `alembic revision --autogenerate` sees them.
import bot.storage.channel_tables
import bot.storage.channel_tokens
import bot.storage.conversations
import bot.storage.knowledge
import bot.storage.trackers  # noqa: F401
from bot.settings import load_settings
from bot.storage.database import connect, metadata


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection, target_metadata=metadata, render_as_batch=True
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _migrate(given)
else:
    with connect(load_settings().database_url).begin() as own:
        _migrate(own)
