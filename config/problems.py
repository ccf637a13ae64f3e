"""What is wrong with a configuration: every problem with its file, its key and the nearest right name."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from models.errors import TechnicianError
from models.text import fold


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend.

    Attributes:
        file: The file that holds the value, or ``environment``.
        key: Dotted path of the key; items of a list by their code, or as ``[n]`` counted from 1. For the environment
            the name of the variable. Empty when the whole file is meant.
        sentence: What is wrong, in a technician's words.
        nearest: The right name that was probably meant.
    """

    file: str
    key: str
    sentence: str
    nearest: str | None = None

    def __str__(self) -> str:
        """One line: where, what, and the nearest right name."""
        place = f"{self.file}: {self.key}" if self.key else self.file
        hint = f" (did you mean {self.nearest}?)" if self.nearest else ""
        return f"{place}: {self.sentence}{hint}"


class ConfigurationError(TechnicianError):
    """The configuration cannot be used; ``problems`` holds every reason, not only the first."""

    exit_code = 2

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = by_file(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def by_file(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, those of one file together and in the order in which they were found."""
    found = tuple(dict.fromkeys(problems))
    files = tuple(dict.fromkeys(problem.file for problem in found))
    return tuple(sorted(found, key=lambda problem: files.index(problem.file)))


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like ``name``, or None when none is near; case and diacritics do not count."""
    by_fold = {fold(candidate): candidate for candidate in known}
    found = difflib.get_close_matches(fold(name), list(by_fold), n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None
