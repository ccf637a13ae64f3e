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

PAUSE_MS = 550
"""Longer than the guard against double touches (`kiosk.ui.press_filter`): two keys may lie on one spot."""

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

        player = Player(window, finished, pictures=pictures, pause_ms=PAUSE_MS)
        player.play(_tour(player, appliance, service, other, card))

    code = run_appliance(place / "kiosk", settings, windowed=(1080, 1920), on_window=on_window, fade=False)
    if outcome and outcome[0] is not None:
        raise outcome[0]
    return code


def _tour(play: Player, appliance: Appliance, service: str, other: str, card: str) -> Script:
    """Papers come first in a hospital, the field in a ward: the tour answers whatever is asked."""
    yield play.shows(WelcomeBody, check=_with_camera)
    play.picture("01-welcome")
    yield from _answer(play, "02", service, Action.WAY_NONE, appliance, card)
    yield from _answer(play, "03-card", other, Action.WAY_CARD, appliance, card)
    yield from _answer(play, "04-typed", other, Action.WAY_TYPE, appliance, card)
    yield from _aside(play)


def _answer(play: Player, part: str, service: str, way: Action, appliance: Appliance, card: str) -> Script:
    """One visit, with a picture of each question, up to the paper (a typed one up to the number)."""
    play.click(Action.START)
    asked = (ChooseBody, WhoBody, ScanBody, NumberBody, CheckBody, TicketBody)
    last: type | None = None
    while True:
        yield play.shows(*asked, check=lambda view, last=last: type(view.body) is not last)  # type: ignore[misc]
        body = play.view.body if play.view is not None else None
        last = type(body)
        if isinstance(body, TicketBody):
            yield play.shows(TicketBody, check=_printed)
        if isinstance(body, NumberBody):
            yield from _type(play, "099078000018")
        name = last.__name__.removesuffix("Body").lower()
        play.picture(f"{part}-{name}")
        match body:
            case ChooseBody():
                play.click(Action.CHOOSE_SERVICE, service)
            case WhoBody():
                play.click(way)
            case ScanBody():
                appliance.post(event_of_payload(card))
            case CheckBody():
                play.click(Action.CONFIRM)
            case _:
                break
    play.click(Action.DONE if isinstance(body, TicketBody) else Action.START_OVER)
    yield play.shows(WelcomeBody)


def _type(play: Player, number: str) -> Script:
    for count, digit in enumerate(number, 1):
        play.click(Action.PAD_KEY, digit)
        yield play.shows(NumberBody, check=lambda view, n=count: _entered(view) == n)  # type: ignore[misc]


def _aside(play: Player) -> Script:
    play.click(Action.LANGUAGE, "en")
    yield play.shows(WelcomeBody, check=lambda view: _in(view, "en"))
    play.picture("05-english-welcome")
    play.click(Action.EASE)
    yield play.shows(EaseBody)
    play.picture("06-english-ease")
    play.click(Action.CLOSE)
    yield play.shows(WelcomeBody)
    play.click(Action.HELP)
    yield play.shows(HelpBody)
    play.picture("07-english-help")


def _with_camera(view: View) -> bool:
    return isinstance(view.body, WelcomeBody) and view.body.camera


def _printed(view: View) -> bool:
    return isinstance(view.body, TicketBody) and view.body.ticket.paper == "printed"


def _entered(view: View) -> int:
    return view.body.entered if isinstance(view.body, NumberBody) else -1


def _in(view: View, language: Language) -> bool:
    return view.frame.language == language
