"""Numbers, dates and contents of entries that cannot all be right."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING

from digest.model import DateBasis, FurnitureKind, first_day
from digest.proof.finding import Finding, finding, whole_line
from digest.readers.calendar import month_heading, month_in_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.model import Read

_OF_THE_NOTE = frozenset({DateBasis.PATH, DateBasis.HEADING, DateBasis.FRONT_MATTER})
_STRUCTURE = (FurnitureKind.SECTION, FurnitureKind.DAY)


def repeated_numbers(read: Read) -> Iterator[Finding]:
    """Find entries of one section or day (of one note, without those) with the same number."""
    seen: dict[tuple[int, str], int] = {}
    starts = [item.line for item in read.furniture if item.kind in _STRUCTURE]
    for entry in read.entries:
        if entry.number is None:
            continue
        under = max((line for line in starts if line < entry.place.line), default=0)
        first = seen.setdefault((under, entry.number), entry.place.line)
        if first != entry.place.line:
            fact = f"the number {entry.number} stands at line {first} too"
            span = whole_line(read.source, entry.place.line)
            yield finding("R205", span, fact, "give one of the two the next free number")


def late_dates(read: Read, today: dt.date) -> Iterator[Finding]:
    """Find entries dated after the day or month that their note is of, or after today.

    They are built all the same: a curator may write ahead.
    """
    last = _last_day(read)
    for entry in read.entries:
        if entry.when is None:
            continue
        first = first_day(entry.when.iso)
        line = entry.when.line or entry.place.line
        span = whole_line(read.source, line)
        if last is not None and entry.when.basis not in _OF_THE_NOTE and first > last:
            fact = f"{entry.when.iso} is later than the note, which ends with {last.isoformat()}"
            yield finding("R206", span, fact, "correct the date, or move the entry to its note")
        elif first > today:
            fact = f"{entry.when.iso} is later than today, {today.isoformat()}"
            yield finding("R207", span, fact, "correct the date, if it was not meant")


def _last_day(read: Read) -> dt.date | None:
    """Return the last day of the day or month in a note's path or title; None where none is."""
    found = month_in_path(read.source.path) or month_heading(read.title)
    if found is None or found.year is None:
        return None
    last = calendar.monthrange(found.year, found.month)[1]
    return dt.date(found.year, found.month, min(found.day or last, last))


def empty_entries(read: Read) -> Iterator[Finding]:
    """Find entries that hold a title and nothing else: no link, no picture, no text."""
    for entry in read.entries:
        said = any(not line.blank for line in entry.body)
        if not (said or entry.links or entry.images):
            span = whole_line(read.source, entry.place.line)
            yield finding(
                "R208", span, "the entry is empty", "add a link or a sentence, or delete it"
            )
