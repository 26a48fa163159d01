"""What is wrong in a note, a setting or the site: a place, one fact, one thing to do.

Every diagnostic has a code from ``CATALOGUE``; a code is never used for another meaning.
``docs/diagnostics.md`` explains each of them. Exit codes follow ``../shared/DESIGN.md``.
"""

from __future__ import annotations

import difflib
import json
import unicodedata
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from digest.source import Span


class Severity(StrEnum):
    """How much a diagnostic matters; the values are those of GitHub's workflow commands."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A kind of diagnostic: its stable name, severity and a short title."""

    name: str
    severity: Severity
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One finding: ``message`` states one fact, ``hint`` one thing to do."""

    code: Code
    span: Span
    message: str
    hint: str


def _codes(severity: Severity, **titles: str) -> dict[str, Code]:
    return {name: Code(name=name, severity=severity, title=t) for name, t in titles.items()}


# One line a code, in blocks: C configuration and taxonomy, D the curator's desk, R readers,
# T tagger, S site, F feeds.
CATALOGUE: dict[str, Code] = {
    **_codes(
        Severity.ERROR,
        C001="file cannot be read",
        C002="YAML is not well formed",
        C003="unknown key",
        C004="duplicate key",
        C005="value of the wrong kind",
        C006="required key is missing",
        C007="learned weights cannot be used",
        D001="entry cannot be written",
        D002="file cannot be imported",
        R001="notes folder cannot be read",
        R002="file is not text",
        R003="file is not UTF-8",
        R004="no dialect recognises the note",
        R005="more than one dialect claims the note",
        S001="output folder cannot be written",
        S002="two entries have the same id",
        S003="template cannot be rendered",
        S004="output folder is not one of ours",
        S005="permalinks.jsonl cannot be read",
        S006="two entries have the same address",
    ),
    **_codes(
        Severity.WARNING,
        C101="name is not in the taxonomy",
        D101="story is in the digest already",
        D102="item is left out of an import",
        D103="file is damaged and read as far as it goes",
        R101="note is empty",
        R102="note holds no entries",
        R103="line belongs to no entry",
        R104="entry has no title",
        R105="year of the note is unknown",
        R106="date does not exist",
        R107="date is mangled",
        R108="code fence is never closed",
        R109="heading stands at the wrong level",
        R110="directive is not understood",
        R111="weekday disagrees with the date",
        R112="notes folder holds no notes",
        R113="post names nobody",
        R114="post names no day",
        R201="character cannot be seen",
        R202="number runs into the title",
        R203="address has no scheme",
        R204="address has something at its end",
        R205="number is taken twice",
        R206="date is later than its note",
        R207="date is later than today",
        R208="entry is empty",
        R209="contents list is out of step",
        R210="link is dead",
        R212="scheme of an address is misspelt",
        S101="image beside the note is missing",
        S105="permalinks.jsonl has an address twice",
        S106="permalinks.jsonl cannot be written",
    ),
    **_codes(
        Severity.NOTICE,
        R211="page has moved",
        S102="base address is missing",
        S103="two entries are about the same page",
        S104="two titles are nearly equal",
    ),
}


def diagnostic(name: str, span: Span, message: str, hint: str) -> Diagnostic:
    """Make a diagnostic of the catalogue's code ``name``; a name not listed is a ``KeyError``."""
    return Diagnostic(code=CATALOGUE[name], span=span, message=message, hint=hint)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name closest to ``name``, or None when none is near."""
    found = difflib.get_close_matches(name.casefold(), sorted(known), n=1, cutoff=0.6)
    return found[0] if found else None


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by place, then code, then message: a total order."""
    return tuple(sorted(set(diagnostics), key=lambda d: (d.span, d.code.name, d.message, d.hint)))


def exit_code(diagnostics: Iterable[Diagnostic], *, strict: bool) -> int:
    """Return 1 for any error (with ``strict`` also for any warning), else 0."""
    fatal = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return int(any(d.code.severity in fatal for d in diagnostics))


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Count the findings by severity, as in ``2 errors, 1 warning``; empty when there are none."""
    counts = Counter(d.code.severity for d in diagnostics)
    words = [counted(counts[severity], str(severity)) for severity in Severity if counts[severity]]
    return ", ".join(words)


def counted(count: int, one: str, many: str = "") -> str:
    """Write a number of things: ``1 note``, ``2 notes``; ``many`` where it is not ``one`` + s."""
    return f"{count} {one if count == 1 else many or one + 's'}"


CAP = 10  # of one code in one file; the rest is counted
SHOWN_WIDTH = 100  # terminal cells of a source line


def as_text(diagnostics: Sequence[Diagnostic], line_of: Callable[[str, int], str | None]) -> str:
    """Render for a terminal, with the source line and a caret under the place.

    ``line_of(path, line)`` gives a source line's text, or None where there is none to show.
    """
    blocks: list[str] = []
    seen: Counter[tuple[str, str]] = Counter()
    for found in diagnostics:
        key = (found.span.path, found.code.name)
        seen[key] += 1
        if seen[key] <= CAP:
            blocks.append(_text_block(found, line_of))
    blocks += [
        f"{path}: {count - CAP} more of {name}: {CATALOGUE[name].title}"
        for (path, name), count in sorted(seen.items())
        if count > CAP
    ]
    return "\n".join(blocks)


def _text_block(found: Diagnostic, line_of: Callable[[str, int], str | None]) -> str:
    span = found.span
    head = f"{place(span)}: {found.code.severity}[{found.code.name}]: {found.message}"
    rows = [head]
    source = line_of(span.path, span.line) if span.line else None
    margin = " " * max(len(str(span.line)) + 2, 5)
    if source is not None:
        shown, offset, width = _window(source, span)
        rows.append(f"{str(span.line).rjust(len(margin))} | {shown}")
        rows.append(f"{margin} | {' ' * offset}{'^' * width}")
    rows.append(f"{margin} = hint: {found.hint}")
    return "\n".join(rows)


def place(span: Span) -> str:
    """Write a span as ``path:line:column``, or the path alone for a whole file."""
    return f"{span.path}:{span.line}:{span.column}" if span.line else span.path


def _window(source: str, span: Span) -> tuple[str, int, int]:
    """Cut a long source line around the span; return it with the caret's offset and width."""
    line = source.replace("\t", " ")
    start = min(span.column - 1, len(line))
    end = max(min(span.end_column - 1, len(line)), start)
    first = 0
    while cells(line[first:end]) > SHOWN_WIDTH and first < start:
        first += 1
    shown = line[first:]
    while cells(shown) > SHOWN_WIDTH:
        shown = shown[:-1]
    lead = "…" if first else ""
    tail = "…" if first + len(shown) < len(line) else ""
    offset = cells(lead + line[first:start])
    width = max(cells(line[start : min(end, first + len(shown))]), 1)
    return f"{lead}{shown}{tail}".rstrip(), offset, width


def cells(text: str) -> int:
    """Return how many terminal cells a text takes (UAX #11: wide and full-width take two)."""
    total = 0
    for character in text:
        if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Mn"}:
            continue
        total += 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
    return total


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """Render as a JSON array of objects, all of them, in order."""
    rows = [
        {
            "code": found.code.name,
            "severity": str(found.code.severity),
            "file": found.span.path,
            "line": found.span.line,
            "column": found.span.column,
            "end_column": found.span.end_column,
            "message": found.message,
            "hint": found.hint,
        }
        for found in diagnostics
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_github(diagnostics: Sequence[Diagnostic]) -> str:
    """Render as GitHub workflow commands, which annotate a pull request."""
    return "\n".join(
        f"::{found.code.severity} file={_property(found.span.path)},line={max(found.span.line, 1)},"
        f"col={found.span.column},title={found.code.name}::"
        f"{_data(f'{found.message}. {found.hint}')}"
        for found in diagnostics
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
