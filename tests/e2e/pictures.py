"""Pictures of the live pages, to hold beside the design's: ``python -m tests.e2e.pictures DIR``."""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from config.load import example_path, load_office
from tests.e2e.conftest import at_counter
from tests.support.browser import Browser, Page, available
from tests.support.live_office import LiveOffice

BOARD, CONSOLE, CONSOLE_EN = "13-board.png", "14-console.png", "14-console-en.png"

_MORNING = (
    *("ho-tich", "chung-thuc", "dat-dai", "chung-thuc", "ho-kinh-doanh", "ho-tich", "chung-thuc", "chung-thuc"),
    *("dat-dai", "chung-thuc", "nhan-ket-qua", "chung-thuc", "van-hoa", "giao-duc", "ho-tich", "chung-thuc"),
)


def take(folder: Path) -> list[Path]:
    """A morning at the example ward: its board, and a console in both languages; what was written."""
    catalogue = replace(load_office(example_path("ward")), office="hoa-sen")
    with (
        tempfile.TemporaryDirectory() as scratch,
        Browser(Path(scratch) / "profile") as browser,
        LiveOffice(f"sqlite:///{scratch}/central.sqlite", catalogue) as office,
    ):
        office.officer()
        return _play(browser, office, folder)


def _play(browser: Browser, office: LiveOffice, folder: Path) -> list[Path]:
    for service in _MORNING:
        office.ask(service, method="card_qr")
    for _ in range(3):
        office.ask(priority="elderly", priority_proven=True, method="card_qr")
    office.ask(number="A2-003", method="typed")
    office.clock.forward(minutes=12)
    for counter in (2, 4, 1, 5):
        _call(at_counter(browser, office, counter))
    console = at_counter(browser, office, 3)
    _call(console)
    console.press("F8")
    console.shows(".doing", "Đang phục vụ")
    office.clock.forward(minutes=4, seconds=12)
    console.go(f"{office.url}/counter")
    console.shows(".doing", "Đang phục vụ")
    console.picture(folder / CONSOLE)
    board = browser.page(f"{office.url}/display", 1920, 1080)
    board.until("document.querySelectorAll('.earlier li').length === 4")
    board.until("document.querySelector('.waiting li') !== null")
    board.picture(folder / BOARD)
    console.go(f"{office.url}/counter?lang=en")
    console.shows(".doing", "Serving")
    console.picture(folder / CONSOLE_EN)
    return [folder / name for name in (BOARD, CONSOLE, CONSOLE_EN)]


def _call(page: Page) -> None:
    page.press("Enter")
    page.until("document.querySelector('.desk .number').innerText !== '–'")
    page.until("document.querySelector('[data-act=next]').ariaBusy === 'false'")


def main() -> None:
    """The command."""
    if not available():
        sys.stderr.write("no chromium here: the pictures of /counter and /display are left out\n")
        return
    for path in take(Path(sys.argv[1])):
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
