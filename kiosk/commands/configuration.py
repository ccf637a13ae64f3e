"""``kiosk config``: check a file, show what holds here."""

import json
import os
from pathlib import Path

import click

from config.load import check_file, load_settings
from config.problems import ConfigurationError
from kiosk.commands.options import home_option, json_option
from models.catalogue_wire import catalogue_to_wire
from models.errors import UnreadableInput


@click.group("config")
def configuration() -> None:
    """Configuration: check it, show it."""


@configuration.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def check(file: Path, as_json: bool) -> None:
    """Say every problem of FILE at once, each with key and nearest right name; exit 2 when there is one."""
    if not file.is_file():
        raise UnreadableInput(f"there is no file {file}")
    problems = check_file(file)
    if problems:
        raise ConfigurationError(problems)
    click.echo(json.dumps({"file": str(file), "problems": []}) if as_json else f"{file}: in order")


@configuration.command("show")
@click.option("--profile", type=click.Choice(["ward", "hospital"]), help="Which bundled example, without a site.toml.")
@home_option
@json_option
def show(profile: str | None, home: Path, as_json: bool) -> None:
    """Show what holds on this machine, and which files it was read from."""
    settings = load_settings(home, profile, os.environ)
    facts = {
        "sources": list(settings.sources),
        "office": catalogue_to_wire(settings.catalogue),
        "kiosk": settings.kiosk.model_dump(mode="json"),
        "screen": settings.screen.model_dump(mode="json"),
        "devices": settings.devices.model_dump(mode="json"),
    }
    click.echo(json.dumps(facts, ensure_ascii=False, indent=None if as_json else 2))
