"""Numbered posts: ``### NN``, then who and when, then a post without a headline.

Who and when stand on one line (``name @handle 2023-12-03``) or on lines of their own in any
order, with or without blank lines, sometimes with the post's own address among them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.diagnostics import diagnostic
from digest.model import Furniture, FurnitureKind, Layout, Read
from digest.readers.entries import Draft, finish, trimmed
from digest.readers.headers import Header, read_header
from digest.readers.headlines import headline
from digest.readers.outline import Heading, heading_of

if TYPE_CHECKING:
    from digest.diagnostics import Diagnostic
    from digest.model import Entry
    from digest.readers.dialect import Setting
    from digest.readers.outline import Outline

NAME = "posts"
_NUMBER = re.compile(r"^#?(?P<number>\d{1,5})[.、]?$")  # 01   12.
LEVELS = range(2, 5)


def is_entry_heading(text: str) -> bool:
    """Whether a line starts a post, wherever it stands."""
    match = re.match(r"^ {0,3}#{2,4}[ \t]+(?P<text>\d{1,5}[.、]?)[ \t]*$", text)
    return match is not None


def claims(note: Outline) -> bool:
    """Whether a note holds headings that are nothing but a number."""
    return any(_is_start(h) for h in note.headings)


def _is_start(heading: Heading) -> bool:
    return heading.level in LEVELS and _NUMBER.match(heading.text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Post:
    """A post's heading, its last line and its header."""

    heading: Heading
    end: int
    header: Header


def read(note: Outline, setting: Setting) -> Read:
    """Read a note of numbered posts."""
    del setting  # posts carry their whole date
    starts = [
        h for line in note.lines(note.first, note.last) if (h := _start_on(note, line.number))
    ]
    breaks = _section_headings(note, starts)
    limits = sorted([h.line for h in starts] + [h.line for h in breaks] + [note.last + 1])
    names = _names_by_handle(note, starts, limits)
    entries: list[Entry] = []
    furniture = [_furniture(h, starts) for h in breaks]
    diagnostics: list[Diagnostic] = []
    for heading in starts:
        last = min(limit for limit in limits if limit > heading.line) - 1
        post = _post(note, heading, last, names)
        diagnostics += _header_problems(note, post)
        entry, found = finish(note, _entry(note, post))
        entries.append(entry)
        diagnostics += found
    titles = [h.text for h in breaks if h.line < starts[0].line]
    return Read(
        source=note.source,
        dialect=NAME,
        title=note.front.title or (titles[0] if titles else ""),
        entries=tuple(entries),
        furniture=tuple(furniture),
        diagnostics=tuple(diagnostics),
    )


def _start_on(note: Outline, line: int) -> Heading | None:
    """Return the post that starts on a line; a number alone is a post even inside a fence."""
    found = heading_of(note.source.line(line))
    return found if found is not None and _is_start(found) else None


def _section_headings(note: Outline, starts: list[Heading]) -> list[Heading]:
    """Return the headings above the first post or right above a post: titles and sections."""
    lines = {h.line for h in starts}
    found: list[Heading] = []
    for heading in note.headings:
        if _is_start(heading):
            continue
        below = (line.number for line in note.lines(heading.line + 1, note.last) if not line.blank)
        if heading.line < starts[0].line or next(below, 0) in lines:
            found.append(heading)
    return found


def _furniture(heading: Heading, starts: list[Heading]) -> Furniture:
    title = heading.line < starts[0].line
    kind = FurnitureKind.TITLE if title else FurnitureKind.SECTION
    return Furniture(kind=kind, line=heading.line, end_line=heading.line)


def _names_by_handle(note: Outline, starts: list[Heading], limits: list[int]) -> dict[str, str]:
    """Return the display names that stand with a handle in some header of the note."""
    names: dict[str, str] = {}
    for heading in starts:
        last = min(limit for limit in limits if limit > heading.line) - 1
        header = read_header(note.source, heading.line + 1, last, {})
        if header.author and header.handle:
            names.setdefault(header.handle, header.author)
    return names


def _post(note: Outline, heading: Heading, last: int, names: dict[str, str]) -> _Post:
    end = note.end_of(heading.line, last)
    header = read_header(note.source, heading.line + 1, end, names)
    return _Post(heading=heading, end=end, header=header)


def _header_problems(note: Outline, post: _Post) -> list[Diagnostic]:
    header = post.header
    found: list[Diagnostic] = []
    if header.mangled is not None and header.when is not None:
        fact = f"the date is mangled; read as {header.when.iso}"
        hint = f"write `{header.author or 'name'} @{header.handle or 'handle'} {header.when.iso}`"
        found.append(diagnostic("R107", header.mangled, fact, hint))
    span = note.source.span(post.heading.line)
    if header.when is None and note.front.date is None:
        fact = "the post names no day"
        hint = "write `name @handle 2024-02-03` under its number"
        found.append(diagnostic("R114", span, fact, hint))
    if header.author is None and not note.front.author:
        fact = "nothing tells who posted this"
        hint = "write `name @handle 2024-02-03` under its number"
        found.append(diagnostic("R113", span, fact, hint))
    return found


def _entry(note: Outline, post: _Post) -> Draft:
    number = _NUMBER.match(post.heading.text)
    header = post.header
    body = trimmed(note.lines(header.end + 1, post.end)) if header.end < post.end else ()
    prose = [line.text for line in body if line.number not in note.fenced]
    title = headline(prose) or (headline([header.address]) if header.address else "")
    lead = (note.source.line(header.address_line),) if header.address_line else ()
    return Draft(
        dialect=NAME,
        line=post.heading.line,
        end_line=post.end,
        number=number["number"] if number else None,
        title=title,
        heading=lead,
        body=body,
        when=header.when,
        author=header.author,
        handle=header.handle,
        layout=Layout.LINES,
    )
