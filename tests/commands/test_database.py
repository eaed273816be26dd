"""Commands say in a line what is wrong with the database."""

from pathlib import Path

import pytest

from bot.cli import main


@pytest.mark.parametrize("name", ["new.sqlite3", "no/such/folder/new.sqlite3"])
def test_a_database_that_is_not_prepared(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / name}")
    assert main(["knowledge", "load"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("ICT-014") and "ictbot setup" in said
    assert len(said.strip().splitlines()) == 1
