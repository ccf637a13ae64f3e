"""One gate for every payload: which document it is, what it says, and the facts a visit needs of it."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kiosk.identify.bhyt import BHXH_NUMBER, CARD_NUMBER, Bhyt, parse_bhyt
from kiosk.identify.cccd import Cccd, parse_cccd
from kiosk.identify.doubts import Doubt
from kiosk.identify.mrz import MrzTd1, looks_like_mrz, parse_td1
from kiosk.identify.payload import clean_payload
from kiosk.identify.ticket_code import TicketCode, looks_like_ticket, parse_ticket
from kiosk.identify.typed import TypedNumber, doubt, read_typed
from models.errors import UnreadableInput
from models.ticket import Method

Identity = Cccd | Bhyt | MrzTd1 | TypedNumber
"""A document that says who somebody is."""

Document = Identity | TicketCode
"""Everything that can be read."""

_NUMBER_LIKE = re.compile(r"[0-9A-Za-z .-]*[0-9][0-9A-Za-z .-]*")


@dataclass(frozen=True, slots=True)
class Summary:
    """Who a document says the person is: what a visit needs, and nothing else.

    Attributes:
        method: How it was read.
        kind: ``personal_id | cmnd | bhxh | passport``; insurance cards of every layout give their BHXH number, so
            that one person is one reference.
        number: The digits.
        born: Full date, when there is one.
        birth_year: Known even when the day is not.
        warnings: Names of doubts (`kiosk.identify.doubts.Doubt`).
    """

    method: Method
    kind: str
    number: str = field(repr=False)
    full_name: str | None = field(default=None, repr=False)
    born: date | None = field(default=None, repr=False)
    birth_year: int | None = field(default=None, repr=False)
    warnings: tuple[str, ...] = ()


def read_payload(payload: str | bytes, *, trusted_text: bool = True) -> Document:
    """Read what a code, a scanner or a person gave.

    Args:
        payload: Text or UTF-8 bytes, with or without BOM, NUL and line ends around it.
        trusted_text: False when the way garbles letters (keyboard scanners): names and addresses are left unread.

    Raises:
        UnreadableInput: No document; the sentence says what it looked like and where it fails, without its content.
    """
    text = clean_payload(payload)
    if "|" in text:
        return _read_separated(text, trusted_text)
    if looks_like_ticket(text):
        return parse_ticket(text)
    if looks_like_mrz(text):
        zone = parse_td1(text)
        if not zone.checks_ok:
            raise UnreadableInput("machine-readable zone: a check digit is wrong, it was misread or is not genuine")
        return zone
    _refuse_strangers(text)
    return read_typed(text)


def summary(document: Identity) -> Summary:
    """The facts a visit needs. A ticket's code says nothing of a person and has no summary."""
    warnings = tuple(doubts_of(document))
    match document:
        case Cccd():
            return Summary(
                Method.CARD_QR,
                "personal_id",
                document.id_number,
                document.full_name,
                document.birth.day,
                document.birth.year,
                warnings,
            )
        case Bhyt():
            birth = document.birth
            day, year = (birth.day, birth.year) if birth else (None, None)
            return Summary(Method.BHYT_QR, "bhxh", document.bhxh_number, document.full_name, day, year, warnings)
        case MrzTd1():
            birth = document.birth
            day, year = (birth.day, birth.year) if birth else (None, None)
            kind = "personal_id" if document.id_number else "passport"
            number = document.id_number or document.country + document.doc_number
            return Summary(Method.MRZ, kind, number, document.full_name, day, year, warnings)
        case TypedNumber():
            kind, number = ("bhxh", document.bhxh) if document.bhxh else (document.kind, document.value)
            return Summary(Method.TYPED, kind, number, warnings=warnings)


def doubts_of(document: Document) -> tuple[Doubt, ...]:
    """What may be odd about a document."""
    if isinstance(document, TypedNumber):
        found = doubt(document)
        return (found,) if found else ()
    return () if isinstance(document, TicketCode) else document.doubts


def to_json(document: Document) -> dict[str, Any]:
    """What ``kiosk identity read`` prints (docs/reference/commands.md), dates in ISO 8601.

    A birth date of which only the year is known is printed in the reduced form, ``"1950"``.
    """
    match document:
        case Cccd():
            facts = _cccd_json(document)
        case Bhyt():
            facts = _bhyt_json(document)
        case MrzTd1():
            facts = _mrz_json(document)
        case TypedNumber():
            facts = _typed_json(document)
        case TicketCode():
            facts = {"document": "ticket", "number": document.number, "follow_code": document.follow_code}
    return {**facts, "warnings": [str(d) for d in doubts_of(document)]}


def _read_separated(text: str, trusted_text: bool) -> Document:
    first = text.split("|", 1)[0].strip()
    if CARD_NUMBER.fullmatch(first) or BHXH_NUMBER.fullmatch(first) or text.endswith("$"):
        return parse_bhyt(text)
    return parse_cccd(text, trusted_text=trusted_text)


def _refuse_strangers(text: str) -> None:
    """Name the codes that people hold to a reader by mistake."""
    if text.lower().startswith(("http://", "https://")):
        raise UnreadableInput("a web address, neither a document nor one of our tickets")
    if text.startswith("000201") and len(text) > 20:
        raise UnreadableInput("a payment code (EMVCo), no document")
    if "<<" in text:
        raise UnreadableInput("machine-readable zone: three lines of 30 characters A-Z, 0-9 and < expected")
    if not _NUMBER_LIKE.fullmatch(text):
        raise UnreadableInput(f"no card, zone, ticket or number looks like this ({len(text)} characters)")


def _cccd_json(card: Cccd) -> dict[str, Any]:
    return {
        "document": "cccd_qr",
        "layout": str(card.layout),
        "id_number": card.id_number,
        "old_id": card.old_id,
        "full_name": card.full_name,
        "birth_date": str(card.birth),
        "gender": card.gender,
        "address": card.address,
        "issue_date": _iso(card.issued),
    }


def _bhyt_json(card: Bhyt) -> dict[str, Any]:
    return {
        "document": "bhyt_qr",
        "layout": str(card.layout),
        "card_number": card.card_number,
        "bhxh_number": card.bhxh_number,
        "object_code": card.object_code,
        "benefit_level": card.benefit_level,
        "province": card.province,
        "full_name": card.full_name,
        "birth_date": str(card.birth) if card.birth else None,
        "gender": card.gender,
        "address": card.address,
        "kcbbd_code": card.kcbbd_code,
        "valid_from": _iso(card.valid_from),
        "valid_to": _iso(card.valid_to),
        "issue_date": _iso(card.issued),
        "management_code": card.management_code,
        "parent_name": card.parent_name,
        "five_year_date": _iso(card.five_year),
        "check_string": card.check_string,
        "issue_place": card.issue_place,
    }


def _mrz_json(zone: MrzTd1) -> dict[str, Any]:
    return {
        "document": "mrz_td1",
        "country": zone.country,
        "doc_number": zone.doc_number,
        "optional1": zone.optional1,
        "optional2": zone.optional2,
        "id_number": zone.id_number,
        "birth": zone.birth_text,
        "birth_date": str(zone.birth) if zone.birth else None,
        "sex": zone.sex,
        "gender": zone.gender,
        "expiry": zone.expiry,
        "nationality": zone.nationality,
        "surname": zone.surname,
        "given": zone.given,
        "full_name": zone.full_name,
        "checks_ok": zone.checks_ok,
    }


def _typed_json(number: TypedNumber) -> dict[str, Any]:
    facts: dict[str, Any] = {"document": "typed", "kind": number.kind, "value": number.value}
    if number.kind == "bhyt_15":
        facts |= {
            "object_code": number.object_code,
            "benefit_level": number.benefit_level,
            "province": number.province,
            "bhxh": number.bhxh,
        }
    return facts


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
