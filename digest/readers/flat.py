"""Monthly flat notes: ``# AI资讯: 2023.06``, then ``# 01. `资讯` title``, all at one level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.model import Furniture, FurnitureKind, Read
from digest.readers.entries import Draft, finish
from digest.readers.monthly import (
    ONE_PART_NUMBER,
    carries,
    flat_headings,
    month_of_note,
    month_of_title,
)
from digest.readers.outline import contents_list, misplaced
from digest.readers.tags import take_tags

if TYPE_CHECKING:
    from digest.diagnostics import Diagnostic
    from digest.model import Entry, When
    from digest.readers.dialect import Setting
    from digest.readers.outline import Heading, Outline

NAME = "flat"
OPEN_FENCES_ONLY = True
LEVEL = 1
_NEAR = 5  # how far a number may run ahead of the one before


def is_entry_heading(heading: Heading) -> bool:
    """Whether a heading is an entry's, wherever it stands."""
    match = ONE_PART_NUMBER.match(heading.text)
    return heading.level == LEVEL and match is not None and match["mark"] is not None


def claims(note: Outline) -> int:
    """Count the headings of level 1 that are numbered in one part and are not sections."""
    return len(_starts(note)) if flat_headings(note) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Numbered:
    """A heading numbered in one part; ``carrying`` tells that it holds a link or a tag."""

    heading: Heading
    written: str
    marked: bool
    carrying: bool

    @property
    def number(self) -> int:
        return int(self.written)

    @property
    def padded(self) -> bool:
        return self.written.startswith("0")


def _starts(note: Outline) -> list[Heading]:
    """Return the headings that start an entry.

    One whose number goes back, runs far ahead, lacks its mark or stands at level 2 belongs to the
    body of the entry above it unless it carries a link or a tag; so does one whose number a later
    heading has with a better claim to it.
    """
    numbered = [
        _Numbered(
            heading=heading,
            written=match["number"],
            marked=match["mark"] is not None,
            carrying=carries(heading.text[match.end() :]),
        )
        for heading in note.headings
        if heading.level <= LEVEL + 1 and (match := ONE_PART_NUMBER.match(heading.text))
    ]
    starts: list[Heading] = []
    last = 0
    for index, one in enumerate(numbered):
        near = _NEAR if one.marked or one.padded else 1
        follows = 0 < one.number - last <= near and not _is_taken(one, numbered[index + 1 :])
        upper = one.heading.level == LEVEL
        if (upper and (follows or one.carrying or not starts)) or (follows and one.carrying):
            starts.append(one.heading)
            last = one.number
    return starts


def _is_taken(one: _Numbered, later: list[_Numbered]) -> bool:
    """Whether a later heading has the same number and a link, a tag or a zero more."""
    return not one.carrying and any(
        other.number == one.number
        and other.heading.level == LEVEL
        and (other.carrying or (other.padded and not one.padded))
        for other in later
    )


def read(note: Outline, setting: Setting) -> Read:
    """Read a monthly flat note."""
    starts = _starts(note)
    first = starts[0].line
    titles = [h for h in note.headings if h.line < first and h.level == 1]
    when = _month(titles, note, setting)
    furniture = list(contents_list(note, first))
    furniture += [Furniture(kind=FurnitureKind.TITLE, line=h.line, end_line=h.line) for h in titles]
    entries: list[Entry] = []
    diagnostics: list[Diagnostic] = []
    ends = [h.line - 1 for h in starts[1:]] + [note.last]
    for heading, last in zip(starts, ends, strict=True):
        entry, found = finish(note, _entry(note, heading, last, when, setting))
        entries.append(entry)
        diagnostics += found
        if heading.level != LEVEL:
            diagnostics.append(misplaced(heading, note.source, LEVEL))
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
    found = (month_of_title(heading) for heading in titles)
    return next((when for when in found if when is not None), None) or month_of_note(note, setting)


def _entry(
    note: Outline, heading: Heading, last: int, when: When | None, setting: Setting
) -> Draft:
    match = ONE_PART_NUMBER.match(heading.text)
    number, length = (match["number"], match.end()) if match else (None, 0)
    end = note.end_of(heading.line, last)
    start = heading.start + length
    tagged = take_tags(note.source, heading.line, start, setting.taxonomy, joined=True)
    return Draft(
        dialect=NAME,
        line=heading.line,
        end_line=end,
        number=number,
        title=tagged.title,
        heading=(note.source.line(heading.line),),
        body=note.lines(heading.line + 1, end),
        when=when,
        labels=tagged.labels,
    )
