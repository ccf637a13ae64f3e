"""Counters over HTTP: what an officer sees and does."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import Field, model_validator

from central.api.backend import Backend, Parts, Session, SessionForChange, as_colleague
from central.api.bodies import Body, Number, Service, TicketId, Word, ascii_text
from central.api.problems import documented_for_staff
from central.store.transaction import Transaction
from central.usecases import calling
from central.usecases.counters import show_counter, show_counters
from central.usecases.press import Key, Press, press, undo
from central.usecases.staff import Colleague
from models.counter_messages import ActAnswer, CounterAnswer, CountersAnswer

router = APIRouter(prefix="/api/v1/counters", tags=["counters"])

CounterPath = Annotated[int, Path(ge=1, le=9999)]
CounterNumber = Annotated[int, Field(ge=1, le=9999)]
RequestId = Annotated[str, ascii_text(r"^[0-9A-Za-z-]{8,64}$")]
ACT: dict[str, Any] = {
    "response_model": ActAnswer,
    "responses": documented_for_staff(400, 401, 403, 404, 409, 413, 422, 503),
}


class ActBody(Body):
    """Any act; the same `request_id` again is the same act, and gets the same answer."""

    request_id: RequestId = Field(description="Made by the console, anew for each press.")
    reason: Word | None = Field(None, description="From the console's list; counted every month.")


class NextBody(ActBody):
    """Call the next one."""

    current: TicketId | None = Field(description="The ticket that the console shows; it is finished.")


class TicketActBody(ActBody):
    """An act on the ticket at the counter."""

    ticket_id: TicketId


class TransferBody(TicketActBody):
    """To a service, or to one counter."""

    service: Service | None = None
    counter: CounterNumber | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "TransferBody":
        if (self.service is None) == (self.counter is None):
            raise ValueError("either a service or a counter")
        return self


class CallBody(ActBody):
    """Serve somebody who stands here already."""

    number: Number
    reason: Word


@router.get("", response_model=CountersAnswer, responses=documented_for_staff(401, 503))
async def get_counters(session: Session, backend: Parts) -> CountersAnswer:
    """The counters of the office and who is there."""
    work = as_colleague(session, backend.now(), lambda tx, who: show_counters(tx, who.office))
    return await backend.read(work)


@router.get("/{n}", response_model=CounterAnswer, responses=documented_for_staff(401, 404, 422, 503))
async def get_counter(n: CounterPath, session: Session, backend: Parts) -> CounterAnswer:
    """One counter: who is there, who comes next and why."""
    return await backend.read(as_colleague(session, backend.now(), lambda tx, who: show_counter(tx, who.office, n)))


@router.post("/{n}/next", **ACT)
async def post_next(n: CounterPath, body: NextBody, session: SessionForChange, backend: Parts) -> ActAnswer:
    """Finish the ticket at the counter and call the next one that the rules say."""
    return await _press(backend, session, n, "next", body, lambda p: calling.call_next(p, body.current))


@router.post("/{n}/recall", **ACT)
async def post_recall(n: CounterPath, body: TicketActBody, session: SessionForChange, backend: Parts) -> ActAnswer:
    """Call the same number again."""
    return await _press(backend, session, n, "recall", body, lambda p: calling.recall(p, body.ticket_id))


@router.post("/{n}/start", **ACT)
async def post_start(n: CounterPath, body: TicketActBody, session: SessionForChange, backend: Parts) -> ActAnswer:
    """The person is here."""
    return await _press(backend, session, n, "start", body, lambda p: calling.start(p, body.ticket_id))


@router.post("/{n}/finish", **ACT)
async def post_finish(n: CounterPath, body: TicketActBody, session: SessionForChange, backend: Parts) -> ActAnswer:
    """The person goes; nobody is called."""
    return await _press(backend, session, n, "finish", body, lambda p: calling.finish(p, body.ticket_id))


@router.post("/{n}/no-show", **ACT)
async def post_no_show(n: CounterPath, body: TicketActBody, session: SessionForChange, backend: Parts) -> ActAnswer:
    """Nobody came, though called often enough; the number is good for a while yet."""
    return await _press(backend, session, n, "no-show", body, lambda p: calling.no_show(p, body.ticket_id))


@router.post("/{n}/hold", **ACT)
async def post_hold(n: CounterPath, body: TicketActBody, session: SessionForChange, backend: Parts) -> ActAnswer:
    """The person comes back to this counter; `call` takes the number up again."""
    return await _press(backend, session, n, "hold", body, lambda p: calling.hold(p, body.ticket_id))


@router.post("/{n}/transfer", **ACT)
async def post_transfer(n: CounterPath, body: TransferBody, session: SessionForChange, backend: Parts) -> ActAnswer:
    """Send the person to another service or counter; number and place stay."""

    def work(going_on: Press) -> None:
        calling.transfer(going_on, body.ticket_id, body.service, body.counter)

    return await _press(backend, session, n, "transfer", body, work)


@router.post("/{n}/call", **ACT)
async def post_call(n: CounterPath, body: CallBody, session: SessionForChange, backend: Parts) -> ActAnswer:
    """Serve a number out of turn: it waits, is on hold, or was missed not long ago."""
    return await _press(backend, session, n, "call", body, lambda p: calling.call_number(p, body.number))


@router.post("/{n}/undo", **ACT)
async def post_undo(n: CounterPath, body: ActBody, session: SessionForChange, backend: Parts) -> ActAnswer:
    """Take back this counter's last act, within ten seconds."""
    return await _press(backend, session, n, "undo", body, undo)


async def _press(
    backend: Backend, session: str, counter: int, act: str, body: ActBody, work: Callable[[Press], str | None]
) -> ActAnswer:
    def use_case(tx: Transaction, who: Colleague) -> ActAnswer:
        return press(tx, Key(who, counter, act, body.request_id, body.reason), work)

    return await backend.write(as_colleague(session, backend.now(), use_case))
