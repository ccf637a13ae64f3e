"""How an error is told in a log: by its kind and places, never by its message, which may quote what was read.

Kiosk and central hang these into their logging, so that promise 10 (no personal data in logs) does not depend on what
a library writes into its exceptions.
"""

import json
import logging
import sys
import traceback
from collections.abc import MutableMapping
from datetime import UTC, datetime
from typing import Any

MOST_PLACES = 6


def told(error: BaseException) -> dict[str, Any]:
    """Kind and innermost places of ``error``, and the kind of what caused it."""
    frames = traceback.extract_tb(error.__traceback__)[-MOST_PLACES:]
    facts: dict[str, Any] = {
        "error": type(error).__name__,
        "at": [f"{'/'.join(f.filename.split('/')[-2:])}:{f.lineno} {f.name}" for f in frames],
    }
    if error.__cause__ is not None:
        facts["cause"] = type(error.__cause__).__name__
    return facts


def tell_errors(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A processor for structlog: puts `told` in the place of ``exc_info``."""
    given = event.pop("exc_info", None)
    error = given if isinstance(given, BaseException) else sys.exc_info()[1] if given else None
    if error is not None:
        event.update(told(error))
    return event


class JsonLine(logging.Formatter):
    """A record of the standard library's logging as one JSON object, its error as `told`."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        event: dict[str, Any] = {
            "logger": record.name,
            "event": record.getMessage(),
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z"),
        }
        if record.exc_info is not None and record.exc_info[1] is not None:
            event.update(told(record.exc_info[1]))
        return json.dumps(event, ensure_ascii=False)


def hang_in(level: int = logging.WARNING) -> None:
    """Have the standard library's logging write JSON lines to standard error; for the start of a program."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine())
    logging.basicConfig(level=level, handlers=[handler])
