"""Which matter of the field; what can be had while waiting says so."""

from PySide6.QtCore import QRectF

from kiosk.flow.events import Action, Press
from kiosk.flow.views import ProcedureBody, ProcedureChoice
from kiosk.ui.screens.screen import Screen
from kiosk.ui.widgets.choice_face import ChoiceFace


class ProcedureScreen(Screen):
    """One key a procedure, and one for everything else."""

    def compose(self) -> None:
        """The chosen field and its procedures."""
        body = self.body(ProcedureBody)
        area = self.question_with_chip(self.say("procedure.title"), body.chip)
        count = len(body.choices) + 1
        tight = area.height() / count < self.u(104)
        columns = 2 if self.grid.landscape or tight else 1
        gap = 16 if self.grid.low_reach else 24
        places = self.grid.cells(area, count, columns, gap, 190)
        for choice, place in zip(body.choices, places, strict=False):
            self.key(Press(Action.CHOOSE_PROCEDURE, choice.code), place, self._face(choice), gap=gap)
        self._other(places[-1], gap)

    def _face(self, choice: ProcedureChoice) -> ChoiceFace:
        fast = self.say("procedure.fast", n=choice.minutes) if choice.minutes is not None else ""
        papers = self.say("procedure.papers", n=choice.papers) if choice.papers else ""
        return ChoiceFace(choice.name, more=papers, flag=fast, flag_icon="clock")

    def _other(self, place: QRectF, gap: float) -> None:
        face = ChoiceFace(self.say("procedure.other"), more=self.say("procedure.other_text"))
        self.key(Press(Action.CHOOSE_PROCEDURE, ""), place, face, gap=gap)
