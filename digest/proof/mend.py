"""Mending a note: edits into its bytes, and the difference for its curator to see first."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from digest.source import put_together, taken_apart

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.proof.finding import Edit


def apply(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return a note's bytes with some edits made; all other bytes stay, newlines included.

    Edits of one line must not overlap. A line that an edit empties is taken out; a line feed in
    an edit's text becomes a newline of the note's own kind.
    """
    mark, texts, newlines = taken_apart(data)
    newline = next((found for found in newlines if found), "\n")
    emptied: set[int] = set()
    for edit in sorted(edits, reverse=True):
        text = texts[edit.line - 1]
        changed = text[: edit.start] + edit.text.replace("\n", newline) + text[edit.end :]
        texts[edit.line - 1] = changed
        if text and not changed:
            emptied.add(edit.line - 1)
    kept = [n for n in range(len(texts)) if n not in emptied]
    return put_together(mark, (texts[n] for n in kept), (newlines[n] for n in kept))


def difference(path: str, before: bytes, after: bytes) -> str:
    """Return a unified diff of two versions of a note."""
    old, new = ([_shown(line) for line in taken_apart(data)[1]] for data in (before, after))
    return "\n".join(difflib.unified_diff(old, new, path, f"{path} (mended)", lineterm="", n=1))


def _shown(line: str) -> str:
    """Show what cannot be seen as its code point."""
    return "".join(
        c if c.isprintable() or c in "\t\u3000\xa0" else f"<U+{ord(c):04X}>" for c in line
    )
