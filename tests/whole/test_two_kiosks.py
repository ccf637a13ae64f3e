from pathlib import Path

from models.numbering import parse_number
from tests.prove.two_kiosks import prove_two_kiosks


def test_two_kiosks_share_one_order_and_go_on_alone(tmp_path: Path) -> None:
    result = prove_two_kiosks(tmp_path, visits=5)
    assert result.dense, result.online
    for kiosk, numbers in result.offline.items():
        assert {parse_number(n).kiosk for n in numbers} == {int(kiosk)}
        assert [parse_number(n).ordinal for n in numbers] == list(range(1, len(numbers) + 1))
    assert all(parse_number(n).kiosk is None for n in result.again)
    assert result.queue_complete
    assert result.queue_in_order
    assert result.parked == 0
    assert result.outbox_left == 0
