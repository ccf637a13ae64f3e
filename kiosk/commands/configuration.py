"""``kiosk config``: check a file, show what holds here."""

import json
import os
import tomllib
from pathlib import Path
from typing import Any

import click

from config.load import check_file, device_path, load_settings
from config.problems import ConfigurationError
from config.save import save_device
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


@configuration.command("set")
@click.argument("key")
@click.argument("value", required=False)
@home_option
@json_option
def set_key(key: str, value: str | None, home: Path, as_json: bool) -> None:
    """Set KEY (like kiosk.number) of this machine's device.toml to VALUE; without VALUE the key is taken away.

    VALUE is TOML: 2, true, "below"; a bare word is taken as text. Comments are kept, and so are the last ten versions.
    A value that would make the configuration wrong is refused.
    """
    save_device(home, {key: None if value is None else _value(value)})
    click.echo(json.dumps({"file": str(device_path(home)), "key": key}) if as_json else f"{device_path(home)}: {key}")


def _value(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


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
