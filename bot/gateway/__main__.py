"""Run the gateway: ``python -m bot.gateway``."""

from __future__ import annotations

import sys

import uvicorn

from bot.errors import SettingsError
from bot.gateway.app import create_app
from bot.gateway.known_topics import KnownTopics
from bot.gateway.logs import configure_logging
from bot.knowledge.store import KnowledgeStore
from bot.settings import load_settings
from bot.storage.database import connect
from bot.storage.migrate import upgrade

_SHUTDOWN_SECONDS = 10


def main() -> int:
    """Serve until stopped; 2 when the settings cannot be used."""
    try:
        settings = load_settings()
        configure_logging(settings.log_level, settings.log_format)
        engine = connect(settings.database_url)
        upgrade(engine)
        topics = KnownTopics(KnowledgeStore(engine))
        app = create_app(settings, engine=engine, topics=topics)
    except SettingsError as error:
        print(f"gateway: {error}", file=sys.stderr)
        return 2
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        # bot/gateway/clients.py reads forwarded addresses, from trusted proxies only.
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
