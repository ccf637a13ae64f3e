"""Who is called next: nobody starves, the ratio is kept, and everything follows from what is known."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from models.calling import EARLY_SLACK_MS, Candidate, Choice, Cycle, Ratio, Why, kept_back, line_up

NOW = 1_000_000
ratios = st.tuples(st.integers(1, 4), st.integers(1, 4))
crowds = st.lists(
    st.builds(
        Candidate,
        ticket_id=st.uuids().map(str),
        place_at=st.integers(0, NOW),
        issued_at=st.integers(0, NOW),
        priority=st.booleans(),
        person_ref=st.sampled_from([None, "P", "Q", "R"]),
    ),
    max_size=25,
    unique_by=lambda c: c.ticket_id,
)


def ordinary(place: int, ticket_id: str = "") -> Candidate:
    return Candidate(ticket_id or f"o{place}", place, place)


def first(place: int) -> Candidate:
    return Candidate(f"p{place}", place, place, priority=True)


def order(*waiting: Candidate, ratio: Ratio = (2, 1), cycle: Cycle | None = None) -> list[tuple[str, str]]:
    return [(c.candidate.ticket_id, c.why.value) for c in line_up(waiting, cycle or Cycle(), ratio, NOW)]


def by_place(candidate: Candidate) -> tuple[int, int, str]:
    return candidate.place_at, candidate.issued_at, candidate.ticket_id


def test_two_with_priority_then_one_without() -> None:
    waiting = [ordinary(1), ordinary(2), first(3), first(4), first(5)]
    assert order(*waiting) == [
        ("p3", "priority"),
        ("p4", "priority"),
        ("o1", "ratio"),
        ("p5", "priority"),
        ("o2", "place"),
    ]


def test_the_cycle_goes_on_from_call_to_call() -> None:
    waiting = [ordinary(1), first(2)]
    assert order(*waiting, cycle=Cycle(priority=2))[0] == ("o1", "ratio")
    assert order(*waiting, cycle=Cycle(priority=1))[0] == ("p2", "priority")
    assert order(*waiting, ratio=(1, 2), cycle=Cycle(1, 1))[0] == ("o1", "ratio")


def test_a_late_number_takes_its_place_by_time_of_issue() -> None:
    assert order(ordinary(5), ordinary(9), ordinary(2, "late")) == [("late", "place"), ("o5", "place"), ("o9", "place")]


def test_the_later_session_waits_and_milliseconds_do_not() -> None:
    later = ordinary(NOW + EARLY_SLACK_MS + 1)
    assert order(later, ordinary(NOW + EARLY_SLACK_MS, "now")) == [("now", "place")]
    assert kept_back(later, NOW, ()) is Why.NOT_YET
    assert kept_back(later, NOW + 1, ()) is None


@given(crowds, ratios, st.sets(st.sampled_from("PQR")))
def test_everybody_is_in_the_line_or_kept_back_for_a_reason(
    waiting: list[Candidate], ratio: Ratio, busy: set[str]
) -> None:
    called = [c.candidate for c in line_up(waiting, Cycle(), ratio, NOW, busy)]
    back = [c for c in waiting if kept_back(c, NOW, busy) is not None]
    assert sorted(map(by_place, called + back)) == sorted(map(by_place, waiting))
    assert not {c.person_ref for c in called} & busy
    for kind in (True, False):
        same = [c for c in called if c.priority is kind]
        assert same == sorted(same, key=by_place)


@given(crowds, ratios, st.randoms(use_true_random=False))
def test_the_order_follows_from_who_waits_and_not_from_how_it_was_read(
    waiting: list[Candidate], ratio: Ratio, random: object
) -> None:
    shuffled = list(waiting)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert list(line_up(shuffled, Cycle(), ratio, NOW)) == list(line_up(waiting, Cycle(), ratio, NOW))


def call_one_by_one(waiting: list[Candidate], ratio: Ratio) -> list[Choice]:
    """As a counter does: choose, take that one out, and remember only the cycle."""
    left, cycle, found = list(waiting), Cycle(), []
    while choice := next(line_up(left, cycle, ratio, NOW), None):
        left.remove(choice.candidate)
        cycle = choice.cycle
        found.append(choice)
    return found


@given(crowds, ratios)
def test_what_is_shown_is_what_is_called(waiting: list[Candidate], ratio: Ratio) -> None:
    assert call_one_by_one(waiting, ratio) == list(line_up(waiting, Cycle(), ratio, NOW))


@given(crowds, ratios)
def test_the_ratio_is_kept_while_both_wait(waiting: list[Candidate], ratio: Ratio) -> None:
    found = [c.candidate.priority for c in call_one_by_one(waiting, ratio)]
    left = {kind: found.count(kind) for kind in (True, False)}
    both = 0
    for kind in found:
        if not all(left.values()):
            break
        left[kind] -= 1
        both += 1
    period = sum(ratio)
    assert found[:both] == [n % period < ratio[0] for n in range(both)]


@given(
    st.integers(0, 8),
    ratios,
    st.lists(st.integers(0, 6), min_size=200, max_size=200),
    st.integers(0, 4),
)
def test_nobody_starves_however_many_come_with_priority(
    before: int, ratio: Ratio, arrivals: list[int], already: int
) -> None:
    """An ordinary ticket with k ordinary ones before it: at the latest the (k + 1)(p + 1)-th call."""
    patient = ordinary(before, "patient")
    waiting = [*(ordinary(n) for n in range(before)), patient, *(first(1000 + n) for n in range(already))]
    cycle, calls = Cycle(), 0
    for call, new in enumerate(arrivals):
        waiting += [first(2000 + 10 * call + n) for n in range(new)]
        waiting.append(ordinary(5000 + call))
        choice = next(line_up(waiting, cycle, ratio, NOW))
        waiting.remove(choice.candidate)
        cycle, calls = choice.cycle, calls + 1
        if choice.candidate == patient:
            break
    assert choice.candidate == patient
    assert calls <= (before + 1) * (ratio[0] + 1)


@given(ratios, st.integers(1, 40))
def test_priority_does_not_starve_either(ratio: Ratio, others: int) -> None:
    waiting = [*(ordinary(n) for n in range(others)), replace(first(NOW), ticket_id="late with priority")]
    found = [c.candidate.ticket_id for c in call_one_by_one(waiting, ratio)]
    assert found.index("late with priority") <= ratio[1]
