"""Priority, said by the person and seen by staff; a free choice, so all keys are white and alike."""

from kiosk.flow.events import Action, Press
from kiosk.flow.views import PriorityBody
from kiosk.ui.screens.screen import Screen
from kiosk.ui.widgets.choice_face import ChoiceFace

_ICONS = {
    "elderly": "person",
    "child": "clinic-nhi",
    "pregnant": "clinic-san",
    "disability": "reach",
    "merit": "star",
    "emergency": "emergency",
}


class PriorityScreen(Screen):
    """One key a reason, and one for none."""

    def compose(self) -> None:
        """Reasons, then *no* — first where most people look would be a nudge; last is where all lists end."""
        body = self.body(PriorityBody)
        area = self.question(
            self.say("priority.title"), self.say("priority.text_year_only" if body.year_only else "priority.text")
        )
        keys = [(code, name, _ICONS.get(code, "star")) for code, name in body.choices]
        keys.append(("", self.say("priority.none"), "ticket"))
        columns = 2 if self.grid.landscape or area.height() / len(keys) < self.u(104) else 1
        gap = 16 if self.grid.low_reach else 24
        for (code, name, icon), place in zip(keys, self.grid.cells(area, len(keys), columns, gap, 176), strict=True):
            self.key(Press(Action.PRIORITY, code), place, ChoiceFace(name, icon), gap=gap)
