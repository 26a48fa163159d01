"""Text from elsewhere, written so that it cannot be taken for a part of the note around it."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# ```json   ~~~~   as readers.outline has them
_FENCE = re.compile(r"^ {0,3}(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)$")
_HEADING = re.compile(r"^(?P<lead> {0,3})(?P<marks>#{1,6})(?P<gap>[ \t]|$)")  # ## heading
_HASH = re.compile(r"^(?P<lead>[\s\u200b-\u200d\u2060\ufeff]*)#")  # #6.1   #话题
_COMMENT = re.compile(r"\\?<!--(?=\s*digest\b)", re.IGNORECASE)  # <!-- digest: draft -->
DEEPEST = 6


def contained(lines: Iterable[str], least: int) -> list[str]:
    """Return the lines of a text without what would be structure in a note in sections.

    Headings get at least level ``least`` (2 to 6) and other leading ``#`` a backslash; a code
    fence left open is closed at the end; a comment that would speak to Digest is shown as text.
    What stands in code stays as it is. No word is lost.
    """
    kept: list[str] = []
    opened = ""
    for line in lines:
        fence = _FENCE.match(line)
        if opened:
            kept.append(line)
            if fence and fence["marks"].startswith(opened) and not fence["info"].strip():
                opened = ""
        elif fence:
            opened = fence["marks"]
            kept.append(line)
        else:
            kept.append(_COMMENT.sub(r"\\<!\\--", _lowered(line, least)))
    return [*kept, opened] if opened else kept


def _lowered(line: str, least: int) -> str:
    heading = _HEADING.match(line)
    if heading:
        level = min(max(len(heading["marks"]), least), DEEPEST)
        return f"{heading['lead']}{'#' * level}{line[heading.end('marks') :]}"
    return _HASH.sub(r"\g<lead>\#", line)


def with_breaks(lines: list[str]) -> list[str]:
    """Return lines that are each meant to stand on their own, so that Markdown keeps them apart.

    Two spaces end a line that another follows; code stays as it is.
    """
    kept: list[str] = []
    opened = ""
    for line, below in zip_longest(lines, lines[1:], fillvalue=""):
        fence = _FENCE.match(line)
        if opened:
            closes = fence and fence["marks"].startswith(opened) and not fence["info"].strip()
            opened = "" if closes else opened
            kept.append(line)
        elif fence:
            opened = fence["marks"]
            kept.append(line)
        else:
            ended = line.endswith(("\\", "  ")) or not line.strip() or not below.strip()
            kept.append(line if ended else f"{line.rstrip()}  ")
    return kept
