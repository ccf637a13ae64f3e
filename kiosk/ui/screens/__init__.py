"""One body, one screen, one file. `REGISTRY` names them by the body's class; they are imported when first shown."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.ui.screens.screen import Screen

REGISTRY = {
    "WelcomeBody": "welcome:WelcomeScreen",
    "ChooseBody": "choose:ChooseScreen",
    "FindBody": "find:FindScreen",
    "ProcedureBody": "procedure:ProcedureScreen",
    "WhoBody": "who:WhoScreen",
    "ScanBody": "scan:ScanScreen",
    "NumberBody": "number:NumberScreen",
    "PriorityBody": "priority:PriorityScreen",
    "CheckBody": "check:CheckScreen",
    "IssuingBody": "issuing:IssuingScreen",
    "TicketBody": "ticket:TicketScreen",
    "NoticeBody": "notice:NoticeScreen",
    "HelpBody": "help:HelpScreen",
    "EaseBody": "ease:EaseScreen",
    "OutOfServiceBody": "out_of_service:OutOfServiceScreen",
}


def screen_class(body: object) -> "type[Screen]":
    """The screen that shows ``body``."""
    module, name = REGISTRY[type(body).__name__].split(":")
    found: type[Screen] = getattr(import_module(f"kiosk.ui.screens.{module}"), name)
    return found
