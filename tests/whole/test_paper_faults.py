from pathlib import Path

import pytest

from tests.prove.papers import FAULTS, Fault, prove_fault


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_each_fault_ends_in_its_state_and_never_in_a_second_number(fault: Fault, tmp_path: Path) -> None:
    fate = prove_fault(tmp_path, fault)
    assert fate.holds, fate
