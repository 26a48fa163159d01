"""Monthly notes in sections: ``# AI: 2023.09``, ``# 1. 工具``, ``## 1.1. [title](url)``.

The recommended dialect. The number of an entry may lack its dot or space, be wrong or stand
twice; a heading may stand at a neighbour level. The body of an entry may hold headings of its own:
what tells them apart is the way the numbers run, and whether a heading carries a link.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from digest.model import Furniture, FurnitureKind, Label, Origin, Read
from digest.readers.calendar import month_heading
from digest.readers.entries import Draft, finish
from digest.readers.monthly import (
    flat_headings,
    is_linked,
    month_of_note,
    month_of_title,
    two_part_number,
)
from digest.readers.outline import Heading, Outline, contents_list, misplaced
from digest.readers.tags import take_tags

if TYPE_CHECKING:
    from digest.diagnostics import Diagnostic
    from digest.model import Entry, When
    from digest.readers.dialect import Setting

NAME = "sections"
OPEN_FENCES_ONLY = True
ENTRY_LEVEL = 2
DEEPEST = 4
_NEAR = 2  # how far an entry's number may run ahead of the one before

# 1. 工具   一、工具
SECTION_NUMBER = re.compile(
    r"^(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:[.．、:：)]\s*(?!\d)|\s+)"
)


def is_entry_heading(heading: Heading) -> bool:
    """Whether a heading is an entry's, wherever it stands."""
    return heading.level <= DEEPEST and two_part_number(heading.text) is not None


def claims(note: Outline) -> int:
    """Count the numbered entries, or the linked ones under a title that names a month."""
    if flat_headings(note):
        return 0
    numbered = sum(map(is_entry_heading, note.headings))
    if numbered:
        return numbered
    titled = any(h.level == 1 and month_heading(h.text) for h in note.headings[:3])
    linked = [is_linked(h.text) for h in note.headings if h.level == ENTRY_LEVEL]
    sectioned = any(h.level == 1 for h in note.headings) and sum(linked) * 2 >= len(linked)
    return sum(linked) if titled or sectioned or note.front.date is not None else 0


class _Kind(Enum):
    TITLE = auto()
    SECTION = auto()
    ENTRY = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A heading that is the note's structure; ``text`` is what follows its number."""

    heading: Heading
    kind: _Kind
    number: str | None = None
    text: str = ""


def read(note: Outline, setting: Setting) -> Read:
    """Read a monthly note in sections."""
    usual = _usual_level(note)
    parts = _parts(note, setting, usual)
    ends = [part.heading.line - 1 for part in parts[1:]] + [note.last]
    first = next((p.heading.line for p in parts if p.kind is not _Kind.TITLE), note.last + 1)
    when = None if note.front.date is not None else month_of_note(note, setting)
    entries: list[Entry] = []
    furniture = list(contents_list(note, first))
    diagnostics: list[Diagnostic] = []
    section: Label | None = None
    for part, last in zip(parts, ends, strict=True):
        line = part.heading.line
        if part.kind is _Kind.ENTRY:
            entry, found = finish(note, _entry(note, part, last, section, when, setting))
            entries.append(entry)
            diagnostics += found
            if part.heading.level != usual:
                diagnostics.append(misplaced(part.heading, note.source, usual))
        elif part.kind is _Kind.SECTION:
            furniture.append(Furniture(kind=FurnitureKind.SECTION, line=line, end_line=line))
            span = note.source.span(line, _text_start(part), _text_start(part) + len(part.text))
            section = Label(text=part.text, origin=Origin.SECTION, span=span)
        else:
            furniture.append(Furniture(kind=FurnitureKind.TITLE, line=line, end_line=line))
            if note.front.date is None:
                when = month_of_title(part.heading) or when
    titles = [part.text for part in parts if part.kind is _Kind.TITLE]
    return Read(
        source=note.source,
        dialect=NAME,
        title=note.front.title or next(iter(titles), ""),
        entries=tuple(entries),
        furniture=tuple(furniture),
        diagnostics=tuple(diagnostics),
    )


def _text_start(part: _Part) -> int:
    return part.heading.start + len(part.heading.text) - len(part.text)


def _usual_level(note: Outline) -> int:
    levels = [h.level for h in note.headings if h.level <= DEEPEST and two_part_number(h.text)]
    return max(sorted(set(levels)), key=levels.count, default=ENTRY_LEVEL)


def _parts(note: Outline, setting: Setting, usual: int) -> list[_Part]:
    """Tell the headings that are the note's structure from those in an entry's body."""
    numbered = any(two_part_number(h.text) for h in note.headings)
    state = _State(numbered=numbered, usual=usual)
    parts: list[_Part] = []
    for index, heading in enumerate(note.headings):
        following = note.headings[index + 1 :]
        part = _entry_part(heading, state) or (
            _upper_part(note, heading, following, state, setting)
            if heading.level <= max(1, usual - 1)
            else None
        )
        if part is not None:
            parts.append(part)
            state = _after(state, part)
    return parts


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """Where the numbers of a note have come to."""

    numbered: bool
    usual: int
    begun: bool = False
    section: int | None = None
    last: tuple[int, int] | None = None


def _after(state: _State, part: _Part) -> _State:
    if part.kind is _Kind.SECTION:
        number = int(part.number) if part.number and part.number.isdecimal() else None
        return replace(state, begun=True, section=number, last=None)
    if part.kind is _Kind.ENTRY and part.number and "." in part.number:
        return replace(state, begun=True, last=_pair(part.number))
    return replace(state, begun=True)


def _digits(number: str) -> str:
    return re.sub(r"\s*[.．]\s*", ".", number)


def _pair(number: str) -> tuple[int, int]:
    major, _, minor = number.partition(".")
    return int(major), int(minor)


def _entry_part(heading: Heading, state: _State) -> _Part | None:
    """Return the entry that a heading starts, or None."""
    text = heading.text
    match = two_part_number(text)
    if match is not None and heading.level <= DEEPEST:
        number = _digits(match["number"])
        rest = text[match.end() :]
        usual = heading.level == state.usual
        if (
            is_linked(rest)
            or _follows(_pair(number), state)
            or (usual and (match["mark"].strip() or state.section in {None, _pair(number)[0]}))
        ):
            return _Part(heading=heading, kind=_Kind.ENTRY, number=number, text=rest)
        return None
    if heading.level != ENTRY_LEVEL or (state.numbered and not _is_link_first(text)):
        return None
    section = SECTION_NUMBER.match(text)
    rest = text[section.end() :].strip() if section else text
    number_alone = section["number"] if section else None
    return _Part(heading=heading, kind=_Kind.ENTRY, number=number_alone, text=rest)


def _follows(number: tuple[int, int], state: _State) -> bool:
    if state.last is None:
        return state.section in {None, number[0]} and number[1] <= _NEAR
    return number[0] == state.last[0] and 0 < number[1] - state.last[1] <= _NEAR


# [title](url)   `论文` [title](url)   观点 [title](url)
_LINK_FIRST = re.compile(r"^(?:`[^`]+`|[^\s\[\]`]{1,12})?\s*[:：]?\s*\[")


def _is_link_first(text: str) -> bool:
    return is_linked(text) and _LINK_FIRST.match(text) is not None


def _upper_part(
    note: Outline, heading: Heading, following: tuple[Heading, ...], state: _State, setting: Setting
) -> _Part | None:
    """Return the note's title or the section that a heading above the entries starts, or None."""
    text = heading.text
    match = SECTION_NUMBER.match(text)
    rest = text[match.end() :].strip() if match else text
    known = bool(setting.taxonomy.categories_of(rest))
    above = _stands_above(note, heading, following, state)
    if match is None and not known:
        if not state.begun or (above and month_heading(text) is not None):
            return _Part(heading=heading, kind=_Kind.TITLE, text=text)
        is_section = above or not state.numbered
    elif match is None:
        is_section = True
    else:
        is_section = known or above or _continues(match["number"], following, state)
    if not is_section:
        return None
    number = match["number"] if match else None
    return _Part(heading=heading, kind=_Kind.SECTION, number=number, text=rest)


def _stands_above(
    note: Outline, heading: Heading, following: tuple[Heading, ...], state: _State
) -> bool:
    """Whether an entry or a numbered section stands right below a heading."""
    below = note.next_written(heading.line)
    if below is None or not following or following[0].line != below.number:
        return False
    under = following[0]
    return _sure_number(under, state) is not None or (
        under.level == 1 and SECTION_NUMBER.match(under.text) is not None
    )


def _sure_number(heading: Heading, state: _State) -> tuple[int, int] | None:
    """Return the number of a heading that is an entry's beyond doubt: marked or linked."""
    match = two_part_number(heading.text)
    if match is None or heading.level != state.usual:
        return None
    sure = match["mark"].strip() or is_linked(heading.text)
    return _pair(_digits(match["number"])) if sure else None


def _continues(number: str, following: tuple[Heading, ...], state: _State) -> bool:
    """Whether a section's number is the next one, or that of the entries below it.

    It is not when the entries below go on with the numbers of those above: then the heading is
    part of a body.
    """
    if not number.isdecimal() or state.last is None:
        return True
    below = next((pair for h in following if (pair := _sure_number(h, state))), None)
    if below is not None and below[0] == state.last[0] and below[1] > state.last[1]:
        return False
    goes_on = state.section is not None and int(number) == state.section + 1
    return goes_on or (below is not None and below[0] == int(number))


def _entry(  # an entry of this dialect stands on all of these
    note: Outline,
    part: _Part,
    last: int,
    section: Label | None,
    when: When | None,
    setting: Setting,
) -> Draft:
    line = part.heading.line
    end = note.end_of(line, last)
    joined = section is not None and len(setting.taxonomy.categories_of(section.text)) > 1
    tagged = take_tags(note.source, line, _text_start(part), setting.taxonomy, joined=joined)
    return Draft(
        dialect=NAME,
        line=line,
        end_line=end,
        number=part.number,
        title=tagged.title,
        heading=(note.source.line(line),),
        body=note.lines(line + 1, end),
        when=when,
        labels=(*tagged.labels, *([section] if section else [])),
    )
