"""The archive: a tree of years, months and days, a page each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.render import urls
from digest.render.shelf import by_day
from digest.render.views import Anchor, ArchiveView, Group, ListView, MonthRow, Steps, YearRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from digest.model import Tagged
    from digest.render.shelf import Shelf

Date = tuple[int, ...]  # () is the archive itself, (2023,) a year, (2023, 12), (2023, 12, 3)
WHOLE: Date = ()


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


def archive_pages(on: Shelf) -> Iterator[tuple[str, ArchiveView | ListView]]:
    """Make the archive's index, a page for each year, month and day, and one for the undated."""
    dates = calendar(on)
    years = dates.inside[WHOLE]
    months = [month for year in years for month in dates.inside[year]]
    days = [day for month in months for day in dates.inside[month]]
    undated = tuple(one for one in on.tagged if one.entry.when is None)
    yield urls.ARCHIVE, _index(dates, undated)
    for year, steps in _with_steps(dates, years):
        yield _path(year), _year(dates, year, steps)
    for month, steps in _with_steps(dates, months):
        yield _path(month), _list(dates, month, _days(dates, month), steps)
    for day, steps in _with_steps(dates, days):
        rows = on.rows_of(dates.members[day])
        yield _path(day), _list(dates, day, (Group(rows=rows),), steps)
    if undated:
        yield urls.UNDATED, _undated(dates, undated)


def _with_steps(dates: Calendar, row: Sequence[Date]) -> Iterator[tuple[Date, Steps]]:
    """Go through dates that stand newest first, each with the ways to its neighbours."""
    anchors = (None, *(dates.anchor(date) for date in row), None)
    for date, newer, older in zip(row, anchors, anchors[2:], strict=False):
        yield date, Steps(newer=newer, older=older)


def _index(dates: Calendar, undated: Sequence[Tagged]) -> ArchiveView:
    words = dates.on.words
    return ArchiveView(
        heading=words.archive,
        count=dates.on.count(len(dates.on.tagged)),
        years=tuple(_year_row(dates, year) for year in dates.inside[WHOLE]),
        undated=Anchor(text=words.undated, href=urls.UNDATED, count=words.number_text(len(undated)))
        if undated
        else None,
        steps=Steps(),
        up=None,
    )


def _year(dates: Calendar, year: Date, steps: Steps) -> ArchiveView:
    return ArchiveView(
        heading=dates.text(year),
        count=dates.on.count(len(dates.members[year])),
        years=(_year_row(dates, year),),
        undated=None,
        steps=steps,
        up=dates.anchor(WHOLE),
    )


def _year_row(dates: Calendar, year: Date) -> YearRow:
    return YearRow(
        anchor=dates.anchor(year),
        months=tuple(_month_row(dates, month) for month in dates.inside[year]),
    )


def _month_row(dates: Calendar, month: Date) -> MonthRow:
    days = sorted(dates.inside[month])
    return MonthRow(
        anchor=dates.anchor(month, dates.on.words.month_name(month[-1])),
        days=tuple(dates.anchor(day, str(day[-1])) for day in days),
    )


def _days(dates: Calendar, month: Date) -> tuple[Group, ...]:
    groups = by_day(dates.on, dates.members[month])
    return groups if dates.inside[month] else (Group(rows=groups[0].rows),)


def _list(dates: Calendar, date: Date, groups: tuple[Group, ...], steps: Steps) -> ListView:
    return ListView(
        heading=dates.text(date),
        lead="",
        count=dates.on.count(len(dates.members[date])),
        groups=groups,
        steps=steps,
        up=dates.anchor(date[:-1]),
        show_date=False,
        show_category=True,
    )


def _undated(dates: Calendar, members: Sequence[Tagged]) -> ListView:
    return ListView(
        heading=dates.on.words.undated,
        lead="",
        count=dates.on.count(len(members)),
        groups=(Group(rows=dates.on.rows_of(members)),),
        steps=Steps(),
        up=dates.anchor(WHOLE),
        show_date=False,
        show_category=True,
    )
