"""python-escpos, loaded without its side effects.

Its import adds a handler to the root logger and leaves a folder in the temporary directory at every start, and a
profile without a known width prints to standard output, which belongs to ``--json``. So it is loaded here only.
"""

import logging
import shutil
import tempfile
from pathlib import Path
from typing import Any

# Profiles of python-escpos that are as wide as the paper and know the raster command.
_PROFILES = {576: "TM-T20II", 384: "POS-5890"}


def new_dummy(width: int) -> Any:
    """An `escpos.printer.Dummy`, which collects bytes and sends nothing, for paper of so many dots."""
    handlers = list(logging.root.handlers)
    from escpos import capabilities
    from escpos.printer import Dummy

    for handler in [h for h in logging.root.handlers if h not in handlers]:
        logging.root.removeHandler(handler)
    cache = Path(capabilities.pickle_dir)
    if cache.parent == Path(tempfile.gettempdir()):  # elsewhere somebody chose the place and keeps it
        shutil.rmtree(cache, ignore_errors=True)
    return Dummy(profile=_PROFILES[width])
