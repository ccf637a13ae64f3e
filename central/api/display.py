"""The display in the hall over HTTP."""

from fastapi import APIRouter

from central.api.backend import OfficeCode, Parts, TokenOrNone, as_viewer
from central.api.problems import documented
from central.usecases.display import show_display
from models.counter_messages import DisplayAnswer

router = APIRouter(prefix="/api/v1/display", tags=["display"])


@router.get("", response_model=DisplayAnswer, responses=documented(400, 401, 404, 422, 503))
async def get_display(backend: Parts, token: TokenOrNone, office: OfficeCode = None) -> DisplayAnswer:
    """The last calls, those that were not seen, and how many wait; numbers only."""
    return await backend.read(as_viewer(token, office, backend.now(), show_display))
