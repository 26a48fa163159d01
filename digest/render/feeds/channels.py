"""Which feeds there are: one of the whole site, one a category, topic and person.

Each is written in three formats. What they are called is fixed: ``feed.xml``, ``atom.xml`` and
``feed.json`` for the site; ``categories/NAME.xml`` (RSS), ``categories/NAME.atom.xml`` and
``categories/NAME.json`` beside the page ``categories/NAME.html``, and so on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from digest.render import urls
from digest.render.terms import by_category, by_topic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.model import Tagged
    from digest.render.shelf import Shelf
    from digest.render.terms import Sorting

RSS = "application/rss+xml"
ATOM = "application/atom+xml"
JSON = "application/feed+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A feed in three formats: what it is of, the page that it belongs to, and its files.

    ``id`` depends on the term or person alone: neither a change of its title, of the site's
    address nor of ``http`` to ``https`` changes it. ``members`` stand newest first, all of them.
    """

    id: str
    name: str
    title: str
    description: str
    page: str
    rss: str
    atom: str
    json: str
    members: tuple[Tagged, ...]

    @property
    def formats(self) -> tuple[tuple[str, str, str], ...]:
        """The name, the media type and the path of each format."""
        return (
            ("RSS", RSS, self.rss),
            ("Atom", ATOM, self.atom),
            ("JSON Feed", JSON, self.json),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Channels:
    """All feeds of a site, grouped under the headings of their pages."""

    whole: Channel
    groups: tuple[tuple[str, tuple[Channel, ...]], ...]

    @property
    def all(self) -> tuple[Channel, ...]:
        """Every feed once: the site's first."""
        return (self.whole, *(channel for _, group in self.groups for channel in group))

    def of_page(self, path: str) -> tuple[Channel, ...]:
        """Return the feeds that a page names: its own, where it has one, and the site's.

        ``categories/tools/2.html`` names those of ``categories/tools.html``.
        """
        first = f"{path.rpartition('/')[0]}.html"
        own = tuple(channel for channel in self.all[1:] if channel.page in {path, first})
        return (*own, self.whole)


def channels(on: Shelf) -> Channels:
    """Return the feeds of a site; a category or topic without entries has an empty one."""
    config = on.site.config
    whole = Channel(
        id="urn:digest:feed",
        name=config.title,
        title=config.title,
        description=config.description or config.title,
        page=urls.HOME,
        rss=urls.FEED,
        atom="atom.xml",
        json="feed.json",
        members=_published(on.tagged),
    )
    people = tuple(
        _channel(on, person.shown, urls.person_path(person.key), "", person.entries)
        for person in on.people.persons
    )
    return Channels(
        whole=whole,
        groups=(
            *((kind.heading, _of_terms(on, kind)) for kind in (by_category(on), by_topic(on))),
            (on.words.directory.people, people),
        ),
    )


def _of_terms(on: Shelf, sorting: Sorting) -> tuple[Channel, ...]:
    return tuple(
        _channel(
            on,
            on.term_text(term.name),
            sorting.path(term.name, 1),
            term.meaning_in(on.words.lang),
            sorting.members[term.name],
        )
        for term in sorting.terms
    )


def _channel(
    on: Shelf, name: str, page: str, description: str, members: Iterable[Tagged]
) -> Channel:
    title = f"{name} · {on.site.config.title}"
    stem = page.removesuffix(".html")
    return Channel(
        id=f"urn:digest:feed:{quote(stem.replace('/', ':'))}",
        name=name,
        title=title,
        description=description or title,
        page=page,
        rss=f"{stem}.xml",
        atom=f"{stem}.atom.xml",
        json=f"{stem}.json",
        members=_published(members),
    )


def _published(members: Iterable[Tagged]) -> tuple[Tagged, ...]:
    """Leave out drafts, which a preview shows on its pages: what a reader has fetched stays."""
    return tuple(one for one in members if not one.entry.draft)
