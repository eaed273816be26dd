"""The platforms' stand-ins as a process: ``python -m evaluation.bench.platforms PORT PEOPLE``."""

from __future__ import annotations

import sys

import uvicorn
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.clock import utc_now
from tests.simulators.platforms import Platforms


def main(port: int, people: int) -> None:
    platforms = Platforms(utc_now)
    for stand_in in (platforms.zalo, platforms.graph):
        stand_in.people = {f"u{place}": utc_now() for place in range(people)}

    async def answers(request: Request) -> Response:
        sent = [*platforms.zalo.sent, *platforms.graph.sent]
        texts = [message["text"].splitlines()[0] for _, _, message in sent]
        return JSONResponse([len(set(texts)), len(texts)])

    app = platforms.app(Route("/answers", answers))
    uvicorn.run(app, port=port, log_level="critical", access_log=False)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
