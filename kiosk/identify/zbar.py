"""A second reader, libzbar, through pyzbar's bindings: asked when everything else failed.

``pyzbar.decode`` leaves text to zbar, which guesses the character set and garbles Vietnamese names. Its binary mode
hands the bytes over as they are, but pyzbar has no name for it, so that the few calls are made here.
"""

from collections.abc import Callable
from ctypes import c_char_p, c_void_p, cast, string_at

from kiosk.identify.regions import Grey

_BINARY = 4  # ZBAR_CFG_BINARY of zbar.h since 0.23.1; older libraries refuse it
_ENABLE = 0
_ANY_SYMBOLOGY = 0
_QR_CODE = 64
_GREY8 = int.from_bytes(b"Y800", "little")

ZbarRead = Callable[[Grey], tuple[bytes, ...]]


def load_zbar() -> ZbarRead | None:
    """The reader, or None where the library is missing (Debian: ``apt install libzbar0``) or too old."""
    try:
        from pyzbar import wrapper  # loads libzbar0 as it is imported
    except ImportError:
        return None

    def read(grey: Grey) -> tuple[bytes, ...]:
        scanner = wrapper.zbar_image_scanner_create()
        picture = wrapper.zbar_image_create()
        try:
            wrapper.zbar_image_scanner_set_config(scanner, _ANY_SYMBOLOGY, _ENABLE, 0)
            wrapper.zbar_image_scanner_set_config(scanner, _QR_CODE, _ENABLE, 1)
            if wrapper.zbar_image_scanner_set_config(scanner, _QR_CODE, _BINARY, 1):
                return ()  # better nothing than a garbled name
            pixels = c_char_p(grey.tobytes())  # stays referenced until the scan is over
            wrapper.zbar_image_set_format(picture, _GREY8)
            wrapper.zbar_image_set_size(picture, grey.shape[1], grey.shape[0])
            wrapper.zbar_image_set_data(picture, cast(pixels, c_void_p), grey.size, None)
            wrapper.zbar_scan_image(scanner, picture)
            found = []
            symbol = wrapper.zbar_image_first_symbol(picture)
            while symbol:
                length = wrapper.zbar_symbol_get_data_length(symbol)
                found.append(string_at(wrapper.zbar_symbol_get_data(symbol), length))
                symbol = wrapper.zbar_symbol_next(symbol)
            return tuple(found)
        finally:
            wrapper.zbar_image_destroy(picture)
            wrapper.zbar_image_scanner_destroy(scanner)

    return read
