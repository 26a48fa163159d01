"""Mending a note: edits into its bytes, and the difference for its curator to see first."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from digest.source import BYTE_ORDER_MARK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.proof.finding import Edit

_NEWLINE = re.compile(r"(\r\n|\r|\n)")  # as source.py counts lines: not U+2028, not form feed


def apply(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return a note's bytes with some edits made; all other bytes stay, newlines included.

    Edits of one line must not overlap. A line that an edit empties is taken out; a line feed in
    an edit's text becomes a newline of the note's own kind.
    """
    mark = BYTE_ORDER_MARK if data.startswith(BYTE_ORDER_MARK) else b""
    pieces = _NEWLINE.split(data.removeprefix(mark).decode("utf-8"))
    texts, newlines = pieces[::2], [*pieces[1::2], ""]
    newline = next((found for found in newlines if found), "\n")
    emptied: set[int] = set()
    for edit in sorted(edits, reverse=True):
        text = texts[edit.line - 1]
        changed = text[: edit.start] + edit.text.replace("\n", newline) + text[edit.end :]
        texts[edit.line - 1] = changed
        if text and not changed:
            emptied.add(edit.line - 1)
    kept = (n for n in range(len(texts)) if n not in emptied)
    return mark + "".join(texts[n] + newlines[n] for n in kept).encode()


def difference(path: str, before: bytes, after: bytes) -> str:
    """Return a unified diff of two versions of a note."""
    old, new = (_lines(data) for data in (before, after))
    return "\n".join(difflib.unified_diff(old, new, path, f"{path} (mended)", lineterm="", n=1))


def _lines(data: bytes) -> list[str]:
    """Split as source.py does, showing what cannot be seen as its code point."""
    text = data.removeprefix(BYTE_ORDER_MARK).decode("utf-8")
    return [_shown(line) for line in _NEWLINE.split(text)[::2]]


def _shown(line: str) -> str:
    return "".join(
        c if c.isprintable() or c in "\t\u3000\xa0" else f"<U+{ord(c):04X}>" for c in line
    )
