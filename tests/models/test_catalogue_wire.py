from dataclasses import replace
from datetime import date, time

import pytest

from models.catalogue_wire import catalogue_etag, catalogue_from_wire, catalogue_to_wire
from models.errors import UnreadableInput
from models.service import Catalogue, Hours, Place, Procedure, Service, Session
from models.text import Text

HOURS = Hours(((Session(time(7, 30), time(11, 30), time(7), time(11, 15)),),) * 7, (date(2027, 2, 17),))
CATALOGUE = Catalogue(
    office="hoa-sen",
    line1=Text("Điểm Phục vụ hành chính công"),
    line2=Text("Phường Hoa Sen", "Hoa Sen Ward"),
    profile="ward",
    timezone="Asia/Ho_Chi_Minh",
    hours=HOURS,
    services=(
        Service(
            "chung-thuc",
            "A",
            Text("Chứng thực", "Certified copies"),
            procedures=(Procedure("2.000815", Text("Sao y"), papers=(Text("Bản chính"),), target_minutes=15),),
            area=Place(Text("Khu chờ tầng 1")),
            quota=100,
        ),
    ),
)


def test_a_catalogue_survives_the_wire() -> None:
    assert catalogue_from_wire(catalogue_to_wire(CATALOGUE)) == CATALOGUE


def test_a_session_may_end_with_the_day() -> None:
    last = Session(time(0), time(23, 59, 59), time(0), time.max)
    found = replace(CATALOGUE, hours=Hours(((last,),) * 7))
    assert catalogue_from_wire(catalogue_to_wire(found)) == found


def test_the_etag_follows_the_content() -> None:
    data = catalogue_to_wire(CATALOGUE)
    data["services"][0]["quota"] = 99
    assert catalogue_etag(CATALOGUE) != catalogue_etag(catalogue_from_wire(data))
    assert catalogue_etag(CATALOGUE) == catalogue_etag(catalogue_from_wire(catalogue_to_wire(CATALOGUE)))


@pytest.mark.parametrize("key", ["office", "hours", "services"])
def test_a_broken_catalogue_is_refused(key: str) -> None:
    data = catalogue_to_wire(CATALOGUE)
    data[key] = 17
    with pytest.raises(UnreadableInput, match=key):
        catalogue_from_wire(data)
