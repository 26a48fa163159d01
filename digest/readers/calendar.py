"""Dates as curators write them, and the year of a note that does not write it.

A date is a day or a month; a month is never turned into an invented day. Weekdays and leap years
follow the proleptic Gregorian calendar (ISO 8601).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from digest.source import INVISIBLE

MONTHS_OF_A_YEAR = 12


def is_month(number: int) -> bool:
    """Whether the calendar has a month of this number."""
    return 1 <= number <= MONTHS_OF_A_YEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialDate:
    """A date as far as it is written; ``weekday`` is ISO (Monday is 1)."""

    year: int | None
    month: int
    day: int | None = None
    weekday: int | None = None

    @property
    def exists(self) -> bool:
        """Whether the calendar has it; a 29 February without a year may exist."""
        if not is_month(self.month):
            return False
        if self.day is None:
            return True
        year = 2024 if self.year is None else self.year  # a leap year, where it is not known
        return 1 <= self.day <= calendar.monthrange(year, self.month)[1]


# 2023-12-03  2023.12.3  2023/12/03  2023年12月3日  2023.09  2023年9月  20231203
_FULL = re.compile(
    r"(?<![0-9A-Za-z])(?P<year>20\d\d)"
    r"(?:\s*[-./年]\s*(?P<month>1[0-2]|0?[1-9])(?:\s*[-./月]\s*(?P<day>\d{1,2})(?!\d))?(?!\d)\s*[月日号]?"
    r"|(?P<cmonth>0[1-9]|1[0-2])(?P<cday>\d\d)?(?![0-9A-Za-z]))"
)
# 6.1   6月1日   6/1   06-01
_MONTH_DAY = re.compile(r"(?<!\d)(?P<month>\d{1,2})\s*[-./月]\s*(?P<day>\d{1,2})(?!\d)\s*[日号]?")
_YEAR = re.compile(r"(?<![0-9A-Za-z])(?P<year>20\d\d)(?![0-9A-Za-z])")  # 2023年  in 2023/6月收集.md

# January   Jan.   Sept
_MONTHS = (
    ("jan", "uary"),
    ("feb", "ruary"),
    ("mar", "ch"),
    ("apr", "il"),
    ("may", ""),
    ("jun", "e"),
    ("jul", "y"),
    ("aug", "ust"),
    ("sep", "t(?:ember)?|tember"),
    ("oct", "ober"),
    ("nov", "ember"),
    ("dec", "ember"),
)
_MONTH = "(?:" + "|".join(f"(?P<{name}>{name}(?:{rest})?)" for name, rest in _MONTHS) + r")\.?"
_ORDINAL = r"(?:st|nd|rd|th)?"
# March 5, 2024   Mar. 5th   March 2024
_MONTH_FIRST = re.compile(
    rf"(?<![A-Za-z]){_MONTH}\s+(?:(?P<day>\d{{1,2}}){_ORDINAL}(?![\d:.]))?"
    r"(?:(?(day),?\s*)(?P<year>20\d\d)(?!\d))?",
    re.IGNORECASE,
)
# 5 March 2024   5th of Mar
_DAY_FIRST = re.compile(
    rf"(?<![\d.:])(?P<day>\d{{1,2}}){_ORDINAL}\s+(?:of\s+)?{_MONTH}(?![A-Za-z])"
    r"(?:,?\s*(?P<year>20\d\d)(?!\d))?",
    re.IGNORECASE,
)
_UNSEEN = str.maketrans("", "", INVISIBLE)

_DAYS = (
    ("mon", "一", "1"),
    ("tue", "二", "2"),
    ("wed", "三", "3"),
    ("thu", "四", "4"),
    ("fri", "五", "5"),
    ("sat", "六", "6"),
    ("sun", "日", "7", "天"),
)
# 周4  周四  星期天  礼拜日  Thur  Thursday.
_WEEKDAY = re.compile(
    r"(?:(?:周|星期|礼拜|週)\s*(?P<han>[一二三四五六日天1-7])"
    r"|(?<![a-z])(?P<latin>mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|r|rs|rsday|urday)?"
    r"(?![a-z])\.?)",
    re.IGNORECASE,
)


def _normal(text: str) -> str:
    """Return a text in Unicode form NFKC, unseen characters out, English dates in digits."""
    plain = unicodedata.normalize("NFKC", text).translate(_UNSEEN)
    return _MONTH_FIRST.sub(_in_digits, _DAY_FIRST.sub(_in_digits, plain))


def _in_digits(match: re.Match[str]) -> str:
    """Write an English date as ``2024-3-5``, ``3-5`` or ``2024-3``; a month alone stays."""
    month = next(str(n) for n, (name, _) in enumerate(_MONTHS, start=1) if match[name])
    parts = [part for part in (match["year"], month, match["day"]) if part]
    return "-".join(parts) + " " if len(parts) > 1 else match.group()


def weekday_of(text: str) -> int | None:
    """Return the ISO weekday that a text names, or None."""
    match = _WEEKDAY.search(text)
    if match is None:
        return None
    word = (match["han"] or match["latin"]).casefold()
    return next(n for n, names in enumerate(_DAYS, start=1) if word in names)


def parse_date(text: str) -> PartialDate | None:
    """Return the first date with a year in a text, else None. It may not exist in the calendar."""
    match = _FULL.search(_normal(text))
    if match is None:
        return None
    month = int(match["month"] or match["cmonth"])
    day = match["day"] or match["cday"]
    return PartialDate(year=int(match["year"]), month=month, day=int(day) if day else None)


# What may stand beside the date in a day heading: a weekday, brackets, punctuation.
_HEADING_REST = re.compile(r"[\s()（）\[\]【】,，、|·:：—–\-]*")


# 周4 端午节   (Mon) a holiday   周日（补更）
_WITH_OCCASION = re.compile(
    rf"\s*[(\[]?{_WEEKDAY.pattern}[)\]]?(?:[\s,:·|]+\S.{{0,20}}|[(\[].{{1,20}})$", re.IGNORECASE
)
_DAY_FIRST_WORDS = re.compile(rf"{_MONTH_DAY.pattern}[\s,:·|]+[^\d\s].{{0,20}}$")  # 6.10 端午


def day_heading(text: str) -> PartialDate | None:
    """Return the day that a heading names when it names little else, such as ``6.1 周4``.

    The day may not exist in the calendar: that is for the caller to report.
    """
    normal = _normal(text)
    match = _FULL.search(normal)
    if match is not None and (match["day"] or match["cday"]):
        year: int | None = int(match["year"])
        month = int(match["month"] or match["cmonth"])
        day = int(match["day"] or match["cday"])
    else:
        match = _MONTH_DAY.search(normal)
        if match is None:
            return None
        year, month, day = None, int(match["month"]), int(match["day"])
    rest = normal[: match.start()] + normal[match.end() :]
    if not _HEADING_REST.fullmatch(_WEEKDAY.sub("", rest)) and not (
        match.start() == 0 and _WITH_OCCASION.match(rest)
    ):
        return None
    return PartialDate(year=year, month=month, day=day, weekday=weekday_of(rest))


def day_and_words(text: str) -> PartialDate | None:
    """Return the day that a heading begins with, whatever words follow: ``6.10 端午``."""
    match = _DAY_FIRST_WORDS.match(_normal(text))
    if match is None:
        return None
    return PartialDate(year=None, month=int(match["month"]), day=int(match["day"]))


# 3月5日   3-5 (from March 5)   and, where nothing else follows or in brackets, 3.5
_DAY_IN_TEXT = re.compile(
    r"(?<!\d)(?P<month>\d{1,2})(?:\s*月\s*(?P<day>\d{1,2})(?!\d)"
    r"|[-/.](?P<bare>\d{1,2})(?=\s*(?:$|[)）\]】]|周|星期|[A-Za-z]{3})))"
)


def day_in(text: str) -> PartialDate | None:
    """Return the day that a line names among other words: ``大模型日报（2月 22日）``."""
    normal = _normal(text)
    full = _FULL.search(normal)
    weekday = weekday_of(text)
    if full is not None and (full["day"] or full["cday"]):
        month, day = full["month"] or full["cmonth"], full["day"] or full["cday"]
        return PartialDate(year=int(full["year"]), month=int(month), day=int(day), weekday=weekday)
    match = _DAY_IN_TEXT.search(normal)
    if match is None:
        return None
    day = match["day"] or match["bare"]
    return PartialDate(year=None, month=int(match["month"]), day=int(day), weekday=weekday)


def month_heading(text: str) -> PartialDate | None:
    """Return the month (or day) with its year that a note's title names: ``AI: 2023.09``."""
    found = parse_date(text)
    return found if found is not None and found.exists else None


def month_in_path(path: str) -> PartialDate | None:
    """Return the month that a note's path names: ``2024-03.md``, ``2023/8月.md``."""
    stem = path.rpartition(".")[0] or path
    parts = stem.split("/")
    nearest = (month_heading(text) for text in (parts[-1], "/".join(parts[-2:])))
    return next((found for found in nearest if found is not None), None)


def years_in(text: str) -> list[int]:
    """Return the years written in a text, in order."""
    return [int(match["year"]) for match in _YEAR.finditer(text)]


def dates_in(text: str) -> list[PartialDate]:
    """Return the dates with a year written in a text, in order, those that exist."""
    found = [
        PartialDate(
            year=int(match["year"]),
            month=int(match["month"] or match["cmonth"]),
            day=int(match["day"] or match["cday"]) if match["day"] or match["cday"] else None,
        )
        for match in _FULL.finditer(text)
    ]
    return [date for date in found if date.exists]


def falls_on(year: int, date: PartialDate) -> bool:
    """Whether a day falls on its weekday in a year."""
    if date.day is None or date.weekday is None:
        return False
    try:
        return dt.date(year, date.month, date.day).isoweekday() == date.weekday
    except ValueError:
        return False
