"""Pages over HTTP: the queue at ``/``, one ticket at ``/t/CODE``, and the live ones."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from central.api import live_pages
from central.api.backend import OfficeCode, Parts
from central.store.transaction import Transaction
from central.usecases.caller import office_of
from central.usecases.follow import follow
from central.usecases.places import queue
from central.web.live_pages import LivePages
from central.web.pages import Page, Pages
from models.identifiers import is_follow_code

Lang = Annotated[Literal["vi", "en"], Query(alias="lang")]


def router(pages: Pages) -> APIRouter:
    """The routes of the pages; they are for people, so the API's documentation leaves them out."""
    routes = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    routes.include_router(live_pages.router(LivePages.load(), pages))

    @routes.get("/")
    async def get_queue_page(backend: Parts, office: OfficeCode = None, lang: Lang = "vi") -> HTMLResponse:
        now = backend.now()

        def work(tx: Transaction) -> Page:
            codes = tx.offices.codes()
            if office is None and len(codes) != 1:
                return pages.offices([c for c in map(tx.offices.catalogue, codes) if c is not None], lang)
            found = office_of(tx, office, now)
            return pages.queue(found, queue(tx, found, numbers=True), lang)

        return _response(await backend.read(work))

    @routes.get("/t/{code}")
    async def get_follow_page(code: str, backend: Parts, lang: Lang = "vi") -> HTMLResponse:
        if not is_follow_code(code):
            return _response(pages.not_a_page(lang), 404)
        now = backend.now()
        followed = await backend.read(lambda tx: follow(tx, code, now))
        return _response(pages.not_yet(lang) if followed is None else pages.follow(followed, lang))

    return routes


def _response(page: Page, status: int = 200) -> HTMLResponse:
    return HTMLResponse(page.html, status, {"Content-Security-Policy": page.policy})
