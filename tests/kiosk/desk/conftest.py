from collections.abc import Callable, Iterator
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.desk.issuing import Ask, Issuing, Numbering
from kiosk.storage.rows import Stamp
from kiosk.storage.store import Store
from models.service import Catalogue, Hours, Place, Service, Session
from models.text import Text

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MORNING = Session(time(7, 30), time(11, 30), time(7), time(11, 15))
AFTERNOON = Session(time(13), time(17), time(12, 45), time(16, 45))


class HandClock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 23, 8, 12, tzinfo=HANOI)
        self.sure = True

    def stamp(self) -> Stamp:
        return Stamp(self.at, self.sure, "boot", 1000)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue(
        office="hoa-sen",
        line1=Text("Điểm Phục vụ hành chính công"),
        line2=Text("Phường Hoa Sen"),
        profile="ward",
        timezone="Asia/Ho_Chi_Minh",
        hours=Hours(((MORNING, AFTERNOON),) * 6 + ((),)),
        services=(
            Service("chung-thuc", "A", Text("Chứng thực"), area=Place(Text("Khu chờ")), quota=3),
            Service("nhan-ket-qua", "K", Text("Nhận kết quả"), limit_exempt=True),
            Service("dat-dai", "C", Text("Đất đai"), at_rest=Text("Mất điện")),
        ),
        follow_base="https://motcua.example.vn",
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "kiosk.sqlite3") as opened:
        yield opened


@pytest.fixture
def make_issuing(store: Store, clock: HandClock, catalogue: Catalogue) -> Callable[[Ask | None], Issuing]:
    def make(ask: Ask | None = None) -> Issuing:
        made = iter(range(1_000_000))
        return Issuing(
            store,
            clock,
            ask,
            lambda: catalogue,
            bytes(32),
            Numbering(2),
            lambda size: next(made).to_bytes(size, "little"),
        )

    return make
