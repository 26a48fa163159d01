"""Writing into a monthly note in sections, the recommended habit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from digest.compose.contents import item_of_entry, items_of_section
from digest.compose.edit import Insertion
from digest.compose.entry import comment, linked
from digest.compose.parts import apart, next_section_lead, section_for, sections_of

if TYPE_CHECKING:
    from digest.compose.entry import Form, NewEntry
    from digest.compose.parts import Page, Section

# ## 1.1. title   ##1.1 title   ## title
_LEAD = re.compile(
    r"^(?P<marks>#{1,6})\s*(?:\d{1,2}\s*(?P<dot>[.．])\s*(?P<minor>\d{1,3})(?P<end>[.．、:：)]?))?"
)


class _Habit(NamedTuple):
    """How the note's entries are headed: ``##``, ``.`` and ``.``; not numbered without a dot."""

    marks: str
    dot: str
    end: str


def write(page: Page, entry: NewEntry, form: Form) -> list[Insertion]:
    """Return what goes where so that the entry ends its category's section, made if need be."""
    sections = sections_of(page)
    habit = _habit(page)
    section = section_for(page, sections, entry.category)
    known = page.taxonomy.categories_of
    words = section.words if section else page.category_name(entry.category)
    told = ("category",) if known(words) == (entry.category,) else ()
    rest = [*comment(entry, form, *told), *([""] if entry.lines else []), *entry.lines]
    if section is not None:
        heading = f"{_next_number(page, section, habit)}{linked(entry, form)}"
        lines = apart(page, section.end, [f"{habit.marks} {heading}", *rest])
        item = item_of_entry(page, section, heading)
        return [Insertion(section.end, tuple(lines)), *item]
    lead = next_section_lead(sections)
    heading = f"{_first_number(page, lead, habit)}{linked(entry, form)}"
    marks = "#" * (sections[-1].level if sections else max(len(habit.marks) - 1, 1))
    lines = [f"{marks} {lead}{words}", "", f"{habit.marks} {heading}", *rest]
    after = page.last_written
    items = items_of_section(page, sections, f"{lead}{words}", heading)
    return [Insertion(after, tuple(apart(page, after, lines))), *items]


def _habit(page: Page) -> _Habit:
    """Take the form of the last entry's heading; the recommended one where there is none."""
    for entry in reversed(page.read.entries):
        match = _LEAD.match(page.line(entry.place.line).lstrip())
        if match is not None:
            return _Habit(match["marks"], "." if match["minor"] else "", match["end"] or "")
    return _Habit("##", ".", ".")


def _next_number(page: Page, section: Section, habit: _Habit) -> str:
    """Return the number that follows the highest in a section, with its mark and a space."""
    if not habit.dot:
        return ""
    if not section.entries:
        return _first_number(page, section.lead, habit)
    numbers = [_pair(entry.number) for entry in section.entries if entry.number]
    major = int(section.number) if section.number.isdecimal() else numbers[-1][0]
    minors = [minor for own, minor in numbers if own == major] or [len(section.entries)]
    return f"{major}.{max(minors) + 1}{habit.end} "


def _pair(number: str) -> tuple[int, int]:
    major, _, minor = number.partition(".")
    return int(major), int(minor or 0)


def _first_number(page: Page, lead: str, habit: _Habit) -> str:
    """Return the number of a section's first entry: the section's own, or the next unused."""
    if not habit.dot:
        return ""
    digits = re.match(r"\d+", lead)
    used = [_pair(entry.number)[0] for entry in page.read.entries if entry.number]
    major = int(digits.group()) if digits else max(used, default=0) + 1
    return f"{major}.1{habit.end} "
