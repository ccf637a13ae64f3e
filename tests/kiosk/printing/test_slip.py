"""What the paper says."""

from dataclasses import fields, replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.printing.slip import PaperFacts, expected_call, place_words, spare_slips, ticket_slip
from models.errors import UnreadableInput
from models.messages import WaitSeconds, from_wire, to_wire
from models.service import Place
from models.text import Text


def test_an_ordinary_ticket_says_everything(slip):
    paper = slip()
    assert (paper.line1, paper.line2) == ("Điểm Phục vụ hành chính công", "Phường Hoa Sen")
    assert (paper.number, paper.service) == ("A017", "Chứng thực")
    assert paper.place == "Khu chờ tầng 1, bên trái"
    assert paper.place_more == "Quầy 2 hoặc 3, xem bảng gọi"
    assert paper.facts == (
        ("Phía trước còn", ("12 người",)),
        ("Dự kiến gọi", ("08:35–08:55",)),
        ("Lấy lúc", ("08:12", "23/11/2026")),
    )
    assert paper.missed == "Lỡ lượt trong 20 phút: đến quầy báo số"
    assert paper.keep == ("Xin giữ phiếu số A017", "Có giá trị trong ngày")
    assert paper.follow_url == "https://motcua.example.vn/t/abcdefghij234#A017"
    assert (paper.mark, paper.notes, paper.papers) == ("", (), ())


def test_a_counter_is_large_only_when_it_is_the_only_one(ward, vi):
    copies, civil, merit = ward.services
    assert place_words(civil, "vi", vi) == ("Quầy 4", "Khu chờ tầng 1, bên trái")
    assert place_words(copies, "vi", vi) == ("Khu chờ tầng 1, bên trái", "Quầy 2 hoặc 3, xem bảng gọi")
    assert place_words(merit, "vi", vi)[1] == "Quầy 1–4, xem bảng gọi"
    assert place_words(replace(merit, counters=(1, 2, 3, 7)), "vi", vi)[1] == "Quầy 1, 2, 3 hoặc 7, xem bảng gọi"
    assert place_words(replace(copies, counters=()), "vi", vi) == ("Khu chờ tầng 1, bên trái", "Xem bảng gọi")


def test_a_place_without_words_leaves_the_board_large(ward, vi):
    bare = replace(ward.services[0], area=Place(Text("")))
    assert place_words(bare, "vi", vi) == ("Quầy 2 hoặc 3, xem bảng gọi", "")
    assert place_words(replace(bare, counters=()), "vi", vi) == ("Xem bảng gọi", "")


def test_a_room_is_large_and_its_floor_and_way_small(hospital, vi):
    assert place_words(hospital.services[0], "vi", vi) == ("Phòng 203", "Tầng 2 · Đi thang máy B")


def test_english_paper_has_english_words_and_names(slip):
    paper = slip(language="en", people_ahead=1)
    assert paper.service == "Certified copies"
    assert paper.facts[0] == ("Ahead of you", ("1 person",))
    assert paper.place_more == "Counter 2 or 3, see the board"


def test_without_central_nothing_is_guessed(slip):
    paper = slip(number="A2-003", own_series=True, people_ahead=None, wait=None)
    assert paper.notes == ("Số dự phòng, gọi theo giờ lấy 08:12",)
    assert [label for label, _ in paper.facts] == ["Lấy lúc"]


def test_an_unsure_clock_prints_no_time(slip):
    paper = slip(number="A2-501", own_series=True, clock="unsure")
    assert paper.notes == ("Số dự phòng, gọi theo thứ tự lấy",)
    assert [label for label, _ in paper.facts] == ["Phía trước còn"]


def test_an_afternoon_number_says_from_when(slip):
    paper = slip(not_before="2026-11-23T13:00:00+07:00")
    assert paper.notes == ("Số buổi chiều, gọi từ 13:00",)
    assert "Dự kiến gọi" not in dict(paper.facts)
    assert slip(not_before="2026-11-23T09:30:00+07:00").notes == ("Gọi từ 09:30",)


def test_nobody_ahead_is_called_in_a_few_minutes(slip):
    paper = slip(people_ahead=0, wait=WaitSeconds(0, 0))
    assert paper.facts[:2] == (("Phía trước còn", ("0 người",)), ("Dự kiến gọi", ("ít phút nữa",)))


def test_papers_of_the_chosen_procedure(slip):
    paper = slip(number="B002", service="ho-tich", procedure="1.001193")
    assert (paper.papers_title, paper.procedure) == ("Giấy tờ cần có", "Đăng ký khai sinh")
    assert paper.papers[0] == "Giấy chứng sinh"
    assert slip(service="ho-tich", procedure="9.999999").papers == ()


def test_a_reprint_is_marked_and_says_no_more_who_was_ahead(slip):
    assert replace(slip(reprint=True), mark="") == replace(slip(), facts=slip().facts[1:])
    assert slip(reprint=True).mark == "In lại"


def test_after_a_crash_only_the_number(slip):
    paper = slip(number_only=True)
    assert (paper.number, paper.line2, paper.mark) == ("A017", "Phường Hoa Sen", "In lại")
    assert (paper.service, paper.place, paper.facts, paper.follow_url, paper.missed) == ("", "", (), None, "")


def test_a_field_that_left_the_catalogue_still_prints(slip):
    paper = slip(service="gone")
    assert (paper.number, paper.service, paper.place) == ("A017", "", "")
    assert paper.facts


@pytest.mark.parametrize(
    ("base", "code"), [(None, "abcdefghij234"), ("https://x.vn", None), ("https://" + "x" * 150, "abcdefghij234")]
)
def test_no_address_no_code(ward, facts, vi, base, code):
    paper = ticket_slip(replace(ward, follow_base=base), replace(facts, follow_code=code), vi)
    assert (paper.follow_url, paper.follow) == (None, "")


@given(minute=st.integers(0, 1439), low=st.integers(0, 20_000), more=st.integers(0, 20_000))
def test_the_expected_call_holds_the_estimate_and_is_never_before_the_ticket(minute, low, more):
    issued = datetime.fromisoformat("2026-11-23T00:00:30+07:00").replace(hour=minute // 60, minute=minute % 60)
    first, last = expected_call(issued, WaitSeconds(low, low + more))
    assert issued <= first <= last
    assert (first - issued).total_seconds() <= low
    assert (last - issued).total_seconds() >= low + more
    assert last.minute % 5 == 0


def test_facts_survive_json_and_hold_nothing_of_a_person(facts):
    assert from_wire(PaperFacts, to_wire(facts)) == facts
    assert {f.name for f in fields(PaperFacts)}.isdisjoint({"name", "full_name", "person_ref", "priority", "on_behalf"})
    with pytest.raises(UnreadableInput, match=r"PaperFacts\.language"):
        from_wire(PaperFacts, to_wire(facts) | {"language": "fr"})


def test_a_pad_has_its_numbers_in_order(ward, vi):
    pad = spare_slips(ward, ward.services[1], ["B2-101", "B2-102"], "vi", vi)
    assert [paper.number for paper in pad] == ["B2-101", "B2-102"]
    assert {(paper.service, paper.place) for paper in pad} == {("Hộ tịch", "Quầy 4")}
