"""The unaccented form of a page, for a printer that cannot draw or draws too slowly."""

import textwrap
import unicodedata

from config.locale import Words
from kiosk.printing.slip import SpareSlip, TicketSlip
from kiosk.printing.widths import is_wide

COLUMNS_WIDE, COLUMNS_NARROW = 42, 32
"""Characters of a line in an ESC/POS printer's usual font on 80 and 58 mm, with room to spare."""

_PLAIN = str.maketrans(
    {
        "đ": "d",
        "Đ": "D",
        "–": "-",
        "—": "-",
        "·": "-",
        "…": "...",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "\u00a0": " ",
    }
)


def ascii_form(text: str) -> str:
    """``text`` without diacritics, in printable ASCII; what has no such form becomes ``?``."""
    parts = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    bare = "".join(c for c in parts if not unicodedata.combining(c))
    return "".join(c if " " <= c <= "~" else "?" for c in " ".join(bare.split()))


def columns_of(width: int) -> int:
    """Characters a line on paper of ``width`` dots."""
    return COLUMNS_WIDE if is_wide(width) else COLUMNS_NARROW


def ticket_lines(slip: TicketSlip, width: int) -> tuple[str, ...]:
    """The ticket as lines; nothing that the drawn page does not say."""
    columns = columns_of(width)
    rule = "-" * columns
    lines = [*centred(slip.line1, columns), *centred(slip.line2, columns)]
    if slip.mark:
        lines += centred(f"*** {slip.mark} ***", columns)
    lines += [rule, *centred(slip.number, columns), *centred(slip.service, columns), rule]
    lines += [*centred(slip.place, columns), *centred(slip.place_more, columns)]
    for note in slip.notes:
        lines += wrapped(note, columns)
    for label, parts in slip.facts:
        lines += opposed(label, " ".join(parts), columns)
    for sentence in (slip.missed, *slip.keep):
        lines += wrapped(sentence, columns)
    if slip.papers:
        lines += [rule, *wrapped(slip.papers_title, columns), *wrapped(slip.procedure, columns)]
        for paper in slip.papers:
            lines += wrapped(f"[ ] {ascii_form(paper)}", columns, indent="    ")
    return tuple(lines)


def spare_lines(slip: SpareSlip, words: Words, width: int) -> tuple[str, ...]:
    """One slip of a reserve pad, with room to write day and time."""
    columns = columns_of(width)
    return (
        *centred(slip.line1, columns),
        *centred(slip.line2, columns),
        *centred(slip.number, columns),
        *centred(slip.service, columns),
        *centred(slip.place, columns),
        *centred(words("pad.kind"), columns),
        *centred(words("pad.order"), columns),
        "",
        f"{ascii_form(words('pad.day'))} ..../..../.....",
        "",
        f"{ascii_form(words('pad.taken'))} ....:....",
        "",
        "-" * columns,
    )


def centred(text: str, columns: int) -> list[str]:
    """Wrapped lines in the middle, without spaces at their ends."""
    return [line.center(columns).rstrip() for line in wrapped(text, columns)]


def wrapped(text: str, columns: int, indent: str = "") -> list[str]:
    """Lines of at most ``columns`` characters, the later ones indented."""
    return textwrap.wrap(ascii_form(text), columns, subsequent_indent=indent)


def opposed(label: str, value: str, columns: int) -> list[str]:
    """A label at the left and its value at the right, on two lines where one is too short."""
    left, right = ascii_form(label), ascii_form(value)
    if len(left) + 1 + len(right) <= columns:
        return [left + right.rjust(columns - len(left))]
    return [*wrapped(label, columns), *(line.rjust(columns) for line in wrapped(value, columns))]
