"""The home page: the newest entries, the newest picks, what is new in each category."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.render import terms
from digest.render.shelf import by_month_and_day
from digest.render.trends import trend_view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.model import Tagged
    from digest.render.shelf import Shelf
    from digest.render.trends import TrendView
    from digest.render.views import Anchor, Group, Row

PICKS_SHOWN = 8
TOPICS_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryNews:
    """A category, its newest entry, and how many it has in the newest month of the digest."""

    anchor: Anchor
    newest: Row | None
    fresh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """The home page."""

    months: tuple[Group, ...]
    picks: tuple[Row, ...]
    categories: tuple[CategoryNews, ...]
    topics: tuple[Anchor, ...]
    trend: TrendView | None


def home_view(on: Shelf) -> HomeView:
    """Make the home page; the topics shown are those with the most entries."""
    categories, topics = terms.by_category(on), terms.by_topic(on)
    often = sorted(topics.terms, key=lambda term: -len(topics.members[term.name]))
    return HomeView(
        months=by_month_and_day(on, on.tagged[: on.site.config.newest]),
        picks=on.rows_of([one for one in on.tagged if one.entry.pick][:PICKS_SHOWN]),
        categories=tuple(
            CategoryNews(
                anchor=terms.anchor(on, categories, term),
                newest=next(iter(on.rows_of(categories.members[term.name][:1])), None),
                fresh=_fresh(on, categories.members[term.name]),
            )
            for term in categories.terms
        ),
        topics=tuple(
            terms.anchor(on, topics, term)
            for term in often[:TOPICS_SHOWN]
            if topics.members[term.name]
        ),
        trend=trend_view(on),
    )


def _fresh(on: Shelf, members: Sequence[Tagged]) -> str:
    """Tell how many entries are of the digest's newest month; nothing where there are none."""
    newest = on.tagged[0].entry.when if on.tagged else None
    if newest is None:
        return ""
    month = (newest.year, newest.month)
    found = sum((w.year, w.month) == month for one in members if (w := one.entry.when))
    if not found:
        return ""
    return on.words.reading.in_month.format(
        month=on.words.month_name(newest.month), n=on.words.number_text(found)
    )
