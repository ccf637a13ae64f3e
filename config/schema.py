"""The whole configuration as one schema: the office's tables and this machine's.

The names, types, bounds and descriptions here are the only ones: `config.load` checks with them, and
`docs/reference/configuration.md` is written from them. Values that hold where nobody says otherwise stand in
``defaults.toml``, where a technician can read them.
"""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from config.fields import Filled, WebAddress, frozen_list
from config.office import OfficeFile, Section
from models.service import Catalogue
from models.text import Language


class KioskSettings(Section):
    """This machine and its place in the office."""

    number: int = Field(ge=1, le=9999, description="Number of this kiosk in its office; stands in its own series.")
    numbering: Literal["central", "local"] = Field(
        description="Who hands out numbers: central, or this kiosk alone. Follows `central_url` where it is not given."
    )
    central_url: WebAddress | None = Field(None, description="Address of central as this kiosk reaches it.")
    number_wait_ms: int = Field(
        ge=50, le=5000, description="How long a person waits for central's number before the kiosk gives its own."
    )
    languages: Annotated[tuple[Language, ...], BeforeValidator(frozen_list)] = Field(
        min_length=1, description="Languages of the screen."
    )
    default_language: Language = Field(description="Language at the start of each visit.")
    paper_slot: Literal["below", "left", "right"] = Field(description="Where the paper of this cabinet comes out.")
    paper_width: Literal[80, 58] = Field(description="Width of the paper in millimetres.")

    @model_validator(mode="before")
    @classmethod
    def _numbering_follows_central(cls, data: Any) -> Any:
        if isinstance(data, dict) and "numbering" not in data:
            return {**data, "numbering": "central" if data.get("central_url") else "local"}
        return data


class ScreenSettings(Section):
    """The screen of this machine."""

    density_px_per_mm: float | None = Field(
        None, ge=1, le=20, description="Pixels a millimetre; asked of the panel where it is not given."
    )
    theme: Literal["normal", "large_text", "high_contrast"] = Field(description="Theme at the start of each visit.")
    accent: Literal["auto", "ward", "hospital", "alternative"] = Field(
        description="Accent colour; auto takes the profile's."
    )


class DeviceSettings(Section):
    """One device: its driver by name, and the options that this driver declares."""

    driver: Filled = Field(description="Name of the driver; `kiosk device list` names them.")
    options: dict[str, Any] = Field(default_factory=dict, description="Options of that driver.")


class DevicesSettings(Section):
    """The devices of this machine."""

    camera: DeviceSettings | None = Field(None, description="The camera, if there is one.")
    scanners: Annotated[tuple[DeviceSettings, ...], BeforeValidator(frozen_list)] = Field(
        (), description="Code readers."
    )
    printer: DeviceSettings | None = Field(None, description="The ticket printer, if there is one.")


class SiteFile(OfficeFile):
    """Every table there is."""

    kiosk: KioskSettings = Field(description="This machine and its place in the office.")
    screen: ScreenSettings = Field(description="The screen of this machine.")
    devices: DevicesSettings = Field(description="The devices of this machine.")


@dataclass(frozen=True, slots=True)
class Settings:
    """A configuration without a problem.

    Attributes:
        catalogue: The office. Services and rules fetched from central win over it.
        sources: The files it was read from, weakest first.
    """

    catalogue: Catalogue
    kiosk: KioskSettings
    screen: ScreenSettings
    devices: DevicesSettings
    sources: tuple[str, ...] = ()
