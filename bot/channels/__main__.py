"""Run the worker alone: ``python -m bot.channels``."""

from __future__ import annotations

import sys
from dataclasses import replace

import anyio

from bot.channels.child import FLAG, run_as_child
from bot.channels.hub import Hub, build_hub
from bot.clock import utc_now
from bot.errors import SettingsError
from bot.gateway.logs import configure_logging
from bot.gateway.services import build_services
from bot.gateway.topics import NoTopics
from bot.settings import Settings, load_settings
from bot.storage.database import connect
from bot.storage.migrate import upgrade


def main() -> int:
    """Work until stopped; 2 when the settings cannot be used."""
    try:
        settings = load_settings()
        configure_logging(settings.log_level, settings.log_format)
        hub = _hub(settings)
    except SettingsError as error:
        print(f"channels: {error}", file=sys.stderr)
        return 2
    if FLAG in sys.argv[1:]:
        anyio.run(run_as_child, hub.work, hub.wake)
    else:
        anyio.run(hub.work)
    return 0


def _hub(settings: Settings) -> Hub:
    # Here is the worker itself, whatever the gateway is told.
    settings = replace(settings, channels=replace(settings.channels, worker="inside"))
    engine = connect(settings.database_url)
    upgrade(engine)
    services = build_services(
        settings,
        engine=engine,
        topics=NoTopics(),
        calls=None,
        clock=utc_now,
    )
    return build_hub(settings, services, engine=engine)


if __name__ == "__main__":
    sys.exit(main())
