"""The type tag in front of a title, and the title without it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from digest.model import Label, Origin
from digest.readers.directive import without_directives
from digest.readers.inline import plain
from digest.source import INVISIBLE, Line

if TYPE_CHECKING:
    from digest.source import Source
    from digest.taxonomy import Taxonomy

_GAP = rf"[\s{INVISIBLE}]*"
# `资讯` title   `项目`：[title](url)   `LLM` [title](url)
_TICKED = re.compile(rf"{_GAP}`(?P<word>[^`]{{1,20}})`{_GAP}[:：]?{_GAP}")
# 论文 [title](url)   观点：title   [论文] title
_BARE = re.compile(
    rf"{_GAP}(?P<word>[^\s`\[\]()（）:：,，。*]{{1,12}})(?P<end>{_GAP}[:：]{_GAP}|{_GAP}(?=\[)|\s+)"
)
_BRACKETED = re.compile(
    rf"{_GAP}[\[【](?P<word>[^\[\]【】`]{{1,12}})[\]】](?!\(){_GAP}[:：]?{_GAP}"
)


class Tag(NamedTuple):
    """The curator's type tag, if any, and the title without it as plain text."""

    label: Label | None
    title: str


def take_tag(
    source: Source, line: int, start: int, taxonomy: Taxonomy, *, joined: bool = False
) -> Tag:
    """Read the title that begins at column ``start`` (0-based) of a line.

    A back-ticked or bracketed word is a tag only if the taxonomy knows it as a label: `` `Meshy` ``
    is a product. A bare first word is one before a link or a colon, and, under a section heading
    that joins several kinds (``joined``), before a space.
    """
    (cleaned,) = without_directives([source.line(line)], frozenset()) or (
        Line(number=line, text=""),
    )
    rest = cleaned.text[start:]
    match = _TICKED.match(rest) or _BRACKETED.match(rest)
    if match is None:
        match = _BARE.match(rest)
        if match is not None and not match["end"].strip() and not joined:
            linked = rest[match.end() :].startswith("[")
            match = match if linked else None
    if match is None or not taxonomy.is_label(match["word"]) or not plain(rest[match.end() :]):
        return Tag(label=None, title=_title(rest))
    begin, end = match.span("word")
    span = source.span(line, start + begin, start + end)
    label = Label(text=match["word"], origin=Origin.TAG, span=span)
    return Tag(label=label, title=_title(rest[match.end() :]))


_CLOSING_MARKS = re.compile(r"\s+#+\s*$")  # ## title ##
_LOOSE_SPACE = re.compile(r"\s+(?=[，。：；！？、）》」』])")  # OlympiadBench ：促进


def _title(text: str) -> str:
    words = plain(_CLOSING_MARKS.sub("", text))
    return _LOOSE_SPACE.sub("", words).strip(" ：:")
