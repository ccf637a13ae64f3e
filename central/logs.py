"""Central's log: one JSON line an event on standard error, without names, numbers of people or addresses of pages."""

import logging
import sys

import structlog

from models.traces import hang_in, tell_errors


def log_to_stderr(*, verbose: bool = False) -> None:
    """Set structlog and the libraries' logging up; called by commands, never on import.

    Args:
        verbose: Also write a line for each request.
    """
    level = logging.DEBUG if verbose else logging.INFO
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            tell_errors,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    hang_in()
