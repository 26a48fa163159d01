"""Notes → entries. One module a dialect; a note is matched by what it contains, never its name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.diagnostics import Diagnostic, diagnostic, in_order
from digest.model import Furniture, FurnitureKind, Read
from digest.readers import bullets, flat, posts, report, sections
from digest.readers.dialect import Dialect, Setting
from digest.readers.outline import Outline, outline
from digest.source import Source, Span, Undecodable, decode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.source import Line

__all__ = ["DIALECTS", "Account", "Setting", "account", "read", "read_bytes"]

DIALECTS: tuple[Dialect, ...] = tuple(
    Dialect(
        name=module.NAME,
        is_entry_heading=module.is_entry_heading,
        claims=module.claims,
        read=module.read,
    )
    for module in (sections, flat, posts, bullets, report)
)


def read_bytes(path: str, data: bytes, setting: Setting) -> Read:
    """Read a note from its bytes; a file that is not UTF-8 text is one diagnostic."""
    decoded = decode(path, data)
    if isinstance(decoded, Undecodable):
        return _nothing(Source(path=path, lines=()), (_undecodable(decoded),))
    return read(decoded, setting)


def _undecodable(file: Undecodable) -> Diagnostic:
    if file.kind == "binary":
        fact = "this is a binary file, not a note"
        return diagnostic("R002", file.span, fact, "move it out of the notes folder")
    if file.kind == "utf-16":
        return diagnostic("R003", file.span, "the file is UTF-16", "save it as UTF-8")
    fact = f"byte 0x{file.byte:02x} is not UTF-8"
    like = f" (it looks like {file.looks_like.upper()})" if file.looks_like else ""
    return diagnostic("R003", file.span, fact + like, "save the file as UTF-8")


def read(source: Source, setting: Setting) -> Read:
    """Read a note in the dialect that claims it.

    A note that none or more than one claims has no entries and a diagnostic.
    """
    if all(line.blank for line in source.lines):
        span = source.span(1, 0, 0) if source.lines else _whole(source)
        fact = "the note is empty"
        return _nothing(source, (diagnostic("R101", span, fact, "write an entry, or delete it"),))
    claimed = [
        (dialect, note)
        for dialect in DIALECTS
        if (note := outline(source, dialect.is_entry_heading)) and dialect.claims(note)
    ]
    if len(claimed) != 1:
        return _unclaimed(source, [dialect for dialect, _ in claimed])
    dialect, note = claimed[0]
    return _accounted(note, dialect.read(note, setting))


def _whole(source: Source) -> Span:
    return Span(path=source.path, line=0)


def _nothing(source: Source, diagnostics: tuple[Diagnostic, ...]) -> Read:
    return Read(
        source=source, dialect="", title="", entries=(), furniture=(), diagnostics=diagnostics
    )


def _unclaimed(source: Source, dialects: list[Dialect]) -> Read:
    first = next(line for line in source.lines if not line.blank)
    span = source.span(first.number)
    if dialects:
        names = " and ".join(dialect.name for dialect in dialects)
        fact = f"the note reads as {names}"
        hint = "keep one habit in a note: move the other entries to a file of their own"
        return _nothing(source, (diagnostic("R005", span, fact, hint),))
    fact = "the note is in no dialect that is known, so its entries cannot be told"
    hint = (
        "see `Writing notes` in README.md; the simplest is `# 1. Tools` and `## 1.1. [title](url)`"
    )
    return _nothing(source, (diagnostic("R004", span, fact, hint),))


def _accounted(note: Outline, found: Read) -> Read:
    """Add the furniture all dialects share, and report the lines that belong to nothing."""
    furniture = [*found.furniture, *_common_furniture(note, found)]
    whole = replace(found, furniture=tuple(sorted(furniture, key=lambda f: (f.line, f.end_line))))
    diagnostics = [*note.diagnostics, *whole.diagnostics]
    diagnostics += [
        diagnostic(
            "R103",
            note.source.span(first),
            f"{_lines(last - first + 1)} to no entry",
            "move the text under an entry, or above the first heading",
        )
        for first, last in _runs(account(whole).unclaimed)
    ]
    if not found.entries:
        span = note.source.span(note.first if note.first <= note.last else 1)
        hint = "write an entry, or move the file out of the notes folder"
        diagnostics.append(diagnostic("R102", span, "the note holds no entries", hint))
    return replace(whole, diagnostics=in_order(diagnostics))


def _lines(count: int) -> str:
    return "this line belongs" if count == 1 else f"these {count} lines belong"


def _common_furniture(note: Outline, found: Read) -> Iterable[Furniture]:
    """Name the front matter, the source line ``#! https://…``, rules, and an introduction."""
    if note.front.end_line:
        kind = FurnitureKind.FRONT_MATTER
        yield Furniture(kind=kind, line=1, end_line=note.front.end_line)
    taken = _taken(found)
    first = min((entry.place.line for entry in found.entries), default=note.last + 1)
    headings = {heading.line for heading in note.headings}
    opening = min(
        (f.line for f in found.furniture if f.kind is FurnitureKind.SECTION), default=first
    )
    for line in note.lines(note.first, note.last):
        if line.blank or line.number in taken:
            continue
        kind_of_line = _kind(line, before=line.number < min(first, opening))
        if kind_of_line is not None and line.number not in headings:
            yield Furniture(kind=kind_of_line, line=line.number, end_line=line.number)


def _kind(line: Line, *, before: bool) -> FurnitureKind | None:
    text = line.text.strip()
    if text.startswith("#!"):
        return FurnitureKind.NOTICE
    if set(text.replace(" ", "")) <= {"-", "*", "_", "="}:
        return FurnitureKind.RULE
    return FurnitureKind.INTRODUCTION if before else None


def _taken(found: Read) -> set[int]:
    numbers: set[int] = set()
    for entry in found.entries:
        numbers.update(range(entry.place.line, entry.place.end_line + 1))
    for item in found.furniture:
        numbers.update(range(item.line, item.end_line + 1))
    return numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where a note's non-blank lines went; ``unclaimed`` are those that are reported."""

    lines: int
    in_entries: int
    in_furniture: int
    unclaimed: tuple[int, ...]


def account(found: Read) -> Account:
    """Count where each non-blank line of a note went: nothing may vanish."""
    written = {line.number for line in found.source.lines if not line.blank}
    entries: set[int] = set()
    for entry in found.entries:
        entries.update(range(entry.place.line, entry.place.end_line + 1))
    furniture: set[int] = set()
    for item in found.furniture:
        furniture.update(range(item.line, item.end_line + 1))
    return Account(
        lines=len(written),
        in_entries=len(written & entries),
        in_furniture=len(written & furniture - entries),
        unclaimed=tuple(sorted(written - entries - furniture)),
    )


def _runs(numbers: tuple[int, ...]) -> list[tuple[int, int]]:
    """Join line numbers that follow each other."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
