"""What the two monthly dialects share: their headings' numbers, and the month of a note."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.model import DateBasis, When
from digest.readers.calendar import PartialDate, day_heading, month_heading, month_in_path
from digest.readers.outline import heading_of
from digest.readers.years import infer_year

if TYPE_CHECKING:
    from digest.readers.dialect import Setting
    from digest.readers.outline import Heading, Outline

# 1.1. title   1.4.[title   1.1 title   1．1、title   1.4.3D title   1.1. 1.2. title
# but not 1.1.1 title   1.5B title
TWO_PART_NUMBER = re.compile(
    r"^(?P<number>(?P<major>\d{1,2})\s*[.．]\s*\d{1,3})(?!\d)(?![A-Za-z%](?![a-z]))"
    r"(?![.．]\d{1,2}(?:[.．、\s]|$))(?P<mark>\s*[.．、:：)]?)\s*"
    r"(?:(?P=major)\s*[.．]\s*\d{1,3}(?:\s*[.．、:：)]\s*|\s+|(?=\[))|\d{1,2}[.．]\d{1,3}[.．]\s+)?"
)
# 01. title   1、`资讯` title   12) title   08.`项目`：title   05 title
ONE_PART_NUMBER = re.compile(
    r"^(?P<number>\d{1,3})(?:\s*(?P<mark>[.．、:：)）])\s*(?!\d)|\s+)(?=\S)"
)
_LINK = re.compile(r"\]\([^()\s]")  # [title](url)
_TICKED = re.compile(r"^`[^`]+`.*\S")  # `资讯` title


def two_part_number(text: str) -> re.Match[str] | None:
    """Match an entry's number such as ``1.1.``; a day such as ``6.1 周4`` is none."""
    match = TWO_PART_NUMBER.match(text)
    return None if match is None or day_heading(text) is not None else match


def is_linked(text: str) -> bool:
    """Whether a heading holds a Markdown link."""
    return _LINK.search(text) is not None


def carries(text: str) -> bool:
    """Whether what follows a heading's number is an entry's title for sure: a link or a tag."""
    return is_linked(text) or _TICKED.match(text) is not None


def flat_headings(note: Outline) -> tuple[Heading, ...]:
    """Return the headings numbered in one part when they are entries, not sections.

    They are sections when most of them carry neither link nor tag and the headings below them
    are numbered in two parts or linked; or when none has text below it or a number such as 01.
    """
    found = [(h, m) for h in note.headings if h.level == 1 and (m := ONE_PART_NUMBER.match(h.text))]
    carrying = sum(carries(heading.text[match.end() :]) for heading, match in found)
    if not carrying and not any(
        match["number"].startswith("0") or _has_text(note, heading) for heading, match in found
    ):
        return ()
    below = any(
        two_part_number(h.text) or (h.level == 2 and is_linked(h.text))  # noqa: PLR2004
        for h in note.headings
    )
    if below and carrying * 2 < len(found):
        return ()
    return tuple(heading for heading, _ in found)


def _has_text(note: Outline, heading: Heading) -> bool:
    below = note.next_written(heading.line)
    return below is not None and heading_of(below) is None


def month_of_title(heading: Heading) -> When | None:
    """Return the month, with its year, that a note's title names: ``AI: 2023.09``."""
    found = month_heading(heading.text)
    if found is None or found.year is None:
        return None
    return When(
        year=found.year,
        month=found.month,
        day=found.day,
        basis=DateBasis.HEADING,
        line=heading.line,
    )


_MONTH = re.compile(r"(?<!\d)(?P<month>1[0-2]|0?[1-9])\s*月")  # AI 资讯（6月）


def month_of_note(note: Outline, setting: Setting) -> When | None:
    """Return the month that a note's file name, or a title without a year, tells."""
    found = month_in_path(note.source.path)
    if found is not None and found.year is not None:
        return When(year=found.year, month=found.month, day=found.day, basis=DateBasis.PATH, line=0)
    for heading in note.headings[:1]:
        match = _MONTH.search(heading.text)
        if match:
            month = PartialDate(year=None, month=int(match["month"]))
            year = infer_year(note, [month], setting.latest_year)
            if year is not None:
                return When(
                    year=year.year,
                    month=month.month,
                    day=None,
                    basis=year.basis,
                    line=heading.line,
                )
    return None
