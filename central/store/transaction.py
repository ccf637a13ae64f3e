"""What a use case works with: one part for each kind of row, all in one transaction."""

from sqlalchemy import Connection

from central.store.counters import Counters
from central.store.events import Events
from central.store.helps import Helps
from central.store.kiosks import Kiosks
from central.store.offices import CatalogueCache, Offices
from central.store.papers import Papers
from central.store.series import NumberSeries
from central.store.staff import Staff
from central.store.tickets import Tickets


class Transaction:
    """All that happens in it is on the disk together, or not at all."""

    def __init__(self, connection: Connection, catalogues: CatalogueCache) -> None:
        self.offices = Offices(connection, catalogues)
        self.kiosks = Kiosks(connection)
        self.tickets = Tickets(connection)
        self.series = NumberSeries(connection)
        self.papers = Papers(connection)
        self.events = Events(connection)
        self.helps = Helps(connection)
        self.staff = Staff(connection)
        self.counters = Counters(connection)
