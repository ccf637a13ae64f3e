"""Logging of the kiosk: one JSON object a line on stderr, where systemd's journal takes it."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog


def log_to_stderr(level: int = logging.INFO) -> None:
    """Set logging up, at the start of a program."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _places_of_errors,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")


def _places_of_errors(logger: object, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An error is told by kind and places, not by its message: a message may quote what was read (promise 10)."""
    if event.pop("exc_info", None):
        kind, _, trace = sys.exc_info()
        places = []
        while trace is not None:
            code = trace.tb_frame.f_code
            places.append(f"{code.co_filename.rsplit('/', 2)[-1]}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        event["error"] = kind.__name__ if kind is not None else "unknown"
        event["at"] = places[-6:]
    return event
