"""Devices: cameras, scanners, printers. Each family has a protocol, real drivers and a simulated twin.

Nothing outside this package imports a concrete driver: `drivers.registry` loads it by name, with options that each
driver declares as a frozen dataclass.
"""
