"""The commands of the channels, and settings that are half there."""

from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from environs import Env
from sqlalchemy.engine import Engine

from bot.channels.calls import platform_client
from bot.channels.settings import read_channel_settings
from bot.cli import main
from bot.commands import zalo
from bot.errors import SettingsError
from bot.settings import Settings
from bot.storage import inbox
from bot.storage.inbox import Arrival
from tests.conftest import FixedClock
from tests.simulators.platforms import PlatformNetwork, Platforms


@pytest.fixture
def commands(
    monkeypatch: pytest.MonkeyPatch,
    channel_app_settings: Settings,
    platforms: Platforms,
    engine: Engine,
) -> Platforms:
    """The commands talk to the stand-ins."""

    def client(_: object) -> httpx.AsyncClient:
        return platform_client(PlatformNetwork(platforms))

    for module in ("zalo", "messenger", "channels"):
        name = f"bot.commands.{module}.load_settings"
        monkeypatch.setattr(name, lambda: channel_app_settings)
    for module in ("zalo", "messenger"):
        monkeypatch.setattr(f"bot.commands.{module}.platform_client", client)
    return platforms


def test_log_in_look_and_refresh(commands: Platforms, monkeypatch, capsys) -> None:
    assert main(["zalo", "status"]) == 0
    assert "none" in capsys.readouterr().out
    came_back = "https://cantho.example/zalo?code=code-of-the-stand-in&oa_id=1"
    monkeypatch.setattr(zalo.getpass, "getpass", lambda _: came_back)
    assert main(["zalo", "login"]) == 0
    shown = capsys.readouterr().out
    assert "code_challenge=" in shown and "in use" in shown and "Cần Thơ" in shown
    assert main(["zalo", "refresh"]) == 0
    assert commands.zalo.refreshes == 2
    assert "access-" not in shown + capsys.readouterr().out


def test_a_refresh_token_logs_in(commands: Platforms, monkeypatch, capsys) -> None:
    monkeypatch.setattr(zalo.getpass, "getpass", lambda _: "refresh-0")
    assert main(["zalo", "login", "--refresh-token"]) == 0
    assert main(["zalo", "login", "--refresh-token"]) == 1
    assert "ICT-021" in capsys.readouterr().err


def test_the_menu_is_printed(commands: Platforms, capsys) -> None:
    assert main(["zalo", "menu"]) == 0
    assert "Học CNTT ở đâu" in capsys.readouterr().out


def test_the_page_is_set_up(commands: Platforms, capsys) -> None:
    assert main(["messenger", "setup"]) == 0
    assert commands.graph.profile["get_started"] == {"payload": "#start"}
    commands.graph.page_token = "another"
    assert main(["messenger", "setup"]) == 1
    assert "190" in capsys.readouterr().err


def test_dead_letters_are_shown_without_text_and_replayed(
    commands: Platforms, engine: Engine, clock: FixedClock, capsys
) -> None:
    with engine.begin() as connection:
        arrival = Arrival("zalo", "k", "p", "text", b"sealed", clock())
        inbox.keep(connection, [arrival], at=clock(), due_at=clock())
        inbox.queue.bury(connection, 1, error="ZeroDivisionError")
    assert main(["channels", "dead"]) == 0
    assert "ZeroDivisionError" in capsys.readouterr().out
    assert main(["channels", "replay", "in", "1"]) == 0
    assert main(["channels", "replay", "all"]) == 0
    assert capsys.readouterr().out.splitlines() == ["1 wait again", "0 wait again"]


def test_a_channel_is_off_or_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_channel_settings(Env()).zalo is None
    monkeypatch.setenv("ICTBOT_ZALO_APP_ID", "1")
    with pytest.raises(SettingsError, match="ICTBOT_ZALO_OA_SECRET_KEY"):
        read_channel_settings(Env())


def test_commands_say_when_a_channel_is_off(
    commands: Platforms, channel_app_settings: Settings, monkeypatch, capsys
) -> None:
    off = replace(channel_app_settings.channels, zalo=None, messenger=None)
    settings = replace(channel_app_settings, channels=off)
    for module in ("zalo", "messenger"):
        monkeypatch.setattr(f"bot.commands.{module}.load_settings", lambda: settings)
    assert main(["zalo", "status"]) == main(["messenger", "setup"]) == 1
    assert "the Zalo channel is off" in capsys.readouterr().err


def test_the_verifier_and_its_challenge() -> None:
    verifier, challenge = zalo.make_verifier()
    assert len(verifier) == len(challenge) == 43 and "=" not in challenge


def test_every_setting_is_listed() -> None:
    root = Path(__file__).resolve().parent.parent.parent
    listed = (root / "docs" / "settings.md").read_text(encoding="utf-8")
    source = (root / "bot" / "channels" / "settings.py").read_text(encoding="utf-8")
    for name in (
        "SIGNATURE_FIRST_TERM",
        "GRAPH_VERSION",
        "OA_SECRET_KEY",
        "VERIFY_TOKEN",
    ):
        assert name in listed and name in source
