"""Where each line of a note went: nothing may vanish."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.diagnostics import diagnostic, in_order
from digest.model import Furniture, FurnitureKind, Read
from digest.readers.directive import misplaced_directives, without_directives

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.diagnostics import Diagnostic
    from digest.readers.outline import Outline
    from digest.source import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where a note's non-blank lines went; ``unclaimed`` are those that are reported."""

    lines: int
    in_entries: int
    in_furniture: int
    unclaimed: tuple[int, ...]


def account(found: Read) -> Account:
    """Count where each non-blank line of a note went."""
    written = {line.number for line in found.source.lines if not line.blank}
    entries, furniture = _in_entries(found), _in_furniture(found)
    return Account(
        lines=len(written),
        in_entries=len(written & entries),
        in_furniture=len(written & furniture - entries),
        unclaimed=tuple(_unclaimed(found)),
    )


def _unclaimed(found: Read) -> Iterable[int]:
    """Yield the numbers of the non-blank lines that belong to nothing, in order."""
    claimed = _in_entries(found) | _in_furniture(found)
    return (
        line.number for line in found.source.lines if line.number not in claimed and not line.blank
    )


def _in_entries(found: Read) -> set[int]:
    return _numbers((entry.place.line, entry.place.end_line) for entry in found.entries)


def _in_furniture(found: Read) -> set[int]:
    return _numbers((item.line, item.end_line) for item in found.furniture)


def _numbers(stretches: Iterable[tuple[int, int]]) -> set[int]:
    return {number for first, last in stretches for number in range(first, last + 1)}


def accounted(note: Outline, found: Read) -> Read:
    """Add the furniture all dialects share, and report the lines that belong to nothing."""
    furniture = [*found.furniture, *_common_furniture(note, found)]
    whole = replace(found, furniture=tuple(sorted(furniture, key=lambda f: (f.line, f.end_line))))
    diagnostics = [*whole.diagnostics, *_lost(note, whole), *_undated(note, whole)]
    entries = _in_entries(found)
    outside = (
        line
        for line in note.lines(note.first, note.last)
        if line.number not in entries and line.number not in note.fenced
    )
    diagnostics += misplaced_directives(note.source, outside)
    if not found.entries:
        span = note.source.span(min(note.first, note.last))
        hint = "write an entry, or move the file out of the notes folder"
        diagnostics.append(diagnostic("R102", span, "the note holds no entries", hint))
    return replace(whole, diagnostics=in_order(diagnostics))


def _lost(note: Outline, found: Read) -> Iterable[Diagnostic]:
    for run in _runs(note, _unclaimed(found)):
        lost = "this line belongs" if len(run) == 1 else f"these {len(run)} lines belong"
        hint = "move the text under an entry, or above the first heading"
        yield diagnostic("R103", note.source.span(run[0]), f"{lost} to no entry", hint)


def _runs(note: Outline, numbers: Iterable[int]) -> list[list[int]]:
    """Join line numbers with nothing but blank lines between them."""
    runs: list[list[int]] = []
    for number in numbers:
        below = note.next_written(runs[-1][-1]) if runs else None
        if below is not None and below.number == number:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


# What a reader reports when a date cannot be told.
_DATE_CODES = frozenset({"R105", "R106", "R107", "R114"})


def _undated(note: Outline, found: Read) -> Iterable[Diagnostic]:
    """Report the entries without a date where the reader has not told why."""
    undated = [entry.place.line for entry in found.entries if entry.when is None]
    if undated and not any(d.code.name in _DATE_CODES for d in found.diagnostics):
        entries = "this entry" if len(undated) == 1 else f"{len(undated)} entries, this the first,"
        hint = "write `date: 2024-03` in the front matter, or the month in the note's title"
        fact = f"nothing tells the date of {entries}".rstrip(",")
        yield diagnostic("R105", note.source.span(undated[0]), fact, hint)


def _common_furniture(note: Outline, found: Read) -> Iterable[Furniture]:
    """Name the front matter, the source line ``#! https://…``, rules, and an introduction."""
    if note.front.end_line:
        kind = FurnitureKind.FRONT_MATTER
        yield Furniture(kind=kind, line=1, end_line=note.front.end_line)
    taken = _in_entries(found) | _in_furniture(found)
    headings = {heading.line for heading in note.headings}
    structure = [entry.place.line for entry in found.entries]
    structure += [f.line for f in found.furniture if f.kind is FurnitureKind.SECTION]
    opening = min(structure, default=note.last + 1)
    for line in note.lines(note.first, note.last):
        if line.number in taken or line.number in headings or line.blank:
            continue
        kind_of_line = _kind(line, before=line.number < opening)
        if kind_of_line is not None:
            yield Furniture(kind=kind_of_line, line=line.number, end_line=line.number)


def _kind(line: Line, *, before: bool) -> FurnitureKind | None:
    text = line.text.strip()
    if not without_directives([line], frozenset()):
        return FurnitureKind.DIRECTIVE
    if text.startswith("#!"):
        return FurnitureKind.NOTICE
    if set(text.replace(" ", "")) <= {"-", "*", "_", "="}:
        return FurnitureKind.RULE
    return FurnitureKind.INTRODUCTION if before else None
