"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from digest.render import urls
from digest.render.html import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.render.feeds.channels import Channel
    from digest.render.feeds.items import Item
    from digest.render.shelf import Shelf

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(on: Shelf, channel: Channel, items: Iterable[Item], base: str) -> bytes:
    """Return a feed with full text; the same entries give the same bytes."""
    author = on.site.config.author
    feed = {
        "version": VERSION,
        "title": printable(channel.title),
        "home_page_url": urls.canonical(base, channel.page),
        "feed_url": base + urls.quoted(channel.json),
        "description": printable(channel.description),
        "language": on.words.lang,
        **({"icon": base + urls.LARGE_ICON} if urls.LARGE_ICON in on.site.assets else {}),
        **({"favicon": base + urls.SMALL_ICON} if urls.SMALL_ICON in on.site.assets else {}),
        **({"authors": [{"name": printable(author)}]} if author else {}),
        "items": [_item(item) for item in items],
    }
    return f"{json.dumps(feed, ensure_ascii=False)}\n".encode()


def _item(item: Item) -> dict[str, object]:
    """Tell an item; what it has not is left out. A month is no date here: the format has none."""
    told = {
        "id": item.id,
        "url": item.url,
        "external_url": item.source,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.html,
        "image": item.image,
        "date_published": item.published.isoformat() if item.published else "",
        "authors": [{"name": item.who, "url": item.who_url}] if item.who else [],
        "tags": list(dict.fromkeys(tag.label for tag in item.tags)),
        "language": item.language,
    }
    return {name: value for name, value in told.items() if value}
