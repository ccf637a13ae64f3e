"""A kiosk calls staff; staff say that they have seen it."""

from typing import Literal

from central.store.events import Data
from central.store.records import HelpCall
from central.store.transaction import Transaction
from central.usecases.caller import Caller
from central.usecases.problems import unknown
from models.messages import HelpAnswer, HelpRequest

HelpState = Literal["none", "waiting", "acknowledged"]


def call_help(tx: Transaction, caller: Caller, request: HelpRequest) -> tuple[bool, HelpAnswer]:
    """Call staff; True when the call is new.

    A kiosk has one call: pressing again changes nothing, unless it has become an emergency.
    """
    office, kiosk = caller.office, caller.kiosk.kiosk
    call = tx.helps.open(office.code, kiosk)
    if call is not None and (call.emergency or not request.emergency):
        return False, _answer(call)
    new = call is None
    if call is None:
        call = tx.helps.call(office.code, kiosk, request.reason, request.emergency, office.now)
    else:
        tx.helps.escalate(call.id, request.reason, office.now)
    told: Data = {"help_id": call.id, "kiosk": kiosk, "reason": request.reason, "emergency": request.emergency}
    tx.events.add(office.code, office.now, "help_called", told, audience="staff")
    return new, HelpAnswer("waiting", call.id)


def help_of(tx: Transaction, caller: Caller) -> HelpAnswer:
    """Whether the kiosk's call was seen."""
    return _answer(tx.helps.open(caller.office.code, caller.kiosk.kiosk))


def end_help(tx: Transaction, caller: Caller) -> None:
    """The call is over; without a call nothing happens."""
    office, kiosk = caller.office, caller.kiosk.kiosk
    call = tx.helps.open(office.code, kiosk)
    if call is not None:
        tx.helps.end(call.id, office.now)
        tx.events.add(office.code, office.now, "help_ended", {"help_id": call.id, "kiosk": kiosk}, audience="staff")


def acknowledge_help(tx: Transaction, caller: Caller, help_id: int) -> HelpAnswer:
    """Staff have seen a call of their office.

    Raises:
        CallerProblem: There is no such open call; 404.
    """
    office = caller.office
    call = tx.helps.get(office.code, help_id)
    if call is None:
        raise unknown("call for help")
    if call.acknowledged_at is None:
        tx.helps.acknowledge(call.id, office.now)
        told: Data = {"help_id": call.id, "kiosk": call.kiosk}
        tx.events.add(office.code, office.now, "help_acknowledged", told, audience="staff")
    return HelpAnswer("acknowledged", call.id)


def help_state(tx: Transaction, office: str, kiosk: int) -> HelpState:
    """What a heartbeat tells of the kiosk's call."""
    return _answer(tx.helps.open(office, kiosk)).help


def _answer(call: HelpCall | None) -> HelpAnswer:
    if call is None:
        return HelpAnswer("none")
    return HelpAnswer("waiting" if call.acknowledged_at is None else "acknowledged", call.id)
