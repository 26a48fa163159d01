"""What proof-reading finds: a diagnostic, and the edits that mend it where that is mechanical."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.diagnostics import diagnostic

if TYPE_CHECKING:
    from digest.diagnostics import Diagnostic
    from digest.source import Source, Span


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Edit:
    """``text`` in place of the characters ``start`` to ``end`` (0-based, exclusive) of a line."""

    line: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A fault of a note; without ``edits`` only its curator can mend it."""

    diagnostic: Diagnostic
    edits: tuple[Edit, ...] = ()


def finding(code: str, span: Span, message: str, hint: str, *edits: Edit) -> Finding:
    """Make a finding of the catalogue's code."""
    return Finding(diagnostic=diagnostic(code, span, message, hint), edits=edits)


def whole_line(source: Source, line: int) -> Span:
    """Return the span of a line's text without the spaces around it."""
    text = source.line(line).text
    return source.span(line, len(text) - len(text.lstrip()), len(text.rstrip()))
