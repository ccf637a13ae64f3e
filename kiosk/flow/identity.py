"""What a document proves: whether two readings are one person, and which priority an age brings."""

from datetime import date

from kiosk.flow.events import Identified
from models.service import Priority
from models.ticket import Method


def same_reading(one: Identified | None, other: Identified) -> bool:
    """Whether ``other`` says nothing new: the same number, read in the same way."""
    return one is not None and (one.kind, one.number, one.method) == (other.kind, other.number, other.method)


def same_person(one: Identified | None, other: Identified) -> bool:
    """Whether both carry the same number."""
    return one is not None and (one.kind, one.number) == (other.kind, other.number)


def age_on(born: date, today: date) -> int:
    """Whole years of age."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def proven_priority(priorities: tuple[Priority, ...], who: Identified, today: date) -> str | None:
    """The first priority that the document's full date of birth proves; a typed number proves nothing."""
    if who.born is None or who.method is Method.TYPED:
        return None
    age = age_on(who.born, today)
    if age < 0:
        return None  # a wrong clock or a wrong document: better asked than proven
    for priority in priorities:
        old = priority.age_from is not None and age >= priority.age_from
        young = priority.age_under is not None and age < priority.age_under
        if old or young:
            return priority.code
    return None


def year_only(who: Identified | None) -> bool:
    """Whether the document gives only the year of birth."""
    return who is not None and who.born is None and who.birth_year is not None and who.method is not Method.TYPED
