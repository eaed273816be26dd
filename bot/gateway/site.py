"""The page to talk on, and the OpenAPI document."""

from __future__ import annotations

import json
from pathlib import Path

import yaml
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_HERE = Path(__file__).parent
_PAGE = _HERE / "page"
_REVALIDATED = {"Cache-Control": "no-cache"}
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class _Revalidated(StaticFiles):
    """Files a browser keeps, but asks about before it uses them again."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(_REVALIDATED)
        return response


async def page(request: Request) -> Response:
    """Give the page."""
    headers = {**_REVALIDATED, "Content-Security-Policy": _PAGE_POLICY}
    return FileResponse(_PAGE / "index.html", headers=headers)


def openapi_route() -> Route:
    """Return the route of the OpenAPI document, written once as JSON."""
    document = yaml.safe_load((_HERE / "openapi.yml").read_text(encoding="utf-8"))
    content = json.dumps(document, ensure_ascii=False).encode()

    async def openapi(request: Request) -> Response:
        return Response(content, media_type="application/json", headers=_REVALIDATED)

    return Route("/openapi.json", openapi, methods=["GET"])


ROUTES = [
    Route("/", page, methods=["GET"]),
    Mount("/page", _Revalidated(directory=_PAGE)),
]
