from pathlib import Path

from tests.prove.kills import prove_kills


def test_a_kiosk_killed_again_and_again_loses_and_doubles_nothing(tmp_path: Path) -> None:
    result = prove_kills(tmp_path, visits=12, seed=7)
    assert result.holds, result
    assert result.kills >= 2
    assert result.papers > 0
