"""The commands of central: ``serve``, ``enrol``, ``office add``, ``user add``."""

import json
import os
import secrets
import signal
import sys
from collections.abc import Callable
from functools import update_wrapper
from pathlib import Path
from typing import Any

import click

from central.app import CentralConfig, create_app, utc_now
from central.logs import log_to_stderr
from central.server import Server
from central.store.database import Database
from central.usecases.caller import milliseconds
from central.usecases.enrolment import CODE_LIFE_MS, offer_code
from central.usecases.offices import put_office
from central.usecases.staff import MANAGER, OFFICER, put_user
from config.home import state_home
from config.load import load_office
from models.errors import MotCuaError

DATABASE_NAME = "central.sqlite"


@click.group("central")
def central() -> None:
    """Run the office's queue server."""


def _with_errors(command: Callable[..., None]) -> Callable[..., None]:
    """What goes wrong in the world is one sentence and an exit code, not a traceback."""

    def run(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except MotCuaError as error:
            click.echo(f"central: {error}", err=True)
            raise SystemExit(error.exit_code) from None

    return update_wrapper(run, command)


def _places(command: Callable[..., None]) -> Callable[..., None]:
    home = click.option("--home", type=click.Path(file_okay=False, path_type=Path), help="Where the database lives.")
    database = click.option("--database", metavar="URL", help="sqlite:////path/to/file; else a file in --home.")
    return home(database(command))


@central.command()
@_places
@click.option(
    "--listen", default="127.0.0.1:8300", show_default=True, metavar="HOST:PORT", help="Port 0: any free one."
)
@click.option("--office", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Add this office first.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="One, on SQLite.")
@click.option("--json", "as_json", is_flag=True, help="Say the address as JSON.")
@click.option("--verbose", is_flag=True, help="Log each request.")
@_with_errors
def serve(
    home: Path | None,
    database: str | None,
    listen: str,
    office: Path | None,
    workers: int,
    as_json: bool,
    verbose: bool,
) -> None:
    """Serve until SIGTERM or SIGINT."""
    if workers != 1:
        raise click.UsageError("on SQLite central is one process; --workers must be 1")
    host, port = _address(listen)
    url = _database_url(home, database)
    log_to_stderr(verbose=verbose)
    with Database.open(url) as opened:  # also: what is wrong with the database is said before we listen
        if office is not None:
            _add_office(opened, office)
    server = Server(create_app(CentralConfig(url)), host, port)

    def say(address: str) -> None:
        click.echo(json.dumps({"listening": address, "pid": os.getpid()}) if as_json else f"listening on {address}")

    # uvicorn stops well and then raises the signal again: for us a good stop is exit 0.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    server.run(say)


@central.command()
@_places
@click.option("--office", required=True, metavar="CODE", help="Code of the office.")
@click.option("--kiosk", required=True, type=click.IntRange(1, 9999), metavar="N", help="Its number in the office.")
@click.option("--json", "as_json", is_flag=True, help="Report as JSON.")
@_with_errors
def enrol(home: Path | None, database: str | None, office: str, kiosk: int, as_json: bool) -> None:
    """Make a one-time code for a kiosk; it holds for an hour."""
    with Database.open(_database_url(home, database)) as opened:
        now = milliseconds(utc_now())
        code = opened.write(lambda tx: offer_code(tx, office, kiosk, secrets.token_bytes, now))
    minutes = CODE_LIFE_MS // 60_000
    if as_json:
        click.echo(json.dumps({"code": code, "office": office, "kiosk": kiosk, "minutes": minutes}))
    else:
        click.echo(code)
        click.echo(f"for kiosk {kiosk} of {office}, once, within {minutes} minutes", err=True)


@central.group()
def office() -> None:
    """The offices of this central."""


@office.command("add")
@_places
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_with_errors
def add(home: Path | None, database: str | None, file: Path) -> None:
    """Add or change the office that FILE (a site.toml) describes."""
    with Database.open(_database_url(home, database)) as opened:
        click.echo(_add_office(opened, file))


@central.group()
def user() -> None:
    """The people who work at the counters."""


@user.command("add")
@_places
@click.option("--office", required=True, metavar="CODE", help="Code of their office.")
@click.option("--user", "name", required=True, metavar="NAME", help="What they type to sign in.")
@click.option("--name", "shown_as", default="", metavar="TEXT", help="As colleagues call them; else NAME.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    default=(OFFICER,),
    show_default=True,
    type=click.Choice([OFFICER, MANAGER]),
    help="Officers call people, managers look after the office; may be given twice.",
)
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of standard input.")
@_with_errors
def add_user(
    home: Path | None,
    database: str | None,
    office: str,
    name: str,
    shown_as: str,
    roles: tuple[str, ...],
    password_stdin: bool,
) -> None:
    """Add somebody, or give somebody a new name, role and password; their sessions end then."""
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    once = tuple(dict.fromkeys(roles))
    with Database.open(_database_url(home, database)) as opened:
        now = milliseconds(utc_now())
        new = opened.write(lambda tx: put_user(tx, office, name, shown_as, once, password, secrets.token_bytes, now))
    click.echo(f"{name}: {'added' if new else 'changed'}")


def _add_office(database: Database, file: Path) -> str:
    catalogue = load_office(file)
    changed = database.write(lambda tx: put_office(tx, catalogue, milliseconds(utc_now())))
    return f"{catalogue.office}: {'kept' if changed else 'unchanged'}"


def _database_url(home: Path | None, database: str | None) -> str:
    if database is not None:
        return database
    return f"sqlite:///{(home or state_home(os.environ, 'central')).absolute() / DATABASE_NAME}"


def _address(listen: str) -> tuple[str, int]:
    host, _, port = listen.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise click.BadParameter("give HOST:PORT, such as 127.0.0.1:8300", param_hint="--listen")
    return host.strip("[]"), int(port)
