"""The designed endings by real clicks: hours, quotas, limits, wrong doors and cards that cannot be read."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from config.load import load_settings
from kiosk.backroom import Backroom, Place
from kiosk.desk.issuing import Wish
from kiosk.flow.views import CheckBody, ChooseBody, FindBody, NoticeBody, ScanBody, TicketBody, WelcomeBody, WhoBody
from kiosk.storage.store import Store
from tests.support.window_central import running_central
from tests.support.window_looks import both_looks
from tests.support.window_visits import MONDAY, Kiosk, Time, make_home, service_of

CARD = "099190000011||Đỗ Thị Ước|15021990|Nữ|Tổ 3, Phường Hoa Sen, Hà Nội|10052021"
YEAR_ONLY = "099048000033||Lê Văn Sáu|1948|Nam|Phường Hoa Sen, Hà Nội|10052021"
JUNK = "https://example.vn/menu"


def at(hour: int, minute: int, days: int = 0) -> datetime:
    return (MONDAY + timedelta(days=days)).replace(hour=hour, minute=minute)


def take(kiosk: Kiosk, service: str = "chung-thuc") -> None:
    """A number without a card."""
    kiosk.tap("start:", f"choose_service:{service}", "way_none:")
    kiosk.shows(TicketBody, lambda body: body.ticket.paper == "printed")


def take_with_card(kiosk: Kiosk, service: str = "chung-thuc") -> None:
    """A number with the card, and away."""
    kiosk.tap("start:", f"choose_service:{service}")
    kiosk.shows(WhoBody)
    kiosk.scan(CARD)
    kiosk.tap("confirm:")
    kiosk.shows(TicketBody, lambda body: body.ticket.paper == "printed")
    kiosk.tap("done:")
    kiosk.rests("Ước")


def nothing_taken(kiosk: Kiosk) -> None:
    assert kiosk.tickets() == []
    assert kiosk.printed() == []


# --- hours -----------------------------------------------------------------------------------------------------------


@both_looks
def test_too_early(enter, look) -> None:
    with enter(at=at(6, 30)) as kiosk:
        kiosk.sees(vi=("Phát số từ 07:00", "Mời ngồi chờ"), en=("Numbers from 07:00", "have a seat"))
        kiosk.tap("start:")
        kiosk.sees(vi="Phát số từ 07:00, mời ngồi chờ", en="Numbers from 07:00, please take a seat")
        kiosk.tap("done:")
        kiosk.rests()
        nothing_taken(kiosk)
        kiosk.later(31 * 60)
        kiosk.begin()
        kiosk.sees(vi=("Mời lấy số", "Mở cửa đến 11:30"), en=("Take a number", "Open until 11:30"))
        take(kiosk)


@both_looks
def test_closed_for_today(enter, look) -> None:
    with enter(at=at(18, 0)) as kiosk:
        kiosk.sees(vi=("Hôm nay đã hết giờ lấy số", "07:00"), en=("No more numbers today", "07:00"))
        kiosk.tap("start:")
        kiosk.sees(
            vi=("Đã hết giờ phát số hôm nay", "Phát số lại từ 07:00 ngày 24/11"),
            en=("No more numbers today", "from 07:00 on 24/11"),
        )
        kiosk.tap("done:")
        kiosk.rests()
        nothing_taken(kiosk)


@both_looks
def test_lunch(enter, look) -> None:
    with enter(at=at(12, 0)) as kiosk:
        kiosk.sees(vi=("Đang nghỉ trưa", "Phát số chiều từ 12:45"), en=("Lunch break", "Afternoon numbers from 12:45"))
        kiosk.tap("start:")
        kiosk.sees(vi="Phát số chiều từ 12:45, mời ngồi chờ", en="Afternoon numbers from 12:45, please take a seat")
        kiosk.tap("done:")
        kiosk.rests()
        nothing_taken(kiosk)


@both_looks
def test_late_and_taken_all_the_same(enter, look) -> None:
    with enter(at=at(11, 12)) as kiosk:
        kiosk.tap("start:", "choose_service:chung-thuc")
        kiosk.sees(vi="Có thể không kịp trước giờ nghỉ trưa", en="There may not be time before the lunch break")
        kiosk.sees("11:30", vi=("Vẫn lấy", "Lấy số buổi chiều"), en=("Take it anyway", "Take an afternoon number"))
        kiosk.tap("take_anyway:", "way_none:")
        kiosk.shows(TicketBody, lambda body: body.ticket.paper == "printed")
        assert kiosk.ticket().intent.not_before is None


@both_looks
def test_late_and_taken_for_the_afternoon(enter, look) -> None:
    with enter(at=at(11, 12), scanner=True) as kiosk:
        kiosk.tap("start:", "choose_service:chung-thuc", "take_later:")
        kiosk.shows(WhoBody)
        kiosk.scan(CARD)
        kiosk.sees(vi="Số buổi chiều, gọi từ 13:00", en="Afternoon number, called from 13:00")
        kiosk.tap("confirm:")
        kiosk.shows(TicketBody, lambda body: body.ticket.paper == "printed")
        kiosk.sees("13:00", vi="Gọi từ", en="Called from")
        not_before = kiosk.ticket().intent.not_before
        assert not_before is not None
        assert datetime.fromisoformat(not_before) == at(13, 0)


@both_looks
def test_late_in_the_last_session_of_the_day(enter, look) -> None:
    with enter(at=at(16, 42)) as kiosk:
        kiosk.tap("start:", "choose_service:chung-thuc")
        kiosk.sees("17:00", vi="Có thể không kịp trong hôm nay", en="There may not be time today")
        assert kiosk._key("take_later:") is None
        kiosk.tap("take_anyway:", "way_none:")
        kiosk.shows(TicketBody)
        assert kiosk.ticket().number == "A001"


# --- quotas and rest -------------------------------------------------------------------------------------------------


def _one_a_session(site: dict[str, Any]) -> None:
    service_of(site, "chung-thuc")["quota"] = 1


@both_looks
def test_the_session_is_full(enter, look) -> None:
    with enter(change=_one_a_session) as kiosk:
        take(kiosk)
        kiosk.tap("done:")
        kiosk.rests()
        kiosk.later(6)
        kiosk.begin()
        kiosk.tap("start:")
        kiosk.sees(vi="Hết số, phát tiếp lúc 12:45", en="Full, more numbers from 12:45")
        kiosk.tap("choose_service:chung-thuc")
        kiosk.sees(vi=("Đã hết số buổi sáng", "Phát số chiều từ 12:45"), en=("No morning numbers left", "12:45"))
        kiosk.tap("back:")
        kiosk.shows(ChooseBody)
        assert len(kiosk.tickets()) == 1


@both_looks
def test_the_last_number_goes_while_somebody_is_choosing(enter, look) -> None:
    with enter(change=_one_a_session, scanner=True) as kiosk:
        kiosk.tap("start:", "choose_service:chung-thuc")
        kiosk.shows(WhoBody)
        kiosk.scan(CARD)
        kiosk.shows(CheckBody)
        take_beside(kiosk)
        kiosk.tap("confirm:")
        kiosk.sees(vi=("Đã hết số buổi sáng", "Phát số chiều từ 12:45"), en=("No morning numbers left", "12:45"))
        kiosk.tap("start_over:")
        kiosk.rests("Ước")
        assert len(kiosk.tickets()) == 1


def take_beside(kiosk: Kiosk) -> None:
    """``kiosk ticket issue`` in another process takes a number while the kiosk runs."""
    settings = load_settings(kiosk.home.path, None, {})
    store = Store.open(kiosk.home.database)
    with Backroom(Place(kiosk.home.path), settings, store, kiosk.time.clocks()) as room:
        room.issuing(None, room.catalogue).take(Wish("chung-thuc", print=False))


@both_looks
def test_a_field_at_rest(enter, look) -> None:
    def rest(site: dict[str, Any]) -> None:
        service_of(site, "dat-dai")["at_rest"] = {"vi": "cán bộ đi họp", "en": "the officer is away"}

    with enter(change=rest) as kiosk:
        kiosk.tap("start:")
        kiosk.sees(vi="Tạm nghỉ: cán bộ đi họp", en="Paused: the officer is away")
        kiosk.tap("choose_service:dat-dai")
        kiosk.sees(vi="Đất đai đang tạm nghỉ", en="Land is paused")
        kiosk.tap("call_staff:")
        kiosk.sees(vi="Đang gọi nhân viên", en="Calling staff")
        nothing_taken(kiosk)


# --- numbers already held --------------------------------------------------------------------------------------------


@both_looks
def test_the_same_card_again_is_offered_its_ticket(enter, look) -> None:
    with enter(scanner=True) as kiosk:
        take_with_card(kiosk)
        kiosk.begin()
        kiosk.scan(CARD)
        kiosk.sees("A001", vi="Ông/bà đang có số A001", en="You hold number A001")
        kiosk.tap("reprint:")
        kiosk.shows(TicketBody, lambda body: body.ticket.paper == "printed")
        kiosk.sees("A001")
        assert [job.kind for job in kiosk.papers()] == ["ticket", "reprint"]
        assert "IN LAI" in kiosk.printed()[1].upper() or "REPRINT" in kiosk.printed()[1].upper()
        assert kiosk.ticket().number == "A001"


@both_looks
def test_the_same_card_again_for_another_matter_or_with_staff(enter, look) -> None:
    with enter(scanner=True) as kiosk:
        take_with_card(kiosk)
        kiosk.begin()
        kiosk.scan(CARD)
        kiosk.shows(NoticeBody)
        kiosk.tap("call_staff:")
        kiosk.sees(vi="Đang gọi nhân viên", en="Calling staff")
        kiosk.tap("close:", "another_service:", "choose_service:van-hoa", "confirm:")
        kiosk.shows(TicketBody, lambda body: body.ticket.number == "L001")
        assert [row.number for row in kiosk.tickets()] == ["A001", "L001"]


@both_looks
def test_central_knows_that_a_number_is_held(enter, look, tmp_path: Path) -> None:
    time = Time()
    home = make_home(tmp_path / "kiosk", kiosk={"number_wait_ms": 5000})
    with running_central(tmp_path, home.site, time) as central:
        central.enrol(home)
        with enter(home, time=time, scanner=True) as kiosk:
            kiosk.wait(lambda: kiosk.state.around.online, "central")
            take_with_card(kiosk)
            kiosk.later(6 * 60)  # the kiosk itself asks no longer
            kiosk.begin()
            kiosk.tap("start:", "choose_service:chung-thuc")
            kiosk.shows(WhoBody)
            kiosk.scan(CARD)
            kiosk.tap("confirm:")
            kiosk.sees("A001", vi="Ông/bà đang có số A001, còn 0 người", en="You hold number A001, 0 ahead of you")
            kiosk.tap("reprint:")
            kiosk.shows(TicketBody, lambda body: body.ticket.paper == "printed")
            assert [row.number for row in kiosk.tickets()] == ["A001"]
            assert len(kiosk.printed()) == 2


@both_looks
def test_the_limit_of_the_day_is_reached(enter, look, tmp_path: Path) -> None:
    time = Time()
    home = make_home(
        tmp_path / "kiosk",
        change=lambda site: site["rules"].update(tickets_per_day=1),
        kiosk={"number_wait_ms": 5000},
    )
    with running_central(tmp_path, home.site, time) as central:
        central.enrol(home)
        with enter(home, time=time, scanner=True) as kiosk:
            kiosk.wait(lambda: kiosk.state.around.online, "central")
            take_with_card(kiosk)
            kiosk.later(6 * 60)
            kiosk.begin()
            kiosk.tap("start:", "choose_service:van-hoa")
            kiosk.shows(WhoBody)
            kiosk.scan(CARD)
            kiosk.tap("confirm:")
            kiosk.sees(vi="Đã lấy đủ số cho hôm nay", en="You have taken all your numbers for today")
            kiosk.sees(vi=("Nhờ nhân viên", "Thêm việc khác"), en=("Ask a member of staff", "Another matter"))
            assert [row.number for row in kiosk.tickets()] == ["A001"]
            kiosk.later(46)
            kiosk.rests("Ước")


# --- doors and cards -------------------------------------------------------------------------------------------------


@both_looks
def test_a_wrong_door(enter, look) -> None:
    with enter() as kiosk:
        kiosk.tap("start:", "help:", "find:")
        kiosk.shows(FindBody)
        kiosk.sees(vi="Tìm việc bằng từ khác", en="Find it by another word")
        kiosk.type_words("ho khau")
        kiosk.tap("wrong_door:cu-tru-can-cuoc")
        kiosk.sees(
            vi=("Cư trú, căn cước: mời sang Công an phường", "Số 12 phố Hoa Sen"),
            en=("Residence, identity card: please go to Ward police", "12 Hoa Sen Street"),
        )
        kiosk.tap("done:")
        kiosk.rests("ho khau")
        nothing_taken(kiosk)


@both_looks
def test_other_words_lead_to_the_field(enter, look) -> None:
    with enter() as kiosk:
        kiosk.tap("start:", "help:", "find:")
        kiosk.type_words("cong chung")
        kiosk.tap("choose_service:chung-thuc", "way_none:")
        kiosk.shows(TicketBody)
        assert kiosk.ticket().number == "A001"


@both_looks
def test_a_card_without_a_code(enter, look) -> None:
    with enter(camera=True) as kiosk:
        kiosk.tap("start:", "choose_service:chung-thuc", "way_card:")
        kiosk.shows(ScanBody, lambda body: not body.no_qr)
        kiosk.later(9)
        kiosk.shows(ScanBody, lambda body: not body.no_qr)
        kiosk.later(1.5)
        kiosk.shows(ScanBody, lambda body: body.no_qr)
        kiosk.sees(vi="Thẻ không có mã QR? Bấm số in trên thẻ", en="No QR code? Type the card number")
        assert kiosk._key("way_type:").kind == "primary"
        kiosk.tap("way_type:")
        kiosk.type_number("099190000011")
        kiosk.tap("pad_done:", "confirm:")
        kiosk.shows(TicketBody)
        assert kiosk.ticket().intent.method == "typed"


@both_looks
def test_a_code_that_is_no_card(enter, look) -> None:
    with enter(camera=True) as kiosk:
        kiosk.tap("start:", "choose_service:chung-thuc", "way_card:")
        kiosk.shows(ScanBody)
        kiosk.hold_up(JUNK)
        kiosk.sees(vi="Chưa đọc được, xin đưa lại", en="Not readable, please try again")
        kiosk.later(10)
        kiosk.sees(
            vi=("Máy chưa đọc được thẻ này", "Quét lại thẻ", "Bấm số in trên thẻ"),
            en=("This card could not be read", "Scan the card again", "Type the number on the card"),
        )
        kiosk.tap("way_none:")
        kiosk.shows(TicketBody)
        assert kiosk.ticket().intent.method == "none"


@both_looks
def test_an_unreadable_card_before_a_way_is_chosen(enter, look) -> None:
    with enter(scanner=True) as kiosk:
        kiosk.tap("start:", "choose_service:chung-thuc")
        kiosk.shows(WhoBody)
        kiosk.scan(JUNK)
        kiosk.sees(vi="Chưa đọc được thẻ. Xin đưa lại mã QR.", en="The card could not be read.")
        kiosk.scan(CARD)
        kiosk.shows(CheckBody)
        kiosk.sees("Đ. T. Ước")


@both_looks
def test_a_card_with_only_the_year_of_birth(enter, look) -> None:
    with enter(scanner=True) as kiosk:
        kiosk.tap("start:", "choose_service:chung-thuc")
        kiosk.shows(WhoBody)
        kiosk.scan(YEAR_ONLY)
        kiosk.sees(
            vi=("Có thuộc diện ưu tiên không?", "Thẻ chỉ ghi năm sinh", "Từ 75 tuổi"),
            en=("Do you have priority?", "only a year of birth", "75 or older"),
        )
        kiosk.tap("priority:elderly")
        kiosk.sees("L. V. Sáu", vi="Từ 75 tuổi", en="75 or older")
        kiosk.tap("confirm:")
        kiosk.shows(TicketBody)
        row = kiosk.ticket()
        assert (row.intent.priority, row.intent.priority_proven) == ("elderly", False)


@both_looks
def test_a_number_that_looks_wrong_is_asked_about_and_taken(enter, look) -> None:
    with enter() as kiosk:
        kiosk.tap("start:", "choose_service:chung-thuc", "way_type:")
        kiosk.type_number("111111111111")
        kiosk.tap("pad_done:")
        kiosk.sees(vi="Các chữ số đều giống nhau.", en="All digits are the same.")
        kiosk.tap("pad_keep:")
        kiosk.shows(CheckBody)
        kiosk.tap("confirm:")
        kiosk.shows(TicketBody)
        assert kiosk.ticket().intent.method == "typed"


@both_looks
def test_not_sure_which_clinic(enter, look) -> None:
    with enter(profile="hospital") as kiosk:
        kiosk.shows(WelcomeBody)
        kiosk.tap("start:", "way_none:", "unsure:")
        kiosk.sees(vi=("Chưa biết chọn khoa nào", "Khám Nội tổng quát"), en=("Not sure which clinic",))
        kiosk.tap("choose_service:kham-tong-quat")
        kiosk.shows(TicketBody)
        assert kiosk.ticket().number == "A001"
