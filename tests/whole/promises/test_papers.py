"""Promise 5: a paper is never refused. Rules refuse only those who have no number yet."""

from dataclasses import replace
from typing import Any

import httpx
import pytest

from kiosk.desk.issuing import Wish
from kiosk.flow.events import Identified
from models.errors import Refusal, RuleRefused
from models.service import Hours, Rules
from models.text import Text
from models.ticket import Method
from tests.support.central import with_service, without_service
from tests.support.machine import Kiosks, Machine
from tests.support.stage import CentralHouse, Time, open_office

SOMEBODY = Identified(Method.CARD_QR, "personal_id", "099090000011")
SHUT = Hours(((),) * 7)
COPIES = "chung-thuc"

RULES: dict[str, tuple[dict[str, Any], str]] = {
    "closed hours": ({"office": {"hours": SHUT}}, "closed"),
    "a vanished service": ({"without": True}, "unknown_service"),
    "a service at rest": ({"service": {"at_rest": Text("Nghỉ")}}, "at_rest"),
    "a full session": ({"service": {"quota": 1}}, "session_full"),
    "an open ticket": ({"office": {"rules": Rules(open_tickets_per_service=1)}}, "already_holding"),
    "all tickets of the day": (
        {"office": {"rules": Rules(open_tickets_per_service=None, tickets_per_day=1)}},
        "limit_reached",
    ),
}


def forbidding(how: dict[str, Any]) -> Any:
    """The office under a rule that forbids the next ticket."""
    office = open_office(**how.get("office", {}))
    if "without" in how:
        return without_service(office, COPIES)
    return with_service(office, COPIES, **how.get("service", {}))


@pytest.mark.parametrize("rule", RULES)
def test_a_paper_is_taken_and_flagged_where_a_question_is_refused(
    central: CentralHouse, kiosk: Kiosks, clock: Time, rule: str
) -> None:
    """The kiosk did not know of the rule and gave a number of its own; somebody holds it now."""
    how, refusal = RULES[rule]
    one, two = kiosk(1), kiosk(2)
    assert two.take(who=SOMEBODY).number == "A001"
    clock.forward(minutes=6)
    central.stop()
    paper = one.take(who=SOMEBODY)
    central.start()
    central.put(forbidding(how))

    one.conversation.step()
    assert one.waiting == 0
    assert one.store.outbox.parked() == ()
    filed = central.filed(paper.ticket_id)
    assert (filed.number, filed.state, filed.flags) == ("A1-001", "waiting", (refusal,))
    assert central.line() == ["A001", "A1-001"]

    with pytest.raises(RuleRefused) as refused:
        two.issuing.take(Wish(COPIES, who=SOMEBODY))
    assert refused.value.refusal is Refusal(refusal)
    assert [t.state for t in two.store.tickets.list()] == ["issued"], "a refusal leaves nothing behind"
    two.speak()
    assert central.line() == ["A001", "A1-001"]


def test_a_refusal_is_never_answered_with_a_number_of_the_kiosks_own(central: CentralHouse, kiosk: Kiosks) -> None:
    one = kiosk(1)
    central.put(replace(central.office, rules=Rules(open_tickets_per_service=1)))
    assert one.take("ho-tich", who=SOMEBODY).number == "B001"
    two = kiosk(2)
    with pytest.raises(RuleRefused) as refused:
        two.take("ho-tich", who=SOMEBODY)
    assert refused.value.refusal is Refusal.ALREADY_HOLDING
    assert refused.value.facts["number"] == "B001"
    assert two.asker is not None
    assert two.take("ho-tich").number == "B002", "a rule's no is no failure of central"


def test_one_that_collides_is_parked_with_its_reason_and_blocks_no_other(
    central: CentralHouse, kiosk: Kiosks, clock: Time
) -> None:
    """A twin of the kiosk's disk printed the same numbers, and told them first."""
    one = kiosk(1)
    central.stop()
    papers = [one.take() for _ in range(5)]
    central.start()
    forge(central, one, clock, "A1-002", "A1-004")

    one.speak()
    assert one.waiting == 0
    parked = one.store.outbox.parked()
    assert [row.ticket_id for row in parked] == [papers[1].ticket_id, papers[3].ticket_id]
    assert all(row.parked and "another paper carries this number" in row.parked for row in parked)
    assert one.kept(papers[1].ticket_id).sync == "parked"
    assert sorted(central.line()) == ["A1-001", "A1-002", "A1-003", "A1-004", "A1-005"]
    listed = {(p.number, p.ticket_id, p.reason, p.kiosk) for p in central.parked()}
    assert listed == {(papers[i].number, papers[i].ticket_id, "number-taken", 1) for i in (1, 3)}
    assert len(central.events("paper_parked")) == 2

    assert one.take().number == "A001"
    central.stop()
    assert one.take().number == "A1-006"
    central.start()
    one.speak()
    assert (one.waiting, len(one.store.outbox.parked()), len(central.parked())) == (0, 2, 2)


def test_one_that_cannot_be_read_is_parked_and_blocks_no_other(central: CentralHouse, kiosk: Kiosks) -> None:
    one = kiosk(1)
    central.stop()
    papers = [one.take() for _ in range(3)]
    with one.store.database.write() as tx:  # what a broken disk may leave
        tx.execute("UPDATE tickets SET service = 'Chứng thực!' WHERE ticket_id = ?", (papers[1].ticket_id,))
    central.start()
    one.speak()
    assert central.line() == ["A1-001", "A1-003"]
    (row,) = one.store.outbox.parked()
    assert row.ticket_id == papers[1].ticket_id
    (listed,) = central.parked()
    assert (listed.number, listed.reason) == ("A1-002", "unreadable")
    assert "service" in listed.detail


def test_a_parked_paper_can_be_told_again_once_its_cause_is_mended(central: CentralHouse, kiosk: Kiosks) -> None:
    one = kiosk(1)
    central.stop()
    paper = one.take()
    with one.store.database.write() as tx:
        tx.execute("UPDATE tickets SET service = 'Chứng thực!' WHERE ticket_id = ?", (paper.ticket_id,))
    central.start()
    one.speak()
    (row,) = one.store.outbox.parked()
    with one.store.database.write() as tx:
        tx.execute("UPDATE tickets SET service = 'chung-thuc' WHERE ticket_id = ?", (paper.ticket_id,))
    assert one.store.outbox.unpark(row.id)
    one.speak()
    assert central.line() == ["A1-001"]
    assert one.kept(paper.ticket_id).sync == "confirmed"


def forge(central: CentralHouse, machine: Machine, clock: Time, *numbers: str) -> None:
    """Somebody with this machine's token tells papers with these numbers."""
    assert machine.enrolment is not None
    headers = {"Authorization": f"Bearer {machine.enrolment.token}"}
    with httpx.Client(base_url=central.url, headers=headers, trust_env=False) as client:
        for number in numbers:
            random = clock.random(16).hex()
            ticket_id = f"{random[:8]}-{random[8:12]}-7{random[13:16]}-8{random[17:20]}-{random[20:32]}"
            paper = {"ticket_id": ticket_id, "service": COPIES, "issued_at": clock.at.isoformat(), "number": number}
            assert client.post("/api/v1/tickets", json=paper).status_code == 201
