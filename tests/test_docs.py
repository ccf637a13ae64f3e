"""If it is documented it exists, and if it exists it is documented."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from config.load import check_file
from drivers import registry
from kiosk.cli import kiosk
from models.errors import Refusal
from models.ticket import MOVES, PRINT_STATES, TicketState
from tests.support.pages import DOCS, ROOT, anchors, fences, text_of

PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]
NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]


def commands(page: Path) -> Iterator[list[str]]:
    """Every line of a shell block that calls ``kiosk``, and every ``kiosk …`` in the running text."""
    lines = [line for block in fences(page, "sh") for line in block.splitlines()]
    running = re.findall(r"(?<!`)`((?:\.venv/bin/)?kiosk [^`\n]+)`", text_of(page))
    for line in [*lines, *running]:
        words = shlex.split(line)
        if words and words[0] in (".venv/bin/kiosk", "kiosk"):
            yield words[1:]


def test_generated_pages_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr


def test_a_page_that_is_out_of_date_is_named(tmp_path: Path) -> None:
    copy = tmp_path / "docs"
    (copy / "reference").mkdir(parents=True)
    (copy / "explanation").mkdir()
    for path in (
        "generate.py",
        "generators/__init__.py",
        *(f"generators/{n}.py" for n in ("commands", "http", "visit")),
    ):
        (copy / path).parent.mkdir(exist_ok=True)
        (copy / path).write_bytes((DOCS / path).read_bytes())
    run = [sys.executable, str(copy / "generate.py")]
    assert subprocess.run(run, cwd=ROOT, capture_output=True, check=False, timeout=60).returncode == 0
    page = copy / "reference" / "http.md"
    page.write_text(text_of(page) + "one line more\n", encoding="utf-8")
    checked = subprocess.run([*run, "--check"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert checked.returncode == 1
    assert "docs/reference/http.md" in checked.stderr
    assert "commands.md" not in checked.stderr


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_somewhere(name: str) -> None:
    page = ROOT / name
    plain = re.sub(r"```.*?```", "", text_of(page), flags=re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", plain):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_every_page_is_reached_from_the_index() -> None:
    seen, waiting = set(), [ROOT / "README.md", DOCS / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        links = (link.partition("#")[0] for link in re.findall(r"\]\(([^)\s:]+)\)", text_of(page)))
        waiting += [(page.parent / link).resolve() for link in links if link.endswith(".md")]
    assert [page for page in DOCS.rglob("*.md") if page not in seen] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_path_that_is_named_exists(name: str) -> None:
    folders = "kiosk|central|config|drivers|models|tests|bench|packaging|docs"
    for path in re.findall(rf"`((?:{folders})/[\w./-]*\w)`", text_of(ROOT / name)):
        assert (ROOT / path).exists(), path


def test_every_decision_has_a_number_of_its_own_and_its_line_in_the_list() -> None:
    records = sorted((DOCS / "explanation" / "decisions").glob("0*.md"))
    rows = [
        f"| [{r.name[:4]}]({r.name}) | {text_of(r).splitlines()[0].removeprefix(f'# {r.name[:4]} ')} |" for r in records
    ]
    listed = text_of(DOCS / "explanation" / "decisions" / "README.md").splitlines()
    assert [line for line in listed if line.startswith("| [")] == rows
    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))


@pytest.mark.parametrize("name", NAMES)
def test_every_make_target_exists(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    for found in re.finditer(r"(?:`|^)make ([a-z-]+)", text_of(ROOT / name), re.MULTILINE):
        assert found[1] in targets


@pytest.mark.parametrize("name", NAMES)
def test_every_command_exists_with_its_options(name: str) -> None:
    for words in commands(ROOT / name):
        known(words)


def known(words: list[str]) -> None:
    command: click.Command = kiosk
    context = click.Context(kiosk, info_name="kiosk")
    rest = list(words)
    while isinstance(command, click.Group) and rest and re.fullmatch(r"[a-z]+", rest[0]):
        inner = command.get_command(context, rest[0])
        assert inner is not None, f"kiosk {' '.join(words)}: no command {rest[0]}"
        command, context = inner, click.Context(inner, info_name=rest.pop(0), parent=context)
    options = {name for param in command.params for name in param.opts} | {"--help"}
    for word in rest:
        if word.startswith("--"):
            assert word in options, f"kiosk {' '.join(words)}: no option {word}"


def test_every_option_says_what_it_does() -> None:
    page = text_of(DOCS / "reference" / "commands.md")
    assert [line for line in page.splitlines() if line.startswith("| `--") and line.endswith("|  |")] == []


def test_every_driver_has_its_section() -> None:
    page = text_of(DOCS / "reference" / "devices.md")
    for family in registry.FAMILIES:
        for name in registry.names(family):
            assert f"### {family} `{name}`\n" in page


@pytest.mark.parametrize("name", [n for n in NAMES if n.startswith(("docs/tutorials", "docs/how-to"))])
def test_every_configuration_in_the_pages_is_in_order(name: str, tmp_path: Path) -> None:
    for block in fences(ROOT / name, "toml"):
        whole = "[office]" in block
        path = tmp_path / ("site.toml" if whole else "device.toml")
        path.write_text(block, encoding="utf-8")
        assert check_file(path) == ()


def test_the_states_are_those_of_the_rules() -> None:
    page = text_of(DOCS / "reference" / "numbers-and-states.md")
    for state in TicketState:
        row = next(line for line in page.splitlines() if line.startswith("| `") and f"`{state}`" in line.split("|")[1])
        assert set(re.findall(r"`(\w+)`", row.split("|")[2])) == MOVES[state]
    assert all(f"| `{state}` |" in page for state in PRINT_STATES)
    assert all(f"`{refusal}`" in page for refusal in Refusal)


def test_every_event_and_problem_of_central_is_documented() -> None:
    page = text_of(DOCS / "reference" / "http.md")
    sources = "".join(text_of(path) for path in sorted((ROOT / "central").rglob("*.py")))
    events = set(re.findall(r"(?:events\.add|press\.tell)\([^\"]*\"([\w.]+)\"", sources))
    problems = set(re.findall(r"(?:CallerProblem|\bproblem|_collides)\([^\"()]*\"([\w-]+)\"", sources))
    assert {"ticket_issued", "kiosk_alarm", "ticket.called"} <= events
    assert {"number-taken", "not-found", "storage", "stale", "csrf"} <= problems
    assert [name for name in (*events, *problems) if f"| `{name}` |" not in page] == []
