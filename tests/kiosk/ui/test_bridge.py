"""The bridge: views in order, and *one moment* only when it lasts."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from kiosk.flow.events import Press
from kiosk.flow.views import IssuingBody, ServiceChip, View
from kiosk.ui.bridge import Bridge
from tests.support.visits import player

RESTING = player().view
MOMENT = replace(RESTING, body=IssuingBody(ServiceChip("Chứng thực", "copies")))


def nobody(press: Press) -> None:
    """Takes presses."""


@pytest.fixture
def shown() -> list[View]:
    return []


@pytest.fixture
def bridge(qtbot: QtBot, shown: list[View]) -> Bridge:
    made = Bridge(nobody)
    made.view_changed.connect(shown.append)
    return made


def test_a_number_that_comes_soon_is_shown_without_one_moment(qtbot: QtBot, bridge: Bridge, shown: list[View]) -> None:
    with qtbot.waitSignal(bridge.view_changed):
        bridge.publish(MOMENT)
        bridge.publish(RESTING)
    assert shown == [RESTING]
    assert bridge._held is None
    assert not bridge._soon.isActive()


def test_one_moment_is_shown_when_it_lasts(qtbot: QtBot, bridge: Bridge, shown: list[View]) -> None:
    with qtbot.waitSignal(bridge.view_changed):
        bridge.publish(MOMENT)
    with qtbot.waitSignal(bridge.view_changed):
        bridge.publish(RESTING)
    assert shown == [MOMENT, RESTING]


def test_news_while_it_waits_does_not_put_it_off(qtbot: QtBot, bridge: Bridge, shown: list[View]) -> None:
    later = replace(MOMENT, body=IssuingBody(ServiceChip("Hộ tịch", "family")))
    with qtbot.waitSignal(bridge.view_changed):
        bridge.publish(MOMENT)
        bridge.publish(later)
    assert shown == [later]
