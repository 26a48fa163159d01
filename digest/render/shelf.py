"""The entries in the site's order, their rows, and who belongs under which heading."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from digest.links import host_of
from digest.render import people, sources, urls
from digest.render.timeline import timeline
from digest.render.views import Anchor, Group, Row
from digest.render.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from digest.model import Entry, Tagged, When
    from digest.render.people import People
    from digest.render.sources import Host
    from digest.render.timeline import Timeline
    from digest.render.views import Site
    from digest.render.words import Words
    from digest.taxonomy import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What all pages draw from: ``tagged`` stands newest first, ``rows`` go by entry id."""

    site: Site
    words: Words
    tagged: tuple[Tagged, ...]
    rows: Mapping[str, Row]
    categories: Mapping[str, str]
    topics: Mapping[str, str]
    people: People
    hosts: tuple[Host, ...]
    time: Timeline

    def rows_of(self, tagged: Iterable[Tagged]) -> tuple[Row, ...]:
        """Return the rows of some entries, in their order."""
        return tuple(self.rows[one.entry.id] for one in tagged)

    def count(self, number: int) -> str:
        """Write a number of entries."""
        return self.words.count(self.words.entries, number)

    def term_text(self, name: str) -> str:
        """Return a category's or topic's word; the name itself where the taxonomy has none."""
        return self.categories.get(name) or self.topics.get(name) or name


def shelf(site: Site) -> Shelf:
    """Put a site's entries in order and make their rows."""
    words = LANGUAGES[site.config.language]
    tagged = tuple(sorted(site.tagged, key=lambda one: urls.entry_order(one.entry)))
    categories = _term_texts(site.taxonomy.categories, words)
    entries = {one.entry.id: one.entry for one in tagged}
    return Shelf(
        site=site,
        words=words,
        tagged=tagged,
        rows={
            one.entry.id: _row(
                one,
                categories.get(one.category, one.category),
                _also_text([entries[name] for name in site.stories.get(one.entry.id, ())], words),
                words,
            )
            for one in tagged
        },
        categories=categories,
        topics=_term_texts(site.taxonomy.topics, words),
        people=people.gather(tagged),
        hosts=sources.gather(tagged),
        time=timeline(tagged),
    )


def _term_texts(terms: Iterable[Term], words: Words) -> dict[str, str]:
    return {term.name: term.name_in(words.lang) for term in terms}


def _row(one: Tagged, category: str, also: str, words: Words) -> Row:
    entry = one.entry
    links = entry.title_links or entry.links
    return Row(
        title=entry.title,
        href=urls.quoted(urls.entry_path(entry)),
        lang=entry.language,
        category=category,
        kind=words.kinds[links[0].kind] if links else "",
        host=host_of(links[0].url) if links else "",
        who=entry.author or (f"@{entry.handle}" if entry.handle else ""),
        date_text=words.date_text(entry.when),
        day_text=_day_text(entry.when, words),
        date_iso=entry.when.iso if entry.when else "",
        remark=entry.note or "",
        also=also,
        unsure=one.unsure,
        pick=entry.pick,
        draft=entry.draft,
    )


def _also_text(others: Sequence[Entry], words: Words) -> str:
    """Say in a few words that a story is told by others too; empty where there are none."""
    when = others[0].when if len(others) == 1 else None
    if when is not None:
        form = words.stories.also_in if when.day is None else words.stories.also_on
        return form.format(date=words.date_text(when))
    return words.count(words.stories.also, len(others)) if others else ""


def _day_text(when: When | None, words: Words) -> str:
    return words.day_text(when.month, when.day) if when and when.day else ""


def by_month(on: Shelf, tagged: Iterable[Tagged]) -> tuple[Group, ...]:
    """Group entries that stand newest first under their months; those without a date come last."""
    return tuple(
        Group(heading=place.text, href=place.href, rows=on.rows_of(members))
        for place, members in groupby(tagged, key=_month_of(on.words))
    )


def by_month_and_day(on: Shelf, tagged: Iterable[Tagged]) -> tuple[Group, ...]:
    """Group entries that stand newest first under their months and, inside, their days."""
    found: list[Group] = []
    for place, members in groupby(tagged, key=_month_of(on.words)):
        days = by_day(on, members)
        flat = len(days) == 1 and not days[0].href
        rows = days[0].rows if flat else ()
        found.append(
            Group(heading=place.text, href=place.href, rows=rows, groups=() if flat else days)
        )
    return tuple(found)


def by_day(on: Shelf, tagged: Iterable[Tagged]) -> tuple[Group, ...]:
    """Group entries of a month that stand newest first; those known to the month come last."""
    return tuple(
        Group(heading=place.text, href=place.href, rows=on.rows_of(members))
        for place, members in groupby(tagged, key=_day_of(on.words))
    )


def _month_of(words: Words) -> Callable[[Tagged], Anchor]:
    def place(one: Tagged) -> Anchor:
        when = one.entry.when
        if when is None:
            return Anchor(text=words.undated, href=urls.UNDATED)
        return Anchor(
            text=words.month_text(when.year, when.month),
            href=urls.archive_path(when.year, when.month),
        )

    return place


def _day_of(words: Words) -> Callable[[Tagged], Anchor]:
    def place(one: Tagged) -> Anchor:
        when = one.entry.when
        if when is None or when.day is None:
            return Anchor(text=words.day_unknown, href="")
        return Anchor(
            text=words.day_text(when.month, when.day),
            href=urls.archive_path(when.year, when.month, when.day),
        )

    return place
