"""Where a ticket sends its person: the same answer on screen and paper."""

from dataclasses import dataclass

from models.service import Place, Service


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where to go.

    Attributes:
        counter: Said large; set only when exactly one counter serves the field and there is no room.
        place: The room or waiting area; said large when there is no single counter.
        counters: The counters that may call, said small; empty for a room or a single counter.
    """

    counter: int | None
    place: Place
    counters: tuple[int, ...] = ()


def whereabouts(service: Service) -> Whereabouts:
    """Where somebody with a ticket of ``service`` waits and is called."""
    if service.room is not None:
        return Whereabouts(None, service.room)
    counters = tuple(sorted(set(service.counters)))
    if len(counters) == 1:
        return Whereabouts(counters[0], service.area)
    return Whereabouts(None, service.area, counters)
