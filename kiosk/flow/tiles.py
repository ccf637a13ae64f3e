"""Fields as tiles: in one look, in groups when there are many, and found by other words."""

from kiosk.flow.endings import clock
from kiosk.flow.events import Action
from kiosk.flow.state import State
from kiosk.flow.views import ServiceChip, Tile
from models.opening import OpeningState
from models.service import MOST_TILES, Place, Service
from models.text import Text, fold

MOST_RESULTS = 6

UNSURE_WORDS = "chưa biết"
"""A field with a search word that begins so is offered to somebody who does not know which to choose."""


def service_tile(state: State, service: Service) -> Tile:
    """One field, with how many wait, or why it is at rest."""
    language = state.language
    counts = state.around.queue.get(service.code)
    why, facts = _at_rest(state, service)
    return Tile(
        action=Action.CHOOSE_SERVICE,
        value=service.code,
        name=service.name.within(language),
        icon=service.icon,
        example=service.example.within(language),
        waiting=counts.waiting if counts is not None and not why else None,
        place=room_line(service.room, state) if service.room is not None else "",
        why=why,
        why_facts=facts,
    )


def choose_tiles(state: State) -> tuple[tuple[Tile, ...], bool]:
    """What the choose screen shows, and whether these are groups."""
    services = state.around.catalogue.services
    names = groups(services)
    if len(services) <= MOST_TILES or not names:
        return tuple(service_tile(state, s) for s in services), False
    opened = state.visit.group
    if opened is not None and opened < len(names):
        return tuple(service_tile(state, s) for s in services if s.group == names[opened]), False
    alone = tuple(service_tile(state, s) for s in services if s.group is None)
    return (*(_group_tile(state, i, name) for i, name in enumerate(names)), *alone), True


def groups(services: tuple[Service, ...]) -> tuple[Text, ...]:
    """The groups in the order in which they first appear."""
    return tuple(dict.fromkeys(s.group for s in services if s.group is not None))


def find_tiles(state: State) -> tuple[Tile, ...]:
    """Fields and wrong doors in whose words every word typed so far begins one; at first the commonest wrong doors."""
    catalogue, language = state.around.catalogue, state.language
    wanted = fold(state.visit.find).split()
    doors = [
        Tile(Action.WRONG_DOOR, d.code, d.name.within(language), "door", d.goes_to.within(language))
        for d in catalogue.wrong_doors
        if _matches(wanted, (d.name.vi, d.name.en, *d.search))
    ]
    if not wanted:
        return tuple(doors[:MOST_RESULTS])
    found = [service_tile(state, s) for s in catalogue.services if _matches(wanted, _words_of(s))]
    return tuple((*found, *doors)[:MOST_RESULTS])


def general_service(state: State) -> Service | None:
    """The field for people who do not know which to choose, when the office names one that takes numbers."""
    for service in state.around.catalogue.services:
        if any(fold(words).startswith(fold(UNSURE_WORDS)) for words in service.search):
            return None if _at_rest(state, service)[0] else service
    return None


def chip(state: State) -> ServiceChip | None:
    """The chosen field, kept in view."""
    service = state.service
    if service is None:
        return None
    counts = state.around.queue.get(service.code)
    return ServiceChip(
        name=service.name.within(state.language),
        icon=service.icon,
        waiting=counts.waiting if counts else None,
        wait=counts.wait if counts else None,
    )


def room_line(room: Place, state: State) -> str:
    """Room and floor of a clinic."""
    parts = (room.name, room.floor)
    return " · ".join(part.within(state.language) for part in parts if part is not None)


def _group_tile(state: State, index: int, name: Text) -> Tile:
    members = [s for s in state.around.catalogue.services if s.group == name]
    counts = [state.around.queue.get(s.code) for s in members]
    waiting = sum(c.waiting for c in counts if c is not None) if all(c is not None for c in counts) else None
    example = ", ".join(s.name.within(state.language) for s in members[:3])
    return Tile(Action.CHOOSE_GROUP, str(index), name.within(state.language), members[0].icon, example, waiting)


def _at_rest(state: State, service: Service) -> tuple[str, dict[str, str]]:
    if service.at_rest is not None:
        return "flow.why.at_rest", {"reason": service.at_rest.within(state.language)}
    opening = state.around.openings.get(service.code)
    if opening is None or opening.takes_numbers or not state.around.clock_sure:
        return "", {}
    full = opening.state is OpeningState.SESSION_FULL
    resumes = opening.resumes
    if resumes is None or resumes.date() != state.around.today:
        return ("flow.why.full_today" if full else "flow.why.closed_today"), {}
    return ("flow.why.full" if full else "flow.why.opens"), {"at": clock(resumes)}


def _words_of(service: Service) -> tuple[str, ...]:
    texts = (service.name, service.example, *(p.name for p in service.procedures))
    return (*service.search, *(t.vi for t in texts), *(t.en for t in texts))


def _matches(wanted: list[str], texts: tuple[str, ...]) -> bool:
    words = [word.strip(",.;()") for text in texts for word in fold(text).split()]
    return all(any(word.startswith(start) for word in words) for start in wanted)
