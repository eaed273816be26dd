"""Chat through every channel without an account: ``python -m tests.simulators``.

Serves the stand-ins and a page on ``--port``, and starts a gateway of its own that talks
to them. The gateway uses the running Rasa of ``make run``, or a stand-in without one.
"""

from __future__ import annotations

import argparse
import tempfile
import urllib.request
from pathlib import Path

import uvicorn

from bot.clock import utc_now
from bot.errors import SettingsError
from bot.settings import load_settings
from evaluation.bench.processes import Town
from tests.simulators.bench import HandBench
from tests.simulators.platforms import Platforms


def running_rasa() -> dict[str, str]:
    """Return the settings of the Rasa that runs here; empty when none does."""
    try:
        settings = load_settings()
        with urllib.request.urlopen(
            f"{settings.rasa_url}/webhooks/assistant/health", timeout=1
        ):
            return {
                "ICTBOT_RASA_URL": settings.rasa_url,
                "ICTBOT_RASA_SECRET": settings.rasa_secret,
                "ICTBOT_ACTION_URL": settings.action_url,
            }
    except (OSError, SettingsError):
        return {}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8800)
    port = parser.parse_args().port
    platforms = Platforms(utc_now)
    rasa = running_rasa()
    with tempfile.TemporaryDirectory(prefix="simulate-") as folder:
        town = Town(Path(folder), port, settings=rasa)
        town.start()
        bench = HandBench(platforms, town.address)
        print(f"\n  http://localhost:{port}   (Ctrl-C stops)")
        print(f"  gateway {town.address}, log {town.gateway.log}")
        print(
            f"  Rasa: {'the one of `make run`' if rasa else 'a stand-in'}\n", flush=True
        )
        try:
            app = platforms.app(*bench.routes())
            uvicorn.run(app, port=port, log_level="critical")
        finally:
            town.stop()


if __name__ == "__main__":
    main()
