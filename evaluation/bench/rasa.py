"""A stand-in for Rasa and the action server as a process that can be killed.

``python -m evaluation.bench.rasa PORT LOG``: every turn it takes is a line of LOG.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

#: About what a turn of the trained model takes.
FASTEST_SECONDS, SLOWEST_SECONDS = 0.004, 0.02


def app(log: Path) -> Starlette:
    out = log.open("a", encoding="utf-8", buffering=1)

    async def turn(request: Request) -> Response:
        asked = await request.json()
        line = [time.time(), asked["conversation"], asked["text"]]
        out.write(json.dumps(line) + "\n")
        await asyncio.sleep(random.uniform(FASTEST_SECONDS, SLOWEST_SECONDS))
        reply = {
            "kind": "answer",
            "topic": "study/tuition",
            "text": f"Trả lời: {asked['text']}",
            "sources": [{"title": "Đề án tuyển sinh", "checked_on": "2026-11-22"}],
        }
        return JSONResponse({"replies": [reply]})

    async def well(request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    return Starlette(
        routes=[
            Route("/webhooks/assistant/turn", turn, methods=["POST"]),
            Route("/webhooks/assistant/health", well),
            Route("/health", well),
        ]
    )


if __name__ == "__main__":
    uvicorn.run(app(Path(sys.argv[2])), port=int(sys.argv[1]), log_level="critical")
