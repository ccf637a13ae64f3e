"""What the sync thread tells the rest of the kiosk."""

from dataclasses import dataclass
from typing import Literal

from models.messages import QueueAnswer
from models.service import Catalogue

Help = Literal["none", "waiting", "acknowledged"]


@dataclass(frozen=True, slots=True)
class SyncState:
    """How things stand with central. Replaced whole.

    Attributes:
        enrolled: Whether this kiosk knows a central at all.
        online: Whether central answered the last time it was spoken to.
        token_ended: Central does not know the token any more; a technician must enrol the kiosk.
        outbox: Rows that wait.
        parked: Rows that central cannot take.
        queue: The queue as heard last, and CLOCK_BOOTTIME of that moment (seconds); figures older than a minute are
            not shown.
        catalogue: Services and settings as kept; None until central served them once.
        storage: The database's trouble in a sentence, empty when there is none.
    """

    enrolled: bool = False
    online: bool = False
    token_ended: bool = False
    outbox: int = 0
    parked: int = 0
    clock_sure: bool = False
    help: Help = "none"
    queue: QueueAnswer | None = None
    queue_at: float | None = None
    catalogue: Catalogue | None = None
    storage: str = ""
