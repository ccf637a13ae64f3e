"""What may come in, strictly: lengths, alphabets, formats. The field names are those of `models.messages`.

Unknown keys are left aside, so that an older central understands a newer kiosk. Among them is, for now, ``identity``.
"""

import hashlib
import json
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import Path
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from central.api.backend import SERVICE_CODE
from central.api.problems import field_facts
from central.usecases.receive import Unreadable
from models.messages import Clock, EnrolRequest, Heartbeat, HelpRequest, PersonUpdate, TicketRequest
from models.numbering import PREFIX_LETTERS

UUID = r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"
MOMENT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$"
NUMBER = rf"^[{PREFIX_LETTERS}]{{1,2}}([1-9][0-9]{{0,3}}-)?[0-9]{{3,6}}$"
AGE_MOST_MS = 90 * 24 * 3600 * 1000


def _moment(text: str) -> str:
    moment = datetime.fromisoformat(text)
    if not 1970 <= moment.year < 2200:  # a kiosk with an empty battery begins in 1970
        raise ValueError("a time between the years 1970 and 2200")
    return text


def _day(text: str) -> str:
    date.fromisoformat(text)
    return text


def ascii_text(pattern: str) -> Any:
    """A text that matches ``pattern`` as a whole, in ASCII."""
    # pydantic's \d would take digits of every script, and ^$ a line break at the end; this engine does neither.
    return StringConstraints(pattern=pattern.replace(r"\d", "[0-9]"), strict=True)


TicketId = Annotated[str, ascii_text(UUID), AfterValidator(str.lower)]
TicketIdPath = Annotated[str, Path(pattern=UUID), AfterValidator(str.lower)]
Moment = Annotated[str, ascii_text(MOMENT), AfterValidator(_moment)]
Day = Annotated[str, ascii_text(r"^\d{4}-\d\d-\d\d$"), AfterValidator(_day)]
Service = Annotated[str, ascii_text(SERVICE_CODE)]
Word = Annotated[str, ascii_text(r"^[a-z0-9_-]{1,40}$")]
Number = Annotated[str, ascii_text(NUMBER)]
PersonRef = Annotated[str, ascii_text(r"^[A-Za-z2-7]{16,64}$")]
Procedure = Annotated[str, ascii_text(r"^[0-9A-Za-z.-]{1,40}$")]
FollowCode = Annotated[str, ascii_text(r"^[a-z2-7]{13}$")]
Prefix = Annotated[str, ascii_text(rf"^[{PREFIX_LETTERS}]{{1,2}}$")]
Highs = Annotated[dict[Prefix, Annotated[int, Field(ge=0, le=99_999)]], Field(max_length=200)]
Said = Annotated[str, ascii_text(r"^[0-9A-Za-z .:_+/-]{0,80}$")]


_TELLING: dict[str, TypeAdapter[str]] = {
    "ticket_id": TypeAdapter(TicketId),
    "number": TypeAdapter(Number),
    "service": TypeAdapter(Service),
    "issued_at": TypeAdapter(Moment),
}


class Body(BaseModel):
    """A body: exact types, unknown keys left aside."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class TicketBody(Body):
    """A ticket that is asked for (`number` null) or reported (`number` as printed)."""

    ticket_id: TicketId = Field(description="UUIDv7 made at the kiosk; sending the same id again is no second ticket.")
    service: Service
    issued_at: Moment = Field(description="When the person took it, ISO 8601 with offset.")
    number: Number | None = None
    method: Word = "none"
    priority: Word | None = None
    priority_proven: bool = False
    person_ref: PersonRef | None = Field(None, description="Base32 of an HMAC; never a number of a person.")
    procedure: Procedure | None = None
    day: Day | None = Field(None, description="The day that is on the paper.")
    clock: Clock = "sure"
    age_ms: Annotated[int, Field(ge=0, le=AGE_MOST_MS)] | None = None
    print: Word | None = None
    follow_code: FollowCode | None = None
    on_behalf: bool = False
    not_before: Moment | None = None
    wire: Annotated[int, Field(ge=1, le=1000)] = 1

    def message(self) -> TicketRequest:
        """The message it carries."""
        return TicketRequest(**dict(self))


class PersonBody(Body):
    """Who the person is: the card offered after the number."""

    method: Word
    person_ref: PersonRef | None = None
    priority: Word | None = None
    priority_proven: bool = False
    wire: Annotated[int, Field(ge=1, le=1000)] = 1

    def message(self) -> PersonUpdate:
        """The message it carries."""
        return PersonUpdate(**dict(self))


class EnrolBody(Body):
    """A one-time code as typed or scanned."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    local_high: Highs = {}
    day: Day | None = None

    def message(self) -> EnrolRequest:
        """The message it carries."""
        return EnrolRequest(**dict(self))


class HeartbeatBody(Body):
    """A kiosk says that it lives."""

    instance: Annotated[str, ascii_text(r"^[0-9A-Za-z._:-]{1,80}$")]
    version: Said = ""
    outbox: Annotated[int, Field(ge=0, le=10_000_000)] = 0
    parked: Annotated[int, Field(ge=0, le=10_000_000)] = 0
    findings: Annotated[list[Said], Field(max_length=50)] = []
    own_high: Highs = {}
    day: Day | None = None

    def message(self) -> Heartbeat:
        """The message it carries."""
        return Heartbeat(**{**dict(self), "findings": tuple(self.findings)})


class HelpBody(Body):
    """Somebody at the kiosk asks for staff."""

    reason: Word = "help"
    emergency: bool = False

    def message(self) -> HelpRequest:
        """The message it carries."""
        return HelpRequest(**dict(self))


def read_ticket(raw: object) -> TicketRequest | Unreadable:
    """Read one ticket; what is wrong with it is told field by field, without what stood there."""
    try:
        return TicketBody.model_validate(raw).message()
    except ValidationError as error:
        facts = field_facts(error.errors(include_url=False, include_input=False, include_context=False))
    except RecursionError:
        facts = {"body": "nested too deeply"}
    content = json.dumps(raw, sort_keys=True).encode()
    return Unreadable(
        detail="; ".join(f"{field}: {why}" for field, why in facts.items()),
        fingerprint=hashlib.sha256(content).hexdigest(),
        on_paper=isinstance(raw, dict) and raw.get("number") is not None,
        **_readable_parts(raw),
    )


def _readable_parts(raw: object) -> dict[str, str | None]:
    """Those few fields of an unreadable paper that can be read: they tell staff which paper it is."""
    given = raw if isinstance(raw, dict) else {}
    return {name: _read_or_none(kind, given.get(name)) for name, kind in _TELLING.items()}


def _read_or_none(kind: TypeAdapter[str], value: object) -> str | None:
    try:
        return kind.validate_python(value)
    except ValidationError:
        return None
