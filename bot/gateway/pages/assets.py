"""What ``make web`` builds: the widget, scripts, styles, letters; served as files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.settings import ROOT

DIST = ROOT / "web" / "dist"

# Websites of other origins load the widget and its letters; the API has its own rule.
_PUBLIC = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_FOREVER = {**_PUBLIC, "Cache-Control": "public, max-age=31536000, immutable"}
_SHORT = {**_PUBLIC, "Cache-Control": "public, max-age=300"}
_NOT_BUILT = (
    "// The website is not built yet. Run: make web\n"
    'console.warn("ictbot widget: not built on the server, run: make web");\n'
)


@dataclass(frozen=True)
class Assets:
    """Addresses of the built files, as ``web/build.mjs`` writes them."""

    version: str
    widget: str
    integrity: str
    page: str
    styles: str
    icon: str
    fonts: tuple[str, ...]


def read_assets(dist: Path = DIST) -> Assets | None:
    """Return what is built, or ``None`` before ``make web``."""
    try:
        manifest = json.loads((dist / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Assets(**{**manifest, "fonts": tuple(manifest["fonts"])})


class _Immutable(StaticFiles):
    """Files whose address changes with their content."""

    async def check_config(self) -> None:
        """Accept a missing folder: what is not built is just not found."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(_FOREVER)
        return response


def routes(dist: Path) -> list[BaseRoute]:
    """Return the routes of the built files in ``dist``."""

    async def widget(request: Request) -> Response:
        """Give the newest widget, for websites that do not pin a release."""
        assets = read_assets(dist)
        if assets is None:
            return PlainTextResponse(
                _NOT_BUILT, media_type="text/javascript", headers=_SHORT
            )
        return FileResponse(dist / assets.widget.lstrip("/"), headers=_SHORT)

    async def favicon(request: Request) -> Response:
        """Give the icon to browsers that ask for it by habit."""
        assets = read_assets(dist)
        if assets is None:
            raise HTTPException(404)
        return FileResponse(dist / assets.icon.lstrip("/"), headers=_SHORT)

    return [
        Route("/widget.js", widget, methods=["GET"]),
        Route("/favicon.ico", favicon, methods=["GET"]),
        Mount("/assets", _Immutable(directory=dist / "assets", check_dir=False)),
        Mount("/w", _Immutable(directory=dist / "w", check_dir=False)),
    ]
