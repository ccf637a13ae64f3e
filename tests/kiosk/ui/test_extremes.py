"""Names and numbers at their longest: nothing is ever cut, whatever an office writes into its catalogue."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QSize

from kiosk.flow.events import Action
from kiosk.flow.views import CheckBody, ChooseBody, ServiceChip, Tile, View, WhoBody
from kiosk.ui.examples import EXAMPLES, example_view
from models.messages import WaitSeconds

SIZES = pytest.mark.parametrize("size", [QSize(1080, 1920), QSize(1920, 1080)], ids=["portrait", "landscape"])
THEMES = pytest.mark.parametrize(
    "frame",
    [{"theme": "normal"}, {"theme": "large_text"}, {"theme": "high_contrast"}, {"low_reach": True}],
    ids=["normal", "large", "contrast", "low"],
)
LONGEST = "Người có công, bảo trợ xã hội và giảm nghèo bền vững"
NAMES = ("Mắt", "Đất đai", "Quy hoạch đô thị", "Phục hồi chức năng", "Y học cổ truyền", LONGEST)


def tiles(count: int) -> tuple[Tile, ...]:
    names = [NAMES[i % len(NAMES)] for i in range(count)]
    waiting = (0, 1, 100, None)
    return tuple(
        Tile(Action.CHOOSE_SERVICE, f"s{i}", name, "number", "Khai sinh, kết hôn, khai tử", waiting[i % 4])
        for i, name in enumerate(names)
    )


@pytest.fixture
def base(offices: dict) -> View:
    return example_view(next(e for e in EXAMPLES if e.name == "02-choose"), offices)


def nothing_cut(hands, overflow) -> list[str]:
    """Words may shrink here, they may not be cut."""
    return [found for found in overflow(hands.window) if not found.startswith("too small")]


@SIZES
@THEMES
@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 10, 12])
def test_any_number_of_fields_in_one_look(base: View, count: int, size: QSize, frame: dict, hands, overflow) -> None:
    hands.see(View(replace(base.frame, **frame), ChooseBody(tiles(count))), size)
    assert len([key for key in hands.keys if key.objectName().startswith("choose_service")]) == count
    assert not nothing_cut(hands, overflow)


@SIZES
@THEMES
def test_a_field_with_the_longest_name(base: View, size: QSize, frame: dict, hands, overflow) -> None:
    chip = ServiceChip(LONGEST, "field-bao-tro", 100, WaitSeconds(6000, 12000))
    ways = (Action.WAY_CARD, Action.WAY_TYPE, Action.WAY_NONE)
    hands.see(View(replace(base.frame, **frame), WhoBody(chip, False, ways)), size)
    assert not nothing_cut(hands, overflow)
    procedure = "Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất"
    name = "C. T. N. H. T. Q. Trang"
    body = CheckBody(chip, name, "•••••••••••••••011", procedure, "Người có công với cách mạng", True, "17:00", True)
    hands.see(View(replace(base.frame, **frame), body), size)
    assert not nothing_cut(hands, overflow)


@SIZES
@THEMES
def test_an_office_with_long_lines(base: View, size: QSize, frame: dict, hands, overflow) -> None:
    changed = replace(
        base.frame,
        line1="Trung tâm Phục vụ hành chính công thành phố Hà Nội",
        line2="Điểm Phục vụ hành chính công phường Văn Miếu – Quốc Tử Giám",
        **frame,
    )
    hands.see(View(changed, base.body), size)
    assert not nothing_cut(hands, overflow)


def test_an_unknown_icon_gets_the_plain_one(base: View, hands) -> None:
    hands.see(View(base.frame, ChooseBody((replace(tiles(1)[0], icon="no-such-drawing"),))))
    assert not hands.window.grab().isNull()
