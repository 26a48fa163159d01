"""The home page: the newest entries, the newest picks, and how many there are of what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.render import terms
from digest.render.shelf import by_month_and_day
from digest.render.views import HomeView

if TYPE_CHECKING:
    from digest.render.shelf import Shelf

PICKS_SHOWN = 8
TOPICS_SHOWN = 12


def home_view(on: Shelf) -> HomeView:
    """Make the home page; the topics shown are those with the most entries."""
    categories, topics = terms.by_category(on), terms.by_topic(on)
    often = sorted(topics.terms, key=lambda term: -len(topics.members[term.name]))
    return HomeView(
        months=by_month_and_day(on, on.tagged[: on.site.config.newest]),
        picks=on.rows_of([one for one in on.tagged if one.entry.pick][:PICKS_SHOWN]),
        categories=tuple(terms.anchor(on, categories, term) for term in categories.terms),
        topics=tuple(
            terms.anchor(on, topics, term)
            for term in often[:TOPICS_SHOWN]
            if topics.members[term.name]
        ),
    )
