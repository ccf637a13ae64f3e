"""A ward, a hospital and their slips."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from config.locale import Words, load_words
from kiosk.printing.painter import SlipPainter
from kiosk.printing.slip import PaperFacts, TicketSlip, ticket_slip
from models.messages import WaitSeconds
from models.service import Catalogue, Hours, Place, Procedure, Service
from models.text import Text

BIRTH = Procedure(
    "1.001193",
    Text("Đăng ký khai sinh", "Birth registration"),
    papers=(
        Text("Giấy chứng sinh", "Certificate of birth"),
        Text("Căn cước của cha, mẹ", "Identity cards of both parents"),
        Text("Tờ khai theo mẫu, có thể điền tại quầy", "The form, which can be filled in at the counter"),
    ),
)
AREA = Place(Text("Khu chờ tầng 1, bên trái", "Waiting area, ground floor, left"))
COPIES = Service("chung-thuc", "A", Text("Chứng thực", "Certified copies"), area=AREA, counters=(3, 2))
CIVIL = Service("ho-tich", "B", Text("Hộ tịch", "Civil status"), area=AREA, counters=(4,), procedures=(BIRTH,))
MERIT = Service(
    "nguoi-co-cong",
    "C",
    Text("Người có công – Bảo trợ xã hội", "Merit and social protection"),
    area=AREA,
    counters=(1, 2, 3, 4),
)
NEUROLOGY = Service(
    "than-kinh",
    "K",
    Text("Khám Nội thần kinh", "Neurology"),
    room=Place(Text("Phòng 203", "Room 203"), Text("Tầng 2", "Floor 2"), Text("Đi thang máy B", "Take lift B")),
    counters=(203,),
)
CLOSED = Hours(((),) * 7)
WARD = Catalogue(
    "hoa-sen",
    Text("Điểm Phục vụ hành chính công", "Public Administrative Service Point"),
    Text("Phường Hoa Sen", "Hoa Sen Ward"),
    "ward",
    "Asia/Ho_Chi_Minh",
    CLOSED,
    (COPIES, CIVIL, MERIT),
    follow_base="https://motcua.example.vn",
)
HOSPITAL = replace(
    WARD,
    line1=Text("Khoa Khám bệnh", "Outpatient Department"),
    line2=Text("Bệnh viện Đa khoa Hoa Sen", "Hoa Sen General Hospital"),
    profile="hospital",
    services=(NEUROLOGY,),
)
FACTS = PaperFacts(
    "A017",
    "chung-thuc",
    "2026-11-23T08:12:30+07:00",
    people_ahead=12,
    wait=WaitSeconds(1500, 2280),
    follow_code="abcdefghij234",
)

Slips = Callable[..., TicketSlip]


@pytest.fixture(scope="session")
def vi() -> Words:
    return load_words("vi")


@pytest.fixture(scope="session")
def en() -> Words:
    return load_words("en")


@pytest.fixture(scope="session")
def painter() -> SlipPainter:
    return SlipPainter()


@pytest.fixture
def ward() -> Catalogue:
    return WARD


@pytest.fixture
def hospital() -> Catalogue:
    return HOSPITAL


@pytest.fixture
def facts() -> PaperFacts:
    return FACTS


@pytest.fixture(scope="session")
def slip(vi: Words, en: Words) -> Slips:
    """Makes a slip: changes to the facts by name; ``catalogue`` for another office."""

    def make(catalogue: Catalogue = WARD, **changes: object) -> TicketSlip:
        changed = replace(FACTS, **changes)  # type: ignore[arg-type]
        return ticket_slip(catalogue, changed, en if changed.language == "en" else vi)

    return make
