"""People and sources: two directories, each with an index and a list for each name in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from digest.render import figures, urls
from digest.render.lists import Collection, Related, pages_of, topics_of
from digest.render.views import Anchor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from digest.model import Tagged
    from digest.render.lists import CollectionView
    from digest.render.people import Person
    from digest.render.shelf import Shelf
    from digest.render.sources import Host


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryRow:
    """A name in a directory: what stands beside it, its oldest entry's month, its course."""

    anchor: Anchor
    more: str
    since: str
    svg: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryView:
    """A directory: the names with a list each, and those that lead to their one entry."""

    heading: str
    lead: str
    count: str
    rows: tuple[DirectoryRow, ...]
    once_heading: str
    once: tuple[Anchor, ...]


def people_view(on: Shelf) -> DirectoryView:
    """List who posted or contributed, those with most entries first."""
    words, persons = on.words.directory, on.people.persons
    return DirectoryView(
        heading=words.people,
        lead=words.people_lead,
        count=on.words.count(words.persons, len(persons)),
        rows=tuple(
            DirectoryRow(
                anchor=person_anchor(on, person),
                more=_handle(person),
                since=_since(on, person.entries),
                svg=figures.glance(on, person.entries),
            )
            for person in persons
        ),
        once_heading="",
        once=(),
    )


def person_anchor(on: Shelf, person: Person) -> Anchor:
    """Link to a person's first page, with the number of their entries."""
    return Anchor(
        text=person.shown,
        href=urls.quoted(urls.person_path(person.key)),
        count=on.words.number_text(len(person.entries)),
    )


def person_pages(on: Shelf, person: Person) -> Iterator[tuple[str, CollectionView]]:
    """Make a person's pages with their paths."""
    words = on.words.directory
    listed = Collection(
        heading=person.shown,
        lead=" · ".join(filter(None, (_handle(person), _since(on, person.entries)))),
        up=Anchor(text=words.people, href=urls.PEOPLE),
        members=person.entries,
        facet="person",
        key=person.key,
        path=partial(urls.person_path, person.key),
        show_category=True,
        has_feed=True,
        related=_topics(on, person.entries),
    )
    return pages_of(on, listed)


def sources_view(on: Shelf) -> DirectoryView:
    """List the hosts that entries link to, those with most entries first."""
    words = on.words.directory
    return DirectoryView(
        heading=words.sources,
        lead=words.sources_lead,
        count=on.words.count(words.hosts, len(on.hosts)),
        rows=tuple(
            DirectoryRow(
                anchor=host_anchor(on, host),
                more="",
                since=_since(on, host.entries),
                svg=figures.glance(on, host.entries),
            )
            for host in on.hosts
            if host.has_page
        ),
        once_heading=words.once,
        once=tuple(host_anchor(on, host) for host in on.hosts if not host.has_page),
    )


def host_anchor(on: Shelf, host: Host) -> Anchor:
    """Link to a host's first page, or to its entry where it has only one."""
    if not host.has_page:
        return Anchor(text=host.name, href=on.rows[host.entries[0].entry.id].href)
    return Anchor(
        text=host.name,
        href=urls.quoted(urls.source_path(host.name)),
        count=on.words.number_text(len(host.entries)),
    )


def host_pages(on: Shelf, host: Host) -> Iterator[tuple[str, CollectionView]]:
    """Make a host's pages with their paths."""
    words = on.words.directory
    listed = Collection(
        heading=host.name,
        lead=_since(on, host.entries),
        up=Anchor(text=words.sources, href=urls.SOURCES),
        members=host.entries,
        facet="host",
        key=host.name,
        path=partial(urls.source_path, host.name),
        show_category=True,
        related=_topics(on, host.entries),
    )
    return pages_of(on, listed)


def _handle(person: Person) -> str:
    return f"@{person.handle}" if person.name and person.handle else ""


def _topics(on: Shelf, members: Sequence[Tagged]) -> tuple[Related, ...]:
    anchors = topics_of(on, members)
    return (Related(heading=on.words.topics, anchors=anchors),) if anchors else ()


def _since(on: Shelf, members: Sequence[Tagged]) -> str:
    """Tell the month of the oldest entry; nothing where no entry has a date."""
    dates = [(when.year, when.month) for one in members if (when := one.entry.when)]
    return on.words.directory.since.format(month=on.words.month_text(*min(dates))) if dates else ""
