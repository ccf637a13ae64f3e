"""The console, played by a clerk with real keys in a real browser."""

import pytest

from tests.e2e.conftest import at_counter
from tests.support.browser import Browser, Page
from tests.support.central import an_office
from tests.support.live_office import PASSWORD, LiveOffice

NUMBER, DOING, SAID = ".desk .number", ".doing", ".said"


def called(page: Page, number: str) -> None:
    """Enter calls the next, which must be this one."""
    page.press("Enter")
    page.shows(NUMBER, number)
    can_press(page, "next")


def can_press(page: Page, act: str) -> None:
    page.until(
        f"(({{disabled, ariaBusy}}) => !disabled && ariaBusy !== 'true')(document.querySelector('[data-act={act}]'))"
    )


def test_a_clerks_first_minutes(browser: Browser, office: LiveOffice) -> None:
    """Sign in, call, recall, begin, undo, transfer, finish; the board follows."""
    for _ in range(2):
        office.ask()
    board = browser.page(f"{office.url}/display", 1920, 1080)
    page = at_counter(browser, office, 2)
    called(page, "A001")
    assert "Đang mời · Chứng thực" in page.text(DOING)
    board.shows(".number", "A001")
    board.shows(".counter", "Quầy 2")
    page.press("F2")
    page.shows(".facts", "2 lần")
    can_press(page, "start")
    page.press("F8")
    page.shows(DOING, "Đang phục vụ")
    page.click("[data-act=undo]")
    page.shows(DOING, "Đang mời")
    can_press(page, "transfer")
    page.press("F4")
    page.shows("dialog", "Chuyển số A001")
    page.press("Enter")
    page.shows(DOING, "Chưa mời ai")
    called(page, "A002")
    page.press("Enter")
    page.shows(SAID, "Chưa có ai chờ ở quầy này")
    assert office.central.line() == ["A001"]
    other = at_counter(browser, office, 1)
    called(other, "A001")


def test_a_wrong_password_is_said_and_can_be_mended(browser: Browser, office: LiveOffice) -> None:
    page = browser.page(f"{office.url}/counter")
    page.until("document.activeElement?.name === 'user'")
    page.type("Binh ")
    page.press("Tab")
    page.type("chưa-đúng")
    page.press("Enter")
    page.shows(".card .said", "chưa đúng")
    page.type(PASSWORD)
    page.press("Enter")
    page.shows("h1", "Mời chọn quầy")


def test_the_counter_is_remembered(console: Page, office: LiveOffice) -> None:
    console.go(f"{office.url}/counter?lang=en")
    console.shows(".desk .top", "Counter 2")
    console.shows("[data-act=next]", "Call the next person")
    console.click(".top .key:last-of-type")
    console.shows("h1", "Please sign in")


def test_two_counters_never_call_one_number(browser: Browser, office: LiveOffice) -> None:
    numbers = [office.ask() for _ in range(4)]
    office.officer("an", "Lê Văn An")
    first, second = at_counter(browser, office, 2), at_counter(browser, office, 3, "an")
    for page, number in zip((first, second, second, first), numbers, strict=True):
        called(page, number)
    assert office.calls() == numbers
    second.shows(".others", "A004")


def test_a_number_that_stands_there_is_served(console: Page, office: LiveOffice) -> None:
    for _ in range(3):
        office.ask()
    called(console, "A001")
    console.press("F6")
    console.shows(DOING, "Chưa mời ai")
    can_press(console, "other")
    console.press("F9")
    console.shows("dialog .chips", "A001")
    console.type("a 003")
    console.press("Enter")
    console.shows(NUMBER, "A003")
    can_press(console, "other")
    console.press("F9")
    console.shows(SAID, "Mời bấm xong hoặc giữ lại số A003 trước.")
    can_press(console, "hold")
    console.press("F5")
    console.shows("dialog", "Giữ lại số A003")
    console.press("Enter")
    console.shows(DOING, "Chưa mời ai")
    can_press(console, "other")
    console.press("F9")
    console.shows("dialog .chips", "A003")
    console.ask("document.querySelector('dialog .chips button').click()")
    console.until("document.querySelector('dialog input[name=number]').value.startsWith('A00')")
    console.press("Enter")
    console.shows(NUMBER, "A00")
    console.until("document.querySelector('.facts').innerText.includes('1 lần')")


def test_an_unknown_number_is_told(console: Page) -> None:
    console.press("F9")
    console.until("document.activeElement?.name === 'number'")
    console.type("Z999")
    console.press("Enter")
    console.shows(SAID, "Hôm nay không có số này")


def test_nobody_is_given_up_before_the_offices_number_of_calls(console: Page, office: LiveOffice) -> None:
    office.ask()
    called(console, "A001")
    console.press("F3")
    console.shows(SAID, "Gọi đủ")
    for times in range(2, an_office().rules.calls_before_no_show + 1):
        console.press("F2")
        console.shows(".facts", f"{times} lần")
        can_press(console, "recall")
    can_press(console, "no_show")
    console.press("F3")
    console.shows("dialog", "Số A001 vắng mặt")
    console.press("Escape")
    console.until("document.querySelector('dialog') === null")
    assert office.central.line() == ["A001"]
    console.press("F3")
    console.shows("dialog", "Số A001 vắng mặt")
    console.press("Enter")
    console.shows(DOING, "Chưa mời ai")


def test_why_one_goes_before_another_is_written_down(console: Page, office: LiveOffice) -> None:
    office.ask()
    office.ask(priority="elderly")
    console.shows(".line-up li:first-child", "A002")
    console.shows(".line-up li:first-child", "Mời trước vì được ưu tiên")
    called(console, "A002")
    console.shows(".marks", "Từ 75 tuổi, tự khai, xin xem giấy tờ")


def test_a_press_while_central_is_away_is_done_once(console: Page, office: LiveOffice) -> None:
    for _ in range(3):
        office.ask()
    called(console, "A001")
    office.stop()
    console.press("Enter")
    console.shows(".banner", "Chưa nối được máy chủ")
    office.start()
    console.shows(NUMBER, "A002")
    console.until("document.querySelector('.banner').hidden")
    assert office.calls() == ["A001", "A002"]
    office.ask()
    console.shows(".line-up h2", "2 người chờ")


def test_who_leaves_the_counter_while_central_is_away_calls_nobody(console: Page, office: LiveOffice) -> None:
    office.ask()
    console.shows(".line-up", "A001")
    office.stop()
    console.press("Enter")
    console.shows(".banner", "Chưa nối được máy chủ")
    console.click(".top .key")
    office.start()
    console.shows("h1", "Mời chọn quầy")
    console.click("[data-counter='3']")
    console.shows(".line-up", "A001")
    assert office.calls() == []


def test_a_ticket_that_is_served_for_long_is_asked_about(console: Page, office: LiveOffice) -> None:
    office.ask()
    called(console, "A001")
    can_press(console, "start")
    console.press("F8")
    console.shows(DOING, "Đang phục vụ")
    office.clock.forward(minutes=31)
    console.go(f"{office.url}/counter")
    console.shows(".question", "Số A001 đã phục vụ 31 phút")
    console.click("[data-act=still]")
    console.until("document.querySelector('.question').hidden")


def test_a_session_that_has_ended_leads_to_the_sign_in(console: Page, office: LiveOffice) -> None:
    office.clock.forward(hours=13)
    console.press("Enter")
    console.shows("h1", "Mời đăng nhập")


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1024, 768), (1440, 900)])
def test_everything_fits_without_scrolling(console: Page, office: LiveOffice, width: int, height: int) -> None:
    for _ in range(12):
        office.ask()
    called(console, "A001")
    console.size(width, height)
    page = console.ask("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    assert page == [width, height]
    main = "document.querySelector('.desk main')"
    assert console.ask(f"{main}.scrollHeight <= {main}.clientHeight")
    bottom = console.ask("document.querySelector('.large').getBoundingClientRect().bottom")
    assert bottom <= height
