"""Visits by real clicks through the real window: each way to say who one is, each language, each panel."""

from kiosk.flow.views import CheckBody, ChooseBody, NumberBody, ScanBody, TicketBody, WelcomeBody, WhoBody
from kiosk.storage.rows import StoredTicket
from tests.support.window_looks import both_looks, every_look
from tests.support.window_visits import Kiosk

NUMBER = "099190000011"
NAME = "Đỗ Thị Ước"
MASKED = "Đ. T. Ước"
CARD = f"{NUMBER}||{NAME}|15021990|Nữ|Tổ 3, Phường Hoa Sen, Hà Nội|10052021"
NEW_CARD = f"099165000013|012345678|{NAME}|05091965|Nữ|Phường Hoa Sen, Hà Nội|02072024||||"
OLD_CARD = "099049000022||Nguyễn Văn Minh Châu|01051949|Nam|Phường Hoa Sen, Hà Nội|10052021"
BHYT = "DN4010900000011"
BHYT_CARD = (
    "0199000001|4e677579e1bb856e205468e1bb8b204de1baab75|29/03/1988|2|-|01 - 028|01/07/2023|-|31/07/2023|"
    "01050199000001|-|4| 01/10/2027|0123456789abcdef-1202|4|5175e1baad6e|$"
)


def choose_copies(kiosk: Kiosk) -> None:
    """From welcome to the question who one is."""
    kiosk.sees(vi="Mời lấy số", en="Take a number")
    kiosk.tap("start:")
    kiosk.sees(vi="Mời chọn việc cần giải quyết", en="What brings you here today?")
    kiosk.tap("choose_service:chung-thuc")
    kiosk.shows(WhoBody)
    kiosk.sees(vi=("Mời chọn cách lấy số", "Chứng thực"), en=("How would you like to do it?", "Certified copies"))


def take_the_paper(kiosk: Kiosk, number: str = "A001") -> StoredTicket:
    """The number is shown, its paper comes, and nothing of the person stays."""
    kiosk.shows(TicketBody, lambda body: body.ticket.paper == "printed")
    kiosk.sees(number, vi=("Số của ông/bà", "Mời lấy phiếu"), en=("Your number", "Take your ticket"))
    row = kiosk.ticket()
    assert (row.number, row.paper, row.intent.language) == (number, "printed", kiosk.language)
    assert [job.state for job in kiosk.papers()] == ["printed"]
    assert len(kiosk.printed()) == 1
    assert number in kiosk.printed()[0]
    kiosk.tap("done:")
    kiosk.rests(number, NUMBER, NAME, MASKED, BHYT)
    return row


@every_look
def test_a_card_held_to_the_scanner(enter, look) -> None:
    with enter(scanner=True) as kiosk:
        choose_copies(kiosk)
        kiosk.scan(CARD)
        kiosk.shows(CheckBody)
        kiosk.sees(MASKED, vi="Mời xem lại rồi lấy số", en="Check, then take your number")
        kiosk.sees_not(NAME, NUMBER)
        kiosk.tap("confirm:")
        row = take_the_paper(kiosk)
    assert row.intent.method == "card_qr"
    assert row.intent.person_ref
    assert (row.intent.on_behalf, row.intent.priority) == (False, None)


@every_look
def test_a_card_held_to_the_camera(enter, look) -> None:
    with enter(camera=True) as kiosk:
        choose_copies(kiosk)
        kiosk.tap("way_card:")
        kiosk.shows(ScanBody)
        kiosk.sees(vi=("Đưa mã QR vào trong khung", "Máy đang tìm mã QR"), en=("Put the QR code in the frame",))
        kiosk.hold_up(NEW_CARD)
        kiosk.shows(CheckBody)
        kiosk.sees(MASKED)
        kiosk.tap("confirm:")
        row = take_the_paper(kiosk)
    assert row.intent.method == "card_qr"


@every_look
def test_twelve_digits_typed(enter, look) -> None:
    with enter() as kiosk:
        choose_copies(kiosk)
        kiosk.tap("way_type:")
        kiosk.shows(NumberBody)
        kiosk.sees(vi=("Bấm số căn cước", "Xin bấm đủ 12 số"), en=("Type your card number", "Please type 12 digits"))
        kiosk.type_number(NUMBER[:7])
        # A finished group turns to dots once the next one has begun; the number is never whole in sight.
        assert kiosk.window.view.body.cells[:3] == (("•",) * 3, ("•",) * 3, ("0", "", ""))
        kiosk.tap("pad_show:")
        kiosk.sees(vi="Ẩn số", en="Hide")
        assert kiosk.window.view.body.cells[0] == tuple(NUMBER[:3])
        kiosk.tap("pad_show:", "pad_delete:")
        kiosk.shows(NumberBody, lambda body: body.entered == 6 and not body.shown)
        for digit in NUMBER[6:]:
            kiosk.tap(f"pad_key:{digit}")
        kiosk.tap("pad_done:")
        kiosk.shows(CheckBody)
        kiosk.sees("011")
        kiosk.sees_not(NUMBER)
        kiosk.tap("confirm:")
        row = take_the_paper(kiosk)
    assert row.intent.method == "typed"
    assert row.intent.person_ref


@every_look
def test_a_health_insurance_number_with_its_letters_typed(enter, look) -> None:
    with enter(profile="hospital") as kiosk:
        kiosk.tap("start:")
        kiosk.shows(WhoBody)
        kiosk.sees(vi="Cấp cứu", en="Emergency")
        kiosk.tap("way_type:", "pad_kind:bhyt_15")
        kiosk.shows(NumberBody, lambda body: bool(body.letters))
        kiosk.sees(vi="Bấm số thẻ bảo hiểm y tế", en="Type the health card number")
        kiosk.type_number(BHYT)
        kiosk.tap("pad_done:")
        kiosk.shows(ChooseBody)
        kiosk.sees(vi=("Mời chọn chuyên khoa", "Nội tổng quát"), en=("Choose a clinic", "General medicine"))
        kiosk.tap("choose_service:kham-tong-quat")
        kiosk.shows(CheckBody)
        kiosk.sees_not(BHYT)
        kiosk.tap("confirm:")
        kiosk.sees(vi=("Phòng 101", "Tầng 1"), en=("Room 101", "Floor 1"))
        row = take_the_paper(kiosk)
    assert (row.intent.method, row.service) == ("typed", "kham-tong-quat")
    assert row.intent.person_ref


@every_look
def test_without_a_card_two_touches_are_enough(enter, look) -> None:
    with enter() as kiosk:
        choose_copies(kiosk)
        kiosk.tap("way_none:")
        kiosk.sees(vi="Quầy 2 hoặc 3, xem bảng gọi", en="Counter 2 or 3, see the board")
        row = take_the_paper(kiosk)
    assert (row.intent.method, row.intent.person_ref) == ("none", None)


@every_look
def test_for_somebody_else(enter, look) -> None:
    with enter(scanner=True) as kiosk:
        choose_copies(kiosk)
        kiosk.tap("for_other:")
        kiosk.sees(vi="Thẻ của người cần giải quyết", en="The card of the person concerned")
        kiosk.scan(OLD_CARD)
        kiosk.shows(CheckBody)
        kiosk.sees("N. V. M. Châu", vi=("Lấy số cho", "Từ 75 tuổi"), en=("For", "75 or older"))
        kiosk.tap("confirm:")
        row = take_the_paper(kiosk)
    assert row.intent.on_behalf
    assert (row.intent.priority, row.intent.priority_proven) == ("elderly", True)


@every_look
def test_a_scanner_that_types_like_a_keyboard(enter, look) -> None:
    with enter() as kiosk:
        choose_copies(kiosk)
        kiosk.wedge(CARD.replace(NAME, "Đô~ Thi. U+o+'c"))
        kiosk.shows(CheckBody)
        kiosk.sees("011")
        kiosk.sees_not("U+o", NUMBER)
        kiosk.tap("confirm:")
        row = take_the_paper(kiosk)
    assert row.intent.method == "card_qr"
    assert row.intent.person_ref


@every_look
def test_one_touch_where_the_office_asks_afterwards(enter, look) -> None:
    with enter(scanner=True, change=lambda site: site["rules"].update(identify="after")) as kiosk:
        kiosk.tap("choose_service:chung-thuc")
        kiosk.shows(TicketBody, lambda body: body.ticket.paper == "printed")
        kiosk.sees("A001", vi="Đưa thẻ vào đầu đọc để lần sau nhanh hơn", en="Show your card to be faster next time")
        kiosk.scan(OLD_CARD)
        kiosk.sees(vi="Đã ghi nhận ưu tiên theo thẻ", en="Priority noted from your card")
        kiosk.wait(lambda: kiosk.ticket().intent.method == "card_qr", "the card in the row")
        row = kiosk.ticket()
        assert (row.number, row.intent.priority, row.intent.priority_proven) == ("A001", "elderly", True)
        assert row.intent.person_ref
        kiosk.later(9)  # the offer of the card is over
        kiosk.later(21)
        kiosk.rests("A001", "Châu")
        kiosk.tap("choose_service:nhan-ket-qua")
        kiosk.shows(TicketBody)
        kiosk.wait(lambda: [t.number for t in kiosk.tickets()] == ["A001", "N001"], "the next person's number")


@both_looks
def test_a_card_before_any_touch_begins_the_visit(enter, look) -> None:
    with enter(scanner=True) as kiosk:
        kiosk.shows(WelcomeBody)
        kiosk.scan(CARD)
        kiosk.shows(ChooseBody)
        kiosk.sees(vi="Đã đọc được thẻ. Mời chọn việc", en="Card read. Please choose")
        kiosk.tap("choose_service:chung-thuc")
        kiosk.shows(CheckBody)
        kiosk.sees(MASKED)
        kiosk.tap("confirm:")
        take_the_paper(kiosk)


@both_looks
def test_touching_anywhere_starts(enter, look) -> None:
    with enter() as kiosk:
        kiosk.shows(WelcomeBody)
        kiosk.touch_anywhere()
        kiosk.shows(ChooseBody)


@both_looks
def test_a_health_insurance_card_held_to_the_scanner(enter, look) -> None:
    with enter(profile="hospital", scanner=True) as kiosk:
        kiosk.scan(BHYT_CARD)
        kiosk.shows(ChooseBody)
        kiosk.tap("choose_service:mat")
        kiosk.shows(CheckBody)
        kiosk.sees("N. T. Mẫu")
        kiosk.tap("confirm:")
        row = take_the_paper(kiosk, "D001")
    assert row.intent.method == "bhyt_qr"


@both_looks
def test_a_procedure_and_a_priority_said_by_the_person(enter, look) -> None:
    with enter(scanner=True) as kiosk:
        kiosk.tap("start:", "choose_service:ho-tich")
        kiosk.sees(vi=("Mời chọn thủ tục", "Có kết quả trong 15 phút"), en=("Which procedure is it?", "15 minutes"))
        kiosk.tap("choose_procedure:1.001193")
        kiosk.shows(WhoBody)
        kiosk.scan(CARD)
        kiosk.sees(vi="Đăng ký khai sinh", en="Register a birth")
        kiosk.tap("say_priority:", "priority:pregnant")
        kiosk.sees(vi="Phụ nữ mang thai", en="Pregnant")
        kiosk.tap("confirm:")
        kiosk.sees(vi="Quầy 1", en="Counter 1")
        row = take_the_paper(kiosk, "B001")
    assert (row.intent.procedure, row.intent.priority) == ("1.001193", "pregnant")
    assert not row.intent.priority_proven
    assert "Giay chung sinh" in kiosk.printed()[0] or "Birth notice" in kiosk.printed()[0]


@both_looks
def test_a_second_matter_of_the_same_person(enter, look) -> None:
    with enter(scanner=True) as kiosk:
        choose_copies(kiosk)
        kiosk.scan(CARD)
        kiosk.tap("confirm:")
        kiosk.shows(TicketBody, lambda body: body.ticket.paper == "printed")
        kiosk.tap("another_service:", "choose_service:van-hoa", "confirm:")
        kiosk.shows(TicketBody, lambda body: body.ticket.number == "L001" and body.ticket.paper == "printed")
        first, second = kiosk.tickets()
        assert first.intent.person_ref == second.intent.person_ref
        assert len(kiosk.printed()) == 2


@both_looks
def test_a_ticket_held_to_the_reader_still_counts(enter, look) -> None:
    with enter(scanner=True) as kiosk:
        choose_copies(kiosk)
        kiosk.tap("way_none:")
        kiosk.shows(TicketBody, lambda body: body.ticket.paper == "printed")
        address = kiosk.window.view.body.ticket.follow_url
        assert address.endswith("#A001")
        kiosk.tap("done:")
        kiosk.rests("A001")
        kiosk.begin()
        kiosk.scan(address)
        kiosk.sees("A001", vi="Số A001 vẫn có giá trị", en="Number A001 is still valid")
        kiosk.tap("done:")
        kiosk.rests("A001")
        assert len(kiosk.tickets()) == 1
        assert len(kiosk.printed()) == 1
