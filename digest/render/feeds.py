"""The feed: RSS 2.0 with full text (``content:encoded``) of the newest entries, newest first.

Nothing in it tells when it was built, and an entry's ``guid`` does not depend on the base address,
so that a move shows no entry twice. Without a base address, links lead to ``PREVIEW``: RSS asks for
absolute ones (S102 warns of it).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from feedgen.feed import FeedGenerator

from digest.render import urls
from digest.render.entries import summary_of
from digest.render.html import printable
from digest.render.markdown import rebase

if TYPE_CHECKING:
    from digest.model import Tagged, When
    from digest.render.shelf import Shelf

PREVIEW = "http://localhost:8000/"
GENERATOR = "Digest"
SUMMARY_LENGTH = 300

# <lastBuildDate>Sat, 22 Nov 2025 06:38:00 +0000</lastBuildDate>: feedgen always stamps the clock
_STAMP = re.compile(rb"<lastBuildDate>[^<]*</lastBuildDate>")


def rss(on: Shelf) -> bytes:
    """Return ``feed.xml``; the same entries give the same bytes."""
    config = on.site.config
    base = config.base_url or PREVIEW
    feed = FeedGenerator()
    feed.load_extension("dc", atom=False, rss=True)
    feed.title(printable(config.title))
    feed.link(href=base + urls.FEED, rel="self", type="application/rss+xml")
    feed.link(href=base, rel="alternate")  # RSS takes the last link
    feed.description(printable(config.description or config.title))
    feed.language(on.words.lang.lower())
    feed.generator(GENERATOR)
    newest = on.tagged[: config.feed_size]
    days = [one.entry.when for one in newest if one.entry.when and one.entry.when.day]
    if days:
        feed.pubDate(_moment(days[0]))
    for one in newest:
        _add(feed, on, one, base)
    return _STAMP.sub(b"", feed.rss_str(), count=1)


def _add(feed: FeedGenerator, on: Shelf, one: Tagged, base: str) -> None:
    entry, body = one.entry, on.site.bodies[one.entry.id]
    item = feed.add_entry(order="append")
    item.title(printable(entry.title))
    item.link(href=urls.canonical(base, urls.entry_path(entry)))
    item.guid(f"urn:digest:{quote(entry.id, safe='')}", permalink=False)
    item.description(printable(summary_of(body.text, SUMMARY_LENGTH) or entry.title))
    item.content(printable(rebase(body.html, base)), type="html")
    for name in (one.category, *one.topics):
        item.category(term=name, label=printable(on.term_text(name)))
    who = entry.author or entry.handle
    if who:
        item.dc.dc_creator(printable(who))
    if entry.when and entry.when.day:
        item.pubDate(_moment(entry.when))
    elif entry.when:
        item.dc.dc_date(entry.when.iso)  # W3C-DTF knows a month; RSS's own pubDate needs a day


def _moment(when: When) -> datetime:
    """Return noon UTC: RSS asks for a time of day, and at noon it is that day almost everywhere."""
    return datetime(when.year, when.month, when.day or 1, 12, tzinfo=UTC)
