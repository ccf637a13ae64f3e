"""Draws ``docs/reference/http.md`` from central's OpenAPI document and its messages."""

import inspect
import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from central.api.bodies import EnrolBody, HeartbeatBody, HelpBody, PersonBody, TicketBody
from central.app import CentralConfig, create_app
from models import counter_messages, messages

Schema = Mapping[str, Any]

BODIES = (TicketBody, PersonBody, EnrolBody, HeartbeatBody, HelpBody)

HEAD = """\
# Central over HTTP

<!-- Drawn by docs/generate.py from central's OpenAPI document. Change the routes, not this page. -->

`GET /openapi.json` is the same for programs, with every bound and pattern. JSON in UTF-8; times are ISO 8601 with
offset, days `YYYY-MM-DD` and the office's. Unknown keys are left aside, so that an older central understands a newer
kiosk. A body may have 1 MiB.

**Who.** A kiosk sends `Authorization: Bearer TOKEN`; it gets the token once, from `POST /api/v1/kiosks/enrol`. Where
*anybody* may ask, nothing of people is told; a token then chooses the kiosk's own office. *Staff* sign in with
`POST /api/v1/session`, which sets an `HttpOnly`, `SameSite=Strict` cookie for twelve hours; whatever changes something
wants the session's `csrf` as header `X-CSRF-Token` as well.

"""

PAGES = """\
## Pages for people

| page | |
|---|---|
| `GET /` | the queue of an office, numbers only; the offices where there are several |
| `GET /t/{code}` | one ticket, by the code in its QR; an unknown well-formed code says *not here yet* |

Both take `?lang=vi` or `en`, the first also `?office=CODE`. A page that is not here yet shows the number after the `#`
of its address, which never leaves the phone.

"""

EVENTS: Mapping[str, str] = {
    "ticket_issued": "A ticket stands in the queue: `number`, `service`.",
    "number_replaced": "The paper carries another number than central gave: `number`, `replaced`, `service`.",
    "call_corrected": "The replaced number had been called; the ticket waits at its place again.",
    "ticket_cancelled": "A ticket left the queue: `number`, `service`.",
    "ticket_priority": "For staff: a card shown after the number brought priority.",
    "ticket.called": "A number is called: `number`, `counter`, `service` (null: private), `again` (0 at first).",
    "ticket.started": "The person is here; `number`, `counter`, `service`, as all that follow.",
    "ticket.finished": "The person is served.",
    "ticket.no_show": "Nobody came; the number is good for `rules.missed_minutes` yet.",
    "ticket.held": "The person comes back to this counter.",
    "ticket.transferred": "The ticket waits at its place for another service, or for `to_counter` alone.",
    "ticket.returned": "An act was undone: the ticket is in its former `state`.",
    "services_changed": "Fetch `/services` again: `etag`.",
    "paper_parked": "For staff: a paper could not be filed: `number`, `reason`, `kiosk`.",
    "kiosk_enrolled": "For staff: `kiosk`, and whether it `replaced` another machine.",
    "kiosk_alarm": "For staff: two machines speak with one token: `kiosk`, `why`.",
    "help_called": "For staff: `help_id`, `kiosk`, `reason`, `emergency`.",
    "help_acknowledged": "For staff: somebody has seen the call.",
    "help_ended": "For staff: the call is over.",
}

COUNTERS = """\
## At a counter

Each press of a key carries a `request_id` of its own; the same request again changes nothing and gets the same answer.
`next` names the ticket that the console shows, so that a press on an old picture, or a second press, calls nobody
(`stale`). While people with and without priority wait, a counter calls `rules.priority_ratio` of them in turn. A ticket
keeps its place whatever becomes of it. Two tickets of one person are never at counters at once, and tickets of another
day are not called at all.

| reason | |
|---|---|
| `place` | the longest waiting |
| `priority` | priority goes first |
| `ratio` | enough people with priority were called; now one without |
| `not_yet` | the session it was taken for has not begun |
| `person_busy` | the same person's other ticket is at a counter |
| `nobody` | nobody can be called |

"""

PROBLEM_HEAD = """\
## Problems

`application/problem+json` (RFC 9457): `type`, `title`, `status`, `detail`, `refusal`, `facts`. The type is `/problems/`
and a name."""

PROBLEMS: Mapping[str, str] = {
    "refused": "409: a rule refuses a ticket without a number; `refusal` says which, `facts` what the words need",
    "number-taken": "409: another paper carries this number; parked",
    "second-number": "409: the ticket already has another printed number; parked",
    "cancelled": "409: this ticket was cancelled",
    "unreadable": "422: `facts` names the fields; `parked` is *yes* when it was a paper",
    "not-json": "400: the body is not JSON in UTF-8",
    "which-office": "400: there are several offices; say `?office=CODE`",
    "not-enrolled": "401: no token, an unknown one, or one that a later enrolment ended",
    "code-refused": "403: the one-time code is unknown, used or too old",
    "not-signed-in": "401: nobody is signed in, or not any more",
    "sign-in-refused": "401: unknown user or wrong password",
    "too-many-tries": "429: wait; `facts.seconds` and `Retry-After` say how long",
    "csrf": "403: the header `X-CSRF-Token` is missing or is another session's",
    "wrong-role": "403: only an officer calls people",
    "stale": "409: it has gone on since; `facts.current` is the ticket at the counter, fetch the counter again",
    "request-id-used": "409: the request id belongs to another act",
    "counter-busy": "409: the ticket at the counter comes first",
    "wrong-state": "409: a ticket in its `facts.state` cannot go there",
    "called-too-seldom": "409: `facts.needed` calls before a no-show",
    "person-busy": "409: the person is at another counter, with `facts.number`",
    "nothing-to-undo": "409: nothing was done at this counter in the last ten seconds",
    "not-found": "404",
    "method-not-allowed": "405",
    "too-large": "413",
    "storage": "503: disk or database fail; try again later",
    "bug": "500: central made a mistake; its log says more",
}


def page() -> str:
    """The whole page."""
    document = create_app(CentralConfig("sqlite://")).openapi()
    parts = [HEAD, *_overview(document)]
    tellings: set[str] = set()
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            parts += _operation(method.upper(), path, operation, tellings)
    parts += ["## What is said\n\n", *_messages(tellings, document["components"]["schemas"])]
    parts += [COUNTERS, PAGES]
    parts += _listed("## Events\n\nEach has `at`. `id` grows in the order of commits.", "event", EVENTS)
    parts += _listed(PROBLEM_HEAD, "name", PROBLEMS)
    return "".join(parts).rstrip() + "\n"


def _overview(document: Schema) -> Iterator[str]:
    yield "| | | who |\n|---|---|---|\n"
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            what = _text(operation["description"]).split("\n")[0]
            yield f"| `{method.upper()} {path}` | {what} | {_who(operation)} |\n"
    yield "\n"


def _operation(method: str, path: str, operation: Schema, tellings: set[str]) -> Iterator[str]:
    yield f"## {method} {path}\n\n{_filled(operation['description'])}\n\n"
    yield f"Who: {_who(operation)}.\n\n"
    asked = [p for p in operation.get("parameters", []) if p["in"] != "path"]
    for given in asked:
        words = f"{_kind(given['schema'], tellings)}. {given.get('description', '')}".strip()
        yield f"- {given['in']} `{given['name']}`: {words}\n"
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    if body is not None:
        yield f"- body: {_kind(body, tellings)}\n"
    if asked or body is not None:
        yield "\n"
    yield "| answer | |\n|---|---|\n"
    for status, answer in sorted(operation["responses"].items()):
        yield f"| {status} | {_answer(answer, tellings)} |\n"
    yield "\n"


def _answer(answer: Schema, tellings: set[str]) -> str:
    said = answer["description"].removesuffix(".")
    content: Schema = answer.get("content", {})
    if "application/problem+json" in content:
        return f"problem: {said[0].lower()}{said[1:]}"
    words = [] if said == "Successful Response" else [said]
    for media, held in content.items():
        words.append(_kind(held["schema"], tellings) if media == "application/json" else f"`{media}`")
    return "; ".join(words) or "done"


def _messages(tellings: set[str], schemas: Mapping[str, Schema]) -> Iterator[str]:
    known: dict[str, Schema] = {body.__name__: body.model_json_schema() for body in BODIES} | dict(schemas)
    told: dict[str, str] = {}
    while waiting := tellings - told.keys():
        for name in waiting:
            told[name] = "".join(_message(name, known[name], tellings))
    for name in sorted(told):
        yield told[name]


def _message(name: str, schema: Schema, tellings: set[str]) -> Iterator[str]:
    about = _attributes(name)
    yield f"### {name}\n\n{_filled(schema.get('description', '').split('Attributes:')[0])}\n\n"
    yield "| key | value | default | |\n|---|---|---|---|\n"
    for key, field in schema["properties"].items():
        default = "needed" if key in schema.get("required", []) else f"`{_default(field)}`"
        words = field.get("description") or about.get(key, "")
        yield f"| `{key}` | {_kind(field, tellings)} | {default} | {_text(words)} |\n"
    yield "\n"


def _attributes(name: str) -> dict[str, str]:
    """What the message's docstring says of its fields; a body's words are those of the message it carries."""
    bodies = {body.__name__: body.message.__annotations__["return"].__name__ for body in BODIES}
    kind = getattr(messages, bodies.get(name, name), None) or getattr(counter_messages, name, None)
    _, _, block = inspect.cleandoc((kind and kind.__doc__) or "").partition("Attributes:\n")
    found = re.findall(r"^ {4}(\w+): (.+(?:\n {8}.+)*)", block, re.MULTILINE)
    return {key: " ".join(words.split()) for key, words in found}


def _who(operation: Schema) -> str:
    """A route for anybody that also takes a token lets those without one choose an office."""
    if "security" not in operation:
        return "anybody"
    if {"Session": []} in operation["security"]:
        return "staff"
    chooses = any(given["name"] == "office" for given in operation.get("parameters", []))
    return "anybody, or a kiosk" if chooses else "a kiosk"


def _kind(schema: Schema, tellings: set[str]) -> str:
    if "$ref" in schema:
        return _named(schema["$ref"].rsplit("/", 1)[1], tellings)
    if schema.get("title") == "TicketBody":
        return _named("TicketBody", tellings)
    if "anyOf" in schema:
        kinds = [_kind(one, tellings) for one in schema["anyOf"] if one.get("type") != "null"]
        return " or ".join(kinds) + (" or null" if len(kinds) < len(schema["anyOf"]) else "")
    if "enum" in schema or "const" in schema:
        return " or ".join(f"`{word}`" for word in schema.get("enum", [schema.get("const")]))
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'], tellings)}"
    if schema.get("type") == "object" and "tickets" in schema.get("properties", {}):
        return f"`tickets`: {_kind(schema['properties']['tickets'], tellings)}, 100 at most"
    words = {"string": "text", "integer": "whole number", "boolean": "true or false", "object": "object"}
    return words[schema["type"]]


def _named(name: str, tellings: set[str]) -> str:
    tellings.add(name)
    return f"[{name}](#{name.lower()})"


def _default(field: Schema) -> str:
    """As JSON; what stands for nothing where the schema leaves a factory's default unsaid."""
    nothing: object = {"object": {}, "array": []}.get(field.get("type", ""))
    return json.dumps(field.get("default", nothing), ensure_ascii=False)


def _listed(head: str, key: str, rows: Mapping[str, str]) -> Iterator[str]:
    yield f"{head}\n\n| {key} | |\n|---|---|\n"
    for name, words in rows.items():
        yield f"| `{name}` | {words} |\n"
    yield "\n"


def _filled(words: str) -> str:
    return "\n\n".join(textwrap.fill(part, 118, break_on_hyphens=False) for part in _text(words).split("\n\n"))


def _text(words: str) -> str:
    """A docstring as Markdown, each paragraph one line."""
    whole = inspect.cleandoc(words).strip().replace("``", "`")
    return "\n\n".join(" ".join(part.split()) for part in whole.split("\n\n"))
