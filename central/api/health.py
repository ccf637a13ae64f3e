"""Whether central works, for supervisors and load balancers."""

from dataclasses import dataclass

from fastapi import APIRouter

from central.api.backend import Parts
from central.api.problems import documented

router = APIRouter(tags=["health"])


@dataclass(frozen=True, slots=True)
class Health:
    """Answered only when the database can be read."""

    status: str
    offices: int


@router.get("/healthz", response_model=Health, responses=documented(503))
async def get_health(backend: Parts) -> Health:
    """Reads the database; 503 when that fails."""
    return Health("ok", len(await backend.read(lambda tx: tx.offices.codes())))
