"""Errors of the API as RFC 9457 problem documents."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from bot.errors import AssistantError
from bot.gateway.logs import log_failure
from bot.gateway.notices import Notices

_CODES = {404: "not_found", 405: "method_not_allowed"}


class Problem(AssistantError):
    """Ends a request with a problem document; the words come from ``notices.yml``."""

    code = "ICT-005"

    def __init__(
        self,
        status: int,
        problem: str,
        *,
        field: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        """Describe the problem.

        Args:
            status: The HTTP status.
            problem: The stable code clients rely on.
            field: The member of the body that is at fault.
            retry_after: Seconds after which the call may be made again.
        """
        super().__init__(f"{status} {problem}")
        self.status = status
        self.problem = problem
        self.field = field
        self.retry_after = retry_after


def problem_response(
    notices: Notices,
    request_id: str,
    problem: Problem,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """Return the problem document as a response."""
    words = notices.problems[problem.problem]
    body = {
        "type": f"urn:ictbot:problem:{problem.problem}",
        "title": words.title,
        "status": problem.status,
        "detail": words.detail,
        "code": problem.problem,
        "request_id": request_id,
    }
    if problem.field is not None:
        body["field"] = problem.field
    all_headers = {"Cache-Control": "no-store", **(headers or {})}
    if problem.status == 401:
        all_headers["WWW-Authenticate"] = "Bearer"
    if problem.retry_after is not None:
        all_headers["Retry-After"] = str(max(1, int(problem.retry_after + 0.999)))
    return JSONResponse(
        body,
        problem.status,
        headers=all_headers,
        media_type="application/problem+json",
    )


def on_problem(request: Request, error: Exception) -> JSONResponse:
    """Answer a ``Problem`` that a handler raised."""
    assert isinstance(error, Problem)
    return _respond(request, error)


def on_http_error(request: Request, error: Exception) -> JSONResponse:
    """Answer what Starlette itself refuses: no such route, wrong method."""
    assert isinstance(error, HTTPException)
    problem = Problem(error.status_code, _CODES.get(error.status_code, "bad_request"))
    return _respond(request, problem, error.headers)


def on_storage_error(request: Request, error: Exception) -> JSONResponse:
    """Answer when the database fails; the turn was not taken and may be sent again."""
    assert isinstance(error, SQLAlchemyError)
    log_failure("storage_failed", error)
    return _respond(request, Problem(503, "storage_unavailable", retry_after=5))


def _respond(
    request: Request, problem: Problem, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    return problem_response(
        request.app.state.services.notices,
        request.state.request_id,
        problem,
        headers,
    )
