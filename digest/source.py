"""A note's text, its lines and spans: the only place that counts lines.

Newlines are normalised once (CRLF and CR become LF) and lines are split on LF alone, because
``str.splitlines`` also splits on U+2028, form feed and other characters that editors do not count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import starmap
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_NEWLINE = re.compile(r"(\r\n|\r|\n)")  # not U+2028, not form feed
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A stretch of one line. Lines and columns are 1-based; columns count characters.

    ``end_column`` is exclusive. A span that covers a whole file has line 0.
    """

    path: str
    line: int
    column: int = 1
    end_column: int = 1


class Line(NamedTuple):
    """One line of a note without its newline; ``number`` is 1-based as on disk.

    A tuple, since a note has thousands, which are made and compared at every change.
    """

    number: int
    text: str

    @property
    def blank(self) -> bool:
        """Whether the line holds nothing that a reader could see."""
        return not self.text.strip(INVISIBLE_OR_SPACE)

    def span(self, path: str, start: int = 0, end: int | None = None) -> Span:
        """Return the span of characters ``start`` to ``end`` (0-based, exclusive) of the line."""
        stop = max(len(self.text) if end is None else end, start)
        return Span(path=path, line=self.number, column=start + 1, end_column=stop + 1)


# U+200B zero-width space, U+200C/D joiners, U+2060 word joiner, U+FEFF byte order mark: they come
# along with text pasted from chat applications and must not make a line count as written.
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
INVISIBLE_OR_SPACE = INVISIBLE + " \t\u3000\xa0\x0b\x0c\r"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A note as it stands on disk: ``path`` is relative to the notes folder, with ``/``."""

    path: str
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The whole note with LF newlines."""
        return "\n".join(line.text for line in self.lines)

    def line(self, number: int) -> Line:
        """Return the line with this 1-based number."""
        return self.lines[number - 1]

    def span(self, line: int, start: int = 0, end: int | None = None) -> Span:
        """Return the span of characters ``start`` to ``end`` (0-based, exclusive) of a line."""
        return self.line(line).span(self.path, start, end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecodable:
    """A file that is not a note's text: where it first fails, the fact, and one thing to do."""

    span: Span
    kind: str  # "binary", "utf-16" or "not-utf-8"
    byte: int
    looks_like: str | None


def from_text(path: str, text: str) -> Source:
    """Split a text into a ``Source``; a final newline makes no extra line."""
    parts = with_line_feeds(text).split("\n")
    if parts[-1] == "":
        parts.pop()
    return Source(path=path, lines=tuple(starmap(Line, enumerate(parts, start=1))))


def with_line_feeds(text: str) -> str:
    """Return a text with LF for every newline."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def taken_apart(data: bytes) -> tuple[bytes, list[str], list[str]]:
    """Take a note's UTF-8 bytes apart for an edit that leaves all others as they are.

    Returns the byte order mark or nothing, the lines, and the newline that ends each: nothing
    ends the last line, which is empty where the note ends with a newline.
    """
    mark = BYTE_ORDER_MARK if data.startswith(BYTE_ORDER_MARK) else b""
    pieces = _NEWLINE.split(data.removeprefix(mark).decode("utf-8"))
    return mark, pieces[::2], [*pieces[1::2], ""]


def put_together(mark: bytes, lines: Iterable[str], newlines: Iterable[str]) -> bytes:
    """Return the bytes that ``taken_apart`` took apart, with what was edited since."""
    return mark + "".join(f"{a}{b}" for a, b in zip(lines, newlines, strict=True)).encode()


def decode(path: str, data: bytes) -> Source | Undecodable:
    """Decode a note's bytes, which must be UTF-8 (a byte order mark is dropped)."""
    if data.startswith(UTF16_MARKS):
        return Undecodable(
            span=_span_at(path, b""), kind="utf-16", byte=data[0], looks_like="utf-16"
        )
    body = data.removeprefix(BYTE_ORDER_MARK)
    nul = body.find(b"\0")
    if nul >= 0:
        return Undecodable(span=_span_at(path, body[:nul]), kind="binary", byte=0, looks_like=None)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        before = body[: error.start]
        return Undecodable(
            span=_span_at(path, before),
            kind="not-utf-8",
            byte=body[error.start],
            looks_like=_legacy_encoding(body),
        )
    return from_text(path, text)


def _span_at(path: str, before: bytes) -> Span:
    """Return the place that follows ``before``."""
    text = with_line_feeds(before.decode("utf-8", errors="replace"))
    column = len(text) - (text.rfind("\n") + 1) + 1
    return Span(path=path, line=text.count("\n") + 1, column=column, end_column=column + 1)


def _legacy_encoding(data: bytes) -> str | None:
    """Name the legacy encoding that Chinese notes are most often kept in, if the bytes fit it."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    wide = sum("\u4e00" <= character <= "\u9fff" for character in text)
    return "gb18030" if wide * 4 >= len(text.strip()) else None
