"""Whatever is thrown at the gate, it answers with a document or a sentence, at once."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kiosk.identify.documents import read_payload, summary, to_json
from kiosk.identify.payload import PAYLOAD_LIMIT, clean_payload
from kiosk.identify.ticket_code import TicketCode
from models.errors import UnreadableInput

CARD = "099065000021||Lý Văn Thử|09031965|Nam|Phường Kiểm Thử|01022023"
INSURANCE = "0199000071|4e67|05/09/1950|2|-|01 - C54|01/01/2025|-|02/01/2025|01050199000071|-|4|-|x-1|4|-|$"
ZONE = "IDVNM0900000111099090000011<<79002155M3002153VNM<<<<<<<<<<<0NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<"


@pytest.mark.parametrize("payload", ["1" * 10_000_000, b"|" * 10_000_000, CARD + " " * 4096, "<" * 5000])
def test_size_is_looked_at_first(payload: str | bytes) -> None:
    with pytest.raises(UnreadableInput, match=f"too long: {len(payload)} "):
        read_payload(payload)


@pytest.mark.parametrize("payload", ["", "\x00", "\ufeff\r\n", b"", b"\xef\xbb\xbf", "   "])
def test_nothing_is_refused(payload: str | bytes) -> None:
    with pytest.raises(UnreadableInput, match="empty"):
        read_payload(payload)


@pytest.mark.parametrize(
    ("spoilt", "reason"),
    [
        (CARD.replace("Văn", "V\x00n"), "control character U\\+0000 at character 19"),
        (CARD.replace("Văn", "V\x1b[2Jn"), "control character U\\+001B"),
        (CARD.replace("Văn", "V\x9bn"), "control character U\\+009B"),
        (CARD.replace("Văn", "V\u202en"), "direction mark U\\+202E"),
        (CARD.replace("Văn", "V\u2067n"), "direction mark U\\+2067"),
        (CARD.replace("Văn", "V\ud800n"), "surrogate"),
        (CARD.replace("Văn", "V\ue000n"), "private"),
        (CARD.replace("Văn", "V\u2028n"), "character"),
    ],
)
def test_characters_that_no_document_has_are_refused(spoilt: str, reason: str) -> None:
    with pytest.raises(UnreadableInput, match=reason):
        read_payload(spoilt)


def test_invisible_characters_without_meaning_are_dropped() -> None:
    assert read_payload(CARD.replace("Văn", "V\u200bă\u00adn")) == read_payload(CARD)


@pytest.mark.parametrize(
    "payload",
    [
        "'; DROP TABLE tickets; --",
        "1 OR 1=1",
        "%s%s%s%n%n%n",
        "{0.__class__.__init__.__globals__}",
        "${jndi:ldap://x/y}",
        "../../etc/passwd",
        "{" * 4000,
        "[" * 4000,
        "|" * 4000,
        "|" * 15,
        "$" * 100,
        "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]>",
        "00020101021138570010A000000727012700069704360113000000000000002080208QRIBFTTA53037045802VN63041234",
        "WIFI:T:WPA;S:x;P:y;;",
        "https://example.org/t/",
        "a\u0301" * 1000,
        "😀" * 100,
    ],
)
def test_hostile_text_is_refused_with_a_reason_that_does_not_repeat_it(payload: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        read_payload(payload)
    assert payload not in str(caught.value)
    assert 10 < len(str(caught.value)) < 200


def _judge(payload: str | bytes) -> None:
    try:
        document = read_payload(payload)
    except UnreadableInput:
        return
    facts = to_json(document)
    assert isinstance(facts["warnings"], list)
    for value in facts.values():
        if isinstance(value, str):
            assert value.isprintable()
            assert unicodedata.is_normalized("NFC", value)
    if not isinstance(document, TicketCode):
        assert summary(document).number.isalnum()


@given(st.binary(max_size=600) | st.text(max_size=300))
@example(b"\xff" * PAYLOAD_LIMIT)
@example("\u0344" * PAYLOAD_LIMIT)
@settings(max_examples=400, deadline=None)
def test_any_bytes_give_a_document_or_a_sentence(payload: str | bytes) -> None:
    _judge(payload)


@given(
    st.sampled_from([CARD, INSURANCE, ZONE]),
    st.lists(st.tuples(st.integers(0, 120), st.text(max_size=3)), max_size=4),
)
@settings(max_examples=600, deadline=None)
def test_any_damage_to_a_real_payload_gives_a_document_or_a_sentence(
    payload: str, damages: list[tuple[int, str]]
) -> None:
    for at, text in damages:
        payload = payload[:at] + text + payload[at + 1 :]
    _judge(payload)
    _judge(payload.encode("utf-8", "surrogatepass"))


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_what_passes_the_gate_can_be_shown(text: str) -> None:
    try:
        cleaned = clean_payload(text)
    except UnreadableInput:
        return
    assert all(line.isprintable() for line in cleaned.replace("\r", "\n").split("\n"))
    assert unicodedata.is_normalized("NFC", cleaned)
