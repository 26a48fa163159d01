"""Putting a curator's answer into a note: ``<!-- digest: category=papers -->``, and nothing else.

Whatever the note's newlines, byte order mark or habits are, they stay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.readers import outline_in
from digest.readers.directive import comments_in
from digest.source import from_text, put_together, taken_apart

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.model import Entry

_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")  # ## 1.1. title, as CommonMark has it
# * 1、title, as CommonMark has it; `*1、title` and `• 1、title` are a paragraph there
_ITEM = re.compile(r"[ \t]*[*+\-](?: {1,4}|\t)(?=[^ \t])")
_PROSE = re.compile(r"[ \t]*(?![#|<>]|[-=_*`~]{3})[^ \t]")  # text, not a heading, table or rule
_SPACE = re.compile(r"[ \t]*")
_FENCES = ("```", "~~~")
_DANGLING = re.compile(r"\s*=")  # category= without a value
# Dialects whose entries keep nothing between the heading and the text: there a comment below the
# heading is seen first by who edits the note, and no header is broken by it.
_BELOW_HEADING = frozenset({"sections", "flat"})


def set_directive(data: bytes, entry: Entry, changes: Mapping[str, str]) -> bytes:
    """Return a note's bytes with some keys set in the comment of one of its entries.

    ``data`` is what ``entry`` was read from; ``changes`` maps keys such as ``topics`` to words of
    the taxonomy, joined by commas. A key that a comment of the entry has is replaced where it
    stands, another is added to its first comment. An entry without a comment gets a line of its
    own, where neither a Markdown viewer shows it nor a paragraph, a list or a header of the entry
    is broken. No other byte changes.
    """
    mark, texts, newlines = taken_apart(data)
    fenced = _fenced(texts, entry)
    own = [n for n in range(entry.place.line, entry.place.end_line + 1) if n not in fenced]
    missing = [item for item in changes.items() if not _replace(texts, own, *item)]
    words = " ".join(f"{key}={value}" for key, value in missing)
    if words and not _add(texts, own, words):
        after, indent = _place(texts, entry)
        at = min(after, len(newlines) - 1)
        texts.insert(after, f"{indent}<!-- digest: {words} -->")
        newlines.insert(at, newlines[at - 1] or "\n")
    return put_together(mark, texts, newlines)


def gist(entry: Entry) -> tuple[object, ...]:
    """Return all of an entry that writing elsewhere in its note must not change."""
    return (
        entry.title,
        entry.number,
        entry.when.iso if entry.when else None,
        entry.author,
        entry.handle,
        entry.note,
        entry.pick,
        [link.url for link in entry.links],
        [image.address for image in entry.images],
        [line.text for line in entry.body],
    )


def _fenced(texts: Sequence[str], entry: Entry) -> frozenset[int]:
    """Return the lines in code fences, as the dialect that read the entry sees them."""
    source = from_text(entry.place.path, "\n".join(texts))
    return outline_in(source, entry.place.dialect).fenced


def _replace(texts: list[str], lines: Sequence[int], key: str, value: str) -> bool:
    """Set a key where it stands last, as the last one counts; False where it is in no comment."""
    for number in reversed(lines):
        text = texts[number - 1]
        for comment in reversed(comments_in(text)):
            for word in reversed(comment.words):
                if word.key == key:
                    dangling = _DANGLING.match(text, word.end)
                    end = dangling.end() if dangling else word.end
                    texts[number - 1] = f"{text[: word.start]}{key}={value}{text[end:]}"
                    return True
    return False


def _add(texts: list[str], lines: Sequence[int], words: str) -> bool:
    """Put words at the start of the first comment; False where there is none."""
    for number in lines:
        text = texts[number - 1]
        for comment in comments_in(text):
            before, after = text[: comment.start], text[comment.start :]
            gap = "" if after.startswith((" ", "\t")) else " "
            texts[number - 1] = f"{before} {words}{gap}{after}"
            return True
    return False


def _place(texts: Sequence[str], entry: Entry) -> tuple[int, str]:
    """Return after which line a new comment goes, and its indentation.

    It ends the entry, or stands right above a fence that is still open there. An HTML comment may
    interrupt a paragraph (CommonMark 0.31, 4.6), so neither needs a blank line.
    """
    first, last = entry.place.line, entry.place.end_line
    if entry.place.dialect in _BELOW_HEADING and _HEADING.match(texts[first - 1]):
        return first, ""
    if _is_code(texts, entry, last):
        for opening in range(last, first, -1):
            text = texts[opening - 1]
            if text.lstrip().startswith(_FENCES) and not _is_code(texts, entry, opening - 1):
                return opening - 1, text[: len(text) - len(text.lstrip())]
    return last, _indent(texts, entry) if entry.place.dialect == "bullets" else ""


def _indent(texts: Sequence[str], entry: Entry) -> str:
    """Return what keeps a comment below a bullet in its list item.

    Where the bullet, or the one below, is none to CommonMark, they share a paragraph: four columns
    more keep the comment in it.
    """
    last = entry.place.end_line
    below = texts[last] if last < len(texts) else ""
    item = _ITEM.match(texts[entry.place.line - 1])
    width = _columns(item)
    shared = item is None or (_PROSE.match(below) and not _ITEM.match(below))
    if shared and _PROSE.match(texts[last - 1]):
        return " " * (width + 4)
    inner = _columns(_ITEM.match(texts[last - 1]) or _SPACE.match(texts[last - 1]))
    return " " * min(max(width, inner), width + 3)  # from four columns on it would be code


def _columns(start: re.Match[str] | None) -> int:
    return len(start.group().expandtabs(4)) if start else 0


def _is_code(texts: Sequence[str], entry: Entry, after: int) -> bool:
    """Whether a line put after line ``after`` would stand in a code fence."""
    return after + 1 in _fenced([*texts[:after], "…", *texts[after:]], entry)
