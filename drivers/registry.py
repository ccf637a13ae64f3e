"""Drivers by name: the one place that knows which drivers exist, and the only way to get one.

Names are mapped to ``module:Class`` and imported when a device is made, so that checking a configuration loads neither
OpenCV nor a USB library.
"""

import dataclasses
import difflib
import importlib
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, overload

from drivers import options as opt
from drivers.errors import UnknownDriver, WrongOptions

if TYPE_CHECKING:  # these stand on NumPy, which a check of the configuration does not need
    from drivers.protocols import Camera, Printer, Scanner

Family = Literal["camera", "scanner", "printer"]
FAMILIES: tuple[Family, ...] = ("camera", "scanner", "printer")


@dataclass(frozen=True, slots=True)
class Entry:
    """One driver.

    Attributes:
        target: ``module:Class``.
        options: Its options dataclass.
    """

    family: Family
    name: str
    target: str
    options: type[Any]
    simulated: bool = False

    @property
    def summary(self) -> str:
        """What it is for, in one sentence."""
        return (self.options.__doc__ or "").splitlines()[0]


@dataclass(frozen=True, slots=True)
class OptionField:
    """One option, for the reference page and for forms.

    Attributes:
        kind: ``text``, ``whole number``, ``number``, ``true or false``, or the choices with ``|`` between.
        default: None also when there is none; see ``required``.
    """

    name: str
    kind: str
    doc: str
    required: bool
    default: object
    low: float | None
    high: float | None


_ENTRIES = (
    Entry("camera", "opencv", "drivers.camera.opencv:OpenCvCamera", opt.OpenCvOptions),
    Entry("camera", "video", "drivers.camera.files:VideoCamera", opt.VideoOptions, simulated=True),
    Entry("camera", "folder", "drivers.camera.files:FolderCamera", opt.FolderOptions, simulated=True),
    Entry("camera", "image", "drivers.camera.files:ImageCamera", opt.ImageOptions, simulated=True),
    Entry(
        "camera", "simulated", "drivers.camera.simulated:SimulatedCamera", opt.SimulatedCameraOptions, simulated=True
    ),
    Entry("scanner", "serial", "drivers.scanner.serial_line:SerialScanner", opt.SerialScannerOptions),
    Entry("scanner", "wedge", "drivers.scanner.wedge:WedgeScanner", opt.WedgeOptions),
    Entry(
        "scanner",
        "simulated",
        "drivers.scanner.simulated:SimulatedScanner",
        opt.SimulatedScannerOptions,
        simulated=True,
    ),
    Entry("printer", "escpos-tcp", "drivers.printer.tcp:TcpPrinter", opt.EscPosTcpOptions),
    Entry("printer", "escpos-serial", "drivers.printer.serial_line:SerialPrinter", opt.EscPosSerialOptions),
    Entry("printer", "escpos-usb", "drivers.printer.usb_port:UsbPrinter", opt.EscPosUsbOptions),
    Entry("printer", "escpos-file", "drivers.printer.device_file:FilePrinter", opt.EscPosFileOptions),
    Entry(
        "printer",
        "simulated",
        "drivers.printer.simulated:SimulatedPrinter",
        opt.SimulatedPrinterOptions,
        simulated=True,
    ),
)


def names(family: Family) -> tuple[str, ...]:
    """The drivers of a family, in the order they are offered."""
    return tuple(e.name for e in _ENTRIES if e.family == family)


def entry(family: Family, name: str) -> Entry:
    """The driver of that name.

    Raises:
        UnknownDriver: With the nearest name.
    """
    for one in _ENTRIES:
        if (one.family, one.name) == (family, name):
            return one
    near = difflib.get_close_matches(name, names(family), n=1, cutoff=0.5)
    raise UnknownDriver(family, name, near[0] if near else None)


def options_of(family: Family, name: str) -> type[Any]:
    """The options dataclass of a driver; raises UnknownDriver."""
    return entry(family, name).options


def simulated(family: Family, name: str) -> bool:
    """Whether the driver stands in for a real device; raises UnknownDriver."""
    return entry(family, name).simulated


def option_fields(family: Family, name: str) -> tuple[OptionField, ...]:
    """Every option of a driver; raises UnknownDriver."""
    options = options_of(family, name)
    hints = typing.get_type_hints(options)
    return tuple(
        OptionField(
            name=f.name,
            kind=_kind(hints[f.name]),
            doc=f.metadata["doc"],
            required=f.default is dataclasses.MISSING,
            default=None if f.default is dataclasses.MISSING else f.default,
            low=f.metadata["low"],
            high=f.metadata["high"],
        )
        for f in dataclasses.fields(options)
    )


def check(family: Family, name: str, options: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """What is wrong with ``options``, all of it, as (key, sentence); empty when they fit.

    Loads no driver. Raises UnknownDriver.
    """
    kind = options_of(family, name)
    hints = typing.get_type_hints(kind)
    fields = {f.name: f for f in dataclasses.fields(kind)}
    problems = [(key, _unknown(key, fields, name)) for key in options if key not in fields]
    for key, field in fields.items():
        if key in options:
            what = _misfit(options[key], hints[key], field.metadata["low"], field.metadata["high"])
            if what:
                problems.append((key, what))
        elif field.default is dataclasses.MISSING:
            problems.append((key, f"{name} needs it: {field.metadata['doc']}"))
    return tuple(problems)


def build_options(family: Family, name: str, options: Mapping[str, object]) -> Any:
    """The options dataclass filled in; raises WrongOptions with every problem, or UnknownDriver."""
    problems = check(family, name, options)
    if problems:
        raise WrongOptions(name, problems)
    kind = options_of(family, name)
    hints = typing.get_type_hints(kind)
    return kind(**{key: float(typing.cast("int", v)) if hints[key] is float else v for key, v in options.items()})


@overload
def create(family: Literal["camera"], name: str, options: Mapping[str, object]) -> "Camera": ...
@overload
def create(family: Literal["scanner"], name: str, options: Mapping[str, object]) -> "Scanner": ...
@overload
def create(family: Literal["printer"], name: str, options: Mapping[str, object]) -> "Printer": ...
def create(family: Family, name: str, options: Mapping[str, object]) -> "Camera | Scanner | Printer":
    """A device, not yet opened. Imports its driver, which may take a moment: call it on the device's own thread.

    Raises:
        UnknownDriver: No such driver.
        WrongOptions: With every problem of ``options``.
    """
    filled = build_options(family, name, options)
    module, _, attribute = entry(family, name).target.partition(":")
    driver = getattr(importlib.import_module(module), attribute)
    return typing.cast("Camera | Scanner | Printer", driver(filled))


def _unknown(key: str, fields: Mapping[str, object], driver: str) -> str:
    near = difflib.get_close_matches(key, fields, n=1, cutoff=0.6)
    hint = f"; the nearest is {near[0]!r}" if near else f"; it has {', '.join(fields)}"
    return f"{driver} has no such option{hint}"


def _alternatives(hint: Any) -> tuple[tuple[Any, ...], bool]:
    """The types of a hint without None, and whether None is allowed."""
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        kinds = typing.get_args(hint)
        return tuple(k for k in kinds if k is not type(None)), type(None) in kinds
    return (hint,), False


def _kind(hint: Any) -> str:
    words = {str: "text", int: "whole number", float: "number", bool: "true or false"}
    kinds, _ = _alternatives(hint)
    if typing.get_origin(kinds[0]) is Literal:
        return " | ".join(str(c) for c in typing.get_args(kinds[0]))
    return words[kinds[0]]


def _misfit(value: object, hint: Any, low: float | None, high: float | None) -> str:
    """Why the value does not fit, or an empty text."""
    kinds, optional = _alternatives(hint)
    kind = kinds[0]
    if value is None and optional:
        return ""
    if typing.get_origin(kind) is Literal:
        return _bad_choice(value, typing.get_args(kind))
    allowed = (int, float) if kind is float else (kind,)
    if type(value) not in allowed:
        return f"expected {_kind(kind)}, got {value!r}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _out_of_range(value, low, high)
    if isinstance(value, str) and (not value or "\0" in value):
        return "must not be empty" if not value else "must not hold a NUL character"
    return ""


def _bad_choice(value: object, choices: tuple[object, ...]) -> str:
    if any(value == c and type(value) is type(c) for c in choices):
        return ""
    near = difflib.get_close_matches(str(value), [str(c) for c in choices], n=1, cutoff=0.5)
    hint = f"; the nearest is {near[0]!r}" if near else ""
    return f"expected one of {', '.join(repr(c) for c in choices)}, got {value!r}{hint}"


def _out_of_range(value: float, low: float | None, high: float | None) -> str:
    if value != value or (low is not None and value < low) or (high is not None and value > high):
        return f"expected {low} to {high}, got {value!r}"
    return ""
