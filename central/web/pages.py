"""The text of the pages. Everything that is put into them is escaped here and nowhere else."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from importlib import resources
from string import Template

from central.usecases.caller import Office
from central.usecases.follow import Followed
from config.locale import LANGUAGES, Words, load_words
from models.messages import QueueAnswer, QueuedNumber, ServiceQueue
from models.service import Catalogue
from models.text import Language
from models.ticket import TicketState
from models.whereabouts import whereabouts

RENEW_SECONDS = 20
NUMBERS_SHOWN = 24
NEAR = 3
"""So few people ahead, and it is time to come in."""

_CALLED = (TicketState.CALLED, TicketState.SERVING)


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and the policy under which its own style and script may run."""

    html: str
    policy: str


@dataclass(frozen=True, slots=True)
class Pages:
    """All pages, in all languages."""

    words: Mapping[Language, Words]
    parts: Mapping[str, str]

    @classmethod
    def load(cls) -> "Pages":
        """Read templates, drawings and words."""
        folder = resources.files("central.web")
        names = ["layout.html", "style.css", "follow.js", "queue.js"]
        names += [f"icons/{icon}.svg" for icon in ("mark-ward", "mark-hospital", "place", "bell")]
        parts = {name: folder.joinpath(*name.split("/")).read_text("utf-8").strip() for name in names}
        return cls({language: load_words(language) for language in LANGUAGES}, parts)

    def queue(self, office: Office, answer: QueueAnswer, language: Language) -> Page:
        """The bare page of the queue: numbers only."""
        words = self.words[language]
        called = [n for n in answer.numbers if n.state in _CALLED]
        waiting = [n for n in answer.numbers if n.state == TicketState.WAITING]
        shown = {s.service: [n.number for n in waiting if n.service == s.service] for s in answer.services}
        apart = [n.number for n in waiting if _private(office.catalogue, n.service)]
        cards = "".join(_service_card(words, office.catalogue, s, shown[s.service], language) for s in answer.services)
        if apart:
            cards += _card(words("queue_page.apart"), words("queue_page.waiting", n=len(apart)), _numbers(words, apart))
        main = (
            f'<div data-office="{escape(office.code)}"></div>{_called(words, called)}<ul class="services">{cards}</ul>'
        )
        clock = words.clock(office.local(office.now))
        return self._page(
            words,
            office.catalogue,
            title=words("queue_page.title"),
            main=main,
            aside=f"<time>{clock}</time>",
            footer=_footer(words("queue_page.updated", clock=clock), "queue_page", words, office.code),
            script="queue.js",
            refresh=False,
        )

    def offices(self, catalogues: list[Catalogue], language: Language, path: str = "/") -> Page:
        """Where there is not exactly one office: choose, for the page at ``path``."""
        words = self.words[language]
        links = "".join(
            f'<li><a href="{path}?office={escape(c.office)}">{escape(c.line1.within(language))}<br>'
            f"{escape(c.line2.within(language))}</a></li>"
            for c in catalogues
        )
        title = words("queue_page.choose_office" if catalogues else "queue_page.no_office")
        main = f'<h1>{title}</h1><ul class="offices">{links}</ul>'
        return self._page(words, None, title=title, main=main, refresh=True)

    def follow(self, followed: Followed, language: Language) -> Page:
        """One ticket on a phone."""
        words = self.words[language]
        return self._page(
            words,
            followed.office.catalogue,
            title=words("follow_page.title", number=followed.number),
            main=self._ticket(words, followed) + self._standing(words, followed),
            footer=_footer("", "follow_page", words),
            phone=True,
            refresh=followed.state not in (TicketState.DONE, TicketState.CANCELLED),
        )

    def not_yet(self, language: Language) -> Page:
        """A follow code that central has not heard of: the kiosk may be offline; the paper counts."""
        words = self.words[language]
        main = (
            f'<section class="ticket" id="ticket" hidden><p class="service">{words("follow_page.your_number")}</p>'
            '<p class="number" id="number"></p></section>'
            f'<h1>{words("follow_page.not_yet")}</h1><p class="soft">{words("follow_page.not_yet_text")}</p>'
        )
        return self._page(
            words,
            None,
            title=words("follow_page.title_unknown"),
            main=main,
            footer=_footer("", "follow_page", words),
            phone=True,
            script="follow.js",
            refresh=True,
        )

    def not_a_page(self, language: Language) -> Page:
        """Something that is no follow code."""
        words = self.words[language]
        title = words("follow_page.not_a_page")
        main = f'<h1>{title}</h1><p class="soft">{words("follow_page.not_a_page_text")}</p>'
        return self._page(words, None, title=title, main=main, phone=True)

    def _ticket(self, words: Words, followed: Followed) -> str:
        service = followed.office.catalogue.service(followed.service)
        name = words("queue_page.gone_service") if service is None else service.name.within(words.language)
        place = ""
        if service is not None:
            where = whereabouts(service)
            numbers = (where.counter,) if where.counter is not None else where.counters
            key = "follow_page.counter" if len(numbers) == 1 else "follow_page.counters"
            small = words(key, counters=words.listed_or(tuple(map(str, numbers)))) if numbers else ""
            large = where.place.name.within(words.language) or small
            small = "" if small == large else small
            place = (
                f'<div class="place">{self.parts["icons/place.svg"]}<p><strong>{escape(large)}</strong>'
                f'<span class="soft">{escape(small)}</span></p></div>'
            )
        long = " long" if len(followed.number) > 4 else ""
        return (
            f'<section class="ticket"><p class="service">{escape(name)}</p>'
            f'<p class="number{long}">{escape(followed.number)}</p>{place}</section>'
        )

    def _standing(self, words: Words, followed: Followed) -> str:
        clock = words.clock(followed.office.local(followed.office.now))
        if followed.day != followed.office.today:
            day = words.full_date(date.fromisoformat(followed.day))
            return _said(words("follow_page.past", date=day), words("follow_page.past_text"))
        if followed.state != TicketState.WAITING:
            key = f"follow_page.{followed.state.value}"
            return _said(words(key), words(f"{key}_text"))
        ahead = followed.people_ahead
        title = words("follow_page.ahead", n=ahead) if ahead else words("follow_page.first")
        text = words("follow_page.updated", clock=clock)
        if followed.wait is not None and followed.wait.high:
            span = words.minutes_range(followed.wait.low, followed.wait.high)
            text = words("follow_page.wait", span=span, clock=clock)
        if ahead > NEAR:
            return _said(title, text)
        dots = '<ol class="dots" aria-hidden="true">' + "<li></li>" * (ahead + 1) + "</ol>" if ahead else ""
        bell = f'<p class="notice">{self.parts["icons/bell.svg"]}{words("follow_page.go_in")}</p>'
        return _said(title, text) + dots + bell

    def _page(
        self,
        words: Words,
        catalogue: Catalogue | None,
        *,
        title: str,
        main: str,
        aside: str = "",
        footer: str = "",
        script: str | None = None,
        phone: bool = False,
        refresh: bool = False,
    ) -> Page:
        profile = "ward" if catalogue is None else catalogue.profile
        style, code = _compact(self.parts["style.css"]), "" if script is None else self.parts[script]
        renew = f'<meta http-equiv="refresh" content="{RENEW_SECONDS}">\n'
        without_script = f"<noscript>{renew}</noscript>\n" if script == "queue.js" else ""
        html = Template(self.parts["layout.html"]).substitute(
            language=words.language,
            profile=profile + (" phone" if phone else ""),
            refresh=renew if refresh else without_script,
            title=escape(title),
            style=style,
            mark=self.parts[f"icons/mark-{profile}.svg"],
            line1="" if catalogue is None else escape(catalogue.line1.within(words.language)),
            line2="" if catalogue is None else escape(catalogue.line2.within(words.language)),
            aside=aside,
            main=main,
            footer=footer,
            script=f"<script>{code}</script>\n" if code else "",
        )
        return Page(html, _policy(style, code))


def _said(title: str, text: str) -> str:
    return f'<h1>{escape(title)}</h1><p class="soft">{escape(text)}</p>'


def _called(words: Words, called: list[QueuedNumber]) -> str:
    if not called:
        return ""
    numbers = "".join(f"<span>{escape(n.number)}</span>" for n in called[:NUMBERS_SHOWN])
    return (
        f'<section class="called"><h2>{words("queue_page.now_serving")}</h2><p class="numbers">{numbers}</p></section>'
    )


def _service_card(
    words: Words, catalogue: Catalogue, queue: ServiceQueue, numbers: list[str], language: Language
) -> str:
    service = catalogue.service(queue.service)
    name = words("queue_page.gone_service") if service is None else service.name.within(language)
    count = words("queue_page.waiting", n=queue.waiting) if queue.waiting else words("queue_page.nobody")
    return _card(name, count, "" if _private(catalogue, queue.service) else _numbers(words, numbers))


def _private(catalogue: Catalogue, code: str) -> bool:
    """Whether others must not see which number goes where: every clinic, and some fields of a ward."""
    service = catalogue.service(code)
    return catalogue.profile == "hospital" or (service is not None and service.private)


def _card(name: str, count: str, numbers: str) -> str:
    return f'<li><h2>{escape(name)}</h2><p class="count">{escape(count)}</p>{numbers}</li>'


def _numbers(words: Words, numbers: list[str]) -> str:
    shown = "".join(f"<span>{escape(number)}</span>" for number in numbers[:NUMBERS_SHOWN])
    if len(numbers) > NUMBERS_SHOWN:
        shown += f'<span class="more">{words("queue_page.more", n=len(numbers) - NUMBERS_SHOWN)}</span>'
    return f'<p class="numbers">{shown}</p>' if shown else ""


def _footer(left: str, section: str, words: Words, office: str | None = None) -> str:
    other = "en" if words.language == "vi" else "vi"
    query = f"?lang={other}" if office is None else f"?office={escape(office)}&amp;lang={other}"
    return f'<span>{escape(left)}</span><a href="{query}" hreflang="{other}">{words(f"{section}.language")}</a>'


def _compact(css: str) -> str:
    return re.sub(r"\s+", " ", css)


def _policy(style: str, script: str) -> str:
    """A content security policy that lets run what stands in the page, and nothing else."""
    rules = ["default-src 'none'", f"style-src '{_digest(style)}'", "base-uri 'none'", "form-action 'none'"]
    rules.append("frame-ancestors 'none'")
    if script:
        rules += [f"script-src '{_digest(script)}'", "connect-src 'self'"]
    return "; ".join(rules)


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
