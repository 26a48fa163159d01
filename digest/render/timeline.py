"""The time that the entries span, in months that lie evenly, and how many fall on each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.model import Tagged, When

MOST_MONTHS = 60  # more would be thinner than they can be seen: then years

Period = tuple[int, ...]  # (2023, 12) a month, (2023,) a year


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Months or years, oldest first, without gaps: what has no entries keeps its place."""

    periods: tuple[Period, ...]

    @property
    def tells(self) -> bool:
        """Whether there is a course of time to show."""
        return len(self.periods) > 1

    def count(self, tagged: Iterable[Tagged]) -> tuple[int, ...]:
        """Count the dated entries of each period."""
        counted = dict.fromkeys(self.periods, 0)
        length = len(self.periods[0]) if self.periods else 0
        for one in tagged:
            if one.entry.when:
                counted[_month(one.entry.when)[:length]] += 1
        return tuple(counted.values())


def timeline(tagged: Iterable[Tagged]) -> Timeline:
    """Span the time from the oldest dated entry to the newest."""
    months = {_month(one.entry.when) for one in tagged if one.entry.when}
    if not months:
        return Timeline(periods=())
    first, last = (year * 12 + month - 1 for year, month in (min(months), max(months)))
    if last - first < MOST_MONTHS:
        return Timeline(periods=tuple((at // 12, at % 12 + 1) for at in range(first, last + 1)))
    return Timeline(periods=tuple((year,) for year in range(first // 12, last // 12 + 1)))


def _month(when: When) -> tuple[int, int]:
    return (when.year, when.month)
