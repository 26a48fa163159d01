"""Who posted and when: the header of a post, in the forms that curators write it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.model import DateBasis, When
from digest.readers.calendar import PartialDate
from digest.readers.inline import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.source import Line, Source, Span

_DATE = r"(?P<year>\d{4})\s*[-./年]\s*(?P<month>\d{1,2})\s*[-./月]\s*(?P<day>\d{1,2})\s*日?"
_HANDLE = r"@(?P<handle>[A-Za-z0-9_]{1,30})"
_DATE_LINE = re.compile(rf"^\s*{_DATE}(?:\s+\d{{1,2}}:\d\d(?::\d\d)?)?\s*$")  # 2023-12-03
_HANDLE_LINE = re.compile(rf"^\s*{_HANDLE}\s*$")  # @dotey
# 宝玉 @dotey 2023-12-03   yetone 2023-12-08
_ONE_LINE = re.compile(rf"^\s*(?P<name>\S.{{0,39}}?)?(?:\s*{_HANDLE})?[\s·,，|]+{_DATE}\s*$")
# 2宝玉 @dotey 023-12-06: the year's first digits have slipped to the start of the line
_MANGLED = re.compile(
    rf"^\s*(?P<lost>\d{{0,3}})\s*(?P<name>\D.{{0,39}}?)\s*{_HANDLE}\s+"
    r"(?P<year>\d{1,3})-(?P<month>\d{1,2})-(?P<day>\d{1,2})\s*$"
)
_NAME_HANDLE = re.compile(rf"^\s*(?P<name>\S.{{0,39}}?)\s*{_HANDLE}\s*$")  # 宝玉 @dotey
# https://x.com/op7418/status/1740813574505898026?s=20
_STATUS = re.compile(
    r"^\s*<?(?P<url>https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/(?P<handle>\w+)/status/\S+?)>?\s*$"
)
_OTHER_ADDRESS = re.compile(r"\s*https?://\S+")  # goldengrape https://quail.ink/goldengrape
_NOT_IN_NAME = re.compile(r"[。，！？；：,!?;:《》「」“”\"#*`>\[\]]|^[-+•◆\d]+[.、)）]|https?://")
LONGEST_NAME = 40
MOST_LINES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a post's header tells; ``end`` is its last line (the line above the post's text).

    ``mangled`` is the place of a date that had to be recovered; ``address`` is the post's own.
    """

    end: int
    author: str | None = None
    handle: str | None = None
    when: When | None = None
    mangled: Span | None = None
    address: str = ""
    address_line: int = 0


def read_header(source: Source, first: int, last: int, names: Mapping[str, str]) -> Header:
    """Read the header that begins on line ``first`` of a post that ends on line ``last``.

    ``names`` gives the display name of a handle where another header of the note tells it. A
    mention on a line of its own after the header is part of the post.
    """
    written = [line for line in source.lines[first - 1 : last] if not line.blank]
    if not written:
        return Header(end=first - 1)
    header = _on_one_line(source, written) or _on_lines(first - 1, written, names)
    return _with_known_name(header, names)


def _on_one_line(source: Source, written: list[Line]) -> Header | None:
    line = written[0]
    match = _ONE_LINE.match(line.text)
    if match is not None and match["name"] and _is_date(match):
        handle, end = match["handle"], line.number
        below = written[1] if len(written) > 1 else None
        follows = _HANDLE_LINE.match(below.text) if below is not None else None
        if handle is None and below is not None and follows and below.number == end + 1:
            handle, end = follows["handle"], below.number
        return Header(
            end=end, author=_name(match["name"]), handle=handle, when=_when(match, line.number)
        )
    match = _MANGLED.match(line.text)
    if match is None:
        return None
    year = (match["lost"] + match["year"])[-4:]
    if len(year) < 4:  # noqa: PLR2004  # digits of a year
        year = "2000"[: 4 - len(year)] + year
    return Header(
        end=line.number,
        author=_name(match["name"]),
        handle=match["handle"],
        when=_when(match, line.number, year=int(year)),
        mangled=source.span(line.number),
    )


def _on_lines(before: int, written: list[Line], names: Mapping[str, str]) -> Header:
    """Take date, name, handle and the post's own address from the lines at the top of a post."""
    header = Header(end=before)
    for index, line in enumerate(written[:MOST_LINES]):
        found = _take(header, line, written[index + 1 :], names)
        if found is None:
            break
        header = replace(found, end=line.number)
    return header


def _take(header: Header, line: Line, below: list[Line], names: Mapping[str, str]) -> Header | None:
    """Add what one line of the header tells, or return None where the post's text begins."""
    text = line.text
    match = _DATE_LINE.match(text)
    if match and header.when is None and _is_date(match):
        return replace(header, when=_when(match, line.number))
    match = _STATUS.match(text)
    if match and not header.address and _started(header):
        return replace(header, address=match["url"], address_line=line.number)
    match = _HANDLE_LINE.match(text)
    if match:
        fits = header.handle is None and (header.author is not None or _heads(header, below))
        return replace(header, handle=match["handle"]) if fits else None
    match = _NAME_HANDLE.match(text)
    if match and header.author is None and header.handle is None and not _sentence(match["name"]):
        return replace(header, author=_name(match["name"]), handle=match["handle"])
    if header.author is None and _is_name(header, line, below, names):
        return replace(header, author=_name(text))
    return None


def _started(header: Header) -> bool:
    return header.when is not None or header.author is not None


def _heads(header: Header, below: list[Line]) -> bool:
    """Whether a handle stands in a header: after its date or before it."""
    return header.when is not None or (bool(below) and _DATE_LINE.match(below[0].text) is not None)


def _is_name(header: Header, line: Line, below: list[Line], names: Mapping[str, str]) -> bool:
    """Whether a line of free text is the poster's name.

    It is when a handle or the date follows it in the header, or when it is a name that another
    header of the note pairs with a handle.
    """
    name = _name(line.text)
    if not name or _sentence(name):
        return False
    if name in names.values():
        return True
    following = below[0].text if below else ""
    if header.handle is None and _HANDLE_LINE.match(following):
        return True
    if header.when is None and _DATE_LINE.match(following):
        return True
    return header.handle is not None and header.when is not None and not below


def _sentence(name: str) -> bool:
    return len(name) > LONGEST_NAME or _NOT_IN_NAME.search(name) is not None


def _name(text: str) -> str:
    return plain(_OTHER_ADDRESS.sub("", text)).strip(" @|·,，")


def _is_date(match: re.Match[str]) -> bool:
    day = PartialDate(year=int(match["year"]), month=int(match["month"]), day=int(match["day"]))
    return day.exists


def _when(match: re.Match[str], line: int, year: int | None = None) -> When | None:
    written = int(match["year"]) if year is None else year
    day = PartialDate(year=written, month=int(match["month"]), day=int(match["day"]))
    if not day.exists:
        return None
    return When(year=written, month=day.month, day=day.day, basis=DateBasis.HEADER, line=line)


def _with_known_name(header: Header, names: Mapping[str, str]) -> Header:
    """Fill in what the post's own address and the note's other headers tell."""
    handle = header.handle
    if handle is None and header.author is None and header.address:
        match = _STATUS.match(header.address)
        handle = match["handle"] if match else None
    if header.author is None and handle is not None:
        return replace(header, handle=handle, author=names.get(handle))
    return replace(header, handle=handle)
