"""The metrics of the gateway; every name is declared here."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """Counts of one application, in a registry of its own."""

    def __init__(self) -> None:
        """Declare the metrics."""
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "ictbot_requests_total",
            "Requests answered.",
            ["endpoint", "status"],
            registry=self.registry,
        )
        self.request_seconds = Histogram(
            "ictbot_request_seconds",
            "Time to answer a request.",
            ["endpoint"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.backend_seconds = Histogram(
            "ictbot_backend_seconds",
            "Time Rasa took for a turn.",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.backend_failures = Counter(
            "ictbot_backend_failures_total",
            "Turns that Rasa did not answer, by reason.",
            ["reason"],
            registry=self.registry,
        )
        self.replies = Counter(
            "ictbot_replies_total",
            "Replies given, by kind.",
            ["kind"],
            registry=self.registry,
        )
        self.feedback = Counter(
            "ictbot_feedback_total",
            "Answers rated.",
            ["rating"],
            registry=self.registry,
        )

    def text(self) -> bytes:
        """Return all figures in the Prometheus text format."""
        return generate_latest(self.registry)
