"""From a print job to the page: the words of its language, the office as it is known now."""

from collections.abc import Callable, Mapping

from config.locale import Words
from drivers.readings import Page
from kiosk.printing.painter import SlipPainter
from kiosk.printing.slip import PaperFacts, ticket_slip
from kiosk.storage.rows import PrintJob, StoredTicket
from models.errors import DeveloperError
from models.service import Catalogue
from models.text import Language


class Pages:
    """Draws the pages of print jobs.

    Args:
        width: Dots of a line of the printer at hand.
    """

    def __init__(
        self,
        painter: SlipPainter,
        words: Mapping[Language, Words],
        catalogue: Callable[[], Catalogue],
        width: int,
    ) -> None:
        self._painter = painter
        self._words = words
        self._catalogue = catalogue
        self._width = width

    def draw(self, job: PrintJob) -> Page:
        """The page of a ticket's job.

        Raises:
            DeveloperError: A kind of job that has no page of its own here.
        """
        if job.ticket is None:
            raise DeveloperError(f"a job of kind {job.kind} needs a ticket")
        facts = paper_facts(job.ticket, job)
        slip = ticket_slip(self._catalogue(), facts, self._words[facts.language])
        return self._painter.draw(slip, self._width)


def paper_facts(ticket: StoredTicket, job: PrintJob) -> PaperFacts:
    """What the paper says of a ticket; nothing about its person."""
    intent = ticket.intent
    return PaperFacts(
        number=str(ticket.number),
        service=ticket.service,
        issued_at=ticket.issued_at.isoformat(),
        language="en" if job.language == "en" else "vi",
        procedure=intent.procedure,
        own_series=ticket.own_series,
        people_ahead=ticket.people_ahead,
        wait=ticket.wait,
        follow_code=intent.follow_code,
        not_before=intent.not_before,
        clock="sure" if intent.stamp.sure else "unsure",
        reprint=job.kind == "reprint",
        number_only=job.kind == "number_only",
    )
