"""Trouble by real clicks: paper, network, clock, help, somebody who walks away, a crash, a broken disk."""

from pathlib import Path

from kiosk.flow.events import Broken
from kiosk.flow.views import CheckBody, HelpBody, NumberBody, OutOfServiceBody, TicketBody, WelcomeBody, WhoBody
from kiosk.storage.store import Store
from kiosk.sync.enrol import FILE
from kiosk.sync.secret_files import FOLDER, write_secret
from tests.support.stamps import Issuer
from tests.support.window_central import running_central
from tests.support.window_looks import both_looks
from tests.support.window_visits import MONDAY, Kiosk, Time, make_home

CARD = "099190000011||Đỗ Thị Ước|15021990|Nữ|Tổ 3, Phường Hoa Sen, Hà Nội|10052021"


def take(kiosk: Kiosk) -> None:
    """A number without a card; its paper may fail."""
    kiosk.tap("start:", "choose_service:chung-thuc", "way_none:")
    kiosk.shows(TicketBody)


# --- paper -----------------------------------------------------------------------------------------------------------


@both_looks
def test_no_printer(enter, look) -> None:
    with enter(printer="none") as kiosk:
        kiosk.tap("start:", "choose_service:chung-thuc")
        kiosk.sees(vi="Máy tạm chưa in được phiếu", en="Tickets cannot be printed at the moment")
        kiosk.tap("take_anyway:", "way_none:")
        kiosk.shows(TicketBody)
        kiosk.sees("A001", vi=("Số A001 vẫn có giá trị", "Lưu số vào điện thoại"), en=("Number A001 is still valid",))
        kiosk.sees_not("Phiếu sắp ra", "Your ticket comes out")
        kiosk.tap("write_for_me:")
        kiosk.sees(vi="Đang gọi nhân viên", en="Calling staff")
        assert kiosk.ticket().paper in ("failed", "skipped")
        kiosk.tap("done:")
        kiosk.rests("A001")


@both_looks
def test_paper_is_out(enter, look, tmp_path: Path) -> None:
    home = make_home(tmp_path / "kiosk", scanner=False)
    home.break_printer("paper_out")
    with enter(home, printer="trouble") as kiosk:
        kiosk.tap("start:", "choose_service:chung-thuc")
        kiosk.sees(
            vi=("Máy tạm chưa in được phiếu", "Lấy số trên màn hình", "Nhờ nhân viên"),
            en=("Tickets cannot be printed at the moment", "Show my number on screen"),
        )
        kiosk.tap("take_anyway:", "way_none:")
        kiosk.sees(
            vi=("Số A001 vẫn có giá trị", "Xin báo nhân viên", "Nhờ nhân viên viết số"),
            en=("Number A001 is still valid", "Have it written down"),
        )
        assert kiosk.ticket().paper == "failed"
        assert kiosk.printed() == []
        kiosk.tap("done:")
        kiosk.rests("A001")


@both_looks
def test_paper_ends_while_it_prints_and_the_paper_is_there(enter, look) -> None:
    with enter() as kiosk:
        kiosk.home.break_printer("paper_out_during")
        take(kiosk)
        kiosk.shows(TicketBody, lambda body: body.asks_paper)
        kiosk.sees("A001", vi="Phiếu đã in ra chưa?", en="Has the ticket come out?")
        kiosk.tap("paper_yes:")
        kiosk.shows(TicketBody, lambda body: not body.asks_paper)
        kiosk.wait(lambda: kiosk.ticket().paper == "printed", "what the person said in the row")
        assert kiosk.papers()[0].reason == "said by the person"
        assert len(kiosk.tickets()) == 1


@both_looks
def test_the_printer_is_lost_and_no_paper_is_there(enter, look) -> None:
    with enter() as kiosk:
        kiosk.home.break_printer("lost_after=3000")
        take(kiosk)
        kiosk.sees("A001", vi="Phiếu đã in ra chưa?", en="Has the ticket come out?")
        kiosk.tap("paper_no:")
        kiosk.sees(vi=("Số A001 vẫn có giá trị", "Lưu số vào điện thoại"), en=("Number A001 is still valid",))
        kiosk.wait(lambda: kiosk.ticket().paper == "failed", "what the person said in the row")
        assert len(kiosk.tickets()) == 1


@both_looks
def test_a_reprint_is_the_same_ticket(enter, look) -> None:
    with enter() as kiosk:
        take(kiosk)
        kiosk.shows(TicketBody, lambda body: body.ticket.paper == "printed")
        kiosk.tap("reprint:")
        kiosk.wait(lambda: len(kiosk.printed()) == 2, "a second page")
        kiosk.shows(TicketBody, lambda body: body.ticket.paper == "printed")
        assert kiosk._key("reprint:") is None
        assert [job.kind for job in kiosk.papers()] == ["ticket", "reprint"]
        assert kiosk.ticket().number == "A001"


@both_looks
def test_a_crash_cut_the_paper(enter, look, tmp_path: Path) -> None:
    home = make_home(tmp_path / "kiosk", scanner=False)
    with Store.open(home.database) as store:
        cut = Issuer(store).own(MONDAY, kiosk=None, service="chung-thuc")
        assert store.print_jobs.take_next() is not None
    with enter(home) as kiosk:
        kiosk.sees(vi=("Số A001 vẫn có giá trị", "In lại số A001"), en=("Number A001 is still valid",))
        kiosk.tap("reprint:")
        kiosk.shows(TicketBody, lambda body: body.ticket.paper == "printed")
        kiosk.sees("A001")
        kiosk.sees_not("Khu chờ", "Waiting area")
        assert [(job.kind, job.state) for job in kiosk.papers()] == [
            ("ticket", "unconfirmed"),
            ("number_only", "printed"),
        ]
        assert kiosk.ticket().ticket_id == cut.ticket_id
        kiosk.tap("done:")
        kiosk.rests("A001")


@both_looks
def test_after_two_minutes_a_cut_paper_is_for_staff_only(enter, look, tmp_path: Path) -> None:
    home = make_home(tmp_path / "kiosk", scanner=False)
    with Store.open(home.database) as store:
        Issuer(store).own(MONDAY, kiosk=None, service="chung-thuc")
        assert store.print_jobs.take_next() is not None
    with enter(home) as kiosk:
        kiosk.sees("A001")
        kiosk.later(121)
        kiosk.rests("A001")
        assert kiosk._key("reprint:") is None


# --- network and clock -----------------------------------------------------------------------------------------------


@both_looks
def test_central_is_gone(enter, look, tmp_path: Path) -> None:
    time = Time()
    home = make_home(tmp_path / "kiosk", scanner=False, kiosk={"number_wait_ms": 5000})
    with running_central(tmp_path, home.site, time) as central:
        central.enrol(home, 2)
        with enter(home, time=time) as kiosk:
            kiosk.wait(lambda: kiosk.state.around.online, "central")
            take(kiosk)
            kiosk.shows(TicketBody, lambda body: body.ticket.paper == "printed")
            kiosk.sees("A001", vi=("Phía trước còn", "Không còn ai"), en=("Ahead of you", "No one"))
            kiosk.tap("done:")
            kiosk.rests("A001")
            central.stop()
            kiosk.wait(lambda: not kiosk.state.around.online, "central gone", passing=0.05)
            kiosk.begin()
            kiosk.sees(vi="Vẫn lấy số bình thường. Máy tạm chưa kết nối.", en="Numbers are given as usual.")
            kiosk.tap("start:", "choose_service:chung-thuc", "way_none:")
            kiosk.shows(TicketBody, lambda body: body.ticket.paper == "printed")
            kiosk.sees("A2-001", vi="Số dự phòng, gọi theo giờ lấy", en="Reserve number, called by time taken")
            kiosk.sees("08:1")
            online, offline = kiosk.tickets()
            assert (online.number, online.sync) == ("A001", "confirmed")
            assert (offline.number, offline.sync, offline.own_series) == ("A2-001", "pending", True)


@both_looks
def test_the_clock_is_not_sure(enter, look, tmp_path: Path) -> None:
    """Enrolled, but after a boot without central: no clock is shown, nobody is turned away."""
    home = make_home(tmp_path / "kiosk", scanner=False, kiosk={})
    unreachable = '{"url": "http://127.0.0.1:9", "token": "t", "kiosk": 2, "office": "phuong-hoa-sen"}'
    write_secret(home.path / FOLDER / FILE, unreachable.encode())
    with enter(home, at=MONDAY.replace(hour=3)) as kiosk:
        kiosk.shows(WelcomeBody)
        kiosk.sees(vi="Mời lấy số", en="Take a number")
        kiosk.sees_not("03:00", "Thứ Hai", "Mon,", "07:00")
        take(kiosk)
        kiosk.shows(TicketBody, lambda body: body.ticket.paper == "printed")
        kiosk.sees("A2-501")
        row = kiosk.ticket()
        assert (row.number, row.intent.stamp.sure) == ("A2-501", False)
        assert "03:00" not in kiosk.printed()[0]


# --- help ------------------------------------------------------------------------------------------------------------


@both_looks
def test_help_that_nobody_answers(enter, look) -> None:
    with enter() as kiosk:
        kiosk.tap("start:", "help:")
        kiosk.sees(vi="Mời chọn cách trợ giúp", en="How may we help?")
        kiosk.tap("call_staff:")
        kiosk.sees(vi=("Đang gọi nhân viên", "Xin đợi tại máy"), en=("Calling staff", "Please wait here"))
        kiosk.later(59)
        kiosk.shows(HelpBody, lambda body: body.state == "calling")
        kiosk.later(2)
        kiosk.shows(HelpBody, lambda body: body.state == "unanswered")
        kiosk.sees(
            vi=("Nhân viên đang bận", "Mời đến quầy hướng dẫn ở bên phải cửa chính"),
            en=("Staff are busy", "to the right of the main door"),
        )
        kiosk.tap("close:")
        kiosk.sees(vi=("Mời chọn việc", "Nhân viên đang bận"), en=("What brings you here", "Staff are busy"))


def _help_state(kiosk: Kiosk) -> str:
    body = kiosk.window.view.body
    assert isinstance(body, HelpBody)
    return body.state


@both_looks
def test_help_that_is_answered(enter, look, tmp_path: Path) -> None:
    time = Time()
    home = make_home(tmp_path / "kiosk", scanner=False, kiosk={"number_wait_ms": 5000})
    with running_central(tmp_path, home.site, time) as central:
        central.enrol(home)
        with enter(home, time=time) as kiosk:
            kiosk.wait(lambda: kiosk.state.around.online, "central")
            kiosk.tap("start:", "help:", "call_staff:")
            kiosk.shows(HelpBody, lambda body: body.state == "calling")
            kiosk.wait(central.is_called, "the call at central")
            central.staff_are_coming()
            kiosk.wait(lambda: _help_state(kiosk) == "acknowledged", "staff on their way", passing=0.05)
            kiosk.sees(vi="Nhân viên đang đến", en="Staff are on their way")
            kiosk.tap("close:")
            kiosk.sees(
                vi=("Mời chọn việc", "Nhân viên đang đến."), en=("What brings you here", "Staff are on their way.")
            )
            kiosk.tap("back:")
            kiosk.rests()
            kiosk.wait(lambda: not central.is_called(), "the end of the call at central")


@both_looks
def test_an_emergency_takes_no_ticket(enter, look) -> None:
    with enter(profile="hospital") as kiosk:
        kiosk.tap("emergency:")
        kiosk.sees(vi=("Đang gọi nhân viên cấp cứu", "Không cần lấy số"), en=("Calling emergency staff",))
        assert kiosk.tickets() == []


# --- walking away ----------------------------------------------------------------------------------------------------


@both_looks
def test_somebody_who_walks_away_leaves_nothing(enter, look) -> None:
    with enter(scanner=True) as kiosk:
        kiosk.tap("start:", "choose_service:chung-thuc")
        kiosk.shows(WhoBody)
        kiosk.scan(CARD)
        kiosk.shows(CheckBody)
        kiosk.later(39)
        kiosk.sees_not("cần thêm thời gian không", "Do you need more time")
        kiosk.later(2)
        kiosk.sees(
            vi=("Ông/bà cần thêm thời gian không?", "Chưa lấy số nào"), en=("Do you need more time?", "No number taken")
        )
        kiosk.tap("more_time:")
        kiosk.wait(lambda: kiosk.window.view.frame.asks_for_time is None, "the question gone")
        kiosk.sees("Đ. T. Ước")
        kiosk.later(41)
        kiosk.sees(vi="Ông/bà cần thêm thời gian không?", en="Do you need more time?")
        kiosk.later(20)
        kiosk.shows(WelcomeBody)
        kiosk.rests("Ước", "099190000011")
        assert kiosk.tickets() == []


@both_looks
def test_half_a_number_is_forgotten(enter, look) -> None:
    with enter() as kiosk:
        kiosk.tap("start:", "choose_service:chung-thuc", "way_type:")
        kiosk.type_number("09919")
        kiosk.later(91)
        kiosk.rests("09919")
        kiosk.begin()
        kiosk.tap("start:", "choose_service:chung-thuc", "way_type:")
        kiosk.shows(NumberBody, lambda body: body.entered == 0)


@both_looks
def test_starting_over_forgets_at_once(enter, look) -> None:
    with enter(scanner=True) as kiosk:
        kiosk.tap("start:", "choose_service:chung-thuc")
        kiosk.shows(WhoBody)
        kiosk.scan(CARD)
        kiosk.shows(CheckBody)
        kiosk.tap("start_over:")
        kiosk.rests("Ước", "099190000011")


@both_looks
def test_a_number_with_its_paper_closes_by_itself(enter, look) -> None:
    with enter() as kiosk:
        take(kiosk)
        kiosk.shows(TicketBody, lambda body: body.ticket.paper == "printed")
        kiosk.later(1)
        kiosk.sees(vi="Tự đóng sau 19 giây", en="Closes in 19 seconds")
        before = kiosk.window.view.frame.limit_serial
        kiosk.tap("more_time:")
        kiosk.wait(lambda: kiosk.window.view.frame.limit_serial != before, "a new time limit")
        kiosk.later(19)
        kiosk.shows(TicketBody)
        kiosk.later(2)
        kiosk.rests("A001")


# --- out of service --------------------------------------------------------------------------------------------------


@both_looks
def test_the_journal_cannot_be_written(enter, look) -> None:
    with enter() as kiosk:
        kiosk.shows(WelcomeBody)
        journal = kiosk.home.path / "journal"
        journal.write_text("no folder", encoding="utf-8")
        kiosk.tap("start:", "choose_service:chung-thuc", "way_none:")
        kiosk.shows(OutOfServiceBody)
        kiosk.sees("D1", vi=("Máy tạm nghỉ", "bên phải cửa chính"), en=("Out of service", "main door"))
        assert kiosk.tickets() == []
        assert kiosk.printed() == []
        journal.unlink()
        kiosk.later(31)
        kiosk.rests()
        kiosk.begin()
        take(kiosk)
        assert kiosk.ticket().number == "A001"


@both_looks
def test_the_database_cannot_be_opened(enter, look, tmp_path: Path) -> None:
    home = make_home(tmp_path / "kiosk", scanner=False, printer=False)
    home.database.mkdir()
    with enter(home, printer="none") as kiosk:
        kiosk.shows(OutOfServiceBody)
        kiosk.sees("D1", vi=("Máy tạm nghỉ", "bên phải cửa chính"), en=("Out of service", "main door"))
        kiosk.tap("help:", "call_staff:")
        kiosk.sees(vi=("Nhân viên đang bận", "bên phải cửa chính"), en=("Staff are busy", "main door"))
        kiosk.tap("close:")
        kiosk.shows(OutOfServiceBody)


@both_looks
def test_a_number_stays_in_sight_when_the_machine_breaks(enter, look) -> None:
    with enter() as kiosk:
        take(kiosk)
        kiosk.appliance.post(Broken("K1"))
        kiosk.shows(OutOfServiceBody)
        kiosk.sees("K1", vi=("Số A001 vẫn có giá trị",), en=("Number A001 is still valid",))
        kiosk.later(31)
        kiosk.rests("A001")
