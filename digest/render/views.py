"""What goes into the pages (``Site``) and what templates see: records that are ready to print.

An ``href`` is a percent-encoded path from the site's root: a template writes ``{{ page.root }}``
before it. All text is plain and is escaped by the template; ``Markup`` is HTML that is safe as is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from markupsafe import Markup

    from digest.config import Config
    from digest.model import Read, Tagged
    from digest.render.contents import Heading
    from digest.render.markdown import Body
    from digest.taxonomy import Taxonomy


def _alone(_name: str) -> tuple[str, ...]:
    """Say that nothing is related to an entry."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """All that the pages and feeds are made from.

    ``bodies`` has the body of each entry by its id, ``stories`` the ids of the others that tell
    the same story; ``related`` gives the ids of those that are related to one, closest first.
    ``redirects`` are old pages' paths with the id of the entry that each leads to. ``assets`` are
    files that are part of the site as they are, by their path in it. ``notes_folder`` is where the
    notes stand in their repository, with ``/`` at its end unless empty; None where that is not
    known.
    """

    config: Config
    taxonomy: Taxonomy
    tagged: tuple[Tagged, ...]
    reads: tuple[Read, ...]
    bodies: Mapping[str, Body]
    stories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    related: Callable[[str], tuple[str, ...]] = _alone
    redirects: tuple[tuple[str, str], ...] = ()
    assets: Mapping[str, bytes] = field(default_factory=dict)
    notes_folder: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A link inside the site; ``count`` is how many entries are behind it, where that is told."""

    text: str
    href: str
    count: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chrome:
    """What is the same on every page."""

    title: str
    description: str
    author: str
    menu: tuple[Anchor, ...]
    counts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page: where it stands, its template and what the template sees as ``page``.

    ``title`` is empty on the home page; ``canonical`` is empty without a base address; ``menu`` is
    the ``href`` of the menu's entry that the page belongs to. ``view`` is the template's record,
    or what makes it.
    """

    path: str
    template: str
    title: str
    description: str
    menu: str
    root: str
    canonical: str
    view: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An entry in a list; ``kind`` and ``host`` are those of its first link.

    ``day_text`` is the date where the month is told nearby; empty where no day is known. ``unsure``
    marks a category that no curator fixed and that another comes close to.
    """

    title: str
    href: str
    lang: str
    category: str
    kind: str
    host: str
    who: str
    date_text: str
    day_text: str
    date_iso: str
    remark: str
    also: str
    unsure: bool
    pick: bool
    draft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows under a heading, which may lead to a page of its own; ``groups`` are one level below."""

    heading: str = ""
    href: str = ""
    rows: tuple[Row, ...] = ()
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The ways to the neighbours of a page, in the order of time or of page numbers."""

    newer: Anchor | None = None
    older: Anchor | None = None
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finder:
    """What the script fills in: ``row`` has each field's name in braces.

    ``scope`` is what all entries of a list have, as a query: ``topic=rag``; empty for the search.
    """

    scope: str
    row: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A list of entries: of a category, a topic, a month, a day; ``finder`` narrows it down."""

    heading: str
    lead: str
    count: str
    groups: tuple[Group, ...]
    steps: Steps
    up: Anchor
    show_date: bool
    show_category: bool
    finder: Finder | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """A note in the list of all."""

    anchor: Anchor
    path: str
    dates: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesView:
    """All notes."""

    heading: str
    notes: tuple[NoteRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteEntry:
    """An entry on its note's page."""

    anchor: str
    row: Row
    number: str
    body: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSection:
    """Entries of a note under its own heading, which may be empty."""

    heading: str
    entries: tuple[NoteEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """A note as its curator wrote it."""

    heading: str
    path: str
    count: str
    sections: tuple[NoteSection, ...]
    steps: Steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlink:
    """A link out of the digest, and where copies of what it leads to are kept."""

    kind: str
    host: str
    path: str
    href: str
    archived: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """A signal and what it spoke for."""

    choice: str
    signal: str
    weight: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why an entry has its category, topics and date, in sentences and a table."""

    sentences: tuple[str, ...]
    evidence: tuple[EvidenceRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Another entry that tells the same story; ``note`` leads to its place in its note."""

    row: Row
    note: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """An entry's own page."""

    row: Row
    category: Anchor
    topics: tuple[Anchor, ...]
    date: Anchor | None
    who: Anchor | None
    number: str
    outlinks: tuple[Outlink, ...]
    more_outlinks: tuple[Outlink, ...]
    more_text: str
    body: Markup
    contents: tuple[Heading, ...]
    why: Why
    written: str
    written_at: str
    note: Anchor
    in_repository: str
    same_story: tuple[Telling, ...]
    related: tuple[Row, ...]
    steps: Steps
