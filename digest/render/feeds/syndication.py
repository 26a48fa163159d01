"""RSS 2.0 and Atom (RFC 4287) by feedgen, whose faults are guarded here.

feedgen sets dates to the clock, puts each new entry first, loses all attributes of a link in an
Atom entry but its address, and takes a fifth of a millisecond for an entry each time that it is
written. So dates are always given, entries appended, and an entry's elements are made once, mended,
and copied into every feed that holds it.
"""

from __future__ import annotations

import copy
import re
from html import escape
from typing import TYPE_CHECKING, Any

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from digest.render import urls
from digest.render.feeds.channels import ATOM, RSS
from digest.render.feeds.items import NO_DATE
from digest.render.html import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.render.feeds.channels import Channel
    from digest.render.feeds.items import Item
    from digest.render.shelf import Shelf

GENERATOR = "Digest"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# <lastBuildDate>Sat, 22 Nov 2025 06:38:00 +0000</lastBuildDate>: the clock, where no day is known
_STAMP = re.compile(rb"<lastBuildDate>[^<]*</lastBuildDate>")


class Element:
    """An item's elements, made once; stands in a feed where feedgen expects an entry of its own."""

    def __init__(self, item: Item) -> None:
        """Make both elements of an item."""
        self.item = item
        made = _entry(item)
        self._rss = made.rss_entry()
        self._atom = made.atom_entry()
        self._atom.set(_LANG, item.language)
        for element, link in zip(self._atom.findall("link"), made.link(), strict=True):
            element.attrib.update(link)

    def register_extension(self, *_: object) -> None:
        """Take no extension: the elements are made."""

    def rss_entry(self) -> Any:  # noqa: ANN401 - an lxml element, and feedgen has no types
        """Return a new ``item`` element."""
        return copy.copy(self._rss)

    def atom_entry(self) -> Any:  # noqa: ANN401 - an lxml element, and feedgen has no types
        """Return a new ``entry`` element."""
        return copy.copy(self._atom)


def _entry(item: Item) -> FeedEntry:
    made = FeedEntry()
    made.load_extension("dc", atom=False, rss=True)
    made.guid(item.id, permalink=False)
    made.title(item.title)
    made.link(href=item.url, rel="alternate", type="text/html")
    if item.source:
        made.link(href=item.source, rel="via")
    made.summary(escape(item.summary, quote=False), type="html")  # RSS knows no other type
    made.content(item.html, type="html")  # "CDATA" would be written as Atom's type
    for tag in item.tags:
        made.category(term=tag.name, label=tag.label, scheme=tag.scheme)
    if item.who:
        made.author(name=item.who, uri=item.who_url)
        made.dc.dc_creator(item.who)
    made.dc.dc_language(item.language)
    made.updated(item.updated)
    if item.published:
        made.published(item.published)
    elif item.month:
        made.dc.dc_date(item.month)  # W3C-DTF knows a month; RSS's own pubDate needs a day
    return made


def rss(on: Shelf, channel: Channel, elements: Sequence[Element], base: str) -> bytes:
    """Return a feed in RSS 2.0 with full text; the same entries give the same bytes."""
    feed = _feed(channel, elements)
    feed.load_extension("dc", atom=False, rss=True)
    feed.language(on.words.lang.lower())
    feed.link(href=base + urls.quoted(channel.rss), rel="self", type=RSS)
    feed.link(href=urls.canonical(base, channel.page), rel="alternate")  # RSS takes the last link
    if on.site.config.author:
        feed.dc.dc_creator(printable(on.site.config.author))
    days = [element.item.published for element in elements if element.item.published]
    if days:
        feed.pubDate(max(days))
        feed.lastBuildDate(max(days))
    data: bytes = feed.rss_str()
    return data if days else _STAMP.sub(b"", data, count=1)


def atom(on: Shelf, channel: Channel, elements: Sequence[Element], base: str) -> bytes:
    """Return a feed in Atom with full text; the same entries give the same bytes."""
    feed = _feed(channel, elements)
    feed.id(channel.id)
    feed.language(on.words.lang)
    feed.link(href=base + urls.quoted(channel.atom), rel="self", type=ATOM)
    page = urls.canonical(base, channel.page)
    feed.link(href=page, rel="alternate", type="text/html")
    feed.author(name=printable(on.site.config.author or on.site.config.title))
    feed.updated(max((element.item.updated for element in elements), default=NO_DATE))
    if urls.ICON in on.site.assets:
        feed.icon(base + urls.ICON)
    data: bytes = feed.atom_str()
    return data


def _feed(channel: Channel, elements: Sequence[Element]) -> FeedGenerator:
    feed = FeedGenerator()
    feed.title(printable(channel.title))
    feed.description(printable(channel.description))
    feed.generator(GENERATOR)
    for element in elements:
        feed.add_entry(element, order="append")
    return feed
