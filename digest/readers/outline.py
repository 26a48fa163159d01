"""What every dialect needs to know of a note first: front matter, code fences, headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.diagnostics import Diagnostic, diagnostic
from digest.model import Furniture, FurnitureKind
from digest.source import INVISIBLE, INVISIBLE_OR_SPACE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from digest.readers.frontmatter import FrontMatter
    from digest.source import Line, Source

# ```json   ~~~   ~~~~ python
_FENCE = re.compile(r"^ {0,3}(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)$")
_UNSEEN = f"[{INVISIBLE}]*"
# ## 1.2. title   #6.1 周4 (a number may follow without the space that CommonMark asks for)
_HEADING = re.compile(
    rf"^ {{0,3}}{_UNSEEN}(?P<marks>#{{1,6}}){_UNSEEN}"
    r"(?:[ \t\u3000\xa0]+(?P<text>.*)|(?P<tight>\d.*))?$"
)
_BOLD_START = re.compile(r"^\*\*(?=\d|.*\*\*$)")  # **1.1.** title   **title**
_CLOSING_MARKS = re.compile(r"(?<![ \t])[ \t]+#+[ \t]*$")  # ## title ##


# ## 目录   **目录**   [TOC]   Contents:
_CONTENTS_HEADING = re.compile(
    r"^[#*_\s\[]*(?:目录|目次|contents|table of contents|toc)[\]\s*_:：]*$", re.IGNORECASE
)


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

    def next_written(self, line: int) -> Line | None:
        """Return the first line after ``line`` that is not blank."""
        return next((below for below in self.source.lines[line:] if not below.blank), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What looks like a fence or a heading in a note, before it is known which lines are code."""

    source: Source
    front: FrontMatter
    fences: Mapping[int, re.Match[str]]
    headings: tuple[Heading, ...]


def scan(source: Source, front: FrontMatter) -> Scan:
    """Find the lines of a note that may be fences or headings, once for all dialects."""
    lines = source.lines[front.end_line :]
    return Scan(
        source=source,
        front=front,
        fences={
            line.number: match
            for line in lines
            if ("```" in line.text or "~~~" in line.text) and (match := _FENCE.match(line.text))
        },
        headings=tuple(
            heading
            for line in lines
            if "#" in line.text
            and (heading := heading_of(line))
            and not _CONTENTS_HEADING.match(line.text)
        ),
    )


def outline(
    found: Scan, is_entry_heading: Callable[[Heading], bool], *, open_only: bool
) -> Outline:
    """Read a note's outline.

    A heading for which ``is_entry_heading`` holds closes a fence that was left open: a forgotten
    fence must not swallow the entries after it. With ``open_only`` such a heading inside a fence
    that is closed properly is code.
    """
    fenced = _fenced(found, is_entry_heading, open_only=open_only)
    return Outline(
        source=found.source,
        front=found.front,
        first=found.front.end_line + 1,
        fenced=frozenset(fenced),
        headings=tuple(h for h in found.headings if h.line not in fenced),
    )


def _fenced(
    found: Scan, is_entry_heading: Callable[[Heading], bool], *, open_only: bool
) -> set[int]:
    """Return the numbers of the lines inside fences."""
    fences = found.fences
    if not fences:
        return set()
    entries = [heading.line for heading in found.headings if is_entry_heading(heading)]
    fenced: set[int] = set()
    after = 0  # all lines before it are settled
    for start in fences:
        if start < after:
            continue
        end = _closing(fences, start)
        stop = len(found.source.lines) + 1 if end is None else end + 1
        entry = next((line for line in entries if start < line < stop), None)
        if entry is not None and not (
            open_only and end is not None and _properly_closed(fences, entries, entry, end)
        ):
            stop = entry
        fenced.update(range(start, stop))
        after = stop
    return fenced


def _closing(fences: Mapping[int, re.Match[str]], start: int) -> int | None:
    """Return the line that closes the fence opened at ``start`` (CommonMark 0.31, 4.5)."""
    marks = fences[start]["marks"]
    return next(
        (
            line
            for line, match in fences.items()
            if line > start and match["marks"].startswith(marks) and not match["info"].strip()
        ),
        None,
    )


def _properly_closed(
    fences: Mapping[int, re.Match[str]], entries: Sequence[int], entry: int, end: int
) -> bool:
    """Whether a fence that holds what looks like an entry was meant to run on to ``end``.

    It was not when another opens inside it after the entry, nor when the fences from its end to
    the next entry outside do not pair up.
    """
    if any(entry < line < end and match["info"].strip() for line, match in fences.items()):
        return False
    after = end
    while True:
        start = next((line for line in fences if line > after), None)
        following = next((line for line in entries if line > after), None)
        if start is None or (following is not None and following < start):
            return True
        closing = _closing(fences, start)
        if closing is None:
            return False
        after = closing


def heading_of(line: Line) -> Heading | None:
    """Return the heading on a line, wherever the line stands."""
    match = _HEADING.match(line.text)
    if match is None:
        return None
    group = "text" if match["text"] is not None else "tight"
    text = _without_comments(match[group] or "")
    start = match.start(group) if match[group] is not None else len(line.text)
    stripped = _CLOSING_MARKS.sub("", text).rstrip()
    bare = stripped.lstrip(INVISIBLE_OR_SPACE)
    end = ""
    if _BOLD_START.match(bare):
        end = "**" if bare.count("**") == 2 else ""  # noqa: PLR2004  # one pair
        bare = bare.removeprefix("**")
    return Heading(
        line=line.number,
        level=len(match["marks"]),
        text=bare.rstrip(INVISIBLE_OR_SPACE).removesuffix(end),
        start=start + len(stripped) - len(bare),
    )


def _without_comments(text: str) -> str:
    """Take the comments at the end of a heading away: ``# 6.1 周4 <!-- digest: draft -->``."""
    parts = text.rstrip().split("-->")
    while len(parts) > 1 and not parts[-1].strip() and "<!--" in parts[-2]:
        parts.pop()
        parts[-1] = parts[-1].partition("<!--")[0]
    return "-->".join(parts)


# - [1.1. title](#11-title)   * [title](#title)   1. [title](#title)
_CONTENTS_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s*\[(?P<text>.*)\]\(#[^)]*\)\s*$")


def is_contents(line: Line) -> bool:
    """Whether a line is an item of a contents list or its heading."""
    return bool(_CONTENTS_ITEM.match(line.text) or _CONTENTS_HEADING.match(line.text))


def contents_list(note: Outline, before: int) -> tuple[Furniture, ...]:
    """Return the contents lists (runs of links to anchors, their headings) above a line."""
    runs: list[Furniture] = []
    start = end = 0
    for line in note.lines(note.first, before - 1):
        if is_contents(line):
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
