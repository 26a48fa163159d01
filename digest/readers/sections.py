"""Monthly notes in sections: ``# AI: 2023.09``, ``# 1. 工具``, ``## 1.1. [title](url)``.

The recommended dialect. The number of an entry may lack its dot or space, be wrong or stand
twice; a heading may stand at a neighbour level. A heading with a number of two parts is an entry;
one with three, or with none below the entries' level, belongs to the body of the entry above it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.model import DateBasis, Furniture, FurnitureKind, Label, Origin, Read, When
from digest.readers.calendar import PartialDate, day_heading, month_heading
from digest.readers.entries import Draft, finish
from digest.readers.outline import Heading, Outline, contents_list, misplaced
from digest.readers.tags import take_tag
from digest.readers.years import infer_year
from digest.source import Line

if TYPE_CHECKING:
    from digest.diagnostics import Diagnostic
    from digest.model import Entry
    from digest.readers.dialect import Setting

NAME = "sections"
ENTRY_LEVEL = 2
DEEPEST = 4

# 1.1. title   1.4.[title   1.1 title   1．1、title   1.1. 1.1. title
_ENTRY_NUMBER = re.compile(
    r"^(?P<number>\d{1,2}\s*[.．]\s*\d{1,3})(?![\d])(?!\s*[.．]\s*\d)\s*[.．、:：)]?\s*"
    r"(?:\d{1,2}\s*[.．]\s*\d{1,3}(?![\d])\s*[.．、:：)]?\s+)?"
)
_SECTION_NUMBER = re.compile(
    r"^(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})\s*[.．、:：)]\s*"
)  # 1. 工具
_LINK = re.compile(r"\[.+\]\(.+\)")  # [title](url)


def is_entry_heading(text: str) -> bool:
    """Whether a line is an entry's numbered heading, wherever it stands."""
    match = re.match(r"^ {0,3}#{1,4}[ \t]*(?P<text>\d.*)$", text)
    return match is not None and _number(match["text"]) is not None


def _number(text: str) -> re.Match[str] | None:
    """Match an entry's number; a day such as ``6.1 周4`` or a bare ``2023.09`` is none."""
    match = _ENTRY_NUMBER.match(text)
    return None if match is None or day_heading(text) is not None else match


def claims(note: Outline) -> bool:
    """Whether a note holds numbered entries, or linked ones under a title that names a month."""
    if any(h.level <= DEEPEST and _number(h.text) for h in note.headings):
        return True
    titled = any(h.level == 1 and month_heading(h.text) for h in note.headings[:3])
    dated = note.front.date is not None
    return (titled or dated) and any(
        h.level == ENTRY_LEVEL and _LINK.search(h.text) for h in note.headings
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A heading with what it is: the note's title, a section or an entry."""

    heading: Heading
    kind: str
    number: str | None = None
    text: str = ""


def read(note: Outline, setting: Setting) -> Read:
    """Read a monthly note in sections."""
    parts = _parts(note, setting)
    starts = [part.heading.line for part in parts] + [note.last + 1]
    when = _month(note, parts, setting)
    entries: list[Entry] = []
    furniture = list(contents_list(note, starts[0] if parts else note.last + 1))
    diagnostics: list[Diagnostic] = []
    section: Label | None = None
    title = note.front.title
    for part, following in zip(parts, starts[1:], strict=True):
        line = part.heading.line
        if part.kind == "entry":
            draft = _entry(note, part, following - 1, section, when, setting)
            entry, found = finish(note, draft)
            entries.append(entry)
            diagnostics += found
            if part.heading.level != _usual_level(parts):
                diagnostics.append(misplaced(part.heading, note.source, _usual_level(parts)))
            continue
        is_title = part.kind == "title"
        kind = FurnitureKind.TITLE if is_title else FurnitureKind.SECTION
        furniture.append(Furniture(kind=kind, line=line, end_line=line))
        if is_title:
            title = title or part.heading.text
        else:
            span = note.source.span(line, part.heading.start)
            section = Label(text=part.text, origin=Origin.SECTION, span=span)
    return Read(
        source=note.source,
        dialect=NAME,
        title=title,
        entries=tuple(entries),
        furniture=tuple(furniture),
        diagnostics=tuple(diagnostics),
    )


def _usual_level(parts: list[_Part]) -> int:
    levels = [part.heading.level for part in parts if part.kind == "entry"]
    return max(sorted(set(levels)), key=levels.count)


def _parts(note: Outline, setting: Setting) -> list[_Part]:
    """Tell the headings that are the note's structure from those in an entry's body."""
    numbered = any(_number(h.text) for h in note.headings)
    parts: list[_Part] = []
    for heading in note.headings:
        part = _part(heading, setting, numbered=numbered, first=not parts)
        if part is not None:
            parts.append(part)
    return parts


def _part(heading: Heading, setting: Setting, *, numbered: bool, first: bool) -> _Part | None:
    text = heading.text
    number = _number(text)
    if number is not None and heading.level <= DEEPEST:
        rest = text[number.end() :]
        return _Part(heading=heading, kind="entry", number=_digits(number["number"]), text=rest)
    section = _SECTION_NUMBER.match(text)
    rest = text[section.end() :].strip() if section else text
    if heading.level == ENTRY_LEVEL and (_LINK.search(text) or not numbered):
        digits = section["number"] if section else None
        return _Part(heading=heading, kind="entry", number=digits, text=rest)
    if heading.level > 1:
        return None
    if section is None and first:
        return _Part(heading=heading, kind="title", text=text)
    if section is not None or not numbered or setting.taxonomy.categories_of(text):
        return _Part(heading=heading, kind="section", text=rest)
    return None


def _digits(number: str) -> str:
    return re.sub(r"\s*[.．]\s*", ".", number)


def _month(note: Outline, parts: list[_Part], setting: Setting) -> When | None:
    """Return the month that the note's title names, with its year."""
    front = note.front
    for part in parts[:1]:
        if part.kind == "title" and (found := month_heading(part.text)) and found.year is not None:
            if front.date is not None:
                break
            return When(
                year=found.year,
                month=found.month,
                day=found.day,
                basis=DateBasis.HEADING,
                line=part.heading.line,
            )
    if front.date is not None:
        return None  # finish() takes it from there
    return month_of_note(note, setting)


MONTHS = re.compile(r"(?<!\d)(?P<month>1[0-2]|0?[1-9])\s*月")  # AI 资讯（6月）


def month_of_note(note: Outline, setting: Setting) -> When | None:
    """Return the month that a note's file name, or a title without a year, tells."""
    found = month_heading(note.source.path.rpartition("/")[2])
    if found is not None and found.year is not None:
        return When(year=found.year, month=found.month, day=found.day, basis=DateBasis.PATH, line=0)
    for heading in note.headings[:1]:
        match = MONTHS.search(heading.text)
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


def _entry(
    note: Outline,
    part: _Part,
    last: int,
    section: Label | None,
    when: When | None,
    setting: Setting,
) -> Draft:
    line = part.heading.line
    end = note.end_of(line, last)
    start = part.heading.start + len(part.heading.text) - len(part.text)
    joined = section is not None and len(setting.taxonomy.categories_of(section.text)) > 1
    tag = take_tag(note.source, line, start, setting.taxonomy, joined=joined)
    labels = tuple(label for label in (tag.label, section) if label is not None)
    raw = note.source.line(line).text
    return Draft(
        dialect=NAME,
        line=line,
        end_line=end,
        number=part.number,
        title=tag.title,
        heading=(Line(number=line, text=raw),),
        body=note.lines(line + 1, end),
        when=when,
        labels=labels,
    )
