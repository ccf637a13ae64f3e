"""A ticket's life in the queue, and the legal moves."""

from enum import StrEnum
from typing import Literal, get_args


class TicketState(StrEnum):
    """Where a ticket stands."""

    INTENT = "intent"  # at the kiosk only: no number yet
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    ON_HOLD = "on_hold"
    DONE = "done"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


OPEN_STATES = frozenset({TicketState.WAITING, TicketState.CALLED, TicketState.SERVING, TicketState.ON_HOLD})
"""States in which a person holds a place; limits per person count these."""

MOVES: dict[TicketState, frozenset[TicketState]] = {
    TicketState.INTENT: frozenset({TicketState.WAITING, TicketState.CANCELLED}),
    TicketState.WAITING: frozenset(
        {TicketState.CALLED, TicketState.SERVING, TicketState.ON_HOLD, TicketState.CANCELLED}
    ),
    TicketState.CALLED: frozenset(
        {TicketState.SERVING, TicketState.NO_SHOW, TicketState.WAITING, TicketState.ON_HOLD, TicketState.CANCELLED}
    ),
    TicketState.SERVING: frozenset({TicketState.DONE, TicketState.ON_HOLD, TicketState.WAITING}),
    TicketState.ON_HOLD: frozenset({TicketState.WAITING, TicketState.CALLED, TicketState.CANCELLED}),
    TicketState.NO_SHOW: frozenset({TicketState.WAITING}),  # comes back and says the number at the counter
    TicketState.DONE: frozenset(),
    TicketState.CANCELLED: frozenset(),
}


def check_move(now: TicketState, then: TicketState) -> None:
    """Raise ValueError when ``now`` may not become ``then``."""
    if then not in MOVES[now]:
        raise ValueError(f"a ticket that is {now} cannot become {then}")


PrintState = Literal["queued", "printing", "printed", "unconfirmed", "failed", "skipped"]
"""What is known of a ticket's paper (promise 7); ``skipped``: none was wanted."""

PRINT_STATES: tuple[PrintState, ...] = get_args(PrintState)


class Method(StrEnum):
    """How the person was identified."""

    CARD_QR = "card_qr"
    BHYT_QR = "bhyt_qr"
    MRZ = "mrz"
    TYPED = "typed"
    FACE = "face"
    PHONE = "phone"
    NONE = "none"
