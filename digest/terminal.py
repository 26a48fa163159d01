"""Text for the terminal: colour where there is one, columns that stay straight under Chinese."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from digest.diagnostics import cells
from digest.readers import account

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.model import Read


# What is coloured, and how (rich's names of styles).
_STYLES = (
    (r"\berror\[[A-Z]\d+\]", "bold red"),
    (r"\bwarning\[[A-Z]\d+\]", "bold yellow"),
    (r"\bnotice\[[A-Z]\d+\]", "bold blue"),
    (r"(?m)^\S.*?:\d+:\d+(?=: )", "bold"),
    (r"(?m)^ +\| +\^+$", "red"),
    (r"(?m)^ += hint:", "green"),
)


def show(text: str, *, err: bool = False) -> None:
    """Print a text, in colour where the stream is a terminal and ``NO_COLOR`` is not set."""
    stream = sys.stderr if err else sys.stdout
    if not stream.isatty():
        click.echo(text, err=err)
        return
    from rich.console import Console  # noqa: PLC0415  # 60 ms that a pipe need not pay
    from rich.text import Text  # noqa: PLC0415

    styled = Text(text)
    for pattern, style in _STYLES:
        styled.highlight_regex(pattern, style)
    Console(stderr=err, highlight=False).print(styled, soft_wrap=True)


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
