"""The text of ``permalinks.jsonl``: one address a line, as JSON, in order of ids.

Ids look random, so that what two branches add seldom touches in the file; lines depend on nothing
but themselves, so that a merge may keep both sides' lines in any order (``merge=union``).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from digest.diagnostics import Diagnostic, diagnostic
from digest.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME = "permalinks.jsonl"


class State(StrEnum):
    """What stands at an address: an entry, nothing any more, or the way to another address."""

    LIVE = "live"
    GONE = "gone"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An address and what stood there at the last build; ``path`` is the page's in the site.

    A row that has ``MOVED`` leads to the entry ``id``; ``was`` is the id that the entry had there.
    It tells nothing else. ``line`` is where the row stands in the file, 0 for a new one.
    """

    id: str
    path: str
    note: str = ""
    number: str = ""
    title: str = ""
    link: str = ""
    date: str = ""
    state: State = State.LIVE
    was: str = ""
    line: int = 0


_FIELDS = tuple(name for name in Row.__dataclass_fields__ if name != "line")
# entries/2023/12/method-1f00aa0001.html, but nothing that leads elsewhere
_PATH = re.compile(
    r"entries/(?:[A-Za-z0-9_\-][A-Za-z0-9_.\-]*/)*[A-Za-z0-9_\-][A-Za-z0-9_.\-]*\.html"
)
_MARK = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")  # <<<<<<< HEAD
_MERGE = "keep the lines of both sides and delete the marks: the next build puts them in order"
_MEND = "mend the line, or bring back the file's last version"


def parse(name: str, text: str) -> tuple[tuple[Row, ...], tuple[Diagnostic, ...]]:
    """Read the file ``name``: its rows, and an error for each line that is none.

    A line with the id or the path of an earlier one is a warning; ``settle`` makes one of the two.
    """
    rows: list[Row] = []
    diagnostics: list[Diagnostic] = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        written = line.rstrip("\r")
        if not written.strip():
            continue
        span = Span(path=name, line=number, column=1, end_column=len(written) + 1)
        if _MARK.match(written):
            diagnostics.append(diagnostic("S005", span, "a merge has left its mark here", _MERGE))
            continue
        try:
            rows.append(_row(written, number))
        except ValueError as error:
            diagnostics.append(diagnostic("S005", span, str(error), _MEND))
    return tuple(rows), (*diagnostics, *_clashes(name, rows))


def _row(written: str, number: int) -> Row:
    """Read a line; a ``ValueError`` says what is wrong with it."""
    try:
        found = json.loads(written)
    except json.JSONDecodeError as error:
        message = f"the line is not JSON: it breaks off or goes wrong at character {error.pos + 1}"
        raise ValueError(message) from None
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        message = "the line is not an object of texts"
        raise ValueError(message)
    unknown = sorted(found.keys() - set(_FIELDS))
    if unknown:
        message = f"unknown field `{unknown[0]}`"
        raise ValueError(message)
    if not found.get("id") or not _PATH.fullmatch(found.get("path", "")):
        message = "the line has no `id`, or its `path` is not that of an entry's page"
        raise ValueError(message)
    if found.get("state", "live") not in list(State):
        message = f"`state` is one of {', '.join(State)}"
        raise ValueError(message)
    return Row(**{**found, "state": State(found.get("state", "live"))}, line=number)


def _clashes(name: str, rows: Iterable[Row]) -> Iterable[Diagnostic]:
    """Report rows that say otherwise of an id or path than an earlier row; equal rows are one."""
    hint = "the next build makes one line of the two, and no address is lost"
    ids: dict[str, Row] = {}
    paths: dict[str, Row] = {}
    for row in rows:
        if row.state is State.MOVED:
            continue
        for kind, seen, key in (("id", ids, row.id), ("path", paths, row.path)):
            first = seen.setdefault(key, row)
            if first is not row and _told(first) != _told(row):
                span = Span(path=name, line=row.line)
                fact = f"line {first.line} has the {kind} `{key}` too"
                yield diagnostic("S105", span, fact, hint)
                break


def _told(row: Row) -> dict[str, str]:
    return {name: text for name in _FIELDS if (text := getattr(row, name))}


def dump(rows: Iterable[Row]) -> str:
    """Write the rows, sorted; empty fields are left out."""
    ordered = sorted(rows, key=lambda row: (row.id, row.state is State.MOVED, row.path))
    return "".join(f"{json.dumps(_told(row), ensure_ascii=False)}\n" for row in ordered)
