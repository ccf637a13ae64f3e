import json
import logging

from models.traces import JsonLine, tell_errors, told


def broken() -> ValueError:
    try:
        try:
            int("099090000011|Nguyễn")
        except ValueError as cause:
            raise ValueError("cannot read 099090000011") from cause
    except ValueError as error:
        return error


def test_an_error_is_told_by_kind_and_place_and_never_by_its_message() -> None:
    facts = told(broken())
    assert (facts["error"], facts["cause"]) == ("ValueError", "ValueError")
    assert facts["at"][-1].startswith("models/test_traces.py:")
    assert facts["at"][-1].endswith(" broken")
    assert "099" not in str(facts)


def test_structlog_gets_the_same() -> None:
    event = tell_errors(None, "error", {"event": "bad", "exc_info": broken()})
    assert event["error"] == "ValueError"
    assert "exc_info" not in event
    assert tell_errors(None, "info", {"event": "fine"}) == {"event": "fine"}


def test_a_library_that_logs_its_error_cannot_quote_a_person_either() -> None:
    error = broken()
    record = logging.LogRecord(
        "uvicorn.error", logging.ERROR, "x.py", 1, "Exception in %s", ("app",), (ValueError, error, error.__traceback__)
    )
    line = JsonLine().format(record)
    assert "\n" not in line
    assert "099" not in line
    assert json.loads(line)["event"] == "Exception in app"
