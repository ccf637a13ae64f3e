"""Scanning, typing, the number, endings, help: what they say, what they send, and what they never keep."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QColor, QImage

from kiosk.flow.events import Action, Press, ScanHint
from kiosk.flow.presses import presses
from kiosk.flow.views import EaseBody, HelpBody, NoticeBody, NumberBody, ScanBody, TicketBody, View, WhoBody
from kiosk.ui.examples import EXAMPLES, Example, example_view
from kiosk.ui.gallery_answers import ANSWERS, camera_frame
from kiosk.ui.screens.scan import ScanScreen
from kiosk.ui.widgets.live_picture import image_of
from kiosk.ui.window import KioskWindow
from models.messages import WaitSeconds
from models.service import Catalogue, Profile

PORTRAIT, LANDSCAPE = QSize(1080, 1920), QSize(1920, 1080)
THEMES = ("normal", "large_text", "high_contrast")

Offices = dict[Profile, Catalogue]
Overflow = Callable[[KioskWindow], list[str]]
each_answer = pytest.mark.parametrize("example", ANSWERS, ids=lambda e: e.name)
each_size = pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])


def named(name: str) -> Example:
    return next(example for example in (*EXAMPLES, *ANSWERS) if example.name == name)


def with_body(view: View, **changes: object) -> View:
    return replace(view, body=replace(view.body, **changes))  # type: ignore[type-var]


# --- what must hold on each -----------------------------------------------------------------------


@each_answer
@each_size
@pytest.mark.parametrize("language", ["vi", "en"])
def test_nothing_is_cut(
    example: Example, language: str, size: QSize, offices: Offices, hands, overflow: Overflow
) -> None:
    wrong = {}
    for theme in THEMES:
        for low_reach in (False, True):
            hands.see(example_view(example, offices, language, theme=theme, low_reach=low_reach), size)
            found = overflow(hands.window)
            if found:
                wrong[theme, low_reach] = found
    assert not wrong


@each_answer
def test_the_keys_are_those_that_the_visit_allows_and_send_their_press(
    example: Example, offices: Offices, hands
) -> None:
    view = example_view(example, offices)
    hands.see(view)
    keys = [key for key in hands.keys if key.isEnabled()]
    assert {key.press for key in keys} == set(presses(view))
    for key in keys:
        press = key.press
        assert hands.tap(key.objectName()) == [press]


@each_answer
@each_size
def test_low_reach_keeps_every_key_low(example: Example, size: QSize, offices: Offices, hands) -> None:
    hands.see(example_view(example, offices, low_reach=True), size)
    limit = size.height() * (0.5 if size == PORTRAIT else 0.355)
    for key in hands.keys:
        assert key.mapTo(hands.window, QPoint(0, 0)).y() + key.surface.top() >= limit, key.objectName()


@each_answer
def test_at_most_one_key_is_filled(example: Example, offices: Offices, hands) -> None:
    hands.see(example_view(example, offices))
    assert sum(key.kind == "primary" for key in hands.keys) <= 1


# --- scanning -------------------------------------------------------------------------------------


@pytest.mark.parametrize("hint", list(ScanHint))
def test_the_frame_says_one_thing_at_a_time(hint: ScanHint, offices: Offices, hands, words) -> None:
    view = with_body(example_view(named("04-scan"), offices), hint=hint)
    said = hands.see(view).texts().splitlines()
    all_hints = {words["vi"](f"scan.hint_{h.value}") for h in ScanHint}
    assert [line for line in said if line in all_hints] == [words["vi"](f"scan.hint_{hint.value}")]


def _red_left() -> np.ndarray:
    """A camera's picture, red at its left half and blue at its right."""
    frame = np.zeros((720, 1280, 3), np.uint8)
    frame[:, :640] = (0, 0, 255)
    frame[:, 640:] = (255, 0, 0)
    return frame


def _colour(screen: ScanScreen, across: float) -> QColor:
    picture = screen.picture
    image = picture.grab().toImage()
    return QColor(image.pixel(round(image.width() * across), round(image.height() * 0.55)))


def test_the_live_picture_is_a_mirror(offices: Offices, hands) -> None:
    hands.see(example_view(named("04-scan"), offices))
    hands.window.show_frame(_red_left())
    screen = hands.window.screen_shown
    assert isinstance(screen, ScanScreen)
    left, right = _colour(screen, 0.25), _colour(screen, 0.75)
    assert left.blue() > 200 > 50 > left.red()
    assert right.red() > 200 > 50 > right.blue()


def test_the_picture_is_not_kept_when_the_screen_goes(offices: Offices, hands) -> None:
    hands.see(example_view(named("04-scan"), offices))
    hands.window.show_frame(_red_left())
    screen = hands.window.screen_shown
    assert isinstance(screen, ScanScreen)
    assert screen.picture.holds_picture
    view = example_view(named("03-who"), offices)
    assert isinstance(view.body, WhoBody)
    hands.see(view)
    assert not screen.picture.holds_picture


def test_without_a_camera_no_picture_is_taken(offices: Offices, hands) -> None:
    view = example_view(named("04-scan-no-camera"), offices)
    assert isinstance(view.body, ScanBody)
    said = hands.see(view).texts()
    hands.window.show_frame(camera_frame())
    screen = hands.window.screen_shown
    assert isinstance(screen, ScanScreen)
    assert not screen.picture.holds_picture
    assert "Đưa mã QR vào đầu đọc" in said


def test_a_picture_owns_its_memory_and_may_be_grey() -> None:
    frame = np.full((4, 6), 200, np.uint8)
    image = image_of(frame)
    frame[:] = 0
    assert (image.width(), image.height()) == (6, 4)
    assert QColor(image.pixel(3, 2)).red() == 200
    assert image_of(image) is image


def test_a_view_of_an_array_that_is_not_contiguous_is_shown_as_it_is() -> None:
    frame = _red_left()[:, ::-1]
    image = image_of(frame)
    assert QColor(image.pixel(10, 10)).blue() == 255


@pytest.mark.parametrize(
    "picture", [np.zeros((4, 6, 4), np.uint8), np.zeros((4, 6, 3), np.float32), np.zeros((0, 6, 3), np.uint8)]
)
def test_what_is_no_picture_is_refused(picture: np.ndarray) -> None:
    with pytest.raises(ValueError, match="not a picture"):
        image_of(picture)


def test_the_way_out_is_filled_when_no_code_came_in_sight(offices: Offices, hands) -> None:
    hands.see(example_view(named("04-scan"), offices))
    assert hands.key("way_type:").kind == "plain"
    hands.see(example_view(named("04-scan-no-qr"), offices))
    assert hands.key("way_type:").kind == "primary"


# --- typing ---------------------------------------------------------------------------------------


def test_digits_and_what_is_left(offices: Offices, hands) -> None:
    said = hands.see(example_view(named("06-number"), offices)).texts()
    assert "12 chữ số in trên thẻ. Còn 4 số nữa." in said
    assert hands.key("pad_done:").text() == "Xin bấm đủ 12 số"
    assert not hands.key("pad_done:").isEnabled()
    assert hands.tap("pad_key:7") == [Press(Action.PAD_KEY, "7")]


def test_a_whole_number_can_be_sent_and_takes_no_more_digits(offices: Offices, hands) -> None:
    hands.see(example_view(named("06-number-complete"), offices))
    assert hands.tap("pad_done:") == [Press(Action.PAD_DONE)]
    assert not hands.key("pad_key:1").isEnabled()
    assert hands.tap("pad_delete:") == [Press(Action.PAD_DELETE)]


def test_a_doubted_number_is_asked_about_not_refused(offices: Offices, hands) -> None:
    said = hands.see(example_view(named("06-number-doubt"), offices)).texts()
    assert "Các chữ số đều giống nhau. Số này đã đúng chưa?" in said
    assert hands.key("pad_keep:").kind == "plain"
    assert hands.tap("pad_keep:") == [Press(Action.PAD_KEEP)]


def test_letters_for_a_health_card(offices: Offices, hands) -> None:
    view = example_view(named("06-number-hospital-letters"), offices)
    assert isinstance(view.body, NumberBody)
    hands.see(view)
    names = {key.objectName() for key in hands.keys}
    assert {f"pad_key:{letter}" for letter in view.body.letters} <= names
    assert "pad_key:1" not in names
    assert hands.tap("pad_kind:bhxh") == [Press(Action.PAD_KIND, "bhxh")]


def test_shown_digits_can_be_hidden_again(offices: Offices, hands) -> None:
    hands.see(example_view(named("06-number"), offices))
    assert hands.key("pad_show:").text() == "Hiện số"
    hands.see(with_body(example_view(named("06-number"), offices), shown=True))
    assert hands.key("pad_show:").text() == "Ẩn số"


# --- the number -----------------------------------------------------------------------------------


def _ticket(offices: Offices, name: str = "08-done", **changes: object) -> View:
    view = example_view(named(name), offices)
    assert isinstance(view.body, TicketBody)
    return with_body(view, **changes)


def test_number_place_and_wait(offices: Offices, hands) -> None:
    said = hands.see(_ticket(offices)).texts().splitlines()
    for words in ("A017", "Khu chờ tầng 1, bên trái", "Quầy 2 hoặc 3, xem bảng gọi", "12 người", "25–40 phút"):
        assert words in said
    assert "Mời lấy phiếu ở khe phía dưới" in said


def test_the_number_is_the_largest_thing_on_the_screen(offices: Offices, hands) -> None:
    for name in ("08-done", "08-done-own-series", "08-done-long", "09-no-paper", "09-no-paper-hospital"):
        for size in (PORTRAIT, LANDSCAPE):
            hands.see(example_view(named(name), offices), size)
            marks = hands.window.screen_shown.words_shown()
            sizes = sorted(((mark.laid.size, mark.laid.source) for mark in marks), reverse=True)
            body = hands.window.view.body
            assert isinstance(body, TicketBody)
            assert sizes[0][1] == body.ticket.number
            assert sizes[0][0] >= 2 * sizes[1][0]


def test_one_counter_is_said_large_and_several_small(offices: Offices, hands) -> None:
    assert "Quầy 3" in hands.see(_ticket(offices, counters=(3,))).texts().splitlines()
    assert "Quầy 2, 3 hoặc 4, xem bảng gọi" in hands.see(_ticket(offices, counters=(2, 3, 4))).texts()


def test_paper_that_failed_or_was_skipped_is_the_screen_without_paper(offices: Offices, hands) -> None:
    for paper in ("failed", "skipped"):
        ticket = replace(_ticket(offices).body.ticket, paper=paper)  # type: ignore[union-attr]
        said = hands.see(_ticket(offices, ticket=ticket)).texts()
        assert "Số A017 vẫn có giá trị" in said
        assert "Mời lấy phiếu" not in said
        assert hands.tap("write_for_me:") == [Press(Action.WRITE_FOR_ME)]


def test_staff_have_been_told_only_after_they_acknowledged(offices: Offices, hands) -> None:
    told = "Nhân viên đã được báo và đang đến."
    assert told not in hands.see(example_view(named("09-no-paper"), offices)).texts()
    assert told not in hands.see(example_view(named("09-no-paper-called"), offices)).texts()
    assert told in hands.see(example_view(named("09-no-paper-told"), offices)).texts()


def test_an_unsure_printer_is_asked_about_with_two_equal_keys(offices: Offices, hands) -> None:
    said = hands.see(example_view(named("08-done-asks-paper"), offices)).texts()
    assert "Phiếu đã in ra chưa?" in said
    yes, no = hands.key("paper_yes:"), hands.key("paper_no:")
    assert (yes.kind, yes.surface.size()) == (no.kind, no.surface.size())
    assert hands.tap("paper_yes:") == [Press(Action.PAPER_YES)]


def test_a_number_of_the_kiosks_own_says_so(offices: Offices, hands) -> None:
    own = "Số dự phòng, gọi theo giờ lấy"
    assert own in hands.see(example_view(named("08-done-own-series"), offices)).texts()
    assert own in hands.see(example_view(named("08-done-own-known"), offices)).texts()
    assert own not in hands.see(example_view(named("08-done"), offices)).texts()


def test_a_number_for_the_afternoon_says_from_when(offices: Offices, hands) -> None:
    said = hands.see(example_view(named("08-done-later"), offices)).texts().splitlines()
    assert "Gọi từ" in said
    assert "12:45" in said


@pytest.mark.parametrize(
    ("high", "label", "span"), [(30, "Thời gian chờ", "khoảng 1 phút"), (600, "Chờ khoảng", "5–10 phút")]
)
def test_about_is_said_once(high: int, label: str, span: str, offices: Offices, hands) -> None:
    ticket = replace(_ticket(offices).body.ticket, wait=WaitSeconds(min(high, 300), high))  # type: ignore[union-attr]
    said = hands.see(_ticket(offices, ticket=ticket)).texts().splitlines()
    assert label in said
    assert span in said


def test_without_an_address_there_is_no_code_to_scan(offices: Offices, hands) -> None:
    assert "Theo dõi trên điện thoại" not in hands.see(example_view(named("08-done-no-address"), offices)).texts()
    assert "Lưu số vào điện thoại" not in hands.see(example_view(named("09-no-paper-no-address"), offices)).texts()


def test_nothing_known_about_the_wait_sends_to_the_board(offices: Offices, hands) -> None:
    said = hands.see(example_view(named("08-done-nothing-known"), offices)).texts()
    assert "Mời theo dõi bảng gọi" in said
    assert "Phía trước còn" not in said


def test_a_further_matter_is_offered_only_where_it_can_be_had(offices: Offices, hands) -> None:
    hands.see(_ticket(offices, another=False))
    assert not [key for key in hands.keys if key.objectName() == "another_service:"]


# --- endings, help, ease --------------------------------------------------------------------------


def test_every_ending_has_its_words(offices: Offices, hands, words) -> None:
    for example in (*EXAMPLES, *ANSWERS):
        if example.name.startswith("20-"):
            view = example_view(example, offices)
            body = view.body
            assert isinstance(body, NoticeBody)
            facts = {"number": body.number} | body.facts
            title = words["vi"](f"notice.{body.name}.title", **facts).replace("\u00a0", " ")
            assert title[1:] in hands.see(view).texts()


@pytest.mark.parametrize(
    ("state", "emergency", "said"),
    [
        ("ask", False, "Mời chọn cách trợ giúp"),
        ("calling", False, "Đang gọi nhân viên"),
        ("acknowledged", False, "Nhân viên đang đến"),
        ("unanswered", False, "Mời đến quầy hướng dẫn ở bên phải cửa chính."),
        ("calling", True, "Đang gọi nhân viên cấp cứu"),
        ("acknowledged", True, "Nhân viên cấp cứu đang đến"),
    ],
)
def test_help_says_how_the_call_stands(state: str, emergency: bool, said: str, offices: Offices, hands) -> None:
    view = example_view(named("21-help"), offices)
    body = HelpBody(state, emergency, "bên phải cửa chính", can_find=False)  # type: ignore[arg-type]
    assert said in hands.see(replace(view, body=body)).texts().splitlines()
    assert hands.tap("close:") == [Press(Action.CLOSE)]


@pytest.mark.parametrize(("state", "emergency"), [("ask", False), ("unanswered", False), ("unanswered", True)])
def test_help_without_a_known_place_has_no_hole_in_its_words(
    state: str, emergency: bool, offices: Offices, hands
) -> None:
    view = example_view(named("21-help"), offices)
    body = HelpBody(state, emergency, "", can_find=False)  # type: ignore[arg-type]
    said = hands.see(replace(view, body=body)).texts()
    assert " ở ." not in said.replace("\u00a0", " ")


def test_ease_shows_what_is_set(offices: Offices, hands) -> None:
    view = example_view(named("22-ease"), offices, theme="high_contrast", low_reach=True)
    assert isinstance(view.body, EaseBody)
    hands.see(view)
    chosen = {key.objectName() for key in hands.keys if key.kind == "selected"}
    assert chosen == {"set_theme:high_contrast", "set_reach:low"}
    assert hands.tap("set_theme:normal") == [Press(Action.SET_THEME, "normal")]


def test_out_of_service_keeps_the_number_in_sight_and_says_the_code(offices: Offices, hands) -> None:
    said = hands.see(example_view(named("23-out-of-service"), offices)).texts()
    assert "Số A017 vẫn có giá trị" in said
    assert "Mã báo kỹ thuật: S3" in said


def test_the_picture_for_the_gallery_is_a_picture() -> None:
    frame = camera_frame()
    assert isinstance(frame, QImage)
    assert frame.width() == 1280
