"""Pages as HTML: templates, words, safe headers."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.gateway.pages.assets import Assets, read_assets
from bot.gateway.pages.prose import blocks_of, is_web_address, runs_of
from bot.gateway.pages.texts import Language, language_of, load_texts
from bot.gateway.problems import Problem
from bot.gateway.services import services_of

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
        " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'; require-trusted-types-for 'script';"
        " trusted-types 'none'"
    ),
    # The question may be spoken, on the chat page and in the widget.
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
}


class Renderer:
    """Turns templates into responses."""

    def __init__(self, dist: Path) -> None:
        """Read templates and words; ``dist`` holds what ``make web`` builds."""
        self._dist = dist
        self._texts = load_texts()
        self._assets: Assets | None = None
        self._templates = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["day"] = written_day
        self._templates.filters["blocks"] = blocks_of
        self._templates.filters["runs"] = runs_of
        self._templates.tests["web_address"] = is_web_address

    def words(self, language: Language) -> dict[str, Any]:
        """Return the words of a language."""
        return self._texts[language]

    def page(
        self,
        request: Request,
        template: str,
        *,
        language: Language | None = None,
        status: int = 200,
        personal: bool = False,
        **context: Any,
    ) -> Response:
        """Return a page.

        Args:
            request: The request that is answered.
            template: A file of ``templates/``.
            language: By default the one the address asks for.
            status: The HTTP status.
            personal: The page is one person's and must not be kept.
            **context: What the template shows.
        """
        language = language or language_of(request.query_params.get("lang"))
        # Built pages do not change while the gateway runs; unbuilt ones may be built.
        self._assets = self._assets or read_assets(self._dist)
        html = self._templates.get_template(template).render(
            t=self._texts[language],
            language=language,
            assets=self._assets,
            path=request.url.path,
            url=_addresses(language),
            **context,
        )
        cache = "no-store" if personal else "no-cache"
        return HTMLResponse(html, status, headers={**_HEADERS, "Cache-Control": cache})

    def problem(self, request: Request, problem: Problem) -> Response:
        """Return a page that says what went wrong and how to go on."""
        response = self.page(
            request,
            "problem.html",
            status=problem.status,
            personal=True,
            words=services_of(request).notices.problems[problem.problem],
        )
        if problem.retry_after is not None:
            response.headers["Retry-After"] = str(max(1, round(problem.retry_after)))
        return response


def written_day(iso: str) -> str:
    """Write a day, month or year the Vietnamese way."""
    return "/".join(reversed(iso.split("-")))


def _addresses(language: Language) -> Any:
    def url(path: str, **query: str) -> str:
        """Return an address on this site that keeps the language."""
        asked = {**query, **({"lang": language} if language != "vi" else {})}
        return f"{path}?{urlencode(asked)}" if asked else path

    return url
