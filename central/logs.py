"""Central's log: one JSON line an event on standard error, without names, numbers of people or addresses of pages."""

import logging
import sys

import structlog


def log_to_stderr(*, verbose: bool = False) -> None:
    """Set structlog and the libraries' logging up; called by commands, never on import.

    Args:
        verbose: Also write a line for each request.
    """
    level = logging.DEBUG if verbose else logging.INFO
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.dict_tracebacks,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s", force=True
    )
