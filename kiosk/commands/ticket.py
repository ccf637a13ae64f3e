"""``kiosk ticket``: take, list, show, reprint numbers, also beside a running kiosk; print a pad for power cuts."""

import json
from pathlib import Path
from typing import Any

import click

from kiosk.backroom import Backroom
from kiosk.commands.options import home_option, json_option
from kiosk.commands.printing import need_printer, print_job, print_pages
from kiosk.desk.issuing import Wish, ticket_facts
from kiosk.flow.events import Identified
from kiosk.storage.rows import NewJob, PrintJob, StoredTicket
from models.errors import UnreadableInput


@click.group()
def ticket() -> None:
    """Numbers: take, list, show, reprint."""


@ticket.command("issue")
@click.option("--service", required=True, help="Code of the field.")
@click.option("--image", type=click.Path(path_type=Path), help="A picture of the card's code.")
@click.option("--payload", help="The text of the card's code.")
@click.option("--id", "number", help="A typed number.")
@click.option("--anonymous", is_flag=True, help="Without a document.")
@click.option("--priority", help="Code of a priority, as said by the person.")
@click.option("--procedure", help="Code of the procedure.")
@click.option("--on-behalf", is_flag=True, help="For somebody else.")
@click.option("--no-print", is_flag=True, help="Print nothing.")
@home_option
@json_option
def issue(
    service: str,
    image: Path | None,
    payload: str | None,
    number: str | None,
    anonymous: bool,
    priority: str | None,
    procedure: str | None,
    on_behalf: bool,
    no_print: bool,
    home: Path,
    as_json: bool,
) -> None:
    """Take a number and print it, as a person at the screen would."""
    if sum((image is not None, payload is not None, number is not None, anonymous)) != 1:
        raise UnreadableInput("give exactly one of --image, --payload, --id and --anonymous")
    who = _who(image, payload, number)
    with Backroom.open(home) as room:
        catalogue = room.catalogue()
        if priority is not None and priority not in {p.code for p in catalogue.priorities}:
            known = ", ".join(p.code for p in catalogue.priorities)
            raise UnreadableInput(f"no priority called {priority[:40]!r}; there are: {known}")
        asker = room.asker()
        try:
            wish = Wish(
                service=service,
                procedure=procedure,
                who=who,
                on_behalf=on_behalf,
                priority=priority,
                print=not no_print and room.settings.devices.printer is not None,
            )
            taken = room.issuing(asker, lambda: catalogue).take(wish)
        finally:
            if asker is not None:
                asker.close()
        if wish.print:
            print_job(room, room.store.print_jobs.of_ticket(taken.ticket_id)[-1])
        _print_ticket(room, _known(room, taken.ticket_id), as_json=as_json)


@ticket.command("list")
@click.option("--limit", type=click.IntRange(1, 10_000), default=100, show_default=True, help="How many at most.")
@home_option
@json_option
def list_tickets(limit: int, home: Path, as_json: bool) -> None:
    """The latest numbers of this kiosk, newest first; nothing of the people."""
    with Backroom.open(home) as room:
        rows = [_facts(room, found) for found in room.store.tickets.list(limit=limit) if found.state == "issued"]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo(
            f"{row['number']:<10} {row['service']:<18} {row['issued_at'][:16]}  {row['print']:<12} {row['sync']:<10} "
            f"{row['ticket_id']}"
        )


@ticket.command("show")
@click.argument("ticket_id")
@home_option
@json_option
def show(ticket_id: str, home: Path, as_json: bool) -> None:
    """One ticket, by its id or by today's number."""
    with Backroom.open(home) as room:
        found = _find(room, ticket_id)
        facts = _facts(room, found)
        facts["papers"] = [
            {"kind": job.kind, "state": job.state, "reason": job.reason, "queued_at": job.queued_at.isoformat()}
            for job in room.store.print_jobs.of_ticket(found.ticket_id)
        ]
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    for key, value in facts.items():
        click.echo(f"{key:<14} {value}")


@ticket.command("reprint")
@click.argument("ticket_id")
@home_option
@json_option
def reprint(ticket_id: str, home: Path, as_json: bool) -> None:
    """Print a ticket again: the same number, marked *In lại*."""
    with Backroom.open(home) as room:
        found = _find(room, ticket_id)
        need_printer(room)
        job = NewJob("reprint", found.intent.language)
        queued = room.store.print_jobs.queue(job, room.clock.now(), found.ticket_id)
        print_job(room, _job(room, queued))
        _print_ticket(room, _known(room, found.ticket_id), as_json=as_json)


@ticket.command("spare")
@click.option("--count", type=click.IntRange(1, 1000), default=100, show_default=True, help="How many numbers.")
@click.option("--service", help="Code of the field; without it each field gets its share.")
@click.option("--no-print", is_flag=True, help="Only set the numbers aside and say them.")
@home_option
@json_option
def spare(count: int, service: str | None, no_print: bool, home: Path, as_json: bool) -> None:
    """Print a reserve pad for power cuts; central accepts its numbers later."""
    with Backroom.open(home) as room:
        catalogue = room.catalogue()
        chosen = [s for s in catalogue.services if service in (None, s.code)]
        if not chosen:
            raise UnreadableInput(f"no field called {str(service)[:40]!r}")
        if not no_print:
            need_printer(room)
        pads = []
        for index, one in enumerate(chosen):
            share = count // len(chosen) + (1 if index < count % len(chosen) else 0)
            if share:
                numbers = room.store.counters.reserve_spares(
                    prefix=one.prefix, kiosk=room.numbering.kiosk, stamp=room.clock.stamp(), count=share
                )
                pads.append((one, numbers))
        state = "skipped" if no_print else print_pages(room, pads)
    facts = {"print": state, "pads": {one.code: [str(n) for n in numbers] for one, numbers in pads}}
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    for one, numbers in pads:
        click.echo(f"{one.code:<18} {numbers[0]} … {numbers[-1]}  ({len(numbers)})")
    click.echo(f"print: {state}")


def _who(image: Path | None, payload: str | None, number: str | None) -> Identified | None:
    from kiosk.desk.reading import identified
    from kiosk.identify.documents import read_payload

    if image is not None:
        from kiosk.identify.reading import document_in_image

        return identified(document_in_image(image))
    if payload is not None:
        return identified(read_payload(payload))
    if number is not None:
        from kiosk.identify.typed import read_typed

        return identified(read_typed(number))
    return None


def _find(room: Backroom, name: str) -> StoredTicket:
    found = room.store.tickets.get(name) or room.store.tickets.by_number(name, room.clock.day())
    if found is None or found.state != "issued":
        raise UnreadableInput("no such ticket on this kiosk: give an id of `kiosk ticket list`, or a number of today")
    return found


def _known(room: Backroom, ticket_id: str) -> StoredTicket:
    found = room.store.tickets.get(ticket_id)
    if found is None:
        raise UnreadableInput("that ticket is gone")
    return found


def _job(room: Backroom, job_id: int) -> PrintJob:
    found = room.store.print_jobs.get(job_id)
    if found is None:
        raise UnreadableInput("that print job is gone")
    return found


def _facts(room: Backroom, found: StoredTicket) -> dict[str, Any]:
    told = ticket_facts(found, room.catalogue())
    return {
        "ticket_id": found.ticket_id,
        "number": found.number,
        "office": room.catalogue().office,
        "service": found.service,
        "day": found.day.isoformat(),
        "issued_at": found.issued_at.isoformat(),
        "method": found.intent.method,
        "print": found.paper,
        "sync": found.sync,
        "people_ahead": found.people_ahead,
        "wait_seconds": {"low": found.wait.low, "high": found.wait.high} if found.wait else None,
        "follow_url": told.follow_url,
    }


def _print_ticket(room: Backroom, found: StoredTicket, *, as_json: bool) -> None:
    facts = _facts(room, found)
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False))
    else:
        click.echo(f"{facts['number']}  {facts['service']}  print: {facts['print']}  sync: {facts['sync']}")
