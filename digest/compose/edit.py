"""Putting lines into a note: every byte that was there stays, newlines and marks included."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from digest.source import put_together, taken_apart

if TYPE_CHECKING:
    from collections.abc import Iterable


class Insertion(NamedTuple):
    """Lines that go below line ``after`` of a note (0: above its first)."""

    after: int
    lines: tuple[str, ...]


def insert(data: bytes, insertions: Iterable[Insertion]) -> bytes:
    """Return a note's UTF-8 bytes with lines put in; what was there stands unchanged around them.

    New lines end as the line above them does. A note without a newline at its end stays so.
    """
    mark, texts, newlines = taken_apart(data)
    for after, lines in sorted(insertions, key=lambda one: one.after, reverse=True):
        at = min(after, len(newlines) - 1)
        above = newlines[after - 1] if 0 < after <= at else newlines[0]
        texts[after:after] = lines
        newlines[at:at] = [above or "\n"] * len(lines)
    return put_together(mark, texts, newlines)
