"""The picture of a state: ``view(state) -> View``. Pure; the screens paint it and know no rule."""

from kiosk.flow import bodies, limits
from kiosk.flow.events import Action, ScanHint
from kiosk.flow.state import Over, Screen, State
from kiosk.flow.views import Body, EaseBody, FrameView, KeyView, Line, StepView, View

BACK = KeyView(Action.BACK, label="flow.key.back", icon="back")
START_OVER = KeyView(Action.START_OVER, label="flow.key.start_over", icon="restart")
REPRINT = KeyView(Action.REPRINT, label="flow.key.reprint", icon="printer")

_NO_STEPS = (Screen.WELCOME, Screen.OUT_OF_SERVICE)
_CHOOSING = (Screen.CHOOSE, Screen.FIND, Screen.PROCEDURE)
_PAPERS = (Screen.WHO, Screen.SCAN, Screen.NUMBER, Screen.PRIORITY)


def view(state: State) -> View:
    """What the screen shows now."""
    return View(_frame(state), _body(state))


def _body(state: State) -> Body:
    if state.over is Over.EASE:
        return EaseBody()
    if state.over is Over.HELP:
        return bodies.help_body(state)
    return bodies.BODIES[state.screen](state)


def _frame(state: State) -> FrameView:
    around, limit = state.around, limits.limit_of(state)
    catalogue, end = around.catalogue, limits.running(state, limits.END)
    extends = state.over is None and state.screen in (Screen.SCAN, Screen.TICKET)
    return FrameView(
        language=state.language,
        theme=state.theme,
        low_reach=state.low_reach,
        profile=catalogue.profile,
        line1=catalogue.line1.within(state.language),
        line2=catalogue.line2.within(state.language),
        steps=_steps(state),
        left=_left(state),
        line=_line(state),
        limit_seconds=limit.seconds if limit is not None else None,
        limit_serial=end.serial if end is not None else 0,
        asks_for_time=limits.ASK_SECONDS if state.warned else None,
        has_ticket=state.visit.ticket is not None,
        more_time=extends and limit is not None and not state.warned,
        simulated=around.simulated,
        clock_sure=around.clock_sure,
        emergency=catalogue.profile == "hospital",
        other_languages=tuple(language for language in around.languages if language != state.language),
    )


def _steps(state: State) -> tuple[StepView, ...]:
    """Three steps; two where nobody is asked who they are before the number."""
    if state.over is not None or state.screen in _NO_STEPS:
        return ()
    labels = ["flow.step.choose", "flow.step.papers", "flow.step.number"]
    now = 0 if state.screen in _CHOOSING else 1 if state.screen in _PAPERS else 2
    if state.number_first:
        labels, now = ["flow.step.choose", "flow.step.number"], 0 if state.screen in _CHOOSING else 1
    elif state.around.catalogue.profile == "hospital":
        labels = ["flow.step.papers", "flow.step.clinic", "flow.step.slip"]
        now = 1 if state.screen in _CHOOSING else 0 if state.screen in _PAPERS else 2
    if state.screen is Screen.NOTICE and state.visit.ticket is None:
        now = _asked_last(state)
    if state.screen is Screen.TICKET:
        now = len(labels)
    return tuple(
        StepView(label, "done" if place < now else "now" if place == now else "next")
        for place, label in enumerate(labels)
    )


def _asked_last(state: State) -> int:
    """The step at which an ending came up."""
    if state.number_first:
        return 0
    known = state.visit.who is not None or state.visit.anonymous
    if state.papers_first:
        return 1 if known else 0
    return 1 if known and state.visit.service is not None else 0


def _left(state: State) -> tuple[KeyView, ...]:
    """The two left places; on the last screen nothing leads back, but the paper may be printed again."""
    visit, screen = state.visit, state.screen
    if state.over is not None or screen in (Screen.WELCOME, Screen.ISSUING, Screen.OUT_OF_SERVICE):
        return ()
    if screen is Screen.TICKET:
        printable = state.around.printer in ("ready", "low") and not visit.asks_paper
        settled = visit.ticket is not None and visit.ticket.paper != "queued"
        return (REPRINT,) if visit.reprints_left > 0 and printable and settled else ()
    if screen is Screen.CHOOSE and state.recent is not None:
        return (REPRINT,) if state.recent.reprints_left > 0 and state.around.printer in ("ready", "low") else ()
    if state.resting:
        return ()
    if screen is Screen.NOTICE and (visit.notice is None or visit.notice.back is None):
        return (START_OVER,)
    return (BACK, START_OVER)


def _line(state: State) -> Line | None:
    """One quiet line, the one that matters most now."""
    place = state.around.catalogue.guide_place.within(state.language)
    if state.call is not None and state.over is not Over.HELP:
        tone, icon = ("good", "check") if state.call.state == "acknowledged" else ("tint", "bell")
        if state.call.state == "unanswered":
            key = "flow.line.unanswered" if place else "flow.line.unanswered_plain"
            return Line(key, "warning", facts={"place": place})
        return Line(f"flow.line.{state.call.state}", icon, "good" if tone == "good" else "tint")
    if state.visit.unprinted:
        return Line("flow.line.unprinted", "printer", facts={"number": state.visit.unprinted})
    if state.screen is Screen.WHO and state.visit.hint in (ScanHint.UNREADABLE, ScanHint.WRONG_SIDE):
        return Line(f"flow.line.{state.visit.hint}", "scan")
    if state.screen in _CHOOSING and state.visit.who is not None:
        return Line("flow.line.card_read", "check", "good")
    if not state.around.online and state.screen is not Screen.OUT_OF_SERVICE:
        return Line("flow.line.offline", "network")
    return None
