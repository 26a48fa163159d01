"""Pictures of the digest over time, each with its title, its words and the table behind it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from markupsafe import Markup

from digest.render import charts, urls
from digest.render.charts import Axis, Series, Tick, Told
from digest.render.views import Anchor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.model import Tagged
    from digest.render.shelf import Shelf
    from digest.render.timeline import Period

_MONTH_STEPS = (1, 2, 3, 6, 12)
_YEAR_STEPS = (1, 2, 5, 10, 20, 50)
YEAR = 12  # months
FEWEST = 4  # entries that make a picture


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A row of a table: its head, which may lead somewhere, and its numbers."""

    head: Anchor
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of numbers; the first of ``columns`` stands above the heads of the rows."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture, what it shows, and the numbers behind it."""

    heading: str
    text: str
    svg: Markup
    table: Table


def over_time(on: Shelf, key: str, what: str, members: Sequence[Tagged]) -> Picture | None:
    """Draw how many of some entries fall on each month.

    None where a sentence says it better: of few entries, or of a single month.
    """
    values = on.time.count(members)
    if sum(values) < FEWEST or max(values) == sum(values):
        return None
    words, axis, most = on.words.charts, axis_of(on), max(values)
    text = (words.most if values.count(most) == 1 else words.at_most).format(
        first=axis.names[0],
        last=axis.names[-1],
        when=axis.names[values.index(most)],
        n=on.count(most),
    )
    told = Told(key=key, title=words.over_time_of.format(what=what), text=text)
    return Picture(
        heading=words.over_time,
        text=text,
        svg=charts.bars(told, axis, values, on.words.number_text),
        table=table_of(on, [Series(name=words.total, values=values)]),
    )


def glance(on: Shelf, members: Sequence[Tagged]) -> Markup:
    """Draw the course of some entries in small, on a scale of their own; empty where none is."""
    values = on.time.count(members)
    if not on.time.tells or not any(values):
        return Markup()
    return charts.small_bars(values, max(charts.LOWEST, *values))


def growth(on: Shelf) -> Picture:
    """Draw how the digest grows."""
    words, axis = on.words.charts, axis_of(on)
    values = on.time.count(on.tagged)
    totals = tuple(accumulate(values))
    text = words.growth_text.format(
        first=axis.names[0], last=axis.names[-1], n=on.count(totals[-1])
    )
    told = Told(key="growth", title=words.growth, text=text)
    series = [
        Series(name=words.total, values=values),
        Series(name=words.so_far, values=totals),
    ]
    return Picture(
        heading=words.growth,
        text=text,
        svg=charts.growth(told, axis, values, on.words.number_text),
        table=table_of(on, series),
    )


def shares(on: Shelf, series: Sequence[Series]) -> Picture:
    """Draw what part of each period the categories take."""
    words = on.words.charts
    told = Told(key="shares", title=words.categories, text=words.categories_text)
    return Picture(
        heading=words.categories,
        text=words.categories_text,
        svg=charts.shares(told, axis_of(on), series),
        table=table_of(on, series),
    )


def table_of(on: Shelf, series: Sequence[Series]) -> Table:
    """Set series as a table with a row for each period; a period with entries leads to its page."""
    busy = on.time.count(on.tagged)
    return Table(
        columns=(on.words.charts.period, *(one.name for one in series)),
        rows=tuple(
            TableRow(
                head=Anchor(
                    text=_name(on, period), href=urls.archive_path(*period) if busy[at] else ""
                ),
                cells=tuple(on.words.number_text(one.values[at]) for one in series),
            )
            for at, period in enumerate(on.time.periods)
        ),
    )


def axis_of(on: Shelf) -> Axis:
    """Return the axis of the time that the site's entries span."""
    periods = on.time.periods
    months = len(periods[0]) > 1
    steps = _MONTH_STEPS if months else _YEAR_STEPS
    ticks = (tuple(_ticks(on, periods, step)) for step in steps)
    return Axis(
        names=tuple(_name(on, period) for period in periods),
        ticks=tuple(filter(None, ticks)),
    )


def _ticks(on: Shelf, periods: Sequence[Period], step: int) -> Iterator[Tick]:
    """Mark every ``step``-th period; a year stands under the first of its months that is marked."""
    marked = 0
    for at, (year, *rest) in enumerate(periods):
        if not rest or step == YEAR:
            if year % step == 0 if not rest else rest == [1]:
                yield Tick(at=at, text=str(year))
        elif (rest[0] - 1) % step == 0:
            text = on.words.charts.months[rest[0] - 1]
            yield Tick(at=at, text=text, below=str(year) if year != marked else "")
            marked = year


def _name(on: Shelf, period: Period) -> str:
    year, *month = period
    return on.words.month_text(year, *month) if month else on.words.year_text(year)
