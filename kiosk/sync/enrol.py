"""Becoming a kiosk of an office: a one-time code is traded for a token."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from kiosk.storage.store import Store
from kiosk.sync.client import CentralClient, TokenEnded
from kiosk.sync.clock import CentralClock, keep
from kiosk.sync.secret_files import FOLDER, read_secret, write_secret
from models.errors import CentralUnreachable, StorageTrouble, UnreadableInput
from models.messages import EnrolAnswer, EnrolRequest

FILE = "central-token"


class Enrols(Protocol):
    """The one thing wanted of central here."""

    def enrol(self, request: EnrolRequest) -> EnrolAnswer:
        """Trade a code for a token."""

    def close(self) -> None:
        """Close the connection."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Which kiosk of which office this is. Kept in ``secrets/central-token``, mode 0600.

    Attributes:
        url: Central's address.
        kiosk: The kiosk's number, part of its own series.
    """

    url: str
    token: str = field(repr=False)
    kiosk: int
    office: str


def load_enrolment(home: Path) -> Enrolment | None:
    """Who this kiosk is, or None when it was never enrolled.

    Raises:
        StorageTrouble: The file is damaged or open to others.
    """
    content = read_secret(home / FOLDER / FILE)
    if content is None:
        return None
    try:
        value = json.loads(content)
        found = Enrolment(value["url"], value["token"], value["kiosk"], value["office"])
    except (ValueError, KeyError, TypeError):
        found = None
    if found is None or not isinstance(found.kiosk, int) or not all(map(_text, (found.url, found.token, found.office))):
        raise StorageTrouble(f"{FILE} is damaged: enrol the kiosk again")
    return found


def enrol(
    home: Path,
    store: Store,
    url: str,
    code: str,
    clock: CentralClock,
    make_client: Callable[[str], Enrols] = CentralClient,
) -> Enrolment:
    """Enrol this machine.

    The token is on the disk before anything else is changed: a power cut in between costs a new code, no number.

    Args:
        url: ``http(s)://host[:port]``.
        code: The one-time code, as typed or scanned.

    Raises:
        UnreadableInput: ``url`` is no address, or central does not know the code.
        CentralUnreachable: Central did not answer.
    """
    base = _address(url)
    first = not (home / FOLDER / FILE).exists()
    day = clock.day()
    request = EnrolRequest(code.strip(), store.counters.local_high(day), day.isoformat())
    client = make_client(base)
    try:
        sent = clock.boottime()
        answer = client.enrol(request)
        received = clock.boottime()
    except TokenEnded as error:
        raise UnreadableInput("central does not know this code: it is mistyped, used or too old") from error
    finally:
        client.close()
    central_time, series_day = _times(answer)
    enrolment = Enrolment(base, answer.token, answer.kiosk, answer.office)
    write_secret(home / FOLDER / FILE, json.dumps(_wire(enrolment)).encode())
    clock.observe(central_time, sent, received)
    keep(store.settings, clock)
    store.counters.enrolled(series_day, answer.kiosk, answer.series.next)
    if first:
        # Without central the outbox only grew: central wants today's papers, not those of a year. What waits in a
        # kiosk that had a central before was always meant for it.
        store.outbox.forget_before(min(day, series_day))
    return enrolment


def _address(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
        parts.port  # noqa: B018 -- raises for a port that is none
        (parts.hostname or "").encode("idna")
    except ValueError as error:
        raise UnreadableInput("central's address cannot be read") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise UnreadableInput("central's address looks like https://central.example or http://192.0.2.10:8300")
    return f"{parts.scheme}://{parts.netloc}"


def _times(answer: EnrolAnswer) -> tuple[datetime, date]:
    try:
        time, day = datetime.fromisoformat(answer.time), date.fromisoformat(answer.series.day)
    except ValueError as error:
        raise CentralUnreachable("central's answer cannot be read: no time") from error
    if time.tzinfo is None or answer.kiosk < 1 or not answer.token.isascii() or not answer.token.isprintable():
        raise CentralUnreachable("central's answer cannot be read: no time, kiosk number or token")
    return time, day


def _wire(enrolment: Enrolment) -> dict[str, str | int]:
    return {
        "url": enrolment.url,
        "token": enrolment.token,
        "kiosk": enrolment.kiosk,
        "office": enrolment.office,
    }


def _text(value: object) -> bool:
    return isinstance(value, str) and value != ""
