"""Reading a configuration: layers, one check of the whole, and settings or every problem at once."""

from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import TypeVar, get_args

from pydantic import ValidationError

from config.crosschecks import check_machine, check_office
from config.explain import explain
from config.layers import Layer, Merged, environment_layer, merge, parse_layer, read_layer
from config.office import OfficeFile
from config.problems import ConfigurationError, Problem, by_file, nearest
from config.schema import Settings, SiteFile
from models.service import Catalogue, Profile

PROFILES: tuple[Profile, ...] = get_args(Profile)
_MACHINE_TABLES = frozenset(SiteFile.model_fields) - frozenset(OfficeFile.model_fields)
_File = TypeVar("_File", bound=OfficeFile)


def load_settings(home: Path, profile: str | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """The configuration of the kiosk whose state is in ``home``.

    Args:
        home: ``home/config/site.toml`` and ``home/config/device.toml`` are read where they stand. Without a site.toml
            the bundled example of the profile takes its place.
        profile: ``ward`` or ``hospital``; None for the site's own, or ward.
        environ: Variables; ``MOTCUA_<TABLE>__<KEY>`` win over the files.

    Raises:
        ConfigurationError: With every problem.
    """
    layers = [*_site_layers(home, profile), *_device_layer(home), environment_layer(environ or {})]
    merged = merge(layers, main=layers[1].label)
    whole, problems = _check(layers, merged, SiteFile)
    problems += _unknown_profile(profile)
    problems += _another_profile(merged, profile)
    if problems or whole is None:
        raise ConfigurationError(problems)
    return Settings(
        catalogue=whole.catalogue(),
        kiosk=whole.kiosk,
        screen=whole.screen,
        devices=whole.devices,
        sources=tuple(layer.label for layer in layers if layer.data),
    )


def load_office(path: Path) -> Catalogue:
    """The office of a site.toml; its tables about a kiosk's machine are left unread.

    Raises:
        ConfigurationError: With every problem.
    """
    layers = [_office_part(layer) for layer in (_defaults(), read_layer(path))]
    merged = merge(layers, main=layers[1].label)
    office, problems = _check(layers, merged, OfficeFile)
    if problems or office is None:
        raise ConfigurationError(problems)
    return office.catalogue()


def check_file(path: Path) -> tuple[Problem, ...]:
    """Every problem of one file: a site.toml, or laid over the ward example when it is called device.toml."""
    layers = [_defaults()]
    if path.name == "device.toml":
        layers.append(_example(None))
    layers.append(read_layer(path))
    _, problems = _check(layers, merge(layers, main=str(path)), SiteFile)
    return by_file(problems)


def check_device(home: Path, content: bytes) -> tuple[Problem, ...]:
    """Every problem that ``home`` would have with ``content`` as its device.toml; the environment is left out."""
    layers = [*_site_layers(home, None), parse_layer(content, str(device_path(home)))]
    _, problems = _check(layers, merge(layers, main=layers[1].label), SiteFile)
    return by_file(problems)


def site_path(home: Path) -> Path:
    """What the office is, written by people."""
    return home / "config" / "site.toml"


def device_path(home: Path) -> Path:
    """What this machine is, written by people and by `config.save`."""
    return home / "config" / "device.toml"


def example_path(profile: Profile) -> Path:
    """The bundled site.toml of a profile."""
    return _bundled("examples", profile, "site.toml")


def _bundled(*parts: str) -> Path:
    return Path(str(resources.files("config").joinpath(*parts)))


def _defaults() -> Layer:
    return read_layer(_bundled("defaults.toml"), "config/defaults.toml", bundled=True)


def _example(profile: str | None) -> Layer:
    known: Profile = "hospital" if profile == "hospital" else "ward"
    return read_layer(example_path(known), f"config/examples/{known}/site.toml", bundled=True)


def _site_layers(home: Path, profile: str | None) -> list[Layer]:
    site = site_path(home)
    return [_defaults(), read_layer(site) if _stands(site) else _example(profile)]


def _device_layer(home: Path) -> list[Layer]:
    device = device_path(home)
    return [read_layer(device)] if _stands(device) else []


def _stands(path: Path) -> bool:
    """Whether something is there; a broken link counts, so that it is named and not passed over."""
    try:
        return path.exists() or path.is_symlink()
    except PermissionError:
        return True  # reading it says so


def _office_part(layer: Layer) -> Layer:
    office = {key: value for key, value in layer.data.items() if key not in _MACHINE_TABLES}
    return Layer(layer.label, office, layer.bundled, layer.complete, layer.problems)


def _check(layers: Iterable[Layer], merged: Merged, schema: type[_File]) -> tuple[_File | None, list[Problem]]:
    """The merged tables as ``schema``, if they fit it, and every problem."""
    problems = [problem for layer in layers for problem in layer.problems]
    whole: _File | None = None
    try:
        whole = schema.model_validate(merged.data)
    except ValidationError as error:
        problems += explain(error.errors(include_url=False), schema, merged)
    problems += check_office(merged)
    if schema is SiteFile:
        problems += check_machine(merged)
    return whole, problems


def _unknown_profile(profile: str | None) -> Iterable[Problem]:
    if profile is not None and profile not in PROFILES:
        sentence = f"must be one of {', '.join(PROFILES)}, found {profile[:40]!r}"
        yield Problem("command line", "profile", sentence, nearest(profile, PROFILES))


def _another_profile(merged: Merged, profile: str | None) -> Iterable[Problem]:
    own = merged.value(("office", "profile"))
    if profile in PROFILES and own in PROFILES and own != profile:
        sentence = f"asks for {profile!r}, but office.profile in {merged.source(('office', 'profile'))} is {own!r}"
        yield Problem("command line", "profile", sentence)
