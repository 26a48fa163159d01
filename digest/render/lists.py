"""Lists of entries in pages of ``page_size``: of a category, a topic, a person, a host."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.render import figures, urls
from digest.render.search.page import finder_of
from digest.render.shelf import by_month
from digest.render.views import Anchor, ListView, Steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from digest.model import Tagged
    from digest.render.figures import Picture
    from digest.render.shelf import Shelf

TOPICS_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Links to other lists under a word of their own."""

    heading: str
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionView(ListView):
    """A page of such a list, with what it has to do with others; the first has its picture."""

    picture: Picture | None
    has_feed: bool
    related: tuple[Related, ...]
    before: Anchor | None
    after: Anchor | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A list to be cut into pages; ``path`` gives the path of each by its number from 1.

    ``facet`` and ``key`` are what its entries have in common, as the search names it.
    """

    heading: str
    lead: str
    up: Anchor
    members: Sequence[Tagged]
    path: Callable[[int], str]
    show_category: bool
    facet: str
    key: str
    has_feed: bool = False
    related: tuple[Related, ...] = ()
    before: Anchor | None = None
    after: Anchor | None = None


def pages_of(on: Shelf, listed: Collection) -> Iterator[tuple[str, CollectionView]]:
    """Make the pages of a list with their paths; a list without entries has one."""
    size = on.site.config.page_size
    pages = max(1, -(-len(listed.members) // size))
    picture = figures.over_time(on, "time", listed.heading, listed.members)
    for page in range(1, pages + 1):
        view = CollectionView(
            heading=listed.heading,
            lead=listed.lead,
            count=on.count(len(listed.members)),
            groups=by_month(on, listed.members[(page - 1) * size : page * size]),
            steps=_steps(on, listed, page, pages),
            up=listed.up,
            show_date=True,
            show_category=listed.show_category,
            finder=finder_of(listed.facet, listed.key, listed.members),
            picture=picture if page == 1 else None,
            has_feed=listed.has_feed,
            related=listed.related if page == 1 else (),
            before=listed.before,
            after=listed.after,
        )
        yield listed.path(page), view


def topics_of(on: Shelf, members: Sequence[Tagged], besides: str = "") -> tuple[Anchor, ...]:
    """Link to the topics that entries bring most often, with the number of these entries."""
    counted = Counter(name for one in members for name in one.topics if name != besides)
    most = sorted(counted, key=lambda name: (-counted[name], name))[:TOPICS_SHOWN]
    return tuple(
        Anchor(
            text=on.term_text(name),
            href=urls.quoted(urls.topic_path(name)),
            count=on.words.number_text(counted[name]),
        )
        for name in most
    )


def _steps(on: Shelf, listed: Collection, page: int, pages: int) -> Steps:
    def step(number: int) -> Anchor | None:
        if not 1 <= number <= pages:
            return None
        text = on.words.page_of.format(page=number, pages=pages)
        return Anchor(text=text, href=urls.quoted(listed.path(number)))

    place = on.words.page_of.format(page=page, pages=pages) if pages > 1 else ""
    return Steps(newer=step(page - 1), older=step(page + 1), place=place)
