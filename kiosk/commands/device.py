"""``kiosk device``: what is configured, what is plugged in, and whether it works."""

import contextlib
import dataclasses
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from config.locale import load_words
from drivers import registry
from drivers.registry import Family
from drivers.trial import try_device
from kiosk.backroom import Backroom
from kiosk.commands.options import home_option, json_option
from kiosk.printing.painter import SlipPainter
from kiosk.printing.widths import dots_of
from kiosk.storage.lock import FileLock
from models.errors import DeviceUnavailable, UnreadableInput

SCAN_SECONDS = 20.0


@click.group()
def device() -> None:
    """Devices: list, discover, test."""


@device.command("list")
@home_option
@json_option
def list_devices(home: Path, as_json: bool) -> None:
    """The devices of this machine as configured, and every driver there is."""
    with Backroom.open(home) as room:
        configured = _configured(room)
    facts = {
        "configured": [
            {"name": name, "family": family, "driver": driver, "options": dict(options)}
            for name, (family, driver, options) in configured.items()
        ],
        "drivers": {family: list(registry.names(family)) for family in registry.FAMILIES},
    }
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    for name, (_, driver, options) in configured.items():
        click.echo(f"{name:<12} {driver:<16} {dict(options)}")
    for family in registry.FAMILIES:
        click.echo(f"{family} drivers: {', '.join(registry.names(family))}")


@device.command("discover")
@json_option
def discover(as_json: bool) -> None:
    """What is plugged in, each by its lasting identity, with the driver and options that would fit."""
    from drivers.discover import discover as look

    found = [dataclasses.asdict(one) for one in look()]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for one in found:
        click.echo("  ".join(f"{key}={value}" for key, value in one.items()))
    if not found:
        click.echo("nothing found")


@device.command("test")
@click.argument("name")
@home_option
@json_option
def test(name: str, home: Path, as_json: bool) -> None:
    """Test one configured device: print a page, take a picture, or wait for a code."""
    with Backroom.open(home) as room:
        configured = _configured(room)
        if name not in configured:
            raise UnreadableInput(f"no device called {name[:40]!r}; configured: {', '.join(configured) or 'none'}")
        family, driver, options = configured[name]
        page = None
        if family == "printer":
            width = dots_of(room.settings.kiosk.paper_width)
            page = SlipPainter().draw_check([room.catalogue().line2.vi, driver], load_words("vi"), width)
        elif family == "scanner":
            click.echo(f"Hold a code to the scanner within {SCAN_SECONDS:.0f} s.", err=True)
        with _printer_lent(room) if family == "printer" else contextlib.nullcontext():
            trial = try_device(family, driver, options, page=page, seconds=SCAN_SECONDS)
    if as_json:
        click.echo(json.dumps({"name": name, "ok": trial.ok, "sentence": trial.sentence, **trial.found}))
    elif trial.ok:
        click.echo(f"{name}: {trial.sentence}")
    if not trial.ok:
        raise DeviceUnavailable(f"{name}: {trial.sentence}")


@contextlib.contextmanager
def _printer_lent(room: Backroom) -> Iterator[None]:
    """A test page in the middle of somebody's ticket would spoil both."""
    lock = FileLock(room.place.printing_lock)
    if not lock.try_acquire():
        raise DeviceUnavailable("the running kiosk has the printer; stop the kiosk first, then test")
    try:
        yield
    finally:
        lock.release()


def _configured(room: Backroom) -> dict[str, tuple[Family, str, Mapping[str, Any]]]:
    devices = room.settings.devices
    found: dict[str, tuple[Family, str, Mapping[str, Any]]] = {}
    if devices.camera is not None:
        found["camera"] = ("camera", devices.camera.driver, devices.camera.options)
    for number, scanner in enumerate(devices.scanners, 1):
        found[f"scanner-{number}"] = ("scanner", scanner.driver, scanner.options)
    if devices.printer is not None:
        found["printer"] = ("printer", devices.printer.driver, devices.printer.options)
    return found
