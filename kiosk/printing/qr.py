"""The code that leads a phone to the ticket's page."""

import numpy as np
import segno
from numpy.typing import NDArray


def qr_modules(content: str) -> NDArray[np.bool_]:
    """The modules of a QR code (ISO/IEC 18004) without quiet zone; True is dark.

    The smallest version is taken, with the highest error correction that fits into it.
    """
    code = segno.make(content, error="l", micro=False, boost_error=True)
    return np.array([list(row) for row in code.matrix], dtype=bool)
