"""Whatever kiosks send, in whatever order and how often: no number twice, none lost, the order kept."""

import tempfile
from dataclasses import dataclass, replace
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from central.store.database import Database
from models.messages import TicketRequest
from models.service import Rules
from tests.support.central import Central, an_office

PREFIX = {"chung-thuc": "A", "ho-tich": "B"}
services = st.sampled_from(sorted(PREFIX))
kiosks = st.sampled_from([1, 2])


@dataclass
class Filed:
    """What the model knows of a ticket."""

    number: str
    service: str
    place: int
    printed: bool
    cancelled: bool = False


class TicketMachine(RuleBasedStateMachine):
    """Kiosks ask, repeat, print numbers of their own, report late, cancel; central is held against a model."""

    asked = Bundle("asked")
    papers = Bundle("papers")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.database = Database.open(f"sqlite:///{self.folder.name}/central.sqlite")
        self.central = Central(self.database)
        self.central.open(an_office(rules=Rules(open_tickets_per_service=None)))
        self.central.enrol(1)
        self.central.enrol(2)
        self.filed: dict[str, Filed] = {}
        self.given: dict[str, int] = dict.fromkeys(PREFIX.values(), 0)
        self.own: dict[tuple[str, int], int] = {}
        self.gaps: set[str] = set()
        self.early: set[str] = set()

    def teardown(self) -> None:
        self.database.close()
        self.folder.cleanup()

    def _own_number(self, service: str, kiosk: int) -> str:
        ordinal = self.own[PREFIX[service], kiosk] = self.own.get((PREFIX[service], kiosk), 0) + 1
        return f"{PREFIX[service]}{kiosk}-{ordinal:03d}"

    @rule(target=asked, service=services, kiosk=kiosks)
    def ask(self, service: str, kiosk: int) -> TicketRequest:
        self.central.clock.forward(seconds=1)
        request = self.central.request(service)
        result = self.central.send(request, kiosk)
        self.given[PREFIX[service]] += 1
        number = f"{PREFIX[service]}{self.given[PREFIX[service]]:03d}"
        assert result.status == 201
        assert result.ticket is not None
        assert result.ticket.number == number
        self.filed[request.ticket_id] = Filed(number, service, self.central.clock.now, printed=False)
        return request

    @rule(request=asked, kiosk=kiosks)
    def ask_again(self, request: TicketRequest, kiosk: int) -> None:
        known = self.filed[request.ticket_id]
        result = self.central.send(request, kiosk)
        if known.cancelled and not known.printed:
            assert result.status == 409
        else:
            assert result.status == 200
            assert result.ticket is not None
            assert result.ticket.number == known.number

    @rule(request=asked)
    def report_printed(self, request: TicketRequest) -> None:
        known = self.filed[request.ticket_id]
        assert self.central.send(replace(request, number=known.number, print="printed")).status == 200
        known.printed = True

    @rule(target=papers, request=consumes(asked), kiosk=kiosks)
    def answer_came_too_late(self, request: TicketRequest, kiosk: int) -> TicketRequest:
        known = self.filed[request.ticket_id]
        paper = replace(request, number=self._own_number(known.service, kiosk))
        result = self.central.send(paper, kiosk)
        if known.printed:
            assert result.status == 409
            return replace(request, number=known.number)
        assert result.status == 200
        self.gaps.add(known.number)
        known.number, known.printed = str(paper.number), True
        return paper

    @rule(target=papers, service=services, kiosk=kiosks, late=st.integers(0, 300))
    def report_a_paper(self, service: str, kiosk: int, late: int) -> TicketRequest:
        self.central.clock.forward(seconds=late + 1)
        issued = self.central.clock.now - late * 1000
        paper = self.central.request(service, number=self._own_number(service, kiosk))
        paper = replace(paper, issued_at=(self.central.clock.time - timedelta(seconds=late)).isoformat())
        assert self.central.send(paper, kiosk).status == 201
        self.filed[paper.ticket_id] = Filed(str(paper.number), service, issued, printed=True)
        return paper

    @rule(paper=papers, kiosk=kiosks)
    def report_again(self, paper: TicketRequest, kiosk: int) -> None:
        assert self.central.send(paper, kiosk).status == 200

    @rule(paper=papers)
    def report_anothers_number(self, paper: TicketRequest) -> None:
        thief = self.central.request(paper.service, number=paper.number)
        assert self.central.send(thief).status == 409

    @rule(request=st.one_of(asked, papers))
    def cancel(self, request: TicketRequest) -> None:
        assert self.central.cancel(request.ticket_id) == "cancelled"
        self.filed[request.ticket_id].cancelled = True

    @rule(service=services, kiosk=kiosks)
    def cancel_before_the_paper(self, service: str, kiosk: int) -> None:
        self.central.clock.forward(seconds=1)
        paper = self.central.request(service, number=self._own_number(service, kiosk))
        self.central.cancel(paper.ticket_id)
        assert self.central.send(paper, kiosk).status == 201
        self.filed[paper.ticket_id] = Filed(
            str(paper.number), service, self.central.clock.now, printed=True, cancelled=True
        )

    @invariant()
    def the_line_is_the_models(self) -> None:
        waiting = [(f.place, f.number) for f in self.filed.values() if not f.cancelled]
        assert self.central.line() == [number for _, number in sorted(waiting)]

    @invariant()
    def no_number_stands_twice_and_central_leaves_none_out(self) -> None:
        numbers = [f.number for f in self.filed.values()]
        assert len(numbers) == len(set(numbers))
        plain = {n for n in numbers if "-" not in n} | self.gaps
        assert plain == {f"{p}{n:03d}" for p, high in self.given.items() for n in range(1, high + 1)}


TestTicketMachine = TicketMachine.TestCase
TestTicketMachine.settings = settings(max_examples=20, stateful_step_count=30, deadline=None)
