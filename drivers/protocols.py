"""What a driver must do. Small on purpose: everything else (threads, back-off, reopening) is `drivers.supervise`'s.

Every method may raise `drivers.errors.DeviceLost`; the supervisor then closes and reopens. Methods of one object are
called from one thread at a time.
"""

from typing import ClassVar, Protocol, runtime_checkable

from drivers.readings import Frame, Page, PrinterStatus, PrintOutcome, Scan


class Device(Protocol):
    """Opened, used, closed; may be opened again after it was closed.

    Attributes:
        simulated: Whether the screen must show the trial-run banner.
    """

    simulated: ClassVar[bool]

    def open(self) -> None:
        """Take the device; raises DeviceLost when it is not there."""

    def close(self) -> None:
        """Give it back; never raises, may be called twice."""


@runtime_checkable
class Camera(Device, Protocol):
    """A source of frames."""

    def read(self, timeout: float) -> Frame | None:
        """The newest frame not read yet, waiting up to ``timeout`` seconds; None when there was none.

        Raises:
            DeviceLost: The camera is gone or frozen (no new picture for the driver's ``frozen_after`` seconds).
        """


@runtime_checkable
class Scanner(Device, Protocol):
    """A code reader with its own light and optics."""

    def read(self, timeout: float) -> Scan | None:
        """The next code, waiting up to ``timeout`` seconds; None when there was none."""


@runtime_checkable
class Printer(Device, Protocol):
    """A ticket printer; a mute one (``confirms`` False) ends every page as ``unconfirmed``."""

    @property
    def confirms(self) -> bool:
        """Whether it can say that a page is out."""

    @property
    def width(self) -> int:
        """Dots of a line."""

    def status(self) -> PrinterStatus:
        """Ask now; bounded by the driver's time-out, never raises for silence."""

    def print(self, page: Page) -> PrintOutcome:
        """Send a page and wait, bounded, for its confirmation. Losing the device in the middle is an outcome."""


@runtime_checkable
class Interruptible(Protocol):
    """A device whose long work can be broken off from another thread."""

    def interrupt(self) -> None:
        """End the work at hand as soon as possible; stays in force until the device is opened again."""
