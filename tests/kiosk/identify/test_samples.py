"""Every sample beside the repository reads as it says."""

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.identify.documents import read_payload, to_json
from kiosk.identify.mrz import parse_td1
from models.errors import UnreadableInput


@pytest.fixture(scope="module")
def samples(shared: Path) -> list[dict[str, Any]]:
    text = (shared / "samples" / "identity_payloads.json").read_text(encoding="utf-8")
    return list(json.loads(text)["samples"])


def test_valid_samples_give_every_expected_key(samples: list[dict[str, Any]]) -> None:
    wrong = {}
    for sample in samples:
        if sample["valid"]:
            facts = to_json(read_payload(sample["payload"]))
            different = {k: (v, facts.get(k, "missing")) for k, v in sample["expect"].items() if facts.get(k, "?") != v}
            if different or not isinstance(facts["warnings"], list):
                wrong[sample["id"]] = different
    assert wrong == {}


def test_invalid_samples_are_refused_without_their_content(samples: list[dict[str, Any]]) -> None:
    for sample in samples:
        if not sample["valid"]:
            with pytest.raises(UnreadableInput) as caught:
                to_json(read_payload(sample["payload"]))
            assert sample["payload"][:12] not in str(caught.value), sample["id"]
            assert len(str(caught.value)) > 10


def test_a_zone_with_a_wrong_check_digit_says_so_to_who_asks(samples: list[dict[str, Any]]) -> None:
    bad = next(s for s in samples if s["id"] == "mrz_vn_bad_check")
    assert to_json(parse_td1(bad["payload"]))["checks_ok"] is bad["expect"]["checks_ok"]
