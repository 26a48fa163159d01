"""The archive: a tree of years, months and days, a page each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.render import urls
from digest.render.heat import MonthCalendar, month_weeks, scale, year_months
from digest.render.search.facets import NO_DATE
from digest.render.search.page import finder_of
from digest.render.shelf import by_day
from digest.render.views import Anchor, Group, ListView, Steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from digest.model import Tagged
    from digest.render.heat import Cell, Scale
    from digest.render.shelf import Shelf

Date = tuple[int, ...]  # () is the archive itself, (2023,) a year, (2023, 12), (2023, 12, 3)
WHOLE: Date = ()
MONTH = 2  # parts of a month's date
GLIMPSE = 3  # entries of an earlier year


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRow:
    """A year of the archive with its twelve months."""

    anchor: Anchor
    months: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveView:
    """The archive: all its years; ``ranges`` are the numbers that each shade stands for."""

    heading: str
    count: str
    years: tuple[YearRow, ...]
    ranges: tuple[str, ...]
    undated: Anchor | None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView:
    """A year: the calendars of its months with entries, from January on."""

    heading: str
    count: str
    months: tuple[MonthCalendar, ...]
    ranges: tuple[str, ...]
    steps: Steps
    up: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class DateView(ListView):
    """A month or day, or the undated; a month has its calendar and what came in earlier years."""

    calendar: MonthCalendar | None = None
    earlier_heading: str = ""
    earlier: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The dates that have entries, newest first: what lies inside each, and whose entries."""

    on: Shelf
    inside: Mapping[Date, Sequence[Date]]
    members: Mapping[Date, Sequence[Tagged]]

    def text(self, date: Date) -> str:
        """Write a date where the page tells nothing of it yet."""
        words = self.on.words
        match date:
            case (year,):
                return words.year_text(year)
            case (year, month):
                return words.month_text(year, month)
            case (year, month, day):
                return words.full_date_text(year, month, day)
            case _:
                return words.archive

    def anchor(self, date: Date, text: str = "") -> Anchor:
        """Link to a date's page."""
        count = self.on.words.number_text(len(self.members[date]))
        return Anchor(text=text or self.text(date), href=_path(date), count=count)


def _path(date: Date) -> str:
    return urls.archive_path(*date) if date else urls.ARCHIVE


def calendar(on: Shelf) -> Calendar:
    """Put the dated entries of a site into their years, months and days."""
    inside: dict[Date, list[Date]] = {WHOLE: []}
    members: dict[Date, list[Tagged]] = {WHOLE: []}
    for one in on.tagged:
        when = one.entry.when
        if when is None:
            continue
        date: Date = (when.year, when.month) + ((when.day,) if when.day else ())
        members[WHOLE].append(one)
        for length in range(1, len(date) + 1):
            part = date[:length]
            if part not in members:
                inside[part], members[part] = [], []
                inside[part[:-1]].append(part)
            members[part].append(one)
    return Calendar(on=on, inside=inside, members=members)


def archive_pages(on: Shelf) -> Iterator[tuple[str, ArchiveView | YearView | DateView]]:
    """Make the archive's index, a page for each year, month and day, and one for the undated."""
    dates = calendar(on)
    years = dates.inside[WHOLE]
    months = [month for year in years for month in dates.inside[year]]
    days = [day for month in months for day in dates.inside[month]]
    shades = scale(len(dates.members[day]) for day in days)
    calendars = {month: _calendar(dates, month, shades) for month in months}
    undated = tuple(one for one in on.tagged if one.entry.when is None)
    yield urls.ARCHIVE, _index(dates, months, undated)
    for year, steps in _with_steps(dates, years):
        own = tuple(calendars[month] for month in reversed(dates.inside[year]))
        yield _path(year), _year(dates, year, own, shades, steps)
    for month, steps in _with_steps(dates, months):
        yield _path(month), _month(dates, month, calendars[month], steps)
    for day, steps in _with_steps(dates, days):
        rows = on.rows_of(dates.members[day])
        yield _path(day), _dated(dates, day, (Group(rows=rows),), steps)
    if undated:
        yield urls.UNDATED, _undated(dates, undated)


def _with_steps(dates: Calendar, row: Sequence[Date]) -> Iterator[tuple[Date, Steps]]:
    """Go through dates that stand newest first, each with the ways to its neighbours."""
    anchors = (None, *(dates.anchor(date) for date in row), None)
    for date, newer, older in zip(row, anchors, anchors[2:], strict=False):
        yield date, Steps(newer=newer, older=older)


def _index(dates: Calendar, months: Sequence[Date], undated: Sequence[Tagged]) -> ArchiveView:
    words = dates.on.words
    shades = scale(len(dates.members[month]) for month in months)
    last = Anchor(text=words.undated, href=urls.UNDATED, count=words.number_text(len(undated)))
    return ArchiveView(
        heading=words.archive,
        count=dates.on.count(len(dates.on.tagged)),
        years=tuple(_year_row(dates, year, shades) for year in dates.inside[WHOLE]),
        ranges=shades.ranges(),
        undated=last if undated else None,
    )


def _year_row(dates: Calendar, year: Date, shades: Scale) -> YearRow:
    counts = {month[-1]: len(dates.members[month]) for month in dates.inside[year]}
    months = year_months(dates.on.words, year[0], counts, shades)
    return YearRow(anchor=dates.anchor(year), months=months)


def _year(
    dates: Calendar, year: Date, months: tuple[MonthCalendar, ...], shades: Scale, steps: Steps
) -> YearView:
    return YearView(
        heading=dates.text(year),
        count=dates.on.count(len(dates.members[year])),
        months=months,
        ranges=shades.ranges() if any(month.weeks for month in months) else (),
        steps=steps,
        up=dates.anchor(WHOLE),
    )


def _calendar(dates: Calendar, month: Date, shades: Scale) -> MonthCalendar:
    words = dates.on.words
    days = {day[-1]: len(dates.members[day]) for day in dates.inside[month]}
    rest = len(dates.members[month]) - sum(days.values())
    year, number = month
    return MonthCalendar(
        anchor=dates.anchor(month, words.month_name(number)),
        weeks=month_weeks(words, (year, number), days, shades),
        rest=words.calendar.day_unknown.format(n=dates.on.count(rest)) if rest else "",
    )


def _month(dates: Calendar, month: Date, own: MonthCalendar, steps: Steps) -> DateView:
    year, number = month
    name = dates.on.words.month_name(number)
    before = ((earlier, number) for (earlier,) in dates.inside[WHOLE] if earlier < year)
    return replace(
        _dated(dates, month, _days(dates, month), steps),
        calendar=own if own.weeks else None,
        earlier_heading=dates.on.words.calendar.earlier.format(month=name),
        earlier=tuple(_glimpse(dates, date) for date in before if date in dates.members),
    )


def _glimpse(dates: Calendar, month: Date) -> Group:
    """Show a few entries of a month, the curator's picks first."""
    shown = sorted(dates.members[month], key=lambda one: not one.entry.pick)[:GLIMPSE]
    anchor = dates.anchor(month)
    return Group(heading=anchor.text, href=anchor.href, rows=dates.on.rows_of(shown))


def _days(dates: Calendar, month: Date) -> tuple[Group, ...]:
    groups = by_day(dates.on, dates.members[month])
    return groups if dates.inside[month] else (Group(rows=groups[0].rows),)


def _dated(dates: Calendar, date: Date, groups: tuple[Group, ...], steps: Steps) -> DateView:
    facet = "month" if len(date) == MONTH else "day"
    key = "-".join(f"{part:02d}" for part in date)
    return DateView(
        heading=dates.text(date),
        lead="",
        count=dates.on.count(len(dates.members[date])),
        groups=groups,
        steps=steps,
        up=dates.anchor(date[:-1]),
        show_date=False,
        show_category=True,
        finder=finder_of(facet, key, dates.members[date]),
    )


def _undated(dates: Calendar, members: Sequence[Tagged]) -> DateView:
    return DateView(
        heading=dates.on.words.undated,
        lead="",
        count=dates.on.count(len(members)),
        groups=(Group(rows=dates.on.rows_of(members)),),
        steps=Steps(),
        up=dates.anchor(WHOLE),
        show_date=False,
        show_category=True,
        finder=finder_of("month", NO_DATE, members),
    )
