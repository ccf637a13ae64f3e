"""Offices: put one in, read its catalogue."""

from central.store.transaction import Transaction
from models.service import Catalogue


def put_office(tx: Transaction, catalogue: Catalogue, now: int) -> bool:
    """Add or change an office; False when it stood so already. Screens hear of a change."""
    changed = tx.offices.put(catalogue)
    if changed:
        tx.events.add(catalogue.office, now, "services_changed", {"etag": tx.offices.etag(catalogue.office)})
    return changed
