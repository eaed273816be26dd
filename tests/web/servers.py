"""Real servers in threads: the gateway, the stand-in Rasa, a website."""

import threading
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route


class Server(uvicorn.Server):
    """A server in a thread, on a port the system chooses."""

    def __init__(self, app: Starlette, port: int = 0) -> None:
        config = uvicorn.Config(app, port=port, log_config=None, ws="none")
        config.timeout_graceful_shutdown = 1
        super().__init__(config)
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    def __enter__(self) -> str:
        self.thread.start()
        assert self.ready.wait(10)
        return f"http://127.0.0.1:{self.port}"

    @property
    def port(self) -> int:
        return int(self.servers[0].sockets[0].getsockname()[1])

    def __exit__(self, *_: object) -> None:
        self.should_exit = True
        self.thread.join(10)


HOSTILE = """
* { color: red !important; font: 40px cursive !important; display: none !important;
    transform: rotate(3deg) !important; letter-spacing: 1em !important; }
html { font-size: 4px !important; }
html, body { display: block !important; }
body { transform: scale(0.5) !important; filter: blur(2px) !important;
    opacity: 0.2 !important; }
button, textarea, dialog, ictbot-widget { position: static !important;
    width: 3px !important; }
"""

PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Trang của thành phố</title>{head}</head>
<body><h1>Trang của thành phố</h1><p>Tin tức.</p><a href="#x">Một liên kết</a>
<script async src="{gateway}{script}" {attributes}></script></body></html>"""


@dataclass
class Website:
    """A website that embeds the widget; pages are made by the tests."""

    gateway: str = ""
    script: str = "/widget.js"
    attributes: str = ""
    css: str = ""
    policy: str = ""
    requests: list[str] = field(default_factory=list)

    def app(self) -> Starlette:
        return Starlette(
            routes=[Route("/", self._page), Route("/style.css", self._css)]
        )

    async def _page(self, request: Request) -> HTMLResponse:
        head = '<link rel="stylesheet" href="/style.css">' if self.css else ""
        html = PAGE.format(
            head=head,
            gateway=self.gateway,
            script=self.script,
            attributes=self.attributes,
        )
        policy = self.policy.replace("GATEWAY", self.gateway)
        headers = {"Content-Security-Policy": policy} if policy else {}
        return HTMLResponse(html, headers=headers)

    async def _css(self, request: Request) -> HTMLResponse:
        return HTMLResponse(self.css, media_type="text/css")
