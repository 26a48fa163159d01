"""Text for the terminal: colour where there is one, columns that stay straight under Chinese."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.diagnostics import as_github, as_json, as_text, cells
from digest.readers import account

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.diagnostics import Diagnostic
    from digest.learn.judge import Scores
    from digest.model import Read, Tagged


# What is coloured, and how (rich's names of styles).
_STYLES = (
    (r"\berror\[[A-Z]\d+\]", "bold red"),
    (r"\bwarning\[[A-Z]\d+\]", "bold yellow"),
    (r"\bnotice\[[A-Z]\d+\]", "bold blue"),
    (r"(?m)^\S.*?:\d+:\d+(?=: )", "bold"),
    (r"(?m)^ +\| +\^+$", "red"),
    (r"(?m)^ += hint:", "green"),
)


def show(text: str, *, err: bool = False, styles: Sequence[tuple[str, str]] = _STYLES) -> None:
    """Print a text, in colour where the stream is a terminal and ``NO_COLOR`` is empty.

    ``styles`` are patterns and rich's name of the style of what they match.
    """
    stream = sys.stderr if err else sys.stdout
    if not stream.isatty():
        click.echo(text, err=err)
        return
    from rich.console import Console  # noqa: PLC0415  # 60 ms that a pipe need not pay
    from rich.text import Text  # noqa: PLC0415

    styled = Text(text)
    for pattern, style in styles:
        styled.highlight_regex(pattern, style)
    Console(stderr=err, highlight=False).print(styled, soft_wrap=True)


def report(
    found: Sequence[Diagnostic],
    reads: Sequence[Read],
    notes: Path,
    style: str,
    *,
    err: bool,
) -> None:
    """Print the diagnostics in the style that was asked for."""
    if style == "json":
        click.echo(as_json(found))
    elif style == "github" and found:
        click.echo(as_github(found))
    elif style == "text" and found:
        show(told(found, reads, notes), err=err)


def told(found: Sequence[Diagnostic], reads: Sequence[Read], notes: Path) -> str:
    """Write diagnostics out with their source lines."""
    lines = {(notes / read.source.path).as_posix(): read.source.lines for read in reads}

    def line_of(path: str, line: int) -> str | None:
        known = lines.get(path)
        if known is not None:
            return known[line - 1].text if line <= len(known) else None
        return _line_on_disk(Path(path), line)

    return as_text(found, line_of)


def _line_on_disk(path: Path, line: int) -> str | None:
    """Return a line of a settings file or template, where it can be read."""
    try:
        rows = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return None
    return rows[line - 1] if line <= len(rows) else None


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


MOST_DOUBTFUL = 10
LONGEST_TITLE = 40


def least_certain_table(tagged: Sequence[Tagged], notes: str) -> str:
    """Return the entries whose category is least certain, the worst first; empty where none is.

    ``notes`` names the folder of notes, so that an editor finds the places.
    """
    doubtful = sorted(
        (one for one in tagged if one.unsure),
        key=lambda t: (t.margin, t.entry.place.path, t.entry.place.line),
    )
    if not doubtful:
        return ""
    rows = [("least certain", "category", "or", "margin", "title")]
    rows += [
        (
            f"{Path(notes, one.entry.place.path).as_posix()}:{one.entry.place.line}",
            one.category,
            one.runner_up or "",
            f"{one.margin:.2f}",
            _cut(one.entry.title),
        )
        for one in doubtful[:MOST_DOUBTFUL]
    ]
    rest = len(doubtful) - MOST_DOUBTFUL
    more = f"\nand {rest} more; " if rest > 0 else "\n"
    return f"{table(rows, text_columns=5)}{more}`build.py label` settles them, a key each"


def _cut(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[:LONGEST_TITLE].rstrip()}…"


def training_table(labels: int, before: Scores, after: Scores) -> str:
    """Return how often two sets of weights agree with a curator's labels: ours, and new ones."""
    rows = [("", "category", "topics F1")]
    rows += [
        (name, f"{found.accepted:.3f}", f"{found.topics:.3f}" if found.with_topics else "none told")
        for name, found in (
            ("before: the weights that Digest ships", before),
            ("after: learned without the day or section judged", after),
        )
    ]
    return (
        f"Agreement with {labels} labels of yours, by weights that have not seen them:\n"
        f"{table(rows, text_columns=1)}"
    )
