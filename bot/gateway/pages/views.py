"""The pages that only show something: home, chat, accessibility."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from bot.gateway.pages.rendering import Renderer

_LONGEST_LINKED_QUESTION = 1000


class Views:
    """Handlers of the pages that take nothing but their address."""

    def __init__(self, renderer: Renderer) -> None:
        """Draw with ``renderer``."""
        self._renderer = renderer

    async def home(self, request: Request) -> Response:
        """Give the home page: a website with the widget on it."""
        return self._renderer.page(
            request, "home.html", origin=str(request.base_url).rstrip("/")
        )

    async def chat(self, request: Request) -> Response:
        """Give the chat page; without JavaScript its link to the questions page."""
        question = request.query_params.get("hoi", "")[:_LONGEST_LINKED_QUESTION]
        return self._renderer.page(request, "chat.html", question=question)

    async def accessibility(self, request: Request) -> Response:
        """Give the accessibility statement."""
        return self._renderer.page(request, "accessibility.html")
