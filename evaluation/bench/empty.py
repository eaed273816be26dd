"""A server whose handler does nothing: ``python -m evaluation.bench.empty PORT``."""

from __future__ import annotations

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route


async def nothing(request: Request) -> Response:
    await request.body()
    return PlainTextResponse("ok")


app = Starlette(routes=[Route("/{path:path}", nothing, methods=["GET", "POST"])])

if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), log_level="critical", access_log=False)
