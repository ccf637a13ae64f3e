"""The pages that live on script: ``/counter`` and ``/display``.

The server gives the frame, the words and the office's names; what happens is asked for and drawn by the modules in
``live/``, which are served under ``/live/``. Nothing is written into script or style: the policy lets only files of
our own run, and the words travel as data that no browser executes.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from importlib import resources
from string import Template

from central.usecases.caller import Office
from central.web.pages import Page
from config.locale import LANGUAGES, Words, load_words
from models.text import Language

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_KINDS = {".js": "text/javascript", ".css": "text/css"}
_MARKS = ("mark-ward", "mark-hospital")
_DRAWINGS = {
    "counter": (*_MARKS, "bell", "clock", "close", "next", "pause", "star", "ticket", "transfer", "warning"),
    "display": (*_MARKS, "next", "speaker", "motif-drum"),
}


@dataclass(frozen=True, slots=True)
class LiveFile:
    """A script or style sheet."""

    text: str
    media_type: str


@dataclass(frozen=True, slots=True)
class LivePages:
    """The frames of the live pages in all languages, and the files that they load."""

    words: Mapping[Language, Words]
    files: Mapping[str, LiveFile]
    frame: str
    drawings: Mapping[str, str]

    @classmethod
    def load(cls) -> "LivePages":
        """Read frame, files, drawings and words."""
        folder = resources.files("central.web")
        files = {
            entry.name: LiveFile(entry.read_text("utf-8"), kind)
            for entry in folder.joinpath("live").iterdir()
            for ending, kind in _KINDS.items()
            if entry.name.endswith(ending)
        }
        drawings = {
            page: "".join(_symbol(icon, folder.joinpath("icons", f"{icon}.svg").read_text("utf-8")) for icon in icons)
            for page, icons in _DRAWINGS.items()
        }
        frame = folder.joinpath("live", "frame.html").read_text("utf-8")
        return cls({language: load_words(language) for language in LANGUAGES}, files, frame, drawings)

    def counter(self, office: Office, language: Language) -> Page:
        """The console of an officer."""
        return self._page(office, language, "counter")

    def display(self, office: Office, language: Language) -> Page:
        """The board of a waiting hall."""
        return self._page(office, language, "display")

    def _page(self, office: Office, language: Language, name: str) -> Page:
        words = self.words[language]
        prefix = f"{name}_page."
        said = {key.removeprefix(prefix): words.raw(key) for key in words if key.startswith(prefix)}
        html = Template(self.frame).substitute(
            language=language,
            profile=office.catalogue.profile,
            title=escape(said["title"]),
            name=name,
            drawings=self.drawings[name],
            given=_data({"now": office.now, "words": said, "office": _office(office, language)}),
        )
        return Page(html, POLICY)


def _office(office: Office, language: Language) -> dict[str, object]:
    """What a page needs to know of its office; all of it is public."""
    catalogue = office.catalogue
    return {
        "code": office.code,
        "language": language,
        "line1": catalogue.line1.within(language),
        "line2": catalogue.line2.within(language),
        "profile": catalogue.profile,
        "timezone": catalogue.timezone,
        "services": {service.code: service.name.within(language) for service in catalogue.services},
        "priorities": {priority.code: priority.name.within(language) for priority in catalogue.priorities},
    }


def _data(value: object) -> str:
    """JSON that cannot end the element it stands in."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _symbol(name: str, svg: str) -> str:
    found = re.fullmatch(r'\s*<svg xmlns="[^"]*"([^>]*)>(.*)</svg>\s*', svg, re.DOTALL)
    assert found is not None, name  # noqa: S101 - our own drawings
    attributes = re.sub(r' (width|height)="[^"]*"', "", found[1])
    return f'<symbol id="icon-{name}"{attributes}>{found[2]}</symbol>'
