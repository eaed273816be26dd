"""Keeps TensorFlow, SQLAlchemy 1.4 and Rasa's pinned dependencies from chatting."""

from __future__ import annotations

import logging
import os

import structlog

#: Telemetry off; nothing on the console below a warning of our own.
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "LOG_LEVEL": "WARNING",
    "LOG_LEVEL_LIBRARIES": "ERROR",
}


def quiet_rasa() -> None:
    """Set the environment and the filters, before Rasa is loaded.

    Rasa puts Python's warning filters back, so warnings are caught by logging instead.
    """
    os.environ.update(QUIET)
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING)
    )
