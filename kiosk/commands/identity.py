"""``kiosk identity``: read a document from a payload or a picture."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from models.errors import UnreadableInput


@click.group()
def identity() -> None:
    """Documents: what a code or a number says."""


@identity.command("read")
@click.option("--image", type=click.Path(path_type=Path), help="A picture with a code on it.")
@click.option("--payload", help="The text of a code, three MRZ lines, or a typed number; - reads standard input.")
def read(image: Path | None, payload: str | None) -> None:
    """Print what a document says, as JSON; exit 2 with a sentence when it cannot be read."""
    if (image is None) == (payload is None):
        raise UnreadableInput("give either --image FILE or --payload TEXT")
    click.echo(json.dumps(_facts(image, payload or ""), ensure_ascii=False))


def _facts(image: Path | None, payload: str) -> dict[str, Any]:
    if image is not None:
        from kiosk.identify.reading import read_image  # loads OpenCV

        return read_image(image)
    from kiosk.identify.documents import read_payload, to_json

    if payload != "-":
        return to_json(read_payload(payload))
    # A hostile payload of ten megabytes is refused like any other, not read to the end.
    return to_json(read_payload(sys.stdin.buffer.read(1 << 20)))
