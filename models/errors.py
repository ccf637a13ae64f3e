"""Errors sorted by who can mend them.

::

    MotCuaError
    ├── RuleRefused          the person at the screen: a rule says no, the words say what to do next     exit 3
    ├── UnreadableInput      the caller: a payload, file or argument that cannot be read                 exit 2
    ├── TechnicianError      the technician: something outside the program wants mending                 exit 4
    │   ├── CentralUnreachable    network or central
    │   ├── DeviceUnavailable     printer, camera, scanner
    │   └── StorageTrouble        disk, database, permissions
    └── DeveloperError       us: a state that must not occur                                             exit 1
"""

from enum import StrEnum


class MotCuaError(Exception):
    """Root of everything that this project raises on purpose.

    Attributes:
        exit_code: What a command ends with (``docs/reference/commands.md``).
    """

    exit_code = 1


class Refusal(StrEnum):
    """Why a rule refuses a ticket that has no number yet."""

    TOO_EARLY = "too_early"
    CLOSED = "closed"
    LUNCH = "lunch"
    SESSION_FULL = "session_full"
    AT_REST = "at_rest"
    UNKNOWN_SERVICE = "unknown_service"
    LIMIT_REACHED = "limit_reached"
    ALREADY_HOLDING = "already_holding"


class RuleRefused(MotCuaError):
    """A rule refuses; the person is told what to do next.

    Args:
        refusal: Which rule.
        detail: One sentence for the log and the API, without personal data.
        facts: What the words on screen need (``resumes_at``, ``number``, ``people_ahead`` …).
    """

    exit_code = 3

    def __init__(self, refusal: Refusal, detail: str, facts: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.refusal = refusal
        self.detail = detail
        self.facts = dict(facts or {})


class UnreadableInput(MotCuaError):
    """Something handed to us cannot be read; the message says why in a technician's words."""

    exit_code = 2


class TechnicianError(MotCuaError):
    """The world outside the program is at fault; a technician can mend it."""

    exit_code = 4


class CentralUnreachable(TechnicianError):
    """Central did not answer, or not in time."""


class DeviceUnavailable(TechnicianError):
    """A device is missing, silent or refuses to work."""


class StorageTrouble(TechnicianError):
    """The disk or the database cannot be used."""


class DeveloperError(MotCuaError):
    """A state that our own code should have made impossible."""
