"""Monthly flat notes: ``# AI资讯: 2023.06``, then ``# 01. `资讯` title``, all at one level."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.model import DateBasis, Furniture, FurnitureKind, Read, When
from digest.readers.calendar import month_heading
from digest.readers.entries import Draft, finish
from digest.readers.outline import contents_list, misplaced
from digest.readers.sections import claims as is_in_sections
from digest.readers.sections import month_of_note
from digest.readers.tags import take_tag

if TYPE_CHECKING:
    from digest.diagnostics import Diagnostic
    from digest.model import Entry
    from digest.readers.dialect import Setting
    from digest.readers.outline import Heading, Outline

NAME = "flat"
DEEPEST = 2
FEWEST = 1

# 01. title   1、`资讯` title   12) title   08.`项目`：title
_NUMBER = re.compile(r"^(?P<number>\d{1,3})\s*[.．、:：)）]\s*(?!\d)(?=\S)")


def is_entry_heading(text: str) -> bool:
    """Whether a line is an entry's numbered heading, wherever it stands."""
    match = re.match(r"^ {0,3}#{1,2}[ \t]*(?P<text>\d.*)$", text)
    return match is not None and _NUMBER.match(match["text"]) is not None


def claims(note: Outline) -> bool:
    """Whether a note holds headings numbered in one part, and none numbered in two."""
    if is_in_sections(note):
        return False
    return any(h.level <= DEEPEST and _NUMBER.match(h.text) for h in note.headings)


def read(note: Outline, setting: Setting) -> Read:
    """Read a monthly flat note."""
    starts = [h for h in note.headings if h.level <= DEEPEST and _NUMBER.match(h.text)]
    first = starts[0].line
    titles = [h for h in note.headings if h.line < first and h.level == 1]
    when = _month(titles, note, setting)
    furniture = list(contents_list(note, first))
    furniture += [Furniture(kind=FurnitureKind.TITLE, line=h.line, end_line=h.line) for h in titles]
    levels = [h.level for h in starts]
    usual = max(sorted(set(levels)), key=levels.count)
    entries: list[Entry] = []
    diagnostics: list[Diagnostic] = []
    ends = [h.line - 1 for h in starts[1:]] + [note.last]
    for heading, last in zip(starts, ends, strict=True):
        entry, found = finish(note, _entry(note, heading, last, when, setting))
        entries.append(entry)
        diagnostics += found
        if heading.level != usual:
            diagnostics.append(misplaced(heading, note.source, usual))
    return Read(
        source=note.source,
        dialect=NAME,
        title=note.front.title or (titles[0].text if titles else ""),
        entries=tuple(entries),
        furniture=tuple(furniture),
        diagnostics=tuple(diagnostics),
    )


def _month(titles: list[Heading], note: Outline, setting: Setting) -> When | None:
    if note.front.date is not None:
        return None  # finish() takes it from there
    for heading in titles:
        found = month_heading(heading.text)
        if found is not None and found.year is not None:
            return When(
                year=found.year,
                month=found.month,
                day=found.day,
                basis=DateBasis.HEADING,
                line=heading.line,
            )
    return month_of_note(note, setting)


def _entry(
    note: Outline, heading: Heading, last: int, when: When | None, setting: Setting
) -> Draft:
    match = _NUMBER.match(heading.text)
    number, length = (match["number"], match.end()) if match else (None, 0)
    end = note.end_of(heading.line, last)
    tag = take_tag(note.source, heading.line, heading.start + length, setting.taxonomy, joined=True)
    return Draft(
        dialect=NAME,
        line=heading.line,
        end_line=end,
        number=number,
        title=tag.title,
        heading=(note.source.line(heading.line),),
        body=note.lines(heading.line + 1, end),
        when=when,
        labels=(tag.label,) if tag.label else (),
    )
