"""The live pages over HTTP: ``/counter``, ``/display`` and the files that they load."""

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, Response

from central.api.backend import Backend, OfficeCode, Parts
from central.store.transaction import Transaction
from central.usecases.caller import Office, office_of
from central.usecases.problems import unknown
from central.web.live_pages import LivePages
from central.web.pages import Page, Pages
from models.text import Language

Lang = Annotated[Literal["vi", "en"], Query(alias="lang")]
_Draw = Callable[[Office, Language], Page]


def router(live: LivePages, pages: Pages) -> APIRouter:
    """The routes; where there are several offices and none is named, a choice of them."""
    routes = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    async def page(backend: Backend, path: str, draw: _Draw, office: str | None, lang: Language) -> HTMLResponse:
        now = backend.now()

        def work(tx: Transaction) -> Page:
            codes = tx.offices.codes()
            if office is None and len(codes) != 1:
                return pages.offices([c for c in map(tx.offices.catalogue, codes) if c is not None], lang, path)
            return draw(office_of(tx, office, now), lang)

        found = await backend.read(work)
        return HTMLResponse(found.html, headers={"Content-Security-Policy": found.policy})

    @routes.get("/counter")
    async def get_counter_page(backend: Parts, office: OfficeCode = None, lang: Lang = "vi") -> HTMLResponse:
        return await page(backend, "/counter", live.counter, office, lang)

    @routes.get("/display")
    async def get_display_page(backend: Parts, office: OfficeCode = None, lang: Lang = "vi") -> HTMLResponse:
        return await page(backend, "/display", live.display, office, lang)

    @routes.get("/live/{name}")
    async def get_live_file(name: str) -> Response:
        file = live.files.get(name)
        if file is None:
            raise unknown("file")
        return Response(file.text, media_type=file.media_type)

    return routes
