"""All feeds: each channel in RSS 2.0, Atom and JSON Feed, and an OPML list of them.

Nothing in them tells when they were built. Ids do not depend on titles nor on the base address, so
that neither a mended title nor a move shows an entry twice. Without a base address, links lead to
``PREVIEW``: feeds ask for absolute ones (S102 warns of it).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.render import urls
from digest.render.feeds.items import item_of, moments
from digest.render.feeds.jsonfeed import json_feed
from digest.render.feeds.opml import opml
from digest.render.feeds.syndication import Element, atom, rss

if TYPE_CHECKING:
    from digest.render.feeds.channels import Channels
    from digest.render.shelf import Shelf

PREVIEW = "http://localhost:8000/"


def feed_files(on: Shelf, channels: Channels) -> dict[str, bytes]:
    """Return the files of all feeds by their path; ``feed_size`` is how many entries each holds.

    An entry's text is made once for all of them.
    """
    base = on.site.config.base_url or PREVIEW
    times = moments(on)
    made: dict[str, Element] = {}
    files: dict[str, bytes] = {}
    for channel in channels.all:
        elements = []
        for one in channel.members[: on.site.config.feed_size]:
            if one.entry.id not in made:
                item = item_of(on, one, base, times[one.entry.id])
                made[one.entry.id] = Element(item)
            elements.append(made[one.entry.id])
        files[channel.rss] = rss(on, channel, elements, base)
        files[channel.atom] = atom(on, channel, elements, base)
        items = [element.item for element in elements]
        files[channel.json] = json_feed(on, channel, items, base)
    files[urls.FEEDS] = opml(on, channels, base)
    return files
