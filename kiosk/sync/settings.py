"""What central says about the office, kept so that the kiosk starts without it (promise 3)."""

import json

from kiosk.storage.store import Store
from kiosk.sync.client import CentralClient
from models.catalogue_wire import catalogue_from_wire
from models.errors import UnreadableInput
from models.service import Catalogue

CATALOGUE = "catalogue"
CATALOGUE_ETAG = "catalogue.etag"


def kept_catalogue(store: Store) -> Catalogue | None:
    """The services and settings that central served last, or None when there are none that can be read."""
    value = store.settings.get_json(CATALOGUE)
    if value is None:
        return None
    try:
        return catalogue_from_wire(value)
    except UnreadableInput:
        return None  # made by a version that knew more; central serves it anew


def fetch_catalogue(store: Store, client: CentralClient) -> Catalogue | None:
    """Ask central for the services; keeps and returns them when they changed, else None.

    Raises:
        CentralUnreachable: Central did not answer; what was kept stays.
    """
    known = kept_catalogue(store) is not None
    fetched = client.services(store.settings.get(CATALOGUE_ETAG) if known else None)
    if fetched is None:
        return None
    wire = json.dumps(fetched.wire, ensure_ascii=False, separators=(",", ":"))
    store.settings.set_all({CATALOGUE: wire, CATALOGUE_ETAG: fetched.etag})
    return fetched.catalogue
