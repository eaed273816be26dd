"""The call to Rasa: one turn in, replies out, never longer than the limit."""

from __future__ import annotations

import json
import time
from http import HTTPStatus
from typing import Any

import aiohttp
import anyio

from bot.errors import BackendError
from bot.gateway.calls import Answered, Calls, HttpCalls
from bot.gateway.metrics import Metrics
from bot.gateway.replies import read_reply
from bot.reply import Reply
from bot.settings import Settings

_HEALTH_SECONDS = 2.0


class BackendFailedError(BackendError):
    """Rasa gave no answer that can be used; ``reason`` is what is counted."""

    def __init__(self, reason: str) -> None:
        """Name the reason, a few fixed words for the metric."""
        super().__init__(f"Rasa did not answer ({reason}); see its log and GET /readyz")
        self.reason = reason


class Backend:
    """Rasa and the action server, over one pool of connections."""

    def __init__(
        self,
        settings: Settings,
        metrics: Metrics,
        calls: Calls | None = None,
    ) -> None:
        """Prepare the pool; ``calls`` stands in for the network in tests."""
        self._settings = settings
        self._metrics = metrics
        self._calls = calls or HttpCalls()
        self._turn_url = f"{settings.rasa_url}/webhooks/assistant/turn"
        self._headers = {"Authorization": f"Bearer {settings.rasa_secret}"}

    async def turn(self, body: dict[str, Any]) -> list[Reply]:
        """Run a turn in Rasa.

        Raises:
            BackendFailedError: No answer in time, or none that can be used (counted).
        """
        started = time.perf_counter()
        try:
            with anyio.fail_after(self._settings.rasa_timeout_seconds):
                answer = await self._calls.post(self._turn_url, body, self._headers)
            return _read(answer)
        except TimeoutError as error:
            raise self._counted("timeout") from error
        except aiohttp.ClientConnectorError as error:
            raise self._counted("refused") from error
        except aiohttp.ClientError as error:
            raise self._counted("broken") from error
        except BackendFailedError as error:
            raise self._counted(error.reason) from error.__cause__
        finally:
            self._metrics.backend_seconds.observe(time.perf_counter() - started)

    async def has_model(self) -> bool:
        """Return whether Rasa runs and has a model."""
        return await self._is_well(
            f"{self._settings.rasa_url}/webhooks/assistant/health"
        )

    async def has_actions(self) -> bool:
        """Return whether the action server runs."""
        return await self._is_well(f"{self._settings.action_url}/health")

    async def close(self) -> None:
        """Close the pool."""
        await self._calls.close()

    async def _is_well(self, url: str) -> bool:
        try:
            with anyio.fail_after(_HEALTH_SECONDS):
                answer = await self._calls.get(url)
        except (TimeoutError, aiohttp.ClientError):
            return False
        return answer.status == HTTPStatus.OK

    def _counted(self, reason: str) -> BackendFailedError:
        self._metrics.backend_failures.labels(reason).inc()
        return BackendFailedError(reason)


def _read(answer: Answered) -> list[Reply]:
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise BackendFailedError("server_error")
    if answer.status != HTTPStatus.OK:
        raise BackendFailedError("refused_turn")
    try:
        replies = [read_reply(reply) for reply in json.loads(answer.body)["replies"]]
    except (ValueError, KeyError, TypeError) as error:
        raise BackendFailedError("bad_answer") from error
    if not replies:
        raise BackendFailedError("empty")
    return replies
