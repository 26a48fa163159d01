"""Who posted and when: the header of a post, in the forms that curators write it.

Date, name, ``@handle`` and the post's own address stand on one line or on lines of their own, in
any order. A date that the calendar or the time of the notes cannot hold is mended where its digits
tell how (``2宝玉 @dotey 023-12-06``).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from digest.links import ENTRIES_KEPT, LINES_KEPT
from digest.readers.calendar import PartialDate
from digest.readers.directive import without_directives
from digest.readers.inline import plain
from digest.source import INVISIBLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from digest.source import Line, Source

_UNSEEN = str.maketrans("", "", INVISIBLE)
# 2023-12-03   2023.12.3   2023年12月3日   203-12-06   2023-12-03 08:15   20231203
_DATE = re.compile(
    r"(?<!\d)(?:(?P<year>\d{2,5})\s*[-./年‐–－．／]\s*(?P<month>\d{1,2})\s*[-./月‐–－．／]"
    r"\s*(?P<day>\d{1,2})\s*日?|(?P<cyear>20\d\d)(?P<cmonth>[01]\d)(?P<cday>[0-3]\d))"
    r"(?!\d)(?:[\sT]+\d{1,2}:\d\d(?::\d\d)?)?"
)
# @dotey   （@dotey）   @ann.lee   ＠dotey
_HANDLE = re.compile(
    r"[（(]?(?<![A-Za-z0-9._])[@＠]\s?"
    r"(?P<handle>[A-Za-z0-9_]+(?:[.\-][A-Za-z0-9_]+)*)(?![A-Za-z0-9_@])[）)]?"
)
# https://x.com/op7418/status/1740813574505898026?s=20
_STATUS = re.compile(
    r"<?(?P<url>https?://(?:www\.|mobile\.|m\.)?(?:x|twitter|fxtwitter|vxtwitter)\.com/"
    r"(?P<handle>\w+)/status/\d+[^\s>]*)>?"
)
_LINK = re.compile(r"\[(?P<text>[^\[\]]*)\]\((?P<url>[^()\s]*)\)")  # [@dotey](https://x.com/dotey)
_OTHER_ADDRESS = re.compile(r"\s*https?://\S+")  # goldengrape https://quail.ink/goldengrape
_NOT_IN_NAME = re.compile(r"[。，！？；：,!?;:《》「」“”\"#*`>\[\]]|^[-+•◆\d]+[.、)）]|https?://")
_BESIDE = " \t\u3000\xa0@|·•,，、-–—:：/"  # what may join name, handle and date
_LOST_DIGITS = re.compile(r"^(?P<digits>\d{1,3})(?=\D)")  # 2 in 2宝玉
_HAN_NAME = re.compile(r"[\u3400-\u9fff·]{2,6}")  # 张三
_LATIN_NAME = re.compile(r"[A-Z][\w.'\-]*(?: [A-Z][\w.'\-]*){1,2}")  # Tom Smith
LONGEST_NAME = 40
LONGEST_LINE = 200  # a name, a handle, a date and an address
MOST_LINES = 5
DIGITS_OF_YEAR = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A date as a header has it; ``lost`` are digits that slipped to the start of the line."""

    year: str
    month: int
    day: int
    line: int
    lost: str = ""

    def in_year(self, year: int) -> PartialDate | None:
        """Return the day in a year, or None where the calendar has no such day."""
        day = PartialDate(year=year, month=self.month, day=self.day)
        return day if day.exists else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a post's header tells; ``end`` is its last line (the line above the post's text)."""

    end: int
    author: str | None = None
    handle: str | None = None
    date: Written | None = None
    address: str = ""
    address_line: int = 0


class _Facts(NamedTuple):
    """What one line holds: perhaps a date, a handle, the post's address, and words beside them."""

    line: int = 0
    date: re.Match[str] | None = None
    handle: str | None = None
    address: re.Match[str] | None = None
    words: str = ""

    @property
    def is_text(self) -> bool:
        """Whether the line says more than a header does."""
        return len(self.words) > LONGEST_NAME or _NOT_IN_NAME.search(self.words) is not None


def _facts(line: Line) -> _Facts:
    """Take a line apart; one with words on both sides of a date or handle is text."""
    return _facts_of(line.text)._replace(line=line.number)


@lru_cache(maxsize=LINES_KEPT)
def _facts_of(line: str) -> _Facts:
    text = rest = _LINK.sub(r"\g<text> \g<url>", line.translate(_UNSEEN))
    if len(text) > LONGEST_LINE:
        return _Facts(words=text)
    found: dict[str, re.Match[str] | None] = {}
    for name, pattern in (("address", _STATUS), ("date", _DATE), ("handle", _HANDLE)):
        match = found[name] = pattern.search(rest)
        if match:
            rest = f"{rest[: match.start()]}\0{rest[match.end() :]}"
    pieces = [plain(_OTHER_ADDRESS.sub("", piece)).strip(_BESIDE) for piece in rest.split("\0")]
    words = [piece for piece in pieces if piece]
    date, handle = found["date"], found["handle"]
    if len(words) > 1 or (date and not (_is_year(date) or handle or not words)):
        return _Facts(words=text.strip())
    return _Facts(
        date=date,
        handle=handle["handle"] if handle else None,
        address=found["address"],
        words="".join(words),
    )


def _is_year(date: re.Match[str]) -> bool:
    """Whether a date has a year of four digits; ``17.2.1`` may be a version's number."""
    return len(date["year"] or date["cyear"]) == DIGITS_OF_YEAR


def read_header(source: Source, first: int, last: int, names: Mapping[str, str]) -> Header:
    """Read the header that begins on line ``first`` of a post that ends on line ``last``.

    ``names`` gives the display name of a handle where another header of the note tells it. A
    mention on a line of its own after the header is part of the post.
    """
    lines = source.lines[first - 1 : last]
    return _header(first, lines, names) if names else _header_alone(first, lines)


@lru_cache(maxsize=ENTRIES_KEPT)
def _header_alone(first: int, lines: tuple[Line, ...]) -> Header:
    return _header(first, lines, {})


def _header(first: int, lines: tuple[Line, ...], names: Mapping[str, str]) -> Header:
    top = [_facts(line) for line in islice(_with_words(lines), MOST_LINES)]
    header = Header(end=first - 1)
    for index, facts in enumerate(top):
        found = _take(header, facts, top[index + 1 :], names)
        if found is None:
            break
        header = found
    return _with_known_name(header, names)


def _with_words(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield the lines that hold more than comments, as they are asked for."""
    for line in lines:
        for rest in without_directives([line], frozenset()):
            if not rest.blank:
                yield rest


def _take(
    header: Header, facts: _Facts, below: list[_Facts], names: Mapping[str, str]
) -> Header | None:
    """Add what one line of the header tells, or return None where the post's text begins."""
    if not facts.words and not (facts.date or facts.handle or facts.address):
        return None
    if facts.is_text or _told_before(header, facts):
        return None
    words, lost = facts.words, ""
    if facts.date is not None:
        slipped = None if _is_year(facts.date) else _LOST_DIGITS.match(words)
        lost = slipped["digits"] if slipped else ""
        words = words[len(lost) :].strip(_BESIDE)
    elif facts.handle or facts.address:
        if not _in_header(header, facts, below):
            return None
    elif not _is_name(header, words, below, names):
        return None
    return Header(
        end=facts.line,
        author=header.author or words or None,
        handle=header.handle or facts.handle,
        date=header.date or (_written(facts.date, facts.line, lost) if facts.date else None),
        address=header.address or (facts.address["url"] if facts.address else ""),
        address_line=header.address_line or (facts.line if facts.address else 0),
    )


def _told_before(header: Header, facts: _Facts) -> bool:
    """Whether a line tells again what the header has told: it is a quoted post's, or a mention."""
    return (
        (facts.date is not None and header.date is not None)
        or (facts.handle is not None and header.handle is not None)
        or (facts.address is not None and header.address != "")
        or (facts.words != "" and header.author is not None)
    )


def _in_header(header: Header, facts: _Facts, below: list[_Facts]) -> bool:
    """Whether a handle or an address without a date stands in a header, not in the text.

    It does when the header has begun, when it comes with a name, or when a date follows.
    """
    begun = header.date is not None or header.author is not None
    return begun or (facts.handle is not None and facts.words != "") or _date_follows(below)


def _date_follows(below: list[_Facts]) -> bool:
    for facts in below:
        if facts.is_text:
            return False
        if facts.date:
            return True
    return False


def _is_name(header: Header, name: str, below: list[_Facts], names: Mapping[str, str]) -> bool:
    """Whether a line of free text is the poster's name.

    It is when a handle or a date follows it in the header, when it is a name that another header
    of the note pairs with a handle, or when it looks like one after a handle nobody is named for.
    """
    if name in names.values():
        return True
    for facts in below:
        if (facts.handle and not header.handle) or (facts.date and not header.date):
            return not facts.words and not facts.is_text
        if facts.words or not facts.address:
            break
    if header.handle is None or header.handle in names or not below:
        return False
    return _looks_like_a_name(name, header.handle)


def _looks_like_a_name(name: str, handle: str) -> bool:
    plain_name = re.sub(r"\W", "", name).casefold()
    plain_handle = re.sub(r"[\W_]", "", handle).casefold()
    alike = (
        len(plain_name) > 1
        and plain_name.isascii()
        and (plain_name in plain_handle or plain_handle in plain_name)
    )
    return alike or bool(_HAN_NAME.fullmatch(name) or _LATIN_NAME.fullmatch(name))


def _written(match: re.Match[str], line: int, lost: str) -> Written:
    return Written(
        year=unicodedata.normalize("NFKC", match["year"] or match["cyear"]),
        month=int(match["month"] or match["cmonth"]),
        day=int(match["day"] or match["cday"]),
        line=line,
        lost=lost,
    )


def _with_known_name(header: Header, names: Mapping[str, str]) -> Header:
    """Fill in what the post's own address and the note's other headers tell."""
    handle = header.handle
    if handle is None and header.address:
        match = _STATUS.match(header.address)
        handle = match["handle"] if match else None
    if header.author is None and handle is not None:
        return replace(header, handle=handle, author=names.get(handle))
    return replace(header, handle=handle)
