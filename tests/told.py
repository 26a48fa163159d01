"""Diagnostics as lines that a test can compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.diagnostics import place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.diagnostics import Diagnostic


def told(found: Iterable[Diagnostic]) -> list[str]:
    """Write diagnostics as ``path:line:column-end code message (hint)``."""
    return [
        f"{place(d.span)}-{d.span.end_column} {d.code.name} {d.message} ({d.hint})" for d in found
    ]
