import json
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import UnreadableInput
from models.identifiers import follow_code, follow_hash, is_follow_code, person_ref, uuid7
from models.masking import mask_name, mask_number
from models.messages import (
    BatchAnswer,
    BatchResult,
    Problem,
    TicketAnswer,
    TicketRequest,
    WaitSeconds,
    from_wire,
    to_wire,
)
from models.queueing import estimate_wait
from models.text import fold
from models.ticket import MOVES, OPEN_STATES, TicketState, check_move

words = st.text(max_size=12)
requests = st.builds(
    TicketRequest,
    ticket_id=words,
    service=words,
    issued_at=words,
    number=st.none() | words,
    clock=st.sampled_from(["sure", "unsure"]),
    age_ms=st.none() | st.integers(0, 10**9),
    on_behalf=st.booleans(),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)


@given(requests)
def test_a_message_survives_the_wire(request_: TicketRequest) -> None:
    assert from_wire(TicketRequest, json.loads(json.dumps(to_wire(request_)))) == request_


def test_nested_messages_survive_the_wire() -> None:
    answer = TicketAnswer("t", "A001", "2026-11-23", 3, WaitSeconds(60, 300), None)
    batch = BatchAnswer((BatchResult(201, ticket=answer), BatchResult(409, problem=Problem("/p", "no", 409))))
    assert from_wire(BatchAnswer, json.loads(json.dumps(to_wire(batch)))) == batch


def test_a_newer_writer_is_understood() -> None:
    data = {**to_wire(TicketAnswer("t", "A001", "2026-11-23")), "invented_later": {"x": 1}}
    assert from_wire(TicketAnswer, data).number == "A001"


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ([], "expected an object"),
        ({"ticket_id": "t"}, "service: missing"),
        ({"ticket_id": 1, "service": "s", "issued_at": "x"}, "ticket_id: expected str"),
        ({"ticket_id": "t", "service": "s", "issued_at": "x", "on_behalf": 1}, "on_behalf: expected bool"),
        ({"ticket_id": "t", "service": "s", "issued_at": "x", "clock": "maybe"}, "clock: expected one of"),
    ],
)
def test_a_wrong_message_says_which_key(data: object, named: str) -> None:
    with pytest.raises(UnreadableInput, match=named):
        from_wire(TicketRequest, data)


@given(json_values)
def test_hostile_json_is_read_or_refused_and_nothing_else(data: object) -> None:
    try:
        from_wire(BatchAnswer, data)
    except UnreadableInput:
        return


@given(st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=10))
def test_ticket_ids_are_uuid_version_7_and_carry_their_time(unix_ms: int, randomness: bytes) -> None:
    made = uuid7(unix_ms, randomness)
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == unix_ms


@given(st.binary(min_size=9, max_size=9))
def test_follow_codes_are_well_formed(randomness: bytes) -> None:
    code = follow_code(randomness)
    assert is_follow_code(code)
    assert len(follow_hash(code)) == 64


def test_one_person_has_one_reference_and_another_kind_of_number_another() -> None:
    key = bytes(32)
    assert person_ref(key, "personal_id", "099090000011") == person_ref(key, "personal_id", "099090000011")
    assert person_ref(key, "personal_id", "099090000011") != person_ref(key, "bhxh", "099090000011")
    assert "099" not in person_ref(key, "personal_id", "099090000011")


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Đỗ Thị Ước", "Đ. T. Ước"),
        ("NGUYỄN THỊ HƯƠNG LY", "N. T. H. Ly"),
        ("Ánh", "Ánh"),
        ("", ""),
    ],
)
def test_names_are_masked_as_others_may_see_them(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_numbers_keep_their_last_three() -> None:
    assert mask_number("099090000011") == "•••••••••011"


@pytest.mark.parametrize(("one", "other"), [("hoá", "hóa"), ("Đất đai", "dat dai"), ("CÔNG  CHỨNG", "cong chung")])
def test_search_folds_spelling(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.integers(0, 500), st.floats(0.5, 60), st.integers(0, 20))
def test_a_wait_is_a_range(ahead: int, minutes: float, counters: int) -> None:
    wait = estimate_wait(ahead, minutes, counters)
    assert 0 <= wait.low <= wait.high


def test_twelve_ahead_at_two_counters_is_told_in_steps_of_five_minutes() -> None:
    assert estimate_wait(12, 5.0, 2) == WaitSeconds(20 * 60, 45 * 60)


def test_every_state_can_be_left_or_is_an_end() -> None:
    ends = {state for state in TicketState if not MOVES[state]}
    assert ends == {TicketState.DONE, TicketState.CANCELLED}
    assert not any(state in MOVES[state] or TicketState.INTENT in MOVES[state] for state in TicketState)
    assert all(MOVES[state] for state in OPEN_STATES)


def test_illegal_moves_are_refused() -> None:
    for now in TicketState:
        for then in TicketState:
            if then in MOVES[now]:
                check_move(now, then)
            else:
                with pytest.raises(ValueError, match="cannot become"):
                    check_move(now, then)
