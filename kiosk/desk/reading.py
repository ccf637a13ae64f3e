"""From a payload to the event a visit understands; identify and flow do not know each other."""

from kiosk.flow.events import CardRead, Event, Identified, ScanHint, ScanHinted, TicketShown
from kiosk.identify.documents import Document, read_payload, summary
from kiosk.identify.ticket_code import TicketCode
from models.errors import UnreadableInput


def event_of_payload(payload: str | bytes, *, trusted_text: bool = True) -> Event:
    """What holding this code to the reader means; a code that is nothing of ours hints *unreadable*."""
    try:
        document = read_payload(payload, trusted_text=trusted_text)
    except UnreadableInput:
        return ScanHinted(ScanHint.UNREADABLE)
    return event_of_document(document)


def event_of_document(document: Document) -> Event:
    """A ticket of ours, or who the document says the person is."""
    if isinstance(document, TicketCode):
        return TicketShown(document.number)
    return CardRead(identified(document))


def identified(document: Document) -> Identified:
    """Who the document says the person is.

    Raises:
        UnreadableInput: One of our own tickets, which says nothing about a person.
    """
    if isinstance(document, TicketCode):
        raise UnreadableInput("one of our own tickets, which does not say who somebody is")
    facts = summary(document)
    return Identified(
        method=facts.method,
        kind=facts.kind,
        number=facts.number,
        full_name=facts.full_name,
        born=facts.born,
        birth_year=facts.birth_year,
        warnings=facts.warnings,
    )
