"""What every dialect needs to know of a note first: front matter, code fences, headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.diagnostics import Diagnostic, diagnostic
from digest.model import Furniture, FurnitureKind
from digest.readers.frontmatter import FrontMatter, read_front_matter

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.source import Line, Source

# ```json   ~~~   ~~~~ python
_FENCE = re.compile(r"^ {0,3}(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)$")
# ## 1.2. title   #6.1 周4 (a number may follow without the space that CommonMark asks for)
_HEADING = re.compile(r"^ {0,3}(?P<marks>#{1,6})(?:[ \t\u3000]+(?P<text>.*)|(?P<tight>\d.*))?$")
_CLOSING_MARKS = re.compile(r"[ \t]+#+[ \t]*$")  # ## title ##


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """An ATX heading outside code: ``text`` without the marks, ``start`` its 0-based column."""

    line: int
    level: int
    text: str
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A note with its front matter taken off and its code fences known.

    ``first`` is the first line after the front matter; ``fenced`` holds the numbers of the lines
    inside code fences, the fences themselves included.
    """

    source: Source
    front: FrontMatter
    first: int
    fenced: frozenset[int]
    headings: tuple[Heading, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def last(self) -> int:
        """The number of the last line; 0 in an empty note."""
        return len(self.source.lines)

    def lines(self, first: int, last: int) -> tuple[Line, ...]:
        """Return lines ``first`` to ``last``, both included."""
        return self.source.lines[first - 1 : last]

    def end_of(self, first: int, last: int) -> int:
        """Return the last line of the stretch that is not blank, at least ``first``."""
        for number in range(last, first, -1):
            if not self.source.line(number).blank:
                return number
        return first


def outline(source: Source, is_entry_heading: Callable[[str], bool]) -> Outline:
    """Read a note's outline.

    Where fences pair up, what stands inside one is code, even when it looks like an entry's
    heading. Where one is left open, a line for which ``is_entry_heading`` holds closes it: a
    forgotten fence must not swallow the entries after it.
    """
    front, first, diagnostics = read_front_matter(source)
    lines = source.lines[first - 1 :]
    fenced, paired = _fences(lines, lambda _: False)
    if not paired:
        fenced, _ = _fences(lines, is_entry_heading)
    headings = tuple(
        heading
        for line in lines
        if line.number not in fenced and (heading := heading_of(line)) is not None
    )
    return Outline(
        source=source,
        front=front,
        first=first,
        fenced=frozenset(fenced),
        headings=headings,
        diagnostics=tuple(diagnostics),
    )


def _fences(lines: tuple[Line, ...], closes: Callable[[str], bool]) -> tuple[set[int], bool]:
    """Return the fenced lines, and whether the fences pair up.

    They do not when one is open at the end, or when another opens inside one.
    """
    fenced: set[int] = set()
    marks = ""
    paired = True
    for line in lines:
        match = _FENCE.match(line.text)
        if marks and closes(line.text):
            marks = ""
        elif match and not marks:
            marks = match["marks"]
            fenced.add(line.number)
        elif marks:
            fenced.add(line.number)
            if match and match["marks"].startswith(marks):
                paired = paired and not match["info"].strip()
                marks = marks if match["info"].strip() else ""
    return fenced, paired and not marks


def heading_of(line: Line) -> Heading | None:
    """Return the heading on a line, wherever the line stands."""
    match = _HEADING.match(line.text)
    if match is None:
        return None
    group = "text" if match["text"] is not None else "tight"
    text = match[group] or ""
    start = match.start(group) if match[group] is not None else len(line.text)
    stripped = _CLOSING_MARKS.sub("", text).rstrip()
    lead = len(stripped) - len(stripped.lstrip())
    return Heading(
        line=line.number,
        level=len(match["marks"]),
        text=stripped.lstrip(),
        start=start + lead,
    )


# - [1.1. title](#11-title)   * [title](#title)
_CONTENTS_ITEM = re.compile(r"^\s*[-*+]\s*\[(?P<text>.*)\]\(#[^)]*\)\s*$")


def contents_list(note: Outline, before: int) -> tuple[Furniture, ...]:
    """Return the contents lists (runs of links to anchors) above line ``before``."""
    runs: list[Furniture] = []
    start = end = 0
    for line in note.lines(note.first, before - 1):
        if _CONTENTS_ITEM.match(line.text):
            start = start or line.number
            end = line.number
        elif not line.blank and start:
            runs.append(Furniture(kind=FurnitureKind.CONTENTS, line=start, end_line=end))
            start = 0
    if start:
        runs.append(Furniture(kind=FurnitureKind.CONTENTS, line=start, end_line=end))
    return tuple(runs)


def misplaced(heading: Heading, source: Source, wanted: int) -> Diagnostic:
    """Report an entry's heading that stands at a neighbour level."""
    span = source.span(heading.line, 0, heading.level)
    fact = f"entry heading has {heading.level} `#`, its neighbours have {wanted}"
    return diagnostic("R109", span, fact, f"write `{'#' * wanted} {heading.text[:20].strip()}…`")
