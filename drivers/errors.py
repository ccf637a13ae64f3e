"""What can be wrong with a device."""


class DriverError(Exception):
    """Root of the errors of this package."""


class DeviceLost(DriverError):
    """The device is not there, went away, or stopped answering; the supervisor reopens it.

    The message says what was tried, for a technician: ``no answer from 192.168.1.50:9100 within 2 s``.
    """


class UnknownDriver(DriverError):
    """No driver of that name in that family; ``nearest`` is the most similar known name."""

    def __init__(self, family: str, name: str, nearest: str | None) -> None:
        hint = f" (nearest: {nearest})" if nearest else ""
        super().__init__(f"no {family} driver called {name!r}{hint}")
        self.family = family
        self.name = name
        self.nearest = nearest


class WrongOptions(DriverError):
    """Options do not fit the driver; ``problems`` lists every one as (key, sentence)."""

    def __init__(self, driver: str, problems: tuple[tuple[str, str], ...]) -> None:
        super().__init__(f"{driver}: " + "; ".join(f"{key}: {what}" for key, what in problems))
        self.driver = driver
        self.problems = problems
