"""From the day headings of a note to dates, with what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.diagnostics import diagnostic
from digest.model import DateBasis, When
from digest.readers.calendar import PartialDate, falls_on, is_month
from digest.readers.years import infer_year, years_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from digest.diagnostics import Diagnostic
    from digest.readers.outline import Outline

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def days_to_dates(
    note: Outline, days: Mapping[int, PartialDate], latest_year: int
) -> dict[int, When]:
    """Date each day heading (line → day). Days whose year is unknown are left out.

    A day that the calendar does not have keeps its month.
    """
    known = {line: day for line, day in days.items() if is_month(day.month)}
    written = [day for day in known.values() if day.year is None]
    found = infer_year(note, written, latest_year) if written else None
    years = iter(years_from(found.year, written)) if found else iter(())
    dates: dict[int, When] = {}
    for line, day in known.items():
        year = day.year
        basis = DateBasis.HEADING
        if year is None:
            if found is None:
                continue
            year, basis = next(years), found.basis
        dated = PartialDate(year=year, month=day.month, day=day.day)
        dates[line] = When(
            year=year,
            month=day.month,
            day=day.day if dated.exists else None,
            basis=basis,
            line=line,
        )
    return dates


def day_problems(
    note: Outline, days: Mapping[int, PartialDate], dates: Mapping[int, When]
) -> Iterable[Diagnostic]:
    """Report days that do not exist or fall on another weekday, and a year that nothing tells."""
    source = note.source
    unknown = [line for line, day in days.items() if line not in dates and day.year is None]
    if unknown and not dates:
        hint = "add `year: 2024` to the front matter, or name the file `2024-06.md`"
        fact = "nothing tells the year of this note, so its entries have no date"
        yield diagnostic("R105", source.span(min(unknown)), fact, hint)
    for line, day in days.items():
        span = source.span(line)
        when = dates.get(line)
        if when is None:
            if is_month(day.month) and not day.exists:
                fact = f"there is no day {day.day} in month {day.month}"
                yield diagnostic("R106", span, fact, "correct the day in the heading")
            if not is_month(day.month):
                fact = f"there is no month {day.month}"
                yield diagnostic("R106", span, fact, "correct the month in the heading")
            continue
        if day.day is not None and when.day is None:
            fact = f"there is no day {day.day} in {when.iso}"
            yield diagnostic("R106", span, fact, "correct the day in the heading")
        elif day.weekday is not None and not _agrees(when, day):
            actual = next(n for n in range(1, 8) if _agrees(when, _on(day, n)))
            fact = f"{when.iso} is a {WEEKDAYS[actual - 1]}, not a {WEEKDAYS[day.weekday - 1]}"
            hint = "correct the day or the weekday in the heading"
            yield diagnostic("R111", span, fact, hint)


def _agrees(when: When, day: PartialDate) -> bool:
    return falls_on(when.year, day)


def _on(day: PartialDate, weekday: int) -> PartialDate:
    return PartialDate(year=day.year, month=day.month, day=day.day, weekday=weekday)
