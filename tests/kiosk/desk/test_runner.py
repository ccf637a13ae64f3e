"""The desk's one queue: what happened first counts first, however busy the desk was."""

import threading
from dataclasses import dataclass, field

from kiosk.desk.runner import Desk
from kiosk.flow.events import Action, Press
from kiosk.flow.state import initial
from kiosk.flow.views import NumberBody, View
from tests.support.visits import surroundings

PATIENCE = 20.0


@dataclass
class Typing:
    """A person at a desk whose clock is moved by hand; knows when so many digits are shown."""

    wanted: int
    now: float = 100.0
    shown: list[int] = field(default_factory=list)
    done: threading.Event = field(default_factory=threading.Event)

    def see(self, view: View) -> None:
        if isinstance(view.body, NumberBody):
            self.shown.append(view.body.entered)
            if view.body.entered == self.wanted:
                self.done.set()


def test_digits_typed_while_the_desk_was_busy_all_count() -> None:
    person = Typing(wanted=5)
    desk = Desk(initial(surroundings()), lambda effect: None, person.see, monotonic=lambda: person.now)
    zero = Press(Action.PAD_KEY, "0")
    bounces = 0.01
    for press, seconds in (
        (Press(Action.START), 0.6),
        (Press(Action.CHOOSE_SERVICE, "chung-thuc"), 0.6),
        (Press(Action.WAY_TYPE), 0.6),
        *((zero, 0.2) for _ in range(4)),
        (zero, bounces),
        (Press(Action.PAD_KEY, "1"), 0.2),
    ):
        person.now += seconds
        desk.post(press)
    thread = threading.Thread(target=desk.run)
    thread.start()
    try:
        assert person.done.wait(PATIENCE)
    finally:
        desk.stop()
        thread.join(PATIENCE)
    assert person.shown == [0, 1, 2, 3, 4, 5]


def test_a_touch_before_the_limit_counts_although_the_desk_comes_late() -> None:
    now = 100.0
    desk = Desk(initial(surroundings()), lambda effect: None, lambda view: None, monotonic=lambda: now)
    desk.handle(Press(Action.START))
    touched = now + 59
    now += 61
    desk.handle(Press(Action.CHOOSE_SERVICE, "chung-thuc"), touched)
    assert desk.state.visit.service == "chung-thuc"
    desk.handle(None)
    assert desk.state.visit.service == "chung-thuc"
