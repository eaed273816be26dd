"""Figures of the channels, and alarms: what people must look at."""

from __future__ import annotations

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge

_log = structlog.get_logger("bot.channels")


class Alarms:
    """Counts and logs; never a token, a user id or what a person wrote."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        """Declare the metrics in ``registry``."""
        registry = registry or CollectorRegistry()
        self._events = Counter(
            "ictbot_channel_events_total",
            "Events of channels, by what became of them.",
            ["channel", "outcome"],
            registry=registry,
        )
        self._sends = Counter(
            "ictbot_channel_sends_total",
            "Calls that send a message, by verdict.",
            ["channel", "verdict"],
            registry=registry,
        )
        self._alarms = Counter(
            "ictbot_channel_alarms_total",
            "What people must look at.",
            ["channel", "reason"],
            registry=registry,
        )
        self._rows = Gauge(
            "ictbot_channel_rows",
            "Rows that wait or were given up, by queue.",
            ["queue", "state"],
            registry=registry,
        )

    def count_event(self, channel: str, outcome: str, amount: int = 1) -> None:
        """Count events."""
        self._events.labels(channel, outcome).inc(amount)

    def count_send(self, channel: str, verdict: str) -> None:
        """Count a call."""
        self._sends.labels(channel, verdict).inc()

    def set_rows(self, queue: str, waiting: int, dead: int) -> None:
        """Note how many rows wait and how many were given up."""
        self._rows.labels(queue, "waiting").set(waiting)
        self._rows.labels(queue, "dead").set(dead)

    def raise_alarm(self, channel: str, reason: str, **facts: object) -> None:
        """Tell people; ``reason`` is a few fixed words or a platform's code."""
        self._alarms.labels(channel, reason).inc()
        _log.error("channel_alarm", channel=channel, reason=reason, **facts)
