"""Calendars shaded by how much there is: days of a month, months of a year."""

from __future__ import annotations

from bisect import bisect_left
from calendar import Calendar as Weeks
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from digest.render import urls

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from digest.render.views import Anchor
    from digest.render.words import Words

SHADES: Final = 4  # that charts.css knows, ``heat-1`` to ``heat-4``


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Which shade a number has: ``tops`` are the largest numbers of each, the lightest first."""

    tops: tuple[int, ...]

    def shade(self, number: int) -> int:
        """Return 0 for nothing, else the shade from 1."""
        return bisect_left(self.tops, number) + 1 if number else 0

    def ranges(self) -> tuple[str, ...]:
        """Write the numbers of each shade, as in ``1–5``."""
        lows = (1, *(top + 1 for top in self.tops))
        return tuple(
            str(top) if low == top else f"{low}–{top}"
            for low, top in zip(lows, self.tops, strict=False)
        )


def scale(numbers: Iterable[int]) -> Scale:
    """Let each shade have about as many of the numbers: one busy day must not pale all others."""
    ordered = sorted(numbers)
    ends = (-(-len(ordered) * shade // SHADES) for shade in range(1, SHADES + 1))
    return Scale(tops=tuple(sorted({ordered[end - 1] for end in ends if end})))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A day or month: its name, the page of its entries and their number, both empty for none."""

    text: str
    href: str = ""
    count: str = ""
    shade: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCalendar:
    """A month in weeks from Monday to Sunday; None is a day of another month.

    ``rest`` tells of the entries that are known to the month alone; without any other there are no
    weeks.
    """

    anchor: Anchor
    weeks: tuple[tuple[Cell | None, ...], ...]
    rest: str


def month_weeks(
    words: Words, month: tuple[int, int], days: Mapping[int, int], shades: Scale
) -> tuple[tuple[Cell | None, ...], ...]:
    """Set the numbers of a month's days in weeks; no weeks where there are none."""
    if not days:
        return ()
    year, number = month

    def cell(day: int) -> Cell | None:
        if not day:
            return None
        if day not in days:
            return Cell(text=str(day))
        return Cell(
            text=str(day),
            href=urls.archive_path(year, number, day),
            count=words.number_text(days[day]),
            shade=shades.shade(days[day]),
        )

    weeks = Weeks().monthdayscalendar(year, number)
    return tuple(tuple(cell(day) for day in week) for week in weeks)


def year_months(
    words: Words, year: int, months: Mapping[int, int], shades: Scale
) -> tuple[Cell, ...]:
    """Set the numbers of a year's months in a row of twelve."""
    return tuple(
        Cell(
            text=words.charts.months[month - 1],
            href=urls.archive_path(year, month) if month in months else "",
            count=words.number_text(months[month]) if month in months else "",
            shade=shades.shade(months.get(month, 0)),
        )
        for month in range(1, 13)
    )
