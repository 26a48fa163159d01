"""Putting lines into a note: every byte that was there stays, newlines and marks included."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_NEWLINE = re.compile(rb"\r\n|\r|\n")  # as source.py counts lines


class Insertion(NamedTuple):
    """Lines that go below line ``after`` of a note (0: above its first)."""

    after: int
    lines: tuple[str, ...]


def insert(data: bytes, insertions: Iterable[Insertion]) -> bytes:
    """Return a note's UTF-8 bytes with lines put in; what was there stands unchanged around them.

    New lines end as the line above them does. A note without a newline at its end stays so.
    """
    ends = list(_NEWLINE.finditer(data))
    usual = ends[0].group() if ends else b"\n"
    for after, lines in sorted(insertions, key=lambda one: one.after, reverse=True):
        if after == 0:
            offset, newline = (3 if data.startswith(b"\xef\xbb\xbf") else 0), usual
        elif after <= len(ends):
            offset, newline = ends[after - 1].end(), ends[after - 1].group()
        else:  # below a last line that has no newline
            added = b"".join(usual + line.encode() for line in lines)
            data += added
            continue
        added = b"".join(line.encode() + newline for line in lines)
        data = data[:offset] + added + data[offset:]
    return data
