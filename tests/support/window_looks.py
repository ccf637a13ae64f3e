"""In which languages and on which panels a visit is played."""

import pytest
from PySide6.QtCore import QSize

PORTRAIT, LANDSCAPE = QSize(1080, 1920), QSize(1920, 1080)


def _looks(*looks: tuple[str, QSize]) -> pytest.MarkDecorator:
    names = [f"{language}-{'portrait' if size == PORTRAIT else 'landscape'}" for language, size in looks]
    return pytest.mark.parametrize("look", looks, ids=names, indirect=True)


every_look = _looks(("vi", PORTRAIT), ("vi", LANDSCAPE), ("en", PORTRAIT), ("en", LANDSCAPE))
both_looks = _looks(("vi", PORTRAIT), ("en", LANDSCAPE))
