"""Where codes begin and end."""

from hypothesis import given
from hypothesis import strategies as st

from drivers.scanner.framing import LONGEST, Framer, Reading

codes = st.lists(st.binary(min_size=1, max_size=60).filter(lambda b: not set(b) & {10, 13}), max_size=8)


def drained(framer: Framer) -> list[Reading]:
    readings = []
    while (reading := framer.next()) is not None:
        readings.append(reading)
    return readings


@given(codes, st.sampled_from([b"\r", b"\n", b"\r\n"]), st.lists(st.integers(1, 40), max_size=40))
def test_codes_come_out_whole_however_the_bytes_arrive(sent: list[bytes], end: bytes, cuts: list[int]) -> None:
    framer = Framer(1.0)
    stream = b"".join(code + end for code in sent)
    at = 0
    for size in [*cuts, len(stream)]:
        framer.feed(stream[at : at + size], 0.0)
        at += size
    assert [r.payload for r in drained(framer)] == sent


def test_half_a_code_and_silence_do_not_spoil_the_next() -> None:
    framer = Framer(0.5)
    framer.feed(b"0990000", 0.0)
    framer.feed(b"A2-003\r", 1.0)
    assert [r.payload for r in drained(framer)] == [b"A2-003"]


def test_without_line_ends_a_pause_ends_a_code() -> None:
    framer = Framer(0.5, by_pause=True)
    framer.feed(b"099000", 0.0)
    framer.feed(b"000011", 0.3)
    framer.rest(0.6)
    assert drained(framer) == []
    framer.rest(0.9)
    assert [r.payload for r in drained(framer)] == [b"099000000011"]


def test_a_code_without_end_is_dropped_counted_and_forgotten() -> None:
    framer = Framer(1.0)
    for _ in range(100):
        framer.feed(b"x" * 1000, 0.0)
    framer.feed(b"\rA001\r", 0.0)
    long, short = drained(framer)
    assert (long.payload, long.dropped) == (b"", 100_000)
    assert (short.payload, short.dropped) == (b"A001", 0)


def test_the_longest_code_is_taken_and_one_byte_more_is_not() -> None:
    framer = Framer(1.0)
    framer.feed(b"x" * LONGEST + b"\n" + b"x" * (LONGEST + 1) + b"\n", 0.0)
    first, second = drained(framer)
    assert (len(first.payload), first.dropped) == (LONGEST, 0)
    assert (second.payload, second.dropped) == (b"", LONGEST + 1)


def test_what_was_read_is_in_no_repr() -> None:
    assert "099000000011" not in repr(Reading(b"099000000011"))
