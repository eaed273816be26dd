"""The OpenAPI document."""

from __future__ import annotations

import json
from pathlib import Path

import yaml
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_DOCUMENT = Path(__file__).with_name("openapi.yml")
_REVALIDATED = {"Cache-Control": "no-cache"}


def openapi_route() -> Route:
    """Return the route of the OpenAPI document, written once as JSON."""
    document = yaml.safe_load(_DOCUMENT.read_text(encoding="utf-8"))
    content = json.dumps(document, ensure_ascii=False).encode()

    async def openapi(request: Request) -> Response:
        return Response(content, media_type="application/json", headers=_REVALIDATED)

    return Route("/openapi.json", openapi, methods=["GET"])
