"""``kiosk sync``: enrol at central, see how things stand, tell what waits."""

import json
from pathlib import Path
from typing import Any

import click

from kiosk.backroom import Backroom
from kiosk.commands.options import home_option, json_option
from kiosk.sync.clock import keep
from kiosk.sync.drain import drain
from kiosk.sync.enrol import enrol as enrol_here
from kiosk.sync.settings import fetch_catalogue
from models.errors import CentralUnreachable, TechnicianError, UnreadableInput


@click.group()
def sync() -> None:
    """Central: enrolment and outbox."""


@sync.command("enrol")
@click.option("--central", "url", required=True, help="Central's address, https://…")
@click.option("--code", required=True, help="The one-time code that central printed.")
@home_option
@json_option
def enrol(url: str, code: str, home: Path, as_json: bool) -> None:
    """Make this machine a kiosk of an office."""
    with Backroom.open(home) as room:
        enrolment = enrol_here(home, room.store, url, code, room.clock)
        with Backroom.open(home) as enrolled, enrolled.client() as client:
            try:
                fetch_catalogue(enrolled.store, client)
                fetched = True
            except CentralUnreachable:
                fetched = False  # the running kiosk fetches it by itself
    facts = {"central": enrolment.url, "office": enrolment.office, "kiosk": enrolment.kiosk, "services": fetched}
    click.echo(json.dumps(facts) if as_json else f"kiosk {enrolment.kiosk} of {enrolment.office} at {enrolment.url}")


@sync.command("status")
@home_option
@json_option
def status(home: Path, as_json: bool) -> None:
    """How things stand with central, whether it answers now, and what waits; parked rows with their reason."""
    with Backroom.open(home) as room:
        counts = room.store.outbox.counts()
        facts: dict[str, Any] = {
            "enrolled": room.enrolment is not None,
            "central": room.enrolment.url if room.enrolment else None,
            "kiosk": room.enrolment.kiosk if room.enrolment else None,
            "office": room.enrolment.office if room.enrolment else None,
            "answer": _answer(room),
            "outbox": counts.waiting,
            "parked": [
                {"ticket_id": row.ticket_id, "kind": row.kind, "reason": row.parked}
                for row in room.store.outbox.parked()
            ],
            "clock": "sure" if room.clock.sure else "unsure",
            "time": room.clock.now().isoformat(),
        }
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    for key, value in facts.items():
        click.echo(f"{key:<10} {value}")


def _answer(room: Backroom) -> str | None:
    """``ok``, or why central gives this kiosk no answer; None for a kiosk that is not enrolled."""
    if room.enrolment is None:
        return None
    try:
        with room.client() as client:
            client.queue()
    except (CentralUnreachable, UnreadableInput) as error:
        return str(error)
    return "ok"


@sync.command("flush")
@click.option("--parked", "again", is_flag=True, help="Try parked rows once more, after their cause was mended.")
@home_option
@json_option
def flush(again: bool, home: Path, as_json: bool) -> None:
    """Tell central everything that waits, now."""
    with Backroom.open(home) as room:
        if room.enrolment is None:
            raise TechnicianError("this kiosk is not enrolled: kiosk sync enrol --central URL --code CODE")
        for row in room.store.outbox.parked() if again else ():
            room.store.outbox.unpark(row.id)
        with room.client() as client:
            done = drain(room.store, client, room.clock)
        keep(room.store.settings, room.clock)
        waiting = room.store.outbox.counts().waiting
    facts = {"told": done.told, "parked": done.parked, "outbox": waiting}
    click.echo(json.dumps(facts) if as_json else f"told {done.told}, parked {done.parked}, waiting {waiting}")
