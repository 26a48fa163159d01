"""RSS, Atom (by feedparser, which knows what feeds are like in the wild) and JSON Feed 1.1."""

from __future__ import annotations

import datetime as dt
import html
import io
import json
import re
from contextlib import suppress
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from xml.sax import SAXParseException

from digest.importing.item import MOST_ITEMS, Heap, Item, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Mapping

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")  # <?xml version="1.0" encoding="gbk"?>
_AS_UTF_8 = '<?xml version="1.0" encoding="utf-8"?>'  # without it feedparser miscounts lines
_NOT_A_FEED = "give an RSS, Atom or JSON feed, or bookmarks as a browser exports them"


def read_xml(text: str) -> Heap:
    """Read an RSS or Atom feed.

    Raises:
        UnreadableError: it declares entities (a feed has no use for them, an attack has), or it
            holds no items.
    """
    entity = text.find("<!ENTITY")
    if entity >= 0:
        line = text.count("\n", 0, entity) + 1
        fact = "the file declares XML entities"
        raise UnreadableError(fact=fact, hint="take the `<!ENTITY …>` out", line=line)
    import feedparser  # noqa: PLC0415  # 100 ms that no other command need pay

    data = (_AS_UTF_8 + _DECLARATION.sub("", text, count=1)).encode("utf-8", "replace")
    headers = {"content-type": "application/xml; charset=utf-8"}
    found = feedparser.parse(io.BytesIO(data), response_headers=headers)
    damage, line = _damage(found)
    if not found.entries:
        fact = damage or "the file holds no items of a feed"
        raise UnreadableError(fact=fact, hint=_NOT_A_FEED, line=line)
    return Heap(
        title=found.feed.get("title", ""),
        items=tuple(_item(entry) for entry in found.entries[:MOST_ITEMS]),
        damage=damage,
        damage_line=line,
    )


def _damage(found: Mapping[str, Any]) -> tuple[str, int]:
    """Return what is not well formed in a feed, and on which line."""
    error = found.get("bozo_exception")
    if not isinstance(error, SAXParseException):
        return "", 0
    return f"the XML is not well formed: {error.getMessage()}", error.getLineNumber() or 0


def _item(entry: Mapping[str, Any]) -> Item:
    contents = [part.get("value", "") for part in entry.get("content", [])]
    written = entry.get("published") or entry.get("updated") or ""
    return Item(
        title=entry.get("title", ""),
        url=entry.get("link", ""),
        html=max([*contents, entry.get("summary", "")], key=len),
        date=day_of(written),
        author=entry.get("author", ""),
        tags=tuple(tag.get("term") or "" for tag in entry.get("tags", [])),
    )


def day_of(written: str) -> str:
    """Return the day of a date as RSS (RFC 822) or Atom (RFC 3339) write it, as its author saw it.

    Empty where it is neither.
    """
    with suppress(ValueError, TypeError, IndexError):
        return parsedate_to_datetime(written).date().isoformat()
    with suppress(ValueError):
        return dt.date.fromisoformat(written.strip()[:10]).isoformat()
    return ""


def read_json(text: str) -> Heap:
    """Read a JSON Feed.

    Raises:
        UnreadableError: it is no JSON, or no JSON Feed.
    """
    try:
        feed = json.loads(text)
    except json.JSONDecodeError as error:
        fact = f"the JSON breaks off: {error.msg}"
        raise UnreadableError(fact=fact, hint=_NOT_A_FEED, line=error.lineno) from error
    except RecursionError as error:
        fact = "the JSON is nested too deeply"
        raise UnreadableError(fact=fact, hint=_NOT_A_FEED) from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or "jsonfeed.org/version" not in str(feed.get("version")):
        raise UnreadableError(fact="the JSON is no JSON Feed", hint=_NOT_A_FEED)
    if not items:
        raise UnreadableError(fact="the feed holds no items", hint=_NOT_A_FEED)
    read = (_json_item(item) for item in items[:MOST_ITEMS] if isinstance(item, dict))
    return Heap(title=_text(feed, "title"), items=tuple(read))


def _json_item(item: dict[str, Any]) -> Item:
    plain = html.escape(_text(item, "content_text") or _text(item, "summary"))
    paragraphs = "".join(f"<p>{part}</p>" for part in plain.split("\n\n") if part.strip())
    authors = item.get("authors") or [item.get("author")]
    first = authors[0] if isinstance(authors, list) and authors else None
    tags = item.get("tags")
    return Item(
        title=html.escape(_text(item, "title")),
        url=_text(item, "external_url") or _text(item, "url"),
        html=_text(item, "content_html") or paragraphs.replace("\n", "<br>"),
        date=day_of(_text(item, "date_published") or _text(item, "date_modified")),
        author=_text(first, "name") if isinstance(first, dict) else "",
        tags=tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
    )


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""
