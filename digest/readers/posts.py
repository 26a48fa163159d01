"""Numbered posts: ``### NN``, then who and when, then a post without a headline.

Who and when stand on one line (``name @handle 2023-12-03``) or on lines of their own in any
order, with or without blank lines, sometimes with the post's own address among them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.diagnostics import diagnostic
from digest.model import DateBasis, Furniture, FurnitureKind, Layout, Read, When
from digest.readers.calendar import is_month
from digest.readers.directive import without_directives
from digest.readers.entries import Draft, finish, trimmed
from digest.readers.headers import DIGITS_OF_YEAR, Header, Written, read_header
from digest.readers.headlines import headline
from digest.readers.outline import contents_list
from digest.readers.years import EARLIEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.diagnostics import Diagnostic
    from digest.model import Entry
    from digest.readers.dialect import Setting
    from digest.readers.outline import Heading, Outline

NAME = "posts"
OPEN_FENCES_ONLY = False  # a number alone is never code
_NUMBER = re.compile(r"^#?(?P<number>\d{1,5})[.、]?$")  # 01   12.
LEVELS = range(2, 5)


def is_entry_heading(heading: Heading) -> bool:
    """Whether a heading starts a post: it is nothing but a number."""
    return heading.level in LEVELS and _NUMBER.match(heading.text) is not None


def claims(note: Outline) -> int:
    """Count the headings that are nothing but a number."""
    return sum(is_entry_heading(h) for h in note.headings)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Post:
    """A post's heading, its last line and its header."""

    heading: Heading
    end: int
    header: Header


def read(note: Outline, setting: Setting) -> Read:
    """Read a note of numbered posts."""
    starts = [heading for heading in note.headings if is_entry_heading(heading)]
    breaks = _section_headings(note, starts)
    posts = _posts(note, starts, breaks)
    whens = _dates(posts, setting.latest_year)
    entries: list[Entry] = []
    furniture = [_furniture(h, starts) for h in breaks]
    furniture += contents_list(note, starts[0].line)
    diagnostics: list[Diagnostic] = []
    for post, when in zip(posts, whens, strict=True):
        diagnostics += _header_problems(note, post, when)
        entry, found = finish(note, _entry(note, post, when))
        entries.append(entry)
        diagnostics += found
    titles = [h.text for h in breaks if h.line < starts[0].line]
    return Read(
        source=note.source,
        dialect=NAME,
        title=note.front.title or (titles[0] if titles else ""),
        entries=tuple(entries),
        furniture=tuple(furniture),
        diagnostics=tuple(diagnostics),
    )


def _section_headings(note: Outline, starts: list[Heading]) -> list[Heading]:
    """Return the headings above the first post or right above a post: titles and sections."""
    lines = {h.line for h in starts}
    found: list[Heading] = []
    for heading in note.headings:
        if heading.line in lines:
            continue
        below = note.next_written(heading.line)
        if heading.line < starts[0].line or (below is not None and below.number in lines):
            found.append(heading)
    return found


def _furniture(heading: Heading, starts: list[Heading]) -> Furniture:
    title = heading.line < starts[0].line
    kind = FurnitureKind.TITLE if title else FurnitureKind.SECTION
    return Furniture(kind=kind, line=heading.line, end_line=heading.line)


def _posts(note: Outline, starts: list[Heading], breaks: list[Heading]) -> list[_Post]:
    """Return the posts with their headers, read twice: names found in one help with the others."""
    stops = {heading.line for heading in breaks}
    following = [heading.line for heading in starts[1:]] + [note.last + 1]
    ends: list[int] = []
    for heading, below in zip(starts, following, strict=True):
        stop = next((line for line in range(heading.line + 1, below) if line in stops), below)
        ends.append(note.end_of(heading.line, stop - 1))
    posts = [_post(note, heading, end, {}) for heading, end in zip(starts, ends, strict=True)]
    names: dict[str, str] = {}
    for post in posts:
        if post.header.author and post.header.handle:
            names.setdefault(post.header.handle, post.header.author)
    return [
        post
        if post.header.author and post.header.handle
        else _post(note, post.heading, post.end, names)
        for post in posts
    ]


def _post(note: Outline, heading: Heading, end: int, names: dict[str, str]) -> _Post:
    header = read_header(note.source, heading.line + 1, end, names)
    return _Post(heading=heading, end=end, header=header)


def _dates(posts: Sequence[_Post], latest: int) -> list[When | None]:
    """Date each post; the year of one whose own cannot be is that of the post nearest to it."""
    own = [_own_year(post.header.date, latest) for post in posts]
    known = [index for index, year in enumerate(own) if year is not None]
    whens: list[When | None] = []
    for index, post in enumerate(posts):
        year, basis = own[index], DateBasis.HEADER
        if year is None and post.header.date is not None and known:
            _, nearest = min((abs(other - index), other) for other in known)
            year, basis = own[nearest], DateBasis.NEIGHBOURS
        whens.append(None if year is None else _when(post.header.date, year, basis))
    return whens


def _own_year(written: Written | None, latest: int) -> int | None:
    """Return the year that a header's date tells, with the digits that slipped from it."""
    if written is None:
        return None
    digits = (written.lost + written.year)[-max(len(written.year), DIGITS_OF_YEAR) :]
    year = int(digits)
    # A post may be written for days to come: the turn of the year is no slip.
    return year if len(digits) == DIGITS_OF_YEAR and EARLIEST <= year <= latest + 1 else None


def _when(written: Written | None, year: int, basis: DateBasis) -> When | None:
    """Return the day; where the calendar has no such day the month, if that exists."""
    if written is None or not is_month(written.month):
        return None
    day = written.day if written.in_year(year) else None
    return When(year=year, month=written.month, day=day, basis=basis, line=written.line)


def _header_problems(note: Outline, post: _Post, when: When | None) -> list[Diagnostic]:
    header = post.header
    found: list[Diagnostic] = []
    span = note.source.span(post.heading.line)
    example = "write `name @handle 2024-02-03` under its number"
    if header.date is not None:
        found += _date_problems(note, header, header.date, when)
    elif note.front.date is None:
        found.append(diagnostic("R114", span, "the post names no day", example))
    if header.author is None and header.handle is None and not note.front.author:
        found.append(diagnostic("R113", span, "nothing tells who posted this", example))
    return found


def _date_problems(
    note: Outline, header: Header, date: Written, when: When | None
) -> list[Diagnostic]:
    span = note.source.span(date.line)
    if when is None and not is_month(date.month):
        fact = f"there is no month {date.month}"
        return [diagnostic("R106", span, fact, "correct the month")]
    if when is None:
        fact = "the date is mangled, and no other post tells its year"
        return [diagnostic("R107", span, fact, "write it as `2024-02-03`")]
    found: list[Diagnostic] = []
    if date.year != f"{when.year}":
        fact = f"the date is mangled; read as {when.iso}"
        if when.basis is DateBasis.NEIGHBOURS:
            fact += ", with the year of the nearest post"
        who = f"{header.author or 'name'} @{header.handle or 'handle'}"
        found.append(diagnostic("R107", span, fact, f"write `{who} {when.iso}`"))
    if when.day is None:
        fact = f"there is no day {date.day} in {when.iso}"
        found.append(diagnostic("R106", span, fact, "correct the day"))
    return found


def _entry(note: Outline, post: _Post, when: When | None) -> Draft:
    number = _NUMBER.match(post.heading.text)
    header = post.header
    body = trimmed(note.lines(header.end + 1, post.end)) if header.end < post.end else ()
    shown = without_directives(body, note.fenced)
    prose = [line.text for line in shown if line.number not in note.fenced]
    lead = (note.source.line(header.address_line),) if header.address_line else ()
    return Draft(
        dialect=NAME,
        line=post.heading.line,
        end_line=post.end,
        number=number["number"] if number else None,
        title=headline(prose),
        heading=lead,
        body=body,
        when=when,
        author=header.author,
        handle=header.handle,
        layout=Layout.LINES,
    )
