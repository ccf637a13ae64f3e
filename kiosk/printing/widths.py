"""Paper widths in dots at 203 dpi."""

WIDTH_80_MM, WIDTH_58_MM = 576, 384

_WIDE_FROM = 500


def dots_of(millimetres: int) -> int:
    """The dots of a line on paper of 58 or 80 mm."""
    return WIDTH_58_MM if millimetres == 58 else WIDTH_80_MM


def is_wide(width: int) -> bool:
    """Whether paper of ``width`` dots is set like 80 mm paper; such heads have 512 or 576 dots, 58 mm ones 384."""
    return width >= _WIDE_FROM
