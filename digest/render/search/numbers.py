"""Whole numbers as few printable ASCII characters, to stand in a JSON string as they are."""

from __future__ import annotations

from functools import cache

# All printable ASCII but the space, the quote and the backslash: 46 digits that end a number and 46
# that go on to the next, more significant one.
_SIGNS = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"\\')
BASE = len(_SIGNS) // 2


@cache
def encode(number: int) -> str:
    """Write a number that is not negative, its least significant digit first."""
    digits = ""
    while number >= BASE:
        number, digit = divmod(number, BASE)
        digits += _SIGNS[BASE + digit]
    return digits + _SIGNS[number]
