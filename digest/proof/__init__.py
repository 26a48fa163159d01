"""Proof-reading notes: what a curator would rather hear from ``check`` than from a reader.

Readers report what keeps them from reading; this room reports what they read past.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.proof import contents, entries, marks
from digest.proof.finding import Finding
from digest.proof.mend import apply, difference
from digest.readers import outline_in, read_bytes

if TYPE_CHECKING:
    import datetime as dt

    from digest.model import Read
    from digest.readers import Setting

__all__ = ["Finding", "difference", "mended", "proof"]

LAST = frozenset({"R209"})  # a contents list follows the headings: it is mended after them


def proof(read: Read, today: dt.date) -> tuple[Finding, ...]:
    """Return the faults of a note that a dialect has read, in the order of their places."""
    if not read.dialect:
        return ()
    note = outline_in(read.source, read.dialect)
    found = [
        *marks.invisible_characters(read, note.fenced),
        *marks.tight_numbers(read, note.fenced),
        *marks.addresses(read, note.fenced),
        *marks.misspelt_schemes(read, note.fenced),
        *entries.repeated_numbers(read),
        *entries.late_dates(read, today),
        *entries.empty_entries(read),
        *contents.out_of_step(read, note.headings),
    ]
    return tuple(sorted(found, key=lambda f: (f.diagnostic.span, f.diagnostic.code.name)))


def mended(path: str, data: bytes, setting: Setting, today: dt.date) -> bytes:
    """Return a note's bytes with all mended that is mechanical; the same bytes where nothing is.

    A note whose entries would not all be read as before, but for what was mended in their text, is
    left alone.
    """
    before = read_bytes(path, data, setting)
    read, done = before, data
    for last in (False, True):
        found = [f for f in proof(read, today) if (f.diagnostic.code.name in LAST) is last]
        done = apply(done, (edit for one in found for edit in one.edits))
        read = read_bytes(path, done, setting)
    same = read.dialect == before.dialect and _entries(read) == _entries(before)
    return done if same else data


def _entries(read: Read) -> list[tuple[str | None, str | None]]:
    """Tell the entries of a note by what no mending changes."""
    return [(entry.number, entry.when.iso if entry.when else None) for entry in read.entries]
