"""Pictures of the paper: ``python -m kiosk.printing.gallery FOLDER`` draws one slip of each kind."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from config.load import example_path, load_office
from config.locale import LANGUAGES, Words, load_words
from drivers.readings import Page
from kiosk.printing.painter import SlipPainter
from kiosk.printing.raster import preview
from kiosk.printing.slip import PaperFacts, spare_slips, ticket_slip
from kiosk.printing.widths import WIDTH_58_MM, WIDTH_80_MM
from models.messages import WaitSeconds
from models.service import Profile
from models.text import Language

CODE = "mfzwizltoq2wg"
AT = "2026-11-23T08:12:00+07:00"
WAIT = WaitSeconds(1380, 2280)

FACTS: dict[str, tuple[Profile, PaperFacts]] = {
    "usual": ("ward", PaperFacts("A017", "chung-thuc", AT, people_ahead=12, wait=WAIT, follow_code=CODE)),
    "own-series": ("ward", PaperFacts("A2-003", "chung-thuc", AT, own_series=True, follow_code=CODE)),
    "papers": (
        "ward",
        PaperFacts("B1004", "ho-tich", AT, procedure="1.001193", people_ahead=4, wait=WAIT, follow_code=CODE),
    ),
    "afternoon": (
        "ward",
        PaperFacts("C041", "dat-dai", AT, people_ahead=3, follow_code=CODE, not_before="2026-11-23T13:00:00+07:00"),
    ),
    "reprint": ("ward", PaperFacts("A017", "chung-thuc", AT, wait=WAIT, follow_code=CODE, reprint=True)),
    "number-only": ("ward", PaperFacts("A017", "chung-thuc", AT, number_only=True)),
    "unsure-clock": ("ward", PaperFacts("A1-501", "chung-thuc", AT, own_series=True, clock="unsure")),
    "hospital": ("hospital", PaperFacts("K108", "tim-mach", AT, people_ahead=7, wait=WAIT, follow_code=CODE)),
}


def pages(words: dict[Language, Words]) -> Iterator[tuple[str, Page]]:
    """Each slip in both languages and on both papers, the reserve pad and the technician's page."""
    painter = SlipPainter()
    offices = {profile: load_office(example_path(profile)) for _, (profile, _) in FACTS.items()}
    for name, (profile, facts) in FACTS.items():
        for language in LANGUAGES:
            slip = ticket_slip(offices[profile], replace(facts, language=language), words[language])
            for millimetres, width in ((80, WIDTH_80_MM), (58, WIDTH_58_MM)):
                yield f"12-ticket-{name}-{language}-{millimetres}mm", painter.draw(slip, width)
    ward = offices["ward"]
    pad = spare_slips(ward, ward.services[1], ["A2-5001", "A2-5002"], "vi", words["vi"])
    yield "12-spare-pad", next(painter.draw_spares(pad, words["vi"]))
    yield "12-check-page", painter.draw_check(["Phường Hoa Sen", "escpos-tcp"], words["vi"])


def main(folder: Path) -> None:
    """Save every page as a PNG in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, page in pages({language: load_words(language) for language in LANGUAGES}):
        preview(page).save(folder / f"{name}.png")
        count += 1
    sys.stdout.write(f"{count} papers in {folder}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/screens"))
