"""Which note an entry goes into, and what a note holds that is new."""

from __future__ import annotations

import calendar
import re
from typing import TYPE_CHECKING

from digest.readers import bullets, posts, report, sections
from digest.readers.calendar import month_in_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.model import Entry, Read

_LONG = {bullets.NAME, posts.NAME}  # habits in which one note may run over many months
_EMPTY = {"R101", "R102"}


def note_for(reads: Sequence[Read], date: str) -> str:
    """Return the path of the note that entries of a date (ISO 8601, a day or a month) go into.

    Of the notes of that month it is the one that holds most of its entries, before one that is
    still empty; the path is of a note that is not there yet where the month has none.
    """
    month = date[:7]
    own = [(_count(read, month), read) for read in reads if _is_of(read, date)]
    if own:
        most = max(count for count, _ in own)
        best = [read for count, read in own if count == most]
        best.sort(key=lambda r: (r.dialect != sections.NAME, r.source.path))
        return best[0].source.path
    return _new_path(reads, month)


def _is_of(read: Read, date: str) -> bool:
    """Whether a note is kept for a month, or for the day where it is a day's report."""
    month = date[:7]
    if not read.dialect:
        named = month_in_path(read.source.path)
        is_empty = all(d.code.name in _EMPTY for d in read.diagnostics)
        return is_empty and named is not None and f"{named.year}-{named.month:02}" == month
    if all(entry.draft for entry in read.entries):
        return False
    if read.dialect == report.NAME:
        return all(_iso(entry) == date for entry in read.entries)
    count = _count(read, month)
    return count * 2 >= len(read.entries) or (read.dialect in _LONG and count > 0)


def _iso(entry: Entry) -> str:
    return entry.when.iso if entry.when else ""


def _count(read: Read, month: str) -> int:
    return sum(_iso(entry).startswith(month) for entry in read.entries)


def _new_path(reads: Sequence[Read], month: str) -> str:
    """Name a month's first note as the newest one in sections is named, or ``2024-03.md``."""
    for read in sorted(reads, key=lambda r: r.source.path, reverse=True):
        named = re.search(r"(?<!\d)20\d\d-[01]\d(?=\.\w+$)", read.source.path)  # notes/2024-02.md
        if named and read.dialect == sections.NAME and not all(e.draft for e in read.entries):
            return f"{read.source.path[: named.start()]}{month}{read.source.path[named.end() :]}"
    return f"{month}.md"


def beside(path: str) -> str:
    """Return the path of a note of the same month for entries that do not fit its habit."""
    stem, _, ending = path.rpartition(".")
    return f"{stem}-new.{ending}"


def first_lines(month: str, language: str) -> bytes:
    """Return the front matter and title with which a note of a month (``2024-03``) begins."""
    year, number = month.split("-")
    zh = f"{year} 年 {int(number)} 月"
    title = zh if language == "zh" else f"{calendar.month_name[int(number)]} {year}"
    return (
        f"---\ntitle: {title}\nlanguage: {language}\ndate: {month}\n---\n\n# AI: {year}.{number}\n"
    ).encode()
