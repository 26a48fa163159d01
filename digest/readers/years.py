"""The year of a note that names only months and days.

It comes, in this order, from front matter, the name of the file or its folders, dates in the
note's own text, the weekdays of its day headings, and the arXiv numbers and dated addresses that
the note links to. Where nothing tells, it is unknown: never guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.model import DateBasis
from digest.readers.calendar import PartialDate, dates_in, falls_on, years_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from digest.readers.frontmatter import FrontMatter
    from digest.readers.outline import Outline

EARLIEST = 2010  # the field's notes are younger, and weekdays repeat every 5, 6 or 11 years
NEAR_DAYS = 31  # a full date this little before a note's day is taken to be of its year
DECEMBER = 12

# arxiv.org/abs/2402.13144v1   arxiv.org/pdf/2309.05653.pdf   huggingface.co/papers/2401.04088
_ARXIV = re.compile(
    r"(?:arxiv\.org/[a-z]+/|/papers/)(?P<year>\d\d)(?P<month>0[1-9]|1[0-2])\.\d{4,5}"
)
# techcrunch.com/2024/02/21/antler-ai/   github.blog/2023-12-06-how-were
_DATED = re.compile(
    r"https?://(?:(?!https?://)[^\s)\]>])*?/(?P<year>20\d\d)[/-](?P<month>0[1-9]|1[0-2])(?:[/-]|\b)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A year and what told it."""

    year: int
    basis: DateBasis


def infer_year(note: Outline, days: Sequence[PartialDate], latest: int) -> Year | None:
    """Return the year of the first of a note's days.

    ``latest`` is the last year that weekdays may point to: they repeat, and a note is not from
    the future. Returns None where nothing tells the year.
    """
    linked = _year_of_links(note, days)
    sources: tuple[tuple[DateBasis, Callable[[], int | None]], ...] = (
        (DateBasis.FRONT_MATTER, lambda: _year_in_front_matter(note.front)),
        (DateBasis.PATH, lambda: year_in_path(note.source.path)),
        (DateBasis.TEXT, lambda: _year_in_text(note, days)),
        (DateBasis.WEEKDAYS, lambda: _year_of_weekdays(days, linked, latest)),
        (DateBasis.LINKS, lambda: linked),
    )
    for basis, find in sources:
        year = find()
        if year is not None:
            return Year(year=year, basis=basis)
    return None


def _year_in_front_matter(front: FrontMatter) -> int | None:
    return front.date.year if front.date is not None else front.year


def year_in_path(path: str) -> int | None:
    """Return the year that a note's file name, or else its nearest folder, carries."""
    parts = path.split("/")
    stem = parts[-1].rpartition(".")[0] or parts[-1]
    for part in (stem, *reversed(parts[:-1])):
        written = [date.year for date in dates_in(part) if date.year is not None] or years_in(part)
        if written:
            return written[0]
    return None


def _year_in_text(note: Outline, days: Sequence[PartialDate]) -> int | None:
    """Take the year from the note's headings, or from full dates shortly before its days."""
    for heading in note.headings:
        if heading.level == 1 and (years := years_in(heading.text)):
            dates = [date for date in dates_in(heading.text) if date.year is not None]
            if dates or len(heading.text) <= len(str(years[0])) + 8:
                return dates[0].year if dates else years[0]
    votes: Counter[int] = Counter()
    for line in note.lines(note.first, note.last):
        for date in dates_in(_DATED.sub(" ", line.text)):
            if date.day is not None and date.year is not None and _shortly_before(date, days):
                votes[date.year] += 1
    if not votes:
        return None
    year = min(votes, key=lambda y: (-votes[y], y))
    wrong = sum(d.weekday is not None and not falls_on(year, d) for d in days)
    right = sum(falls_on(year, d) for d in days)
    return year if right >= wrong else None


def _shortly_before(date: PartialDate, days: Sequence[PartialDate]) -> bool:
    """Whether a date lies at most ``NEAR_DAYS`` before one of the days, years aside."""
    ordinal = date.month * 31 + (date.day or 1)
    return any(0 <= (d.month * 31 + (d.day or 31)) - ordinal <= NEAR_DAYS for d in days)


def _year_of_weekdays(days: Sequence[PartialDate], linked: int | None, latest: int) -> int | None:
    """Return the year in which the day headings fall on their weekdays.

    One slip in five is forgiven. Of several such years the one that the links point to is taken,
    else the latest.
    """
    told = [d for d in days if d.weekday is not None and d.day is not None]
    if not told:
        return None
    scores = {
        year: sum(falls_on(y, d) for y, d in zip(years_from(year, told), told, strict=True))
        for year in range(EARLIEST, latest + 1)
    }
    best = max(scores.values(), default=0)
    if best * 5 < len(told) * 4:
        return None
    years = [year for year, score in scores.items() if score == best]
    return linked if linked in years else years[-1]


def _year_of_links(note: Outline, days: Sequence[PartialDate]) -> int | None:
    """Return the first year whose first noted month is not before the newest dated link."""
    newest = (0, 0)
    for line in note.lines(note.first, note.last):
        for match in _ARXIV.finditer(line.text):
            newest = max(newest, (2000 + int(match["year"]), int(match["month"])))
        for match in _DATED.finditer(line.text):
            newest = max(newest, (int(match["year"]), int(match["month"])))
    if newest == (0, 0) or not days:
        return None
    offsets = years_from(0, days)
    year, month = newest
    last = max(zip(offsets, (d.month for d in days), strict=True))
    return year - last[0] if month <= last[1] else year - last[0] + 1


def years_from(first: int, days: Iterable[PartialDate]) -> list[int]:
    """Give each day its year when the first day's is ``first``.

    A note that runs from December to January (or back) passes into the next (or previous) year.
    """
    years: list[int] = []
    year, previous = first, None
    for day in days:
        if previous == DECEMBER and day.month == 1:
            year += 1
        elif previous == 1 and day.month == DECEMBER:
            year -= 1
        years.append(year)
        previous = day.month
    return years
