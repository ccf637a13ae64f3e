"""An office in a running central: tickets by the use cases, pages by HTTP, a clock that runs from Monday at eight."""

import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any

from central.app import CentralConfig, create_app
from central.server import Server
from central.store.database import Database
from central.usecases.caller import milliseconds
from central.usecases.staff import OFFICER, put_user
from models.service import Catalogue
from tests.support.central import Central, Clock, an_office

PASSWORD = "sen-nở-tháng-sáu"
STOP_SECONDS = 20


@dataclass
class RunningClock(Clock):
    """Time passes by itself, and more when told."""

    started: float = field(default_factory=time.monotonic)

    def __call__(self) -> datetime:
        """Now."""
        return self.time.fromtimestamp(self.time.timestamp() + time.monotonic() - self.started, self.time.tzinfo)

    @property
    def now(self) -> int:
        """Milliseconds since the epoch."""
        return milliseconds(self())


class LiveOffice:
    """Central serving one office; it can be stopped and started again at the same address."""

    def __init__(self, database_url: str, office: Catalogue | None = None) -> None:
        self._url = database_url
        self._database = Database.open(database_url)
        self.clock = RunningClock()
        self.central = Central(self._database, self.clock)
        self.central.open(office or an_office())
        self.central.enrol(1)
        self._port = 0
        self._server: Server | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> "LiveOffice":
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()
        self._database.close()

    @property
    def url(self) -> str:
        """Where the pages are."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Serve."""
        self._server = Server(create_app(CentralConfig(self._url, self.clock)), port=self._port)
        self._port = int(self._server.url.rpartition(":")[2])
        self._thread = threading.Thread(target=self._server.run)
        self._thread.start()
        assert self._server.wait_ready(STOP_SECONDS)

    def stop(self) -> None:
        """Serve no more."""
        if self._server is not None and self._thread is not None:
            self._server.stop()
            self._thread.join(STOP_SECONDS)
            assert not self._thread.is_alive()
        self._server = self._thread = None

    def officer(self, name: str = "binh", shown_as: str = "Trần Thị Bình") -> None:
        """Somebody who may call people."""
        random = self.central.random
        self._database.write(
            lambda tx: put_user(tx, "hoa-sen", name, shown_as, (OFFICER,), PASSWORD, random, self.clock.now)
        )

    def ask(self, service: str = "chung-thuc", **fields: Any) -> str:
        """Take a number."""
        return self.central.ask(service, **fields).number

    def calls(self) -> list[str]:
        """Numbers in the order in which they were called, again or not."""
        return [data["number"] for _, data in self.central.events("ticket.called")]
