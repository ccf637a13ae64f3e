"""The board of the hall, in a real browser."""

import json

from models.text import Text
from models.ticket import TicketState
from tests.e2e.conftest import at_counter
from tests.support.browser import Browser
from tests.support.central import an_office
from tests.support.live_office import LiveOffice

NUMBER = ".call .number"


def test_a_call_fills_the_left_and_can_be_read_from_the_last_row(browser: Browser, office: LiveOffice) -> None:
    office.ask(number="A888")  # the widest figures
    office.ask(number="A2-003")
    board = browser.page(f"{office.url}/display", 1920, 1080)
    board.shows(".invited", "Mời ngồi chờ gọi số")
    board.shows(".waiting", "Chứng thực\n2")
    clerk = at_counter(browser, office, 2)
    clerk.press("Enter")
    board.shows(NUMBER, "A888")
    assert board.ask(f"parseFloat(getComputedStyle(document.querySelector('{NUMBER}')).fontSize)") >= 404
    clerk.until("document.querySelector('[data-act=next]').ariaBusy === 'false'")
    clerk.press("Enter")
    board.shows(NUMBER, "A2-003")
    assert board.ask(
        f"(({{scrollWidth, clientWidth}}) => scrollWidth <= clientWidth)(document.querySelector('{NUMBER}'))"
    )
    board.shows(".earlier", "A888")
    board.shows(".earlier", "Quầy 2")
    assert board.ask("document.documentElement.scrollHeight") == 1080


def test_calls_wait_for_one_another(browser: Browser, office: LiveOffice) -> None:
    """Twenty calls within ten seconds are all shown, in order, each for ten seconds."""
    page = browser.page(f"{office.url}/display")
    shown = page.ask("""import("/live/calls.js").then(({ Calls }) => {
      const calls = new Calls();
      const shown = [];
      for (let at = 0; at <= 200000; at += 250) {
        if (at < 10000 && at % 500 === 0) calls.called({ number: `A${at / 500}`, at }, at);
        const call = calls.advance(at);
        if (call) shown.push([call.number, at]);
      }
      return shown;
    })""")
    assert shown == [[f"A{n}", n * 10_000] for n in range(20)]


def test_what_was_called_long_ago_is_listed_and_not_announced(browser: Browser, office: LiveOffice) -> None:
    page = browser.page(f"{office.url}/display")
    facts = page.ask("""import("/live/calls.js").then(({ Calls }) => {
      const calls = new Calls();
      calls.filed([{ number: "A002", at: 900000 }, { number: "A001", at: 800000 }]);
      calls.called({ number: "A003", at: 910000 }, 1100000);
      return [calls.advance(1100000), calls.current.number, calls.earlier.map(({ number }) => number)];
    })""")
    assert facts == [None, "A002", ["A003", "A001"]]


def test_a_call_that_is_undone_leaves_the_board(browser: Browser, office: LiveOffice) -> None:
    office.ask()
    board = browser.page(f"{office.url}/display")
    clerk = at_counter(browser, office, 2)
    clerk.press("Enter")
    board.shows(NUMBER, "A001")
    clerk.click("[data-act=undo]")
    board.shows(".invited", "Mời ngồi chờ gọi số")
    assert board.text(NUMBER) == ""


def test_the_board_goes_on_when_central_was_away(browser: Browser, office: LiveOffice) -> None:
    office.ask()
    board = browser.page(f"{office.url}/display?lang=en")
    board.shows(".waiting", "Certified copies\n1")
    office.stop()
    board.shows(".away", "connecting again")
    office.start()
    board.until("document.querySelector('.away').hidden")
    clerk = at_counter(browser, office, 2)
    clerk.press("Enter")
    board.shows(NUMBER, "A001")
    board.shows(".counter", "Counter 2")


def test_a_number_that_nobody_answered_stands_below(browser: Browser, office: LiveOffice) -> None:
    number = office.ask()
    clerk = at_counter(browser, office, 2)
    for _ in range(an_office().rules.calls_before_no_show):
        act = "next" if clerk.text(".desk .number") == "–" else "recall"
        clerk.click(f"[data-act={act}]")
        clerk.shows(".desk .number", number)
    clerk.until("document.querySelector('.facts').innerText.includes('3 lần')")
    clerk.click("[data-act=no_show]")
    clerk.press("Enter")
    clerk.shows(".doing", "Chưa mời ai")
    board = browser.page(f"{office.url}/display")
    board.shows(".unseen", f"Đã gọi, chưa thấy:\n{number}")
    assert TicketState.NO_SHOW in {t.state for t in [office.central.ticket(_id_of(office, number))]}


def test_a_touch_turns_the_chime_on(browser: Browser, office: LiveOffice) -> None:
    board = browser.page(f"{office.url}/display")
    board.shows(".hint", "bật chuông")
    board.click("main")
    board.until("document.querySelector('.hint').hidden")


def test_an_offices_words_are_words(browser: Browser, office: LiveOffice) -> None:
    hostile = '</script><img src=x onerror="document.title=1"><b>'
    office.central.open(an_office(line1=Text(hostile), line2=Text("${line1} & {n}")))
    for page in (browser.page(f"{office.url}/display"), browser.page(f"{office.url}/counter")):
        page.until(f"document.body.innerText.includes({json.dumps(hostile)})")
        page.until("document.body.innerText.includes('${line1} & {n}')")
        assert page.ask("document.querySelectorAll('img, b').length") == 0


def _id_of(office: LiveOffice, number: str) -> str:
    day = office.clock.time.date().isoformat()
    found = office.central.database.read(lambda tx: tx.tickets.holder("hoa-sen", day, number))
    assert found is not None
    return found
