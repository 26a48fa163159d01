"""Learned weights: what each signal speaks for, as a table that a person can read.

Two tables stand in one file, tab-separated, in hundredths of the tagger's scores. A line that
starts with ``category`` or ``topic`` is a table's head and gives the names of its columns; each
line below it holds a signal and its weight for (or against) each name, nothing where it has none,
and no more cells than it takes.
The signal ``bias`` is where the score of each name starts. ``word:综述`` is the word in any place:
``title:综述`` and, at a share of the weight (``score.PLACES``), ``body:综述``. Lines that start
with ``#`` say where the weights come from::

    category	tools	models	papers	news
    bias	-23	-86	-64	-51
    title:综述	-31		162

Whole numbers make sums that are the same in any order and on any machine. A row stays text until
it is asked for: a build needs some of the rows, and every build would wait for all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# A weight for each name of a table, in hundredths.
Row: TypeAlias = tuple[int, ...]

BIAS = "bias"
KINDS = ("category", "topic")
HUNDREDTHS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Signals and what they weigh: ``rows`` holds of each the cells as they are written."""

    names: tuple[str, ...] = ()
    rows: Mapping[str, str]

    def row(self, signal: str) -> Row | None:
        """Return a signal's weight for each name, or None where the table does not have it."""
        cells = self.rows.get(signal)
        if cells is None:
            return None
        row = [int(cell) if cell else 0 for cell in cells.split("\t")]
        return (*row, *(0,) * (len(self.names) - len(row)))


# Compared by identity (eq=False), so that the tagger can keep what it derives from one.
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Learned:
    """The learned weights of categories and of topics; ``notes`` are the comment lines."""

    categories: Table
    topics: Table
    notes: tuple[str, ...] = ()


NOTHING = Learned(categories=Table(rows={}), topics=Table(rows={}))


def table_of(names: tuple[str, ...], weights: Mapping[str, Mapping[str, float]]) -> Table:
    """Make a table from scores by signal and name, rounded to hundredths.

    Signals that weigh nothing are left out, but for the start of the scores.
    """
    rows = {BIAS: "\t".join(_cell(weights[BIAS].get(name)) for name in names)} if names else {}
    for signal in sorted(weights.keys() - {BIAS}):
        cells = (_cell(weights[signal].get(name)) for name in names)
        row = "\t".join("" if cell == "0" else cell for cell in cells).rstrip("\t")
        if row:
            rows[signal] = row
    return Table(names=names, rows=rows)


def _cell(weight: float | None) -> str:
    return "" if weight is None else str(round(weight * HUNDREDTHS))


def with_added(table: Table, names: tuple[str, ...], added: Mapping[str, Sequence[int]]) -> Table:
    """Return a table with hundredths added to its rows, one for each of ``names``.

    ``names`` are those of the table and any that are new to it behind them.
    """
    rows = dict(table.rows)
    for signal, more in added.items():
        row = (*(table.row(signal) or ()), *(0,) * len(names))
        cells = [known + new for known, new in zip(row, more, strict=False)]
        rows[signal] = "\t".join(str(cell) if cell else "" for cell in cells).rstrip("\t")
    kept = (signal for signal in sorted(rows) if rows[signal] and signal != BIAS)
    return Table(names=names, rows={name: rows[name] for name in (BIAS, *kept) if name in rows})


_NO_NUMBER = re.compile(r"[^-0-9\t\n]|[0-9]-|-(?![0-9])")  # 1.5   1-2   -


def parse(text: str) -> Learned:
    """Read the weights from their text form; a line that is not of that form is a ValueError."""
    lines = text.split("\n")
    heads = [at for at, line in enumerate(lines) if line.partition("\t")[0] in KINDS]
    tables = dict.fromkeys(KINDS, Table(rows={}))
    ends = [*heads, len(lines)]
    _table((), 1, lines[: ends[0]])
    for at, end in zip(heads, ends[1:], strict=True):
        kind, *names = lines[at].split("\t")
        tables[kind] = _table(tuple(names), at + 2, lines[at + 1 : end])
    notes = tuple(line[1:].strip() for line in lines if line.startswith("#"))
    return Learned(categories=tables["category"], topics=tables["topic"], notes=notes)


def _table(names: tuple[str, ...], number: int, lines: list[str]) -> Table:
    """Read the lines below a table's head, of which ``number`` is the first."""
    try:
        rows = dict([line.split("\t", 1) for line in lines if line and line[0] != "#"])
    except ValueError:
        rows = {"": "no row"}
    widest = max([cells.count("\t") for cells in rows.values()], default=-1) + 1
    if widest > len(names) or _NO_NUMBER.search("\n".join(rows.values())):
        at = next(at for at, line in enumerate(lines, number) if not _fits(line, len(names)))
        message = f"line {at} of the weights does not fit the head of its table"
        raise ValueError(message)
    return Table(names=names, rows=rows)


def _fits(line: str, width: int) -> bool:
    if not line or line[0] == "#":
        return True
    cells = line.split("\t")[1:]
    return 0 < len(cells) <= width and not _NO_NUMBER.search("\t".join(cells))


def dump(learned: Learned) -> str:
    """Write the weights in their text form."""
    lines = [f"# {note}" for note in learned.notes]
    for kind, table in zip(KINDS, (learned.categories, learned.topics), strict=True):
        lines.append("\t".join((kind, *table.names)))
        lines += [f"{signal}\t{cells}" for signal, cells in table.rows.items()]
    return "\n".join(lines) + "\n"
