"""What can still be read while the kiosk cannot start."""

import threading
from collections.abc import Iterator

import pytest

from kiosk.desk.fail_safe import FailSafe
from kiosk.flow.events import Action, Broken, CardRead, Identified, Press
from kiosk.flow.state import State, initial
from kiosk.flow.step import step
from kiosk.flow.views import HelpBody, OutOfServiceBody, View
from models.ticket import Method
from tests.support.visits import surroundings

PATIENCE = 20.0


class Reader:
    """Waits for views."""

    def __init__(self) -> None:
        self._came = threading.Condition()
        self.views: list[View] = []
        self.safe = FailSafe(self._see)

    def _see(self, view: View) -> None:
        with self._came:
            self.views.append(view)
            self._came.notify_all()

    def until(self, count: int) -> View:
        with self._came:
            assert self._came.wait_for(lambda: len(self.views) >= count, PATIENCE)
            return self.views[count - 1]


def broken(code: str = "D1") -> State:
    return step(initial(surroundings()), Broken(code))[0]


@pytest.fixture
def reader() -> Iterator[Reader]:
    reader = Reader()
    thread = threading.Thread(target=lambda: [reader.safe.show(broken(), PATIENCE) for _ in range(2)])
    thread.start()
    yield reader
    for _ in range(2):
        reader.safe.stop()
    thread.join(PATIENCE)
    assert not thread.is_alive()


def test_what_is_said_can_be_read_in_the_other_language_also_after_a_new_try(reader: Reader) -> None:
    assert reader.until(1).frame.language == "vi"
    reader.safe.post(Press(Action.LANGUAGE, "en"))
    assert reader.until(2).frame.language == "en"
    reader.safe.stop()
    again = reader.until(3)
    assert isinstance(again.body, OutOfServiceBody)
    assert again.frame.language == "en"


def test_a_call_names_the_place_to_go_to_at_once(reader: Reader) -> None:
    reader.until(1)
    reader.safe.post(Press(Action.HELP))
    reader.safe.post(Press(Action.CALL_STAFF))
    shown = reader.until(3).body
    assert isinstance(shown, HelpBody)
    assert shown.state == "unanswered"


def test_a_card_changes_nothing(reader: Reader) -> None:
    reader.until(1)
    reader.safe.post(CardRead(Identified(Method.CARD_QR, "personal_id", "099090000011")))
    reader.safe.post(Press(Action.LANGUAGE, "en"))
    assert isinstance(reader.until(2).body, OutOfServiceBody)
