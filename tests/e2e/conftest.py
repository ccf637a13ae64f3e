"""A browser for all tests of a run, a running office for each."""

from collections.abc import Iterator

import pytest

from tests.support.browser import Browser, Page, available
from tests.support.live_office import PASSWORD, LiveOffice


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if not available():
        pytest.skip("needs Debian's chromium (packaging/apt-test.txt)")
    with Browser(tmp_path_factory.mktemp("chromium")) as browser:
        yield browser


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """The browser; a page that throws, or breaks its own policy, fails the test."""
    chromium.complaints.clear()
    yield chromium
    assert chromium.complaints == []


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveOffice]:
    with LiveOffice(f"sqlite:///{tmp_path_factory.mktemp('office')}/central.sqlite") as office:
        office.officer()
        yield office


@pytest.fixture
def console(browser: Browser, office: LiveOffice) -> Page:
    """The console of counter 2, which serves copies."""
    return at_counter(browser, office, 2)


def at_counter(browser: Browser, office: LiveOffice, counter: int, user: str = "binh", query: str = "") -> Page:
    """Sign in as somebody would, and take a counter."""
    page = browser.page(f"{office.url}/counter{query}")
    page.until("document.activeElement?.name === 'user'")
    page.type(user)
    page.press("Tab")
    page.type(PASSWORD)
    page.press("Enter")
    page.click(f"[data-counter='{counter}']")
    page.until("document.querySelector('.desk .fields').innerText !== ''")
    return page
