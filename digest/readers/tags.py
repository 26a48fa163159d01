"""The type tags beside a title, and the title without them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from digest.links import find_bare_urls
from digest.model import Label, Origin
from digest.readers.directive import without_directives
from digest.readers.inline import plain
from digest.source import INVISIBLE

if TYPE_CHECKING:
    from digest.source import Source
    from digest.taxonomy import Taxonomy

_GAP = rf"[\s{INVISIBLE}]*+"  # possessive: a run of them is tried in one way alone
# `资讯` title   `项目`：[title](url)   [`论文` title](url)
_TICKED = re.compile(rf"{_GAP}(?P<open>\[)?{_GAP}`(?P<word>[^`]{{1,20}})`{_GAP}[:：]?{_GAP}")
# 论文 [title](url)   观点：title   模型 title
_BARE = re.compile(
    rf"{_GAP}(?P<word>[^\s`\[\]()（）:：,，。*]{{1,12}})(?P<end>{_GAP}[:：]{_GAP}|{_GAP}(?=\[)|\s+)"
)
# 【论文】title   [论文] title
_BRACKETED = re.compile(
    rf"{_GAP}[\[【](?P<word>[^\[\]【】`]{{1,12}})[\]】](?!\(){_GAP}[:：]?{_GAP}"
)
_TICKED_LAST = re.compile(rf"\){_GAP}`(?P<word>[^`]{{1,20}})`{_GAP}$")  # [title](url) `论文`
_JOINT = re.compile(r"\s*[/／、,，|&]\s*")  # 资讯 / 观点


class Tagged(NamedTuple):
    """The curator's type tags and the title without them as plain text."""

    labels: tuple[Label, ...]
    title: str


def take_tags(
    source: Source, line: int, start: int, taxonomy: Taxonomy, *, joined: bool = False
) -> Tagged:
    """Read the title that begins at column ``start`` (0-based) of a line.

    A back-ticked or bracketed word is a tag only if the taxonomy knows it as a label: `` `Meshy` ``
    is a product. A bare first word is one before a link or a colon, and, under a section heading
    that joins several kinds (``joined``), a Chinese one before a space.
    """
    labels: list[Label] = []
    cleaned = without_directives([source.line(line)], frozenset())
    rest = cleaned[0].text[start:] if cleaned else ""
    while True:
        match = _first_tag(rest, taxonomy, joined=joined and not labels, bare=not labels)
        if match is None:
            break
        labels.append(_label(source, line, start, match))
        kept = match["open"] or "" if "open" in match.re.groupindex else ""
        start += match.end() - len(kept)
        rest = kept + rest[match.end() :]
    last = _TICKED_LAST.search(rest)
    if last is not None and _is_label(last["word"], taxonomy):
        labels.append(_label(source, line, start, last))
        rest = rest[: last.start() + 1]
    return Tagged(labels=tuple(labels), title=_title(rest))


def _first_tag(rest: str, taxonomy: Taxonomy, *, joined: bool, bare: bool) -> re.Match[str] | None:
    match = _TICKED.match(rest) or _BRACKETED.match(rest)
    if match is None and bare:
        match = _BARE.match(rest)
        if match is not None and not match["end"].strip() and not rest.startswith("[", match.end()):
            match = match if joined and not match["word"].isascii() else None
    if match is None or not _is_label(match["word"], taxonomy) or not plain(rest[match.end() :]):
        return None
    return match


def _is_label(word: str, taxonomy: Taxonomy) -> bool:
    """Whether a word, or each of the words that it joins, is a curator's word for a category."""
    return all(taxonomy.is_label(part) for part in _JOINT.split(word.strip()))


def _label(source: Source, line: int, start: int, match: re.Match[str]) -> Label:
    begin, end = match.span("word")
    span = source.span(line, start + begin, start + end)
    return Label(text=match["word"].strip(), origin=Origin.TAG, span=span)


_CLOSING_MARKS = re.compile(r"(?<!\s)\s+#+\s*$")  # ## title ##
# [title]（https://example.org）   [title] (https://example.org)   [title](https://example.org
_BROKEN_LINK = re.compile(
    r"(?<!!)\[(?P<text>[^\[\]]+)\]"
    r"(?:(?:\s+\(|\s*（)\s*https?://[^\s()（）]+\s*[)）]|\(https?://[^\s()（）]+$)"
)
_LOOSE_SPACE = re.compile(r"(?<!\s)\s+(?=[，。：；！？、）》」』])")  # OlympiadBench ：促进


def _title(text: str) -> str:
    words = plain(_BROKEN_LINK.sub(r"\g<text>", _CLOSING_MARKS.sub("", text)))
    for bare in reversed(find_bare_urls(words)):
        rest = (words[: bare.start].rstrip() + " " + words[bare.end :].lstrip()).strip()
        words = rest or words
    return _LOOSE_SPACE.sub("", words).strip(" ：:")
