"""Writes every page that is drawn from the program itself.

python docs/generate.py            writes them anew
python docs/generate.py --check    ends with 1 and names the pages that are out of date
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from generators import commands, http, visit

from config import reference as configuration

DOCS = Path(__file__).resolve().parent

PAGES: Mapping[str, Callable[[], str]] = {
    "explanation/visit.md": visit.page,
    "reference/commands.md": commands.page,
    "reference/configuration.md": configuration.page,
    "reference/http.md": http.page,
}


def main(arguments: list[str]) -> int:
    """Write the pages, or compare them."""
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    stale = {name: text for name, text in drawn().items() if _stands(name) != text}
    if arguments:
        for name in stale:
            print(f"docs/{name} is out of date; run: make docs", file=sys.stderr)
        return int(bool(stale))
    for name, text in stale.items():
        (DOCS / name).write_text(text, encoding="utf-8")
        print(f"docs/{name}")
    return 0


def drawn() -> dict[str, str]:
    """Every page as the program says it now."""
    return {name: page() for name, page in PAGES.items()}


def _stands(name: str) -> str | None:
    path = DOCS / name
    return path.read_text(encoding="utf-8") if path.exists() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
