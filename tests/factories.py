"""Small makers of records for tests: each gives a whole record and takes only what matters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from digest.links import kind_of
from digest.model import DateBasis, Entry, Label, Link, Origin, Place, Tagged, When
from digest.source import Line, Source, Span, from_text
from digest.tagger.weights import BIAS, HUNDREDTHS, Learned, Table, table_of

if TYPE_CHECKING:
    from collections.abc import Mapping


def line(text: str = "", number: int = 1) -> Line:
    """Make a line of a note."""
    return Line(number=number, text=text)


def lines(text: str, first: int = 1) -> tuple[Line, ...]:
    """Make the numbered lines of a text."""
    return tuple(line(part, number) for number, part in enumerate(text.split("\n"), start=first))


def source(text: str = "", path: str = "2024-03.md") -> Source:
    """Make a note."""
    return from_text(path, text)


def span(number: int = 1, path: str = "2024-03.md") -> Span:
    """Make the span of a line's first character."""
    return Span(path=path, line=number, column=1, end_column=2)


def link(url: str = "https://example.org/a", text: str = "", number: int = 1) -> Link:
    """Make a link; its kind is what the address tells."""
    return Link(url=url, text=text, kind=kind_of(url), span=span(number))


def label(text: str, origin: Origin = Origin.SECTION, number: int = 1) -> Label:
    """Make a curator's word."""
    return Label(text=text, origin=origin, span=span(number))


def when(iso: str, basis: DateBasis = DateBasis.HEADING, at: int = 1) -> When:
    """Make a date of ``2024-03-05`` or, known to the month, of ``2024-03``."""
    year, month, *day = (int(part) for part in iso.split("-"))
    return When(year=year, month=month, day=day[0] if day else None, basis=basis, line=at)


def entry(title: str = "标题", *, path: str = "2024-03.md", at: int = 1, **changes: Any) -> Entry:  # noqa: ANN401 - any field of an entry
    """Make an entry that stands at line ``at`` of the note ``path``, on as many as are written."""
    rows = changes.pop("written", (line(title, at),))
    place = Place(path=path, line=at, end_line=rows[-1].number, dialect="plain")
    made = Entry(id="abc123", title=title, place=place, written=rows)
    return replace(made, **changes)


def tagged(made: Entry | None = None, *, category: str = "tools", **changes: Any) -> Tagged:  # noqa: ANN401 - any field of a tagged entry
    """Make a tagged entry that nothing spoke for or against."""
    plain = Tagged(
        entry=made or entry(),
        category=category,
        topics=(),
        evidence=(),
        runner_up=None,
        margin=0.0,
        fixed_by=None,
    )
    return replace(plain, **changes)


def learned(
    categories: Mapping[str, Mapping[str, float]],
    topics: Mapping[str, Mapping[str, float]] | None = None,
    *notes: str,
) -> Learned:
    """Make learned weights; the names are those that have a start."""
    tables = [table_of(tuple(one.get(BIAS, ())), one) for one in (categories, topics or {})]
    return Learned(categories=tables[0], topics=tables[1], notes=notes)


def weighs(table: Table, signal: str) -> dict[str, float]:
    """Return what a signal weighs for each name, those that it says nothing of left out."""
    row = table.row(signal) or (0,) * len(table.names)
    return {
        name: weight / HUNDREDTHS for name, weight in zip(table.names, row, strict=True) if weight
    }
