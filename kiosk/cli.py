"""``kiosk``: the command line.

Exit codes: 0 done, 2 wrong use or unreadable input, 3 refused by a rule, 4 device or environment trouble, 1 a bug.

Groups are loaded when they are called, so that ``kiosk identity read`` does not wait for Qt.
"""

import importlib
import json
import logging
import sys
import traceback
from typing import Any

import click

from kiosk.log import log_to_stderr
from models.errors import MotCuaError, RuleRefused, TechnicianError, UnreadableInput

GROUPS = {
    "run": "kiosk.commands.screen:run",
    "demo": "kiosk.commands.screen:demo",
    "identity": "kiosk.commands.identity:identity",
    "ticket": "kiosk.commands.ticket:ticket",
    "device": "kiosk.commands.device:device",
    "config": "kiosk.commands.configuration:configuration",
    "sync": "kiosk.commands.sync:sync",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, without importing anything."""
        return sorted([*GROUPS, "central"])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command called ``cmd_name``."""
        if cmd_name == "central":
            # The one named, lazy exception to "kiosk and central never import each other".
            from central.cli import central

            return central
        path = GROUPS.get(cmd_name)
        if path is None:
            return None
        module, name = path.split(":")
        command = getattr(importlib.import_module(module), name)
        return command if isinstance(command, click.Command) else None


@click.group(cls=LazyGroup)
@click.version_option(package_name="mot-cua-kiosk", prog_name="kiosk")
def kiosk() -> None:
    """Một Cửa Kiosk: the self-service kiosk of one-stop counters and hospitals."""


def report(error: MotCuaError, *, as_json: bool) -> None:
    """Say on stderr what went wrong; as JSON where the command was called with ``--json``."""
    problems = getattr(error, "problems", None)
    if as_json:
        data: dict[str, Any] = {"error": type(error).__name__, "detail": str(error)}
        if isinstance(error, RuleRefused):
            data |= {"refusal": error.refusal.value, "facts": error.facts}
        if problems:
            data["problems"] = [str(p) for p in problems]
        click.echo(json.dumps(data, ensure_ascii=False), err=True)
        return
    if problems:
        for problem in problems:
            click.echo(str(problem), err=True)
        return
    known = [f"{key} {value}" for key, value in getattr(error, "facts", {}).items()]
    click.echo(f"kiosk: {error}" + (f" ({', '.join(known)})" if known else ""), err=True)


def main(argv: list[str] | None = None) -> None:
    """Run a command and end with its exit code."""
    args = sys.argv[1:] if argv is None else argv
    log_to_stderr(logging.WARNING)  # standard output is for answers
    try:
        code = kiosk.main(args=args, prog_name="kiosk", standalone_mode=False)
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.exceptions.Abort:
        code = 2
    except click.ClickException as wrong:
        if "--json" in args:
            report(UnreadableInput(wrong.format_message()), as_json=True)
        else:
            wrong.show()
        code = wrong.exit_code
    except MotCuaError as error:
        report(error, as_json="--json" in args)
        code = error.exit_code
    except BrokenPipeError:
        code = 0
    except OSError as error:
        # Files, permissions, disk, network: the world's fault, and the technician's to mend.
        named = f"{error.filename}: " if error.filename else ""
        report(TechnicianError(f"{named}{error.strerror or type(error).__name__}"), as_json="--json" in args)
        code = TechnicianError.exit_code
    except Exception:
        click.echo("kiosk: this is a bug; please report the lines below.", err=True)
        traceback.print_exc()
        code = 1
    sys.exit(code if isinstance(code, int) else 0)
