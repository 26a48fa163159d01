"""Daily bullets: ``# 6.1 周4`` day headings, then ``* 1、title  source  url``.

Lines that follow an entry, indented or not, with or without a bullet of their own, belong to it
until the next numbered bullet or heading. Numbers may run on over days, restart or go back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from digest.model import Furniture, FurnitureKind, Layout, Read
from digest.readers.calendar import day_and_words, day_heading
from digest.readers.days import day_problems, days_to_dates
from digest.readers.directive import blanked, without_directives
from digest.readers.entries import Draft, finish
from digest.readers.firstline import (
    Accounts,
    account_below,
    accounts_in,
    address_in,
    images_of,
    read_first_line,
    take_rating,
    title_below,
    title_of,
)
from digest.source import INVISIBLE, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from digest.diagnostics import Diagnostic
    from digest.model import Entry, When
    from digest.readers.calendar import PartialDate
    from digest.readers.dialect import Setting
    from digest.readers.outline import Heading, Outline

NAME = "bullets"
OPEN_FENCES_ONLY = True

# * 1、title   * 2.2024年…   - 3）title   *4、title
_BULLET = re.compile(
    rf"^ ?[{INVISIBLE}]*[*+\-•·][\s{INVISIBLE}]*(?P<number>\d{{1,4}})\s*(?P<mark>[、．.)）:：,，])"
    rf"[\s{INVISIBLE}]*(?P<rest>.*)$"
)


def is_entry_heading(heading: Heading) -> bool:
    """Whether a heading starts a day, wherever it stands."""
    return day_heading(heading.text) is not None


def claims(note: Outline) -> int:
    """Count the numbered bullets of a note that has day headings."""
    if not any(day_heading(h.text) for h in note.headings):
        return 0
    return sum(
        _BULLET.match(line.text) is not None
        for line in note.lines(note.first, note.last)
        if line.number not in note.fenced
    )


class _Start(NamedTuple):
    """The line on which an entry or a day begins."""

    line: int
    heading: Heading | None
    number: str
    column: int


def read(note: Outline, setting: Setting) -> Read:
    """Read a note of daily bullets."""
    days = _days(note)
    dates = days_to_dates(note, days, setting.latest_year)
    starts = list(_starts(note, days))
    accounts = accounts_in(
        blanked(note.source.line(start.line).text)[start.column :]
        for start in starts
        if not start.heading
    )
    entries: list[Entry] = []
    furniture: list[Furniture] = []
    diagnostics: list[Diagnostic] = list(day_problems(note, days, dates))
    when: When | None = None
    title = note.front.title
    ends = [start.line - 1 for start in starts[1:]] + [note.last]
    for start, last in zip(starts, ends, strict=True):
        if start.heading is not None:
            is_day = start.line in days
            when = dates.get(start.line) if is_day else when
            title = title or ("" if is_day else start.heading.text)
            kind = FurnitureKind.DAY if is_day else FurnitureKind.TITLE
            furniture.append(Furniture(kind=kind, line=start.line, end_line=start.line))
            continue
        entry, found = finish(note, _entry(note, start, last, when, accounts))
        entries.append(entry)
        diagnostics += found
    return Read(
        source=note.source,
        dialect=NAME,
        title=title,
        entries=tuple(entries),
        furniture=tuple(furniture),
        diagnostics=tuple(diagnostics),
    )


def _days(note: Outline) -> dict[int, PartialDate]:
    """Return the day that each day heading names.

    A heading that says more (``6.10 端午``) names a day where the note's other days are of the
    same month and level.
    """
    days = {heading.line: day for heading in note.headings if (day := day_heading(heading.text))}
    months = {day.month for day in days.values()}
    levels = {heading.level for heading in note.headings if heading.line in days}
    for heading in note.headings:
        day = day_and_words(heading.text) if heading.level in levels else None
        if day is not None and day.month in months:
            days.setdefault(heading.line, day)
    return dict(sorted(days.items()))


def _starts(note: Outline, days: Mapping[int, PartialDate]) -> Iterable[_Start]:
    """Yield the places where a day or an entry begins, in order."""
    headings = {heading.line: heading for heading in note.headings}
    previous = 0
    for line in note.lines(note.first, note.last):
        if line.number in headings:
            heading = headings[line.number]
            if heading.line in days or heading.level == 1:
                yield _Start(line.number, heading, "", 0)
            continue
        match = None if line.number in note.fenced else _BULLET.match(blanked(line.text))
        if match is not None and _is_number(match, previous):
            previous = int(match["number"])
            yield _Start(line.number, None, match["number"], match.start("rest"))


def _is_number(match: re.Match[str], previous: int) -> bool:
    """Tell an entry's number from a decimal at the start of a follow-up (``* 3.5 亿参数``)."""
    tight = match["mark"] in ".．,，:：" and match["rest"][:1].isdigit()
    spaced = match.string[match.end("mark") : match.start("rest")]
    number = int(match["number"])
    near = number == 1 or -2 <= number - previous <= 3  # noqa: PLR2004  # numbers skip or go back
    return not tight or bool(spaced) or near or address_in(match["rest"])[0] >= 0


def _entry(note: Outline, start: _Start, last: int, when: When | None, accounts: Accounts) -> Draft:
    end = note.end_of(start.line, last)
    raw = note.source.line(start.line)
    rating, text = take_rating(blanked(raw.text)[start.column :].strip())
    under = without_directives(note.lines(start.line + 1, end), note.fenced)
    follow = [_dedented(line) for line in under]
    heading, above = [raw], []
    at = title_below(text, follow)
    if at is not None:  # the entry begins with an image
        above = [Line(number=raw.number, text=text), *follow[:at]]
        heading.append(note.source.line(follow[at].number))
        text, follow = follow[at].text, follow[at + 1 :]
    first = read_first_line(text, accounts)
    below = account_below(first, follow[0].text, accounts) if follow else None
    if below is not None:
        heading.append(note.source.line(follow.pop(0).number))
    found = below or first
    rest = " ".join(part for part in (images_of(first.title), found.rest) if part)
    beside = [Line(number=heading[-1].number, text=rest)] if rest else []
    body = [*above, *beside, *follow]
    title = title_of(found.title)
    if not title:
        title = next((words for line in body if (words := title_of(line.text))), "")
    return Draft(
        dialect=NAME,
        line=start.line,
        end_line=end,
        number=start.number,
        title=title,
        heading=tuple(heading),
        body=tuple(body),
        when=when,
        author=found.author,
        note=rating,
        layout=Layout.LINES,
    )


_INDENT = re.compile(r"^ {1,4}")


def _dedented(line: Line) -> Line:
    """Take off the indentation that ties a follow-up line to its bullet."""
    return Line(number=line.number, text=_INDENT.sub("", line.text.rstrip()))
