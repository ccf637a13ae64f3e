"""Our own tickets: the QR on the paper, ``<base>/t/<follow code>#<number>``, and a number typed or scanned bare."""

import re
from dataclasses import dataclass, field

from models.errors import UnreadableInput
from models.identifiers import is_follow_code
from models.numbering import parse_number

_ADDRESS = re.compile(r"https?://[^\s#?]+?/t/(?P<code>[^/#?\s]*)#(?P<number>\S*)")


@dataclass(frozen=True, slots=True)
class TicketCode:
    """One of our tickets; ``follow_code`` is None when only its number was read."""

    number: str
    follow_code: str | None = field(default=None, repr=False)


def looks_like_ticket(text: str) -> bool:
    """Whether ``text`` has the outline of a ticket's address or is a number."""
    return _ADDRESS.fullmatch(text) is not None or _is_number(text)


def parse_ticket(text: str) -> TicketCode:
    """Read a cleaned payload.

    The base is not compared with this office's: a ticket of the branch next door is a ticket too, and the follow code
    decides whose it is.

    Raises:
        UnreadableInput: Neither a ticket's address nor a number.
    """
    if _is_number(text):
        return TicketCode(text)
    match = _ADDRESS.fullmatch(text)
    if match is None:
        raise UnreadableInput("ticket code: not of the form <base>/t/<code>#<number>")
    if not is_follow_code(match["code"]):
        raise UnreadableInput(f"ticket code: the follow code is not 13 base32 characters (length {len(match['code'])})")
    if not _is_number(match["number"]):
        raise UnreadableInput(f"ticket code: no ticket number after the # (length {len(match['number'])})")
    return TicketCode(match["number"], match["code"])


def _is_number(text: str) -> bool:
    try:
        parse_number(text)
    except ValueError:
        return False
    return True
