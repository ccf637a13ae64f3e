"""Logging of the kiosk: one JSON object a line on stderr, where systemd's journal takes it."""

import logging
import sys

import structlog

from models.traces import hang_in, tell_errors


def log_to_stderr(level: int = logging.INFO) -> None:
    """Set logging up, at the start of a program."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            tell_errors,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    hang_in()
