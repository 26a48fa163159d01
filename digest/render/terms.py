"""Categories and topics: two ways to sort the entries, each with an index and a list a term."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from digest.render import figures, urls
from digest.render.lists import Collection, Related, pages_of, topics_of
from digest.render.views import Anchor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from markupsafe import Markup

    from digest.model import Tagged
    from digest.render.lists import CollectionView
    from digest.render.shelf import Shelf
    from digest.taxonomy import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRow:
    """A category or topic in the list of all; ``svg`` is its course in small, or empty."""

    anchor: Anchor
    meaning: str
    svg: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsView:
    """All categories or all topics."""

    heading: str
    terms: tuple[TermRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """A way to sort: its terms in the taxonomy's order, the entries of each, and their pages.

    ``facet`` is its name in the search.
    """

    facet: str
    heading: str
    index: str
    terms: tuple[Term, ...]
    members: Mapping[str, tuple[Tagged, ...]]
    path: Callable[[str, int], str]
    show_category: bool


def by_category(on: Shelf) -> Sorting:
    """Sort by category."""
    terms = on.site.taxonomy.categories
    return Sorting(
        facet="category",
        heading=on.words.categories,
        index=urls.CATEGORIES,
        terms=terms,
        members=_sorted(terms, on.tagged, lambda one: (one.category,)),
        path=urls.category_path,
        show_category=False,
    )


def by_topic(on: Shelf) -> Sorting:
    """Sort by topic; an entry stands under each of its topics."""
    terms = on.site.taxonomy.topics
    return Sorting(
        facet="topic",
        heading=on.words.topics,
        index=urls.TOPICS,
        terms=terms,
        members=_sorted(terms, on.tagged, lambda one: one.topics),
        path=urls.topic_path,
        show_category=True,
    )


def _sorted(
    terms: Sequence[Term], tagged: Iterable[Tagged], names: Callable[[Tagged], Sequence[str]]
) -> dict[str, tuple[Tagged, ...]]:
    members: dict[str, list[Tagged]] = {term.name: [] for term in terms}
    for one in tagged:
        for name in names(one):
            if name in members:
                members[name].append(one)
    return {name: tuple(ones) for name, ones in members.items()}


def anchor(on: Shelf, sorting: Sorting, term: Term) -> Anchor:
    """Link to a term's first page, with the number of its entries."""
    return Anchor(
        text=on.term_text(term.name),
        href=urls.quoted(sorting.path(term.name, 1)),
        count=on.words.number_text(len(sorting.members[term.name])),
    )


def terms_view(on: Shelf, sorting: Sorting) -> TermsView:
    """List all terms."""
    return TermsView(
        heading=sorting.heading,
        terms=tuple(
            TermRow(
                anchor=anchor(on, sorting, term),
                meaning=term.meaning_in(on.words.lang),
                svg=figures.glance(on, sorting.members[term.name]),
            )
            for term in sorting.terms
        ),
    )


def list_views(on: Shelf, sorting: Sorting, term: Term) -> Iterator[tuple[str, CollectionView]]:
    """Make a term's pages with their paths."""
    members = sorting.members[term.name]
    topics = topics_of(on, members, besides=term.name)
    before, after = _beside(on, sorting, term)
    heading = on.words.lists.often_with if sorting.show_category else on.words.topics
    listed = Collection(
        heading=on.term_text(term.name),
        lead=term.meaning_in(on.words.lang),
        up=Anchor(text=sorting.heading, href=sorting.index),
        members=members,
        facet=sorting.facet,
        key=term.name,
        path=partial(sorting.path, term.name),
        show_category=sorting.show_category,
        has_feed=True,
        related=(Related(heading=heading, anchors=topics),) if topics else (),
        before=before,
        after=after,
    )
    return pages_of(on, listed)


def _beside(on: Shelf, sorting: Sorting, term: Term) -> tuple[Anchor | None, Anchor | None]:
    """Link to the terms before and after one, of those with entries, in the taxonomy's order."""
    terms = [one for one in sorting.terms if sorting.members[one.name] or one == term]
    at = terms.index(term)
    before = anchor(on, sorting, terms[at - 1]) if at else None
    after = anchor(on, sorting, terms[at + 1]) if at + 1 < len(terms) else None
    return before, after
