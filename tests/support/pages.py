"""The pages of the documentation, read as a reader would: code blocks, headings."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def text_of(page: Path) -> str:
    """The whole page."""
    return page.read_text(encoding="utf-8")


def fences(page: Path, language: str) -> list[str]:
    """The code blocks of a language, without the indentation of a list that they stand in."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", text_of(page), re.MULTILINE | re.DOTALL)
    return ["\n".join(line.removeprefix(indent) for line in block.splitlines()) for indent, block in found]


def anchors(page: Path) -> set[str]:
    """What a link may name after its ``#``."""
    heads = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", text_of(page), flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
