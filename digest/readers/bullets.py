"""Daily bullets: ``# 6.1 周4`` day headings, then ``* 1、title  source  url``.

Lines that follow an entry, indented or not, with or without a bullet of their own, belong to it
until the next numbered bullet or heading. Numbers may run on over days, restart or go back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from digest.links import find_bare_urls
from digest.model import Furniture, FurnitureKind, Layout, Read
from digest.readers.calendar import day_heading
from digest.readers.days import day_problems, days_to_dates
from digest.readers.entries import Draft, finish
from digest.readers.inline import plain, targets, without_images
from digest.source import Line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.diagnostics import Diagnostic
    from digest.model import Entry, When
    from digest.readers.dialect import Setting
    from digest.readers.outline import Heading, Outline

NAME = "bullets"

# * 1、title   * 2.2024年…   - 3）title   *4、title
_BULLET = re.compile(
    r"^ ?[*+\-•·]\s*(?P<number>\d{1,4})\s*(?P<mark>[、．.)）:：,，])\s*(?P<rest>.*)$"
)
# (**值得看看**)   （**非常值得看看**）   ((**重要**)
_RATING = re.compile(r"^\s*[(（]+\s*\*\*(?P<note>.+?)\*\*\s*[)）]*\s*")
_SEPARATOR = re.compile(r"[ \t\u3000\xa0]{2,}")  # title  source  url
_BREAK = re.compile(r"\s*\\\s*$")  # a hard line break at the end of a line
_LEAD_TO_URL = re.compile(
    r"[\s,，;；:：]*(?:(?:来源|链接|地址|原文|论文链接|论文地址|项目地址|source|link|via)\s*[:：]?\s*)?$",
    re.IGNORECASE,
)
_SENTENCE_MARK = re.compile(r"[，。！？；：,!?;《》「」“”…]|\.\s")  # never in an account's name
_HAN_NAME = re.compile(r"^[\u4e00-\u9fff][\w\u4e00-\u9fff]{2,19}$")  # 关于NLP那些事儿
LONGEST_NAME = 24


def is_entry_heading(text: str) -> bool:
    """Whether a line starts a day or an entry, wherever it stands."""
    match = re.match(r"^#{1,4}[ \t]*(?P<text>\d.*)$", text)
    return match is not None and day_heading(match["text"]) is not None


def claims(note: Outline) -> bool:
    """Whether a note holds day headings and numbered bullets."""
    return any(day_heading(h.text) for h in note.headings) and any(
        _BULLET.match(line.text)
        for line in note.lines(note.first, note.last)
        if line.number not in note.fenced
    )


class _Start(NamedTuple):
    """The line on which an entry or a day begins."""

    line: int
    heading: Heading | None
    number: str
    column: int


def read(note: Outline, setting: Setting) -> Read:
    """Read a note of daily bullets."""
    days = {heading.line: day for heading in note.headings if (day := day_heading(heading.text))}
    dates = days_to_dates(note, days, setting.latest_year)
    starts = list(_starts(note))
    accounts = _accounts(note, starts)
    entries: list[Entry] = []
    furniture: list[Furniture] = []
    diagnostics: list[Diagnostic] = list(day_problems(note, days, dates))
    when: When | None = None
    title = note.front.title
    ends = [start.line - 1 for start in starts[1:]] + [note.last]
    for start, last in zip(starts, ends, strict=True):
        if start.heading is not None:
            is_day = start.line in days
            when = dates.get(start.line) if is_day else when
            title = title or ("" if is_day else start.heading.text)
            kind = FurnitureKind.DAY if is_day else FurnitureKind.TITLE
            furniture.append(Furniture(kind=kind, line=start.line, end_line=start.line))
            continue
        entry, found = finish(note, _entry(note, start, last, when, accounts))
        entries.append(entry)
        diagnostics += found
    return Read(
        source=note.source,
        dialect=NAME,
        title=title,
        entries=tuple(entries),
        furniture=tuple(furniture),
        diagnostics=tuple(diagnostics),
    )


def _starts(note: Outline) -> Iterable[_Start]:
    """Yield the places where a day or an entry begins, in order."""
    headings = {heading.line: heading for heading in note.headings}
    previous = 0
    for line in note.lines(note.first, note.last):
        if line.number in headings:
            heading = headings[line.number]
            if day_heading(heading.text) or heading.level == 1:
                yield _Start(line.number, heading, "", 0)
            continue
        match = None if line.number in note.fenced else _BULLET.match(line.text)
        if match is not None and _is_number(match, previous):
            previous = int(match["number"])
            yield _Start(line.number, None, match["number"], match.start("rest"))


def _is_number(match: re.Match[str], previous: int) -> bool:
    """Tell an entry's number from a decimal at the start of a follow-up (``* 3.5 亿参数``)."""
    tight = match["mark"] in ".．,，:：" and match["rest"][:1].isdigit()
    spaced = match.string[match.end("mark") : match.start("rest")]
    number = int(match["number"])
    return not tight or bool(spaced) or number == 1 or -2 <= number - previous <= 3  # noqa: PLR2004  # numbers skip or go back a little


@dataclass(frozen=True, slots=True, kw_only=True)
class _FirstLine:
    """What an entry's first line says: title, account and what follows the address."""

    title: str
    author: str | None
    rest: str
    has_address: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Accounts:
    """The accounts that a note names; ``usual`` tells that nearly every entry names one."""

    names: frozenset[str] = frozenset()
    usual: bool = False


def _accounts(note: Outline, starts: list[_Start]) -> _Accounts:
    """Return the accounts that stand clearly between a title and an address."""
    firsts = [
        _first_line(_RATING.sub("", note.source.line(s.line).text[s.column :]), _Accounts())
        for s in starts
        if s.heading is None
    ]
    addressed = sum(first.has_address for first in firsts)
    named = [first.author for first in firsts if first.author is not None]
    return _Accounts(names=frozenset(named), usual=len(named) * 5 >= addressed * 4 > 0)


def _first_line(text: str, accounts: _Accounts) -> _FirstLine:
    """Take the first line of an entry apart; ``accounts`` are known from the whole note."""
    names = accounts.names
    text = _BREAK.sub("", text)
    begin, end = _address(text)
    if begin < 0:
        words, _, last = text.strip().replace("\u3000", "  ").rpartition("  ")
        named = last in names
        title = words.strip() if named else text.strip()
        return _FirstLine(title=title, author=last if named else None, rest="", has_address=False)
    if begin == 0:  # the address or a linked title comes first
        linked = next((t for t in targets(text) if t.start == 0 and not t.image), None)
        title = linked.text if linked else text[end:]
        rest = text[end:].strip() if linked else ""
        return _FirstLine(title=title.strip(), author=None, rest=rest, has_address=True)
    before = _LEAD_TO_URL.sub("", text[:begin])
    parts = [part for part in _SEPARATOR.split(before.strip()) if part]
    author = None
    if len(parts) > 1 and _is_name(parts[-1], names):
        author = parts[-1]
        while len(parts) > 1 and parts[-1] == author:
            parts.pop()
    elif len(parts) == 1:
        head, _, tail = parts[0].rpartition(" ")
        if head and (tail in names or (accounts.usual and _HAN_NAME.match(tail))):
            parts, author = [head.strip()], tail
    return _FirstLine(
        title="  ".join(parts), author=author, rest=text[end:].strip(), has_address=True
    )


def _address(text: str) -> tuple[int, int]:
    """Return where the first web address or Markdown link of a line stands, or (-1, -1)."""
    found = [(t.start, t.end) for t in targets(text) if not t.image]
    masked = text
    for target in targets(text):
        blank = " " * (target.end - target.start)
        masked = masked[: target.start] + blank + masked[target.end :]
    found += [(bare.start, bare.end) for bare in find_bare_urls(masked)]
    return min(found, default=(-1, -1))


def _is_name(text: str, names: frozenset[str]) -> bool:
    """Whether the words before an address can be an account's name rather than more title."""
    return text in names or (len(text) <= LONGEST_NAME and not _SENTENCE_MARK.search(text))


def _entry(
    note: Outline, start: _Start, last: int, when: When | None, accounts: _Accounts
) -> Draft:
    end = note.end_of(start.line, last)
    raw = note.source.line(start.line).text
    text = raw[start.column :]
    rating = _RATING.match(text)
    if rating:
        text = text[rating.end() :]
    first = _first_line(text, accounts)
    body = [_dedented(line) for line in note.lines(start.line + 1, end)]
    author = first.author
    if author is None and not first.has_address and body:
        author = _author_on_next_line(body[0], accounts.names)
    title = plain(without_images(first.title))
    images = " ".join(text[t.start : t.end] for t in targets(first.title) if t.image)
    follow = [part for part in (images, first.rest) if part]
    if follow:
        body.insert(0, Line(number=start.line, text=" ".join(follow)))
    heading = Line(number=start.line, text=raw)
    if not title:
        title = next((words for line in body if (words := plain(_BREAK.sub("", line.text)))), "")
    return Draft(
        dialect=NAME,
        line=start.line,
        end_line=end,
        number=start.number,
        title=title.rstrip(" ：:，,"),
        heading=(heading,),
        body=tuple(body),
        when=when,
        author=author,
        note=plain(rating["note"]) if rating else None,
        layout=Layout.LINES,
    )


def _author_on_next_line(line: Line, names: frozenset[str]) -> str | None:
    """Return the account where title and ``account  url`` stand on two lines."""
    begin, _ = _address(line.text)
    if begin <= 0:
        return None
    before = line.text[:begin]
    name = before.strip()
    if name in names or (_SEPARATOR.search(before) and _is_name(name, names)):
        return name
    return None


_INDENT = re.compile(r"^ {1,4}")


def _dedented(line: Line) -> Line:
    """Take off the indentation that ties a follow-up line to its bullet."""
    return Line(number=line.number, text=_INDENT.sub("", line.text.rstrip()))
