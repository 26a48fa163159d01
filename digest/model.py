"""The records that the stages hand to each other: frozen, typed, keyword-only.

``readers`` make ``Read``, ``permalinks`` names its entries, ``tagger`` makes ``Tagged`` of them and
``render`` makes pages of those. A change is ``dataclasses.replace(entry, title=…)``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from digest.source import Span

if TYPE_CHECKING:
    from digest.diagnostics import Diagnostic
    from digest.source import Line, Source


class LinkKind(StrEnum):
    """What a reader finds behind a link; the values are those of the export."""

    PAPER = "paper"
    CODE = "code"
    MODEL = "model"
    DATASET = "dataset"
    DEMO = "demo"
    VIDEO = "video"
    POST = "post"
    ARTICLE = "article"
    DOCUMENT = "document"
    SITE = "site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link in an entry. ``url`` is absolute; ``text`` is empty for a bare URL."""

    url: str
    text: str
    kind: LinkKind
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An image in an entry; ``address`` is a URL or a path relative to the note, as written."""

    address: str
    alt: str
    span: Span


class DateBasis(StrEnum):
    """What tells the year of an entry's date; the values are ready to print after "from"."""

    DIRECTIVE = "the entry's comment"
    HEADER = "the post's own header"
    FRONT_MATTER = "the note's front matter"
    HEADING = "the note's heading"
    PATH = "the name of the file or its folder"
    TEXT = "dates in the note's text"
    WEEKDAYS = "the weekdays of the note's day headings"
    LINKS = "arXiv numbers and dated addresses that the note links to"
    NEIGHBOURS = "the posts around it"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A day, or a month when ``day`` is None: a month is never turned into an invented day.

    ``basis`` is where the year comes from, ``line`` where the month or day is written (0 where it
    is not in the note).
    """

    year: int
    month: int
    day: int | None
    basis: DateBasis
    line: int

    @property
    def iso(self) -> str:
        """ISO 8601: ``2023-12-03`` for a day, ``2023-09`` for a month."""
        month = f"{self.year:04d}-{self.month:02d}"
        return month if self.day is None else f"{month}-{self.day:02d}"


def first_day(iso: str) -> dt.date:
    """Return the day that ``When.iso`` writes, or the first one of the month: to count with.

    Raises:
        ValueError: there is no such day or month.
    """
    return dt.date.fromisoformat(iso if len(iso) > len("2024-03") else f"{iso}-01")


class Origin(StrEnum):
    """Where a curator wrote a category or topic, strongest first."""

    DIRECTIVE = "comment"
    FRONT_MATTER = "front matter"
    TAG = "tag"
    SECTION = "section"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A curator's own word for the kind or topic of an entry, as written."""

    text: str
    origin: Origin
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an entry stands: lines are 1-based on disk and both ends are included."""

    path: str
    line: int
    end_line: int
    dialect: str


class Layout(StrEnum):
    """How an entry's newlines are meant: as flowing Markdown, or each kept as typed."""

    FLOW = "flow"
    LINES = "lines"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a note.

    ``body`` holds the Markdown that follows the title, each line with its number on disk;
    ``written`` holds the entry's lines exactly as they stand in the note. ``labels`` are what the
    curator wrote about its kind, ``topic_labels`` about its topics, strongest first. ``note`` is a
    rating such as ``值得看看``. ``id`` is empty until ``identity`` has named the entry, unless the
    curator fixed it. ``slug`` is the name that the curator gave its page; ``page`` is the page's
    path in the site, empty until it is settled.
    """

    id: str = ""
    slug: str = ""
    page: str = ""
    place: Place
    number: str | None = None
    title: str
    title_links: tuple[Link, ...] = ()
    when: When | None = None
    author: str | None = None
    handle: str | None = None
    labels: tuple[Label, ...] = ()
    topic_labels: tuple[Label, ...] = ()
    note: str | None = None
    pick: bool = False
    draft: bool = False
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    body: tuple[Line, ...] = ()
    layout: Layout = Layout.FLOW
    language: str = "zh"
    written: tuple[Line, ...] = ()

    @property
    def start(self) -> Span:
        """The beginning of the entry's first line."""
        return Span(path=self.place.path, line=self.place.line)


class FurnitureKind(StrEnum):
    """Lines of a note that belong to no entry on purpose."""

    FRONT_MATTER = "front matter"
    TITLE = "title"
    CONTENTS = "contents list"
    SECTION = "section heading"
    DAY = "day heading"
    RULE = "rule"
    NOTICE = "notice"
    INTRODUCTION = "introduction"
    DIRECTIVE = "directive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """A run of lines that belong to no entry on purpose, both ends included."""

    kind: FurnitureKind
    line: int
    end_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a reader made of a note.

    Every non-blank line of ``source`` stands in an entry, in furniture or in a diagnostic;
    ``readers.account`` counts them.
    """

    source: Source
    dialect: str
    title: str
    entries: tuple[Entry, ...]
    furniture: tuple[Furniture, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One signal that spoke for a category or topic, and how strongly; ``line`` is on disk."""

    choice: str
    signal: str
    weight: float
    line: int


UNSURE = 0.5  # a margin below which every fourth choice or so is wrong (docs/tagger.md)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """An entry with its category and topics, and why.

    ``topics`` are names from the taxonomy, most central first; ``evidence`` is strongest first.
    ``fixed_by`` names the curator's word that settled the category, or is None where the signals
    did; ``margin`` is the chosen category's score less that of ``runner_up``.
    """

    entry: Entry
    category: str
    topics: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    runner_up: str | None
    margin: float
    fixed_by: Label | None

    @property
    def unsure(self) -> bool:
        """Whether a curator had better look: nobody fixed the category, and the next is close."""
        return self.fixed_by is None and self.margin < UNSURE
