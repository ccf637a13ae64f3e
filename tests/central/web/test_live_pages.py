"""The frames of the live pages: words, colours, policy."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from central.usecases.caller import Office
from central.web.live_pages import LivePages
from config.locale import LANGUAGES
from models.text import Language, Text
from tests.support.central import Clock, an_office

CODE_OWNED = re.compile(r"(refused|reason|method|call_reason|hold_reason|act)_")  # keys put together from a code


@pytest.fixture(scope="module")
def live() -> LivePages:
    return LivePages.load()


def given(html: str) -> dict[str, object]:
    found = re.search(r'id="given">(.*?)</script>', html)
    assert found is not None
    return dict(json.loads(found[1]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_but_our_files_may_run(live: LivePages, language: Language) -> None:
    office = Office(an_office(line1=Text("</script><script>alert(1)</script>")), Clock().now)
    for page in (live.counter(office, language), live.display(office, language)):
        assert "unsafe" not in page.policy
        assert "script-src 'self'" in page.policy
        assert page.html.count("<script") == 2
        assert not re.search(r"(src|href)=\"https?:| style=| on\w+=", page.html)
        names = re.findall(r'(?:src|href)="/live/([\w.]+)"', page.html)
        assert set(names) <= set(live.files)
        assert "</script><script>alert" in str(given(page.html)["office"])


def test_files_load_only_one_another(live: LivePages) -> None:
    for name, file in live.files.items():
        for loaded in re.findall(r'from "\./([\w.]+)"', file.text):
            assert loaded in live.files, name
        assert "innerHTML" not in file.text
        assert "http:" not in file.text.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize(
    ("page", "others"), [("counter", ("desk", "desk_view", "dialogs", "page")), ("display", ("page",))]
)
def test_every_word_is_used_and_every_used_word_is_there(live: LivePages, page: str, others: tuple[str, ...]) -> None:
    source = "".join(live.files[f"{name}.js"].text for name in (page, *others))
    words = {key.partition(".")[2] for key in live.words["vi"] if key.startswith(f"{page}_page.")}
    for key in words - {"title"}:
        assert CODE_OWNED.match(key) or f'"{key}"' in source, key
    shared = {"under_a_minute", "minutes"}  # of the module that both pages load
    for asked in set(re.findall(r'words\("(\w+)"', source)) - (shared if page == "display" else set()):
        assert asked in words, asked


def test_the_colours_are_the_designs(live: LivePages, shared: Path) -> None:
    tokens = tomllib.loads((shared / "look" / "tokens.toml").read_text("utf-8"))
    ward, hospital = (
        dict(re.findall(r"--([\w-]+): (#\w{6})", block))
        for block in re.findall(r"\{(.*?)\}", live.files["tokens.css"].text, re.DOTALL)[:2]
    )
    known = tokens["theme"]["light"] | tokens["accent"]["ward"]
    assert ward == {name: known[name.replace("-", "_")] for name in ward}
    assert hospital == {name: tokens["accent"]["hospital"][name.replace("-", "_")] for name in hospital}


def test_every_drawing_that_a_page_uses_is_on_it(live: LivePages) -> None:
    office = Office(an_office(), Clock().now)
    for page, names in (
        (live.counter(office, "vi"), ("counter", "desk", "desk_view")),
        (live.display(office, "vi"), ("display",)),
    ):
        source = "".join(live.files[f"{name}.js"].text for name in names)
        for drawing in re.findall(r'(?:icon\(|mark: )"([\w-]+)"', source):
            assert f'id="icon-{drawing}"' in page.html
