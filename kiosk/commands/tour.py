"""The visits that ``kiosk demo`` plays where nobody can watch, with a picture of each screen."""

from pathlib import Path

from config.load import load_settings
from kiosk.assemble import Appliance
from kiosk.commands.appliance import run_appliance
from kiosk.desk.reading import event_of_payload
from kiosk.flow.events import Action
from kiosk.flow.views import (
    CheckBody,
    ChooseBody,
    EaseBody,
    HelpBody,
    NumberBody,
    ScanBody,
    TicketBody,
    View,
    WelcomeBody,
    WhoBody,
)
from kiosk.ui.player import Player, Script
from kiosk.ui.window import KioskWindow
from models.text import Language

SERVICE = {"ward": "chung-thuc", "hospital": ""}


def play_tour(place: Path, pictures: Path, card: str) -> int:
    """Play a visit without a card, one with a card, one typed, and one in English; returns the exit code."""
    settings = load_settings(place / "kiosk")
    service = SERVICE[settings.catalogue.profile] or settings.catalogue.services[0].code
    other = settings.catalogue.services[2].code
    outcome: list[Exception | None] = []

    def on_window(window: KioskWindow, appliance: Appliance) -> None:
        def finished(error: Exception | None) -> None:
            outcome.append(error)
            window.unlock()
            window.close()

        player = Player(window, finished, pictures=pictures, pause_ms=250)
        player.play(_tour(player, appliance, service, other, card))

    code = run_appliance(place / "kiosk", settings, windowed=(1080, 1920), on_window=on_window, fade=False)
    if outcome and outcome[0] is not None:
        raise outcome[0]
    return code


def _tour(play: Player, appliance: Appliance, service: str, other: str, card: str) -> Script:
    yield play.shows(WelcomeBody, _with_camera)
    play.picture("01-welcome")
    yield from _without_card(play, service)
    yield from _with_card(play, appliance, other, card)
    yield from _typed(play, other)
    yield from _aside(play)


def _without_card(play: Player, service: str) -> Script:
    play.click(Action.START)
    yield play.shows(ChooseBody)
    play.picture("02-choose")
    play.click(Action.CHOOSE_SERVICE, service)
    yield play.shows(WhoBody)
    play.picture("03-who")
    play.click(Action.WAY_NONE)
    yield play.shows(TicketBody, _printed)
    play.picture("04-ticket")
    play.click(Action.DONE)
    yield play.shows(WelcomeBody)


def _with_card(play: Player, appliance: Appliance, service: str, card: str) -> Script:
    play.click(Action.START)
    yield play.shows(ChooseBody)
    play.click(Action.CHOOSE_SERVICE, service)
    yield play.shows(WhoBody)
    play.click(Action.WAY_CARD)
    yield play.shows(ScanBody)
    play.picture("05-scan")
    appliance.post(event_of_payload(card))
    yield play.shows(CheckBody)
    play.picture("06-check")
    play.click(Action.CONFIRM)
    yield play.shows(TicketBody, _printed)
    play.picture("07-ticket-with-priority")
    play.click(Action.DONE)
    yield play.shows(WelcomeBody)


def _typed(play: Player, service: str) -> Script:
    play.click(Action.START)
    yield play.shows(ChooseBody)
    play.click(Action.CHOOSE_SERVICE, service)
    yield play.shows(WhoBody)
    play.click(Action.WAY_TYPE)
    yield play.shows(NumberBody)
    for count, digit in enumerate("099078000018", 1):
        play.click(Action.PAD_KEY, digit)
        yield play.shows(NumberBody, lambda view, n=count: _entered(view) == n)  # type: ignore[misc]
    play.picture("08-number")
    play.click(Action.START_OVER)
    yield play.shows(WelcomeBody)


def _aside(play: Player) -> Script:
    play.click(Action.LANGUAGE, "en")
    yield play.shows(WelcomeBody, lambda view: _in(view, "en"))
    play.picture("09-welcome-en")
    play.click(Action.START)
    yield play.shows(ChooseBody)
    play.picture("10-choose-en")
    play.click(Action.EASE)
    yield play.shows(EaseBody)
    play.picture("11-ease-en")
    play.click(Action.CLOSE)
    yield play.shows(ChooseBody)
    play.click(Action.HELP)
    yield play.shows(HelpBody)
    play.picture("12-help-en")


def _with_camera(view: View) -> bool:
    return isinstance(view.body, WelcomeBody) and view.body.camera


def _printed(view: View) -> bool:
    return isinstance(view.body, TicketBody) and view.body.ticket.paper == "printed"


def _entered(view: View) -> int:
    return view.body.entered if isinstance(view.body, NumberBody) else -1


def _in(view: View, language: Language) -> bool:
    return view.frame.language == language
