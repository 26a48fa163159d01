"""The words of the archive's calendars."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveWords:
    """``{n}`` is a number of entries ready to print, ``{month}`` a month without its year."""

    weekdays: tuple[str, ...]  # from Monday on
    calendar: str
    legend: str
    day_unknown: str
    earlier: str


ZH = ArchiveWords(
    weekdays=("一", "二", "三", "四", "五", "六", "日"),
    calendar="日历",
    legend="颜色由浅到深，表示条数",
    day_unknown="{n}日子不详",
    earlier="往年{month}",
)
EN = ArchiveWords(
    weekdays=("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"),
    calendar="Calendar",
    legend="Shades tell the number of entries",
    day_unknown="{n} without a day",
    earlier="{month} in earlier years",
)
