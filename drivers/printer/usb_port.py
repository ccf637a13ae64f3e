"""ESC/POS on USB, by pyusb, without the kernel's printer driver."""

import contextlib
import threading
import time
from collections.abc import Callable
from typing import Any

import usb.core
import usb.util

from drivers.errors import DeviceLost
from drivers.options import EscPosUsbOptions
from drivers.printer.escpos import EscPosPrinter

PRINTER_CLASS = 7
_CHUNK = 4096


class UsbTransport:
    """Two bulk endpoints of a USB printer.

    Args:
        find: `usb.core.find`, or a stand-in.
    """

    def __init__(self, options: EscPosUsbOptions, find: Callable[..., Any] = usb.core.find) -> None:
        self.where = f"USB {options.vendor:04x}:{options.product:04x}"
        self.is_open = False
        self._options = options
        self._find = find
        self._device: Any = None
        self._interface = 0
        self._out: Any = None
        self._in: Any = None
        self._nothing = threading.Event()

    def open(self) -> None:
        """Find the printer and claim its interface."""
        self.close()
        try:
            self._device = self._look()
            self._claim()
        except usb.core.NoBackendError as error:
            raise DeviceLost("libusb is not installed: apt install libusb-1.0-0") from error
        except (usb.core.USBError, NotImplementedError) as error:
            self.close()
            raise DeviceLost(f"cannot use {self.where}: {error}") from error
        self.is_open = True

    def close(self) -> None:
        """Give the interface back."""
        device, self._device = self._device, None
        self.is_open = False
        if device is not None:
            with contextlib.suppress(usb.core.USBError):
                usb.util.release_interface(device, self._interface)
            with contextlib.suppress(usb.core.USBError):
                usb.util.dispose_resources(device)

    def send(self, data: bytes, timeout: float) -> int:
        """See `Transport.send`."""
        try:
            return int(self._endpoint(self._out).write(data[:_CHUNK], timeout=_milliseconds(timeout)))
        except usb.core.USBTimeoutError:
            return 0
        except usb.core.USBError as error:
            raise self._lost(error) from error

    def receive(self, timeout: float) -> bytes:
        """See `Transport.receive`."""
        if self._in is None:
            self._nothing.wait(timeout)
            return b""
        try:
            return bytes(self._endpoint(self._in).read(512, timeout=_milliseconds(timeout)))
        except usb.core.USBTimeoutError:
            return b""
        except usb.core.USBError as error:
            raise self._lost(error) from error

    def pending(self) -> int:
        """Nothing waits in the kernel: a write ends when the printer took it."""
        return 0

    def _look(self) -> Any:
        o = self._options
        for device in self._find(find_all=True, idVendor=o.vendor, idProduct=o.product) or ():
            if o.serial is None or usb.util.get_string(device, device.iSerialNumber) == o.serial:
                return device
        raise DeviceLost(f"{self.where} is not plugged in")

    def _claim(self) -> None:
        interfaces = list(self._device.get_active_configuration())
        printers = [i for i in interfaces if i.bInterfaceClass == PRINTER_CLASS] or interfaces
        self._interface = printers[0].bInterfaceNumber
        if self._device.is_kernel_driver_active(self._interface):
            self._device.detach_kernel_driver(self._interface)
        usb.util.claim_interface(self._device, self._interface)
        bulk = [e for e in printers[0] if usb.util.endpoint_type(e.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK]
        way = {usb.util.endpoint_direction(e.bEndpointAddress): e for e in reversed(bulk)}
        self._out, self._in = way.get(usb.util.ENDPOINT_OUT), way.get(usb.util.ENDPOINT_IN)
        if self._out is None:
            self.close()
            raise DeviceLost(f"{self.where} takes no data: it is no printer")

    def _endpoint(self, endpoint: Any) -> Any:
        if not self.is_open:
            raise DeviceLost(f"{self.where} is not open")
        return endpoint

    def _lost(self, error: Exception) -> DeviceLost:
        self.is_open = False
        return DeviceLost(f"{self.where}: {error}")


def _milliseconds(timeout: float) -> int:
    return max(1, int(timeout * 1000))  # 0 would mean for ever


class UsbPrinter(EscPosPrinter):
    """The driver ``escpos-usb``."""

    Options = EscPosUsbOptions

    def __init__(
        self,
        options: EscPosUsbOptions,
        *,
        find: Callable[..., Any] = usb.core.find,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(options, UsbTransport(options, find), clock=clock)
