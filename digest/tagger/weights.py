"""Learned weights: what each signal speaks for, as a table that a person can read.

Two tables stand in one file, tab-separated. A line that starts with ``category`` or ``topic`` is a
table's head and gives the names of its columns; each line below it holds a signal and its weight
for (or against) each name, nothing where it has none. The signal ``bias`` is where the score of
each name starts. Lines that start with ``#`` say where the weights come from::

    category	tools	models	papers
    bias	-0.23	-0.86	-0.64
    title:综述	-0.31		1.62

The unit is that of the tagger's scores.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    # Signal name → the names that it speaks for, each with its weight.
    Table = Mapping[str, tuple[tuple[str, float], ...]]

BIAS = "bias"
KINDS = ("category", "topic")


# Compared by identity (eq=False), so that the tagger can keep what it derives from one.
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Learned:
    """The learned weights of categories and of topics; ``notes`` are the comment lines."""

    categories: Table
    topics: Table
    notes: tuple[str, ...] = ()


NOTHING = Learned(categories={}, topics={})


def parse(text: str) -> Learned:
    """Read the weights from their text form; a line that is not of that form is a ValueError."""
    tables: dict[str, dict[str, tuple[tuple[str, float], ...]]] = {kind: {} for kind in KINDS}
    notes: list[str] = []
    names: list[str] = []
    table: dict[str, tuple[tuple[str, float], ...]] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        signal, *cells = line.split("\t")
        if signal in tables:
            names, table = cells, tables[signal]
        elif line.startswith("#"):
            notes.append(line[1:].strip())
        elif line:
            try:
                pairs = zip(names, cells, strict=True)
                table[signal] = tuple([(name, _finite(cell)) for name, cell in pairs if cell])
            except ValueError as error:
                message = f"line {number} of the weights does not fit the head of its table"
                raise ValueError(message) from error
    return Learned(categories=tables["category"], topics=tables["topic"], notes=tuple(notes))


def _finite(cell: str) -> float:
    weight = float(cell)
    if not math.isfinite(weight):
        raise ValueError(cell)
    return weight


def dump(learned: Learned) -> str:
    """Write the weights in their text form, signals in order."""
    lines = [f"# {note}" for note in learned.notes]
    for kind, table in zip(KINDS, (learned.categories, learned.topics), strict=True):
        lines += _rows(kind, table)
    return "\n".join(lines) + "\n"


def _rows(kind: str, table: Table) -> Iterable[str]:
    """Write a table; a name without a start has an empty cell there, one that starts at 0 has 0."""
    starts = dict(table.get(BIAS, ()))
    others = sorted({name for spoken in table.values() for name, _ in spoken} - starts.keys())
    names = [*starts, *others]
    yield "\t".join((kind, *names))
    if starts:
        yield "\t".join((BIAS, *(_short(starts[n]) if n in starts else "" for n in names)))
    for signal in sorted(table.keys() - {BIAS}):
        weights = dict(table[signal])
        cells = (_short(weights.get(name, 0.0)) for name in names)
        yield "\t".join((signal, *("" if cell == "0" else cell for cell in cells)))


_LEADING_ZERO = re.compile(r"^(-?)0(?=\.)")  # 0.31  -0.4


def _short(weight: float) -> str:
    """Write a weight with two decimals and no more characters than it takes."""
    text = f"{weight:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else _LEADING_ZERO.sub(r"\1", text)
