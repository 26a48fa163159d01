"""The page of trends: growth, categories and topics over time, the most linked hosts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.render import charts, figures, terms, urls
from digest.render.charts import COLOURS, Series
from digest.render.directory import host_anchor
from digest.render.views import Anchor

if TYPE_CHECKING:
    from markupsafe import Markup

    from digest.render.figures import Picture, Table
    from digest.render.shelf import Shelf
    from digest.render.sources import Host
    from digest.render.terms import Sorting
    from digest.taxonomy import Term

TOPICS_SHOWN = 12
HOSTS_SHOWN = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A link with its number and a picture of it, which says no more than the number."""

    anchor: Anchor
    svg: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiples:
    """Small pictures on one scale, and the numbers behind them."""

    heading: str
    text: str
    bars: tuple[Bar, ...]
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendsView:
    """The page of trends; without two months to compare it has the hosts alone."""

    pictures: tuple[Picture, ...]
    topics: Multiples | None
    hosts: tuple[Bar, ...]
    undated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendView:
    """The course of the whole digest in small, for the home page."""

    svg: Markup
    text: str
    href: str


def trends_view(on: Shelf) -> TrendsView:
    """Make the page of trends."""
    words = on.words.charts
    undated = sum(one.entry.when is None for one in on.tagged)
    hosts = [host for host in on.hosts if host.has_page]
    most = len(hosts[0].entries) if hosts else 0
    return TrendsView(
        pictures=_pictures(on) if on.time.tells else (),
        topics=_topics(on, terms.by_topic(on)) if on.time.tells else None,
        hosts=tuple(_host(on, host, most) for host in hosts[:HOSTS_SHOWN]),
        undated=words.undated.format(n=on.count(undated)) if undated else "",
    )


def trend_view(on: Shelf) -> TrendView | None:
    """Make the home page's picture; None where there is no course of time to show."""
    picture = figures.over_time(on, "trend", on.site.config.title, on.tagged)
    if picture is None:
        return None
    values = on.time.count(on.tagged)
    return TrendView(
        svg=charts.small_bars(values, max(values)), text=picture.text, href=urls.TRENDS
    )


def _pictures(on: Shelf) -> tuple[Picture, ...]:
    return (figures.growth(on), figures.shares(on, _categories(on, terms.by_category(on))))


def _categories(on: Shelf, sorting: Sorting) -> list[Series]:
    """Count the categories, the largest first; what has no colour of its own goes together."""
    found = [one for _, one in _counted(on, sorting)]
    if len(found) <= COLOURS:
        return found
    rest = [one.values for one in found[COLOURS - 1 :]]
    others = Series(name=on.words.charts.others, values=tuple(map(sum, zip(*rest, strict=True))))
    return [*found[: COLOURS - 1], others]


def _counted(on: Shelf, sorting: Sorting) -> list[tuple[Term, Series]]:
    """Count the entries of each term over time; the terms with most stand first."""
    counted = [(term, on.time.count(sorting.members[term.name])) for term in sorting.terms]
    often = sorted((pair for pair in counted if any(pair[1])), key=lambda pair: -sum(pair[1]))
    return [(term, Series(name=on.term_text(term.name), values=values)) for term, values in often]


def _topics(on: Shelf, sorting: Sorting) -> Multiples | None:
    shown = _counted(on, sorting)[:TOPICS_SHOWN]
    if not shown:
        return None
    words, axis = on.words.charts, figures.axis_of(on)
    most = max(max(series.values) for _, series in shown)
    return Multiples(
        heading=words.topics,
        text=words.topics_text.format(first=axis.names[0], last=axis.names[-1], n=on.count(most)),
        bars=tuple(
            Bar(anchor=terms.anchor(on, sorting, term), svg=charts.small_bars(series.values, most))
            for term, series in shown
        ),
        table=figures.table_of(on, [series for _, series in shown]),
    )


def _host(on: Shelf, host: Host, most: int) -> Bar:
    anchor = host_anchor(on, host)
    count = on.words.number_text(len(host.entries))
    svg = charts.bar(len(host.entries), most)
    return Bar(anchor=Anchor(text=anchor.text, href=anchor.href, count=count), svg=svg)
