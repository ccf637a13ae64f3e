"""Draws ``docs/reference/commands.md`` from the commands themselves."""

import inspect
import textwrap
from collections.abc import Iterator

import click

from kiosk.cli import kiosk

HEAD = """\
# Commands

<!-- Drawn by docs/generate.py from the commands themselves. Change their texts, not this page. -->

Installed as `.venv/bin/kiosk`. `kiosk … --help` says the same as this page. Standard output is for answers, everything
else goes to standard error. With `--json` the answer is one JSON object (or list) on one line; an error is a JSON
object on standard error, `{"error", "detail"}`, with `refusal` and `facts` where a rule refused and `problems` where a
configuration is wrong.

## Exit codes

| code | meaning | example |
|---|---|---|
| 0 | done | |
| 1 | a bug; please report it | |
| 2 | wrong use, or input that cannot be read | an unknown option, a damaged payload, a wrong configuration |
| 3 | refused by a rule | the office is closed, the person already holds a number |
| 4 | device or environment trouble | no printer, a full disk, central does not answer |

## What they share

`--home DIR` is where a kiosk keeps its state: `config/`, the database `kiosk.sqlite`, the `journal/` and `secrets/`.
Without it systemd's `$STATE_DIRECTORY` is taken, else `$XDG_STATE_HOME/mot-cua-kiosk` (`~/.local/state/mot-cua-kiosk`).
For `kiosk central …` it is where central keeps its database, by default the folder `central` within the latter.

Commands may run beside a running kiosk: numbers come from rows of the database, and the process that holds the
printer's lock prints for all.

"""

METAVARS = {"INTEGER RANGE": "N", "DIRECTORY": "DIR", "PATH": "FILE", "WXH": "WxH"}

AFTER = """\
## What is printed

`kiosk identity read` prints one JSON object: `document` (`cccd_qr`, `bhyt_qr`, `mrz_td1` …), what it says, and
`warnings`. A warning refuses nothing.

`kiosk ticket issue --json`, and each row of `kiosk ticket list --json`:

| key | |
|---|---|
| `ticket_id` | UUIDv7, made here |
| `number` | as on the paper |
| `office`, `service`, `day`, `issued_at` | where, for what and when; the day is the office's |
| `method` | `card_qr`, `bhyt_qr`, `mrz`, `typed` or `none` |
| `print` | `printed`, `unconfirmed`, `failed`, `skipped` or `queued`: see [numbers and states](numbers-and-states.md) |
| `sync` | `confirmed` when central knows the ticket, else `pending`; `parked` when central cannot take it |
| `people_ahead`, `wait_seconds` | as central told when the number was taken, or null |
| `follow_url` | what the QR on the paper leads to, or null without a `follow_base` |
"""


def page() -> str:
    """The whole page."""
    context = click.Context(kiosk, info_name="kiosk")
    parts = [HEAD, "## All of them\n\n", *(_line(*found) for found in _leaves(kiosk, context)), "\n"]
    group = ""
    for command, inner in _leaves(kiosk, context):
        name = inner.command_path.split()[1]
        if name != group:
            group = name
            parts.append(_group(name, context))
        parts.append(_section(command, inner))
    return "".join([*parts, AFTER])


def _leaves(command: click.Command, context: click.Context) -> Iterator[tuple[click.Command, click.Context]]:
    if not isinstance(command, click.Group):
        yield command, context
        return
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        if found is not None and not found.hidden:
            yield from _leaves(found, click.Context(found, info_name=name, parent=context))


def _line(command: click.Command, context: click.Context) -> str:
    path = context.command_path
    return f"- [`{path}`](#{path.replace(' ', '-')}): {command.get_short_help_str(limit=200)}\n"


def _group(name: str, context: click.Context) -> str:
    found = kiosk.get_command(context, name)
    about = f"{_paragraphs(found.help)}\n\n" if isinstance(found, click.Group) else ""
    return f"## {name}\n\n{about}"


def _section(command: click.Command, context: click.Context) -> str:
    arguments = [p.human_readable_name for p in command.params if isinstance(p, click.Argument)]
    parts = [f"### {context.command_path}\n\n", f"{_paragraphs(command.help)}\n\n"]
    if arguments:
        parts.append(f"Takes {', '.join(f'`{name}`' for name in arguments)}.\n\n")
    options = [p for p in command.params if isinstance(p, click.Option) and not p.hidden]
    if options:
        parts += ["| option | default | |\n|---|---|---|\n", *(_option(option, context) for option in options), "\n"]
    return "".join(parts)


def _option(option: click.Option, context: click.Context) -> str:
    value = option.make_metavar(context)
    value = "" if option.is_flag else f" {METAVARS.get(value, value)}"
    name = f"{option.opts[-1]}{value}".replace("|", "\\|")
    return f"| `{name}` | {_default(option)} | {option.help or ''} |\n"


def _default(option: click.Option) -> str:
    if option.required:
        return "needed"
    if isinstance(option.show_default, str):
        return option.show_default
    if option.is_flag or not option.show_default:
        return ""
    return f"`{option.to_info_dict()['default']}`"


def _paragraphs(text: str | None) -> str:
    """Help text as Markdown."""
    whole = inspect.cleandoc(text or "").replace("``", "`")
    return "\n\n".join(textwrap.fill(part, 118, break_on_hyphens=False) for part in whole.split("\n\n"))
