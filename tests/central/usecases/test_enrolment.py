"""Promise 3: kiosks come, are replaced, and go on where their numbers stood."""

import pytest

from central.usecases.caller import caller_of
from central.usecases.enrolment import ALARM_WINDOW_MS, CODE_LIFE_MS, enrol, heartbeat, offer_code
from central.usecases.help import acknowledge_help, call_help, end_help
from central.usecases.problems import CallerProblem
from models.messages import EnrolRequest, Heartbeat, HeartbeatAnswer, HelpAnswer, HelpRequest
from tests.support.central import Central


def _code(central: Central, kiosk: int = 2) -> str:
    return central.database.write(lambda tx: offer_code(tx, "hoa-sen", kiosk, central.random, central.clock.now))


def _use(central: Central, code: str) -> None:
    central.database.write(lambda tx: enrol(tx, EnrolRequest(code), central.random, central.clock.now))


def _beat(central: Central, kiosk: int = 1, instance: str = "a", **more: object) -> HeartbeatAnswer:
    message = Heartbeat(instance, **more)  # type: ignore[arg-type]
    return central.database.write(lambda tx: heartbeat(tx, central.caller(tx, kiosk), message))


def test_a_code_works_once(central: Central) -> None:
    code = _code(central)
    _use(central, code.lower().replace("-", " "))
    with pytest.raises(CallerProblem) as told:
        _use(central, code)
    assert told.value.problem.status == 403


def test_a_code_grows_old_and_a_new_one_ends_it(central: Central) -> None:
    first = _code(central)
    second = _code(central)
    with pytest.raises(CallerProblem):
        _use(central, first)
    central.clock.forward(milliseconds=CODE_LIFE_MS)
    with pytest.raises(CallerProblem):
        _use(central, second)


@pytest.mark.parametrize("code", ["", "x", "ÄÖÜ", "0" * 10, "00000-00000-0"])
def test_nonsense_is_no_code(central: Central, code: str) -> None:
    with pytest.raises(CallerProblem):
        _use(central, code)


def test_a_code_for_an_office_that_is_not_here(central: Central) -> None:
    with pytest.raises(CallerProblem):
        central.database.write(lambda tx: offer_code(tx, "nowhere", 1, central.random, central.clock.now))


def test_enrolling_a_number_ends_its_old_token(central: Central) -> None:
    old = central.tokens[1]
    central.enrol(1)
    with pytest.raises(CallerProblem) as told:
        central.database.read(lambda tx: caller_of(tx, old, central.clock.now))
    assert told.value.problem.status == 401
    assert central.ask().number == "A001"


def test_only_hashes_are_kept(central: Central) -> None:
    answer = central.enrol(2)
    assert answer.token.encode() not in _bytes(central)


def _bytes(central: Central) -> bytes:
    from pathlib import Path

    file = Path(str(central.database._writer.url.database))
    return b"".join(path.read_bytes() for path in file.parent.iterdir())


def test_central_goes_on_above_what_a_lone_kiosk_printed(central: Central) -> None:
    central.enrol(2, local_high={"A": 41, "B": 3}, day="2026-11-23")
    assert (central.ask().number, central.ask("ho-tich").number) == ("A042", "B004")


def test_local_numbers_of_a_nonsense_day_count_for_today(central: Central) -> None:
    central.enrol(2, local_high={"A": 41}, day="1999-01-01")
    assert central.ask().number == "A042"


def test_a_rebuilt_kiosk_hears_its_next_numbers(central: Central) -> None:
    central.enrol(2)
    central.send(central.request(number="A2-017"), kiosk=2)
    series = central.enrol(2).series
    assert series.day == "2026-11-23"
    assert series.next == {"A": 18, "B": 1, "H": 1}
    assert _beat(central, 2).series.next["A"] == 18
    assert _beat(central, 1).series.next["A"] == 1, "every kiosk has its own"
    central.clock.forward(days=1)
    assert _beat(central, 2).series.next["A"] == 1


def test_numbers_printed_but_not_yet_told_are_heard_of_by_heartbeat(central: Central) -> None:
    _beat(central, own_high={"A": 60, "Z": 2}, day="2026-11-23")
    assert central.enrol(1).series.next == {"A": 61, "B": 1, "H": 1, "Z": 3}
    assert central.ask().number == "A001", "central's own series is another"


def test_two_machines_with_one_token_raise_one_alarm(central: Central) -> None:
    for instance in "abab":
        _beat(central, instance=instance)
        central.clock.forward(seconds=30)
    assert central.events("kiosk_alarm") == [("kiosk_alarm", {"kiosk": 1, "why": "two_machines"})]
    central.clock.forward(milliseconds=ALARM_WINDOW_MS)
    for instance in "aba":
        _beat(central, instance=instance)
    assert len(central.events("kiosk_alarm")) == 2


def test_a_restart_is_no_alarm(central: Central) -> None:
    for instance in "aabbc":
        _beat(central, instance=instance)
        central.clock.forward(seconds=30)
    assert central.events("kiosk_alarm") == []


def test_a_machine_that_comes_back_after_long_is_no_alarm(central: Central) -> None:
    _beat(central, instance="a")
    _beat(central, instance="b")
    central.clock.forward(milliseconds=ALARM_WINDOW_MS)
    _beat(central, instance="a")
    assert central.events("kiosk_alarm") == []


def test_help_is_called_seen_and_ended(central: Central) -> None:
    def call(**request: object) -> tuple[bool, HelpAnswer]:
        return central.database.write(
            lambda tx: call_help(tx, central.caller(tx), HelpRequest(**request))  # type: ignore[arg-type]
        )

    assert _beat(central).help == "none"
    new, answer = call(reason="no_paper")
    assert (new, answer.help) == (True, "waiting")
    assert call() == (False, answer), "pressing again is the same call"
    assert answer.help_id is not None
    help_id = answer.help_id
    central.database.write(lambda tx: acknowledge_help(tx, central.caller(tx), help_id))
    central.database.write(lambda tx: acknowledge_help(tx, central.caller(tx), help_id))
    assert _beat(central).help == "acknowledged"
    assert call(emergency=True) == (False, HelpAnswer("waiting", help_id)), "an emergency wants to be seen anew"
    central.database.write(lambda tx: end_help(tx, central.caller(tx)))
    central.database.write(lambda tx: end_help(tx, central.caller(tx)))
    assert _beat(central).help == "none"
    with pytest.raises(CallerProblem):
        central.database.write(lambda tx: acknowledge_help(tx, central.caller(tx), help_id))
    kinds = [kind for kind, _ in central.events("help_called", "help_acknowledged", "help_ended")]
    assert kinds == ["help_called", "help_acknowledged", "help_called", "help_ended"]


def test_help_of_another_kiosk_is_not_ended(central: Central) -> None:
    central.enrol(2)
    central.database.write(lambda tx: call_help(tx, central.caller(tx, 1), HelpRequest()))
    central.database.write(lambda tx: end_help(tx, central.caller(tx, 2)))
    assert _beat(central, 1).help == "waiting"
