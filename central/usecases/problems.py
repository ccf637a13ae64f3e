"""What goes wrong for a caller, as RFC 9457 problems; their types are stable names."""

from http import HTTPStatus

from models.errors import MotCuaError, RuleRefused
from models.messages import Problem

_REFUSAL_TITLE = "A rule refuses this ticket"


class CallerProblem(MotCuaError):
    """A request that cannot be granted; carries its problem.

    Args:
        name: Last part of the problem's type.
        status: HTTP status.
        detail: One sentence for the caller, without personal data.
    """

    exit_code = 2

    def __init__(self, name: str, status: int, detail: str, facts: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.problem = problem(name, status, detail, facts)


def problem(name: str, status: int, detail: str, facts: dict[str, str] | None = None) -> Problem:
    """A problem; its title is the status' usual phrase."""
    return Problem(f"/problems/{name}", HTTPStatus(status).phrase, status, detail, facts=dict(facts or {}))


def refused(refusal: RuleRefused) -> Problem:
    """A rule's no, with the facts that its words need."""
    return Problem("/problems/refused", _REFUSAL_TITLE, 409, refusal.detail, str(refusal.refusal), refusal.facts)


def not_enrolled() -> CallerProblem:
    """No token, an unknown one, or one that a later enrolment ended."""
    return CallerProblem("not-enrolled", 401, "this token is unknown or has ended; enrol the kiosk again")


def unknown(what: str) -> CallerProblem:
    """There is no such thing here."""
    return CallerProblem("not-found", 404, f"there is no such {what}")
