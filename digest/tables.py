"""Tables for the terminal, with columns that stay straight under Chinese text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.diagnostics import cells
from digest.readers import account

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.model import Read


def account_table(reads: Sequence[Read]) -> str:
    """Return where the non-blank lines of each note went."""
    rows = [("note", "dialect", "entries", "lines", "in entries", "furniture", "unclaimed")]
    for read in reads:
        counted = account(read)
        rows.append(
            (
                read.source.path,
                read.dialect or "none",
                str(len(read.entries)),
                str(counted.lines),
                str(counted.in_entries),
                str(counted.in_furniture),
                str(len(counted.unclaimed)),
            )
        )
    return table(rows, text_columns=2)


def table(rows: Sequence[Sequence[str]], *, text_columns: int) -> str:
    """Align rows under their header; the first ``text_columns`` to the left, numbers right."""
    widths = [max(cells(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        shown = []
        for column, (text, width) in enumerate(zip(row, widths, strict=True)):
            gap = " " * (width - cells(text))
            shown.append(text + gap if column < text_columns else gap + text)
        lines.append("  ".join(shown).rstrip())
    return "\n".join(lines)
