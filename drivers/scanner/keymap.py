"""Key codes of Linux (``input-event-codes.h``) as a US keyboard types them: what scanners in keyboard mode send."""

from types import MappingProxyType

ENTER = frozenset({28, 96})
SHIFT = frozenset({42, 54})
ALT = frozenset({56, 100})
CONTROL = frozenset({29, 97})
SILENT = frozenset({58, 69, 70, 125, 126, 127})  # locks, windows and menu keys

_ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (57, " ", " "),
)
_KEYPAD = {71: "7", 72: "8", 73: "9", 74: "-", 75: "4", 76: "5", 77: "6", 78: "+", 79: "1", 80: "2", 81: "3", 82: "0"}

PLAIN = MappingProxyType(
    {first + i: c for first, plain, _ in _ROWS for i, c in enumerate(plain)} | _KEYPAD | {83: ".", 98: "/", 55: "*"}
)
SHIFTED = MappingProxyType({**PLAIN, **{first + i: c for first, _, upper in _ROWS for i, c in enumerate(upper)}})
