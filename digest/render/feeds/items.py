"""An entry as all feeds tell it: made once, shared by every feed and format that holds it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape, unescape
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

import nh3
from markdown_it.common.normalize_url import normalizeLink

from digest.links import host_of
from digest.render import urls
from digest.render.entries import summary_of
from digest.render.html import printable
from digest.render.markdown import rebase
from digest.render.sanitise import TAGS

if TYPE_CHECKING:
    from digest.model import Entry, Tagged
    from digest.render.shelf import Shelf

SUMMARY_LENGTH = 300
# What Atom, which asks for a date, says of an entry without one: the first day that the W3C's
# validator takes for a date that is meant.
NO_DATE = datetime(1990, 1, 1, 12, tzinfo=UTC)

_IMAGE = re.compile(r'<img src="([^"]*)"')  # <img src="https://example.org/a.png" alt="">
# Feeds keep the text and drop what only our own pages use: classes, lazy loading, code colours.
_CLEANER: Final = nh3.Cleaner(
    tags=TAGS - {"div", "span"},
    attributes={
        "a": {"href", "title"},
        "abbr": {"title"},
        "img": {"src", "alt", "width", "height", "title"},
        "li": {"value"},
        "ol": {"start"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
    },
    link_rel=None,
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A category or topic of an entry; ``scheme`` is the address of the list it is one of."""

    name: str
    label: str
    scheme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An entry for feeds: printable text, absolute addresses.

    ``updated``, which Atom asks for, is what ``moments`` gives. ``published`` is the same where the
    note tells a day, else None: a month is no day, and ``month`` has it, as in ``2023-12``.
    ``who`` has a page at ``who_url``, ``source`` is the address that the title links to and
    ``image`` the first picture; each may be empty.
    """

    id: str
    url: str
    source: str
    title: str
    summary: str
    html: str
    who: str
    who_url: str
    published: datetime | None
    updated: datetime
    month: str
    language: str
    tags: tuple[Tag, ...]
    image: str


def moments(on: Shelf) -> dict[str, datetime]:
    """Return a time for each entry by its id, no two the same, which keep the site's order.

    Noon UTC of its day, when it is that day almost everywhere, less a second for each entry of the
    day before it. A month stands for noon of its first day, no date for ``NO_DATE``.
    """
    before: Counter[datetime] = Counter()
    found: dict[str, datetime] = {}
    for one in on.tagged:
        when = one.entry.when
        noon = datetime(when.year, when.month, when.day or 1, 12, tzinfo=UTC) if when else NO_DATE
        found[one.entry.id] = noon - timedelta(seconds=before[noon])
        before[noon] += 1
    return found


def item_of(on: Shelf, one: Tagged, base: str, moment: datetime) -> Item:
    """Tell an entry for feeds; ``base`` is the absolute address of the site's root."""
    entry, body = one.entry, on.site.bodies[one.entry.id]
    html = _CLEANER.clean(rebase(body.html, base))
    source = normalizeLink(entry.title_links[0].url) if entry.title_links else ""
    if source and f'href="{escape(source)}"' not in html:
        html += _source_line(on, entry, source)
    person = on.people.of.get(entry.id)
    when = entry.when
    return Item(
        id=f"urn:digest:{quote(entry.id, safe='')}",
        url=urls.canonical(base, urls.entry_path(entry)),
        source=source,
        title=printable(entry.title),
        summary=printable(summary_of(body.text, SUMMARY_LENGTH) or entry.title),
        html=printable(html or f"<p>{escape(entry.title, quote=False)}</p>"),
        who=printable(on.rows[entry.id].who),
        who_url=urls.canonical(base, urls.person_path(person.key)) if person else "",
        published=moment if when and when.day else None,
        updated=moment,
        month=when.iso if when and not when.day else "",
        language="zh-CN" if entry.language == "zh" else entry.language,
        tags=_tags(on, one, base),
        image=picture_of(html),
    )


def picture_of(html: str) -> str:
    """Return the address of the first picture of a body, or nothing."""
    found = _IMAGE.search(html)
    return unescape(found[1]) if found else ""


def _source_line(on: Shelf, entry: Entry, source: str) -> str:
    """Name what the entry is about, which on its own page stands above the body."""
    kind = escape(on.words.kinds[entry.title_links[0].kind])
    shown = escape(f"{host_of(source)}{summary_of(urlsplit(source).path.rstrip('/'), 60)}")
    link = f'<a href="{escape(source)}">{shown}</a>'
    return f"<p>{on.words.subscribe.source.format(kind=kind, link=link)}</p>\n"


def _tags(on: Shelf, one: Tagged, base: str) -> tuple[Tag, ...]:
    category = urls.canonical(base, urls.CATEGORIES)
    topics = urls.canonical(base, urls.TOPICS)
    return (
        Tag(name=one.category, label=printable(on.term_text(one.category)), scheme=category),
        *(
            Tag(name=name, label=printable(on.term_text(name)), scheme=topics)
            for name in one.topics
        ),
    )
