"""What the W3C's feed validator asks of RSS, and what RFC 4287 asks of Atom beyond its schema.

The validator is a service and a repository, in no package registry; these are the rules of its
catalogue (validator.w3.org/feed/docs) that a feed with full text can break.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
_CHANNEL = {
    *("title", "link", "description", "language", "copyright", "managingEditor", "webMaster"),
    *("pubDate", "lastBuildDate", "category", "generator", "docs", "ttl", "image", "item"),
    *(f"{ATOM}link", f"{DC}creator"),
}
_ITEM = {
    *("title", "link", "description", "author", "category", "comments", "enclosure", "guid"),
    *("pubDate", "source", f"{CONTENT}encoded", f"{DC}creator", f"{DC}date", f"{DC}language"),
}
_MANY = {"category", "item"}
_URN = re.compile(r"urn:[a-z0-9][a-z0-9-]{0,31}:(?:[\w()+,\-.:=@;$!*']|%[0-9A-Fa-f]{2})+", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,8})*")  # zh-cn
_MONTH = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")  # 2023-12
_OLDEST = 1990  # the validator takes an earlier year for a slip
_UNSAFE = {"script", "style", "iframe", "object", "embed", "form", "meta", "link"}


def rss_faults(data: bytes, address: str) -> list[str]:
    """Return what is wrong with an RSS 2.0 feed that is to be found at ``address``."""
    root = ET.fromstring(data)  # noqa: S314 - our own feed
    channels = root.findall("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or len(channels) != 1:
        return ["not one channel in an rss of version 2.0"]
    return [*_channel_faults(channels[0], address), *_items_faults(channels[0])]


def _channel_faults(channel: ET.Element, address: str) -> Iterator[str]:
    yield from _element_faults(channel, _CHANNEL)
    for name in ("title", "link", "description"):
        if not (channel.findtext(name) or "").strip():
            yield f"channel without {name}"
    if not _absolute(channel.findtext("link")):
        yield "channel's link is not absolute"
    own = [link.get("href") for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if own != [address]:
        yield f"self reference {own} does not match the document's location"
    if not _LANGUAGE.fullmatch(channel.findtext("language") or ""):
        yield "channel without a language"
    for name in ("pubDate", "lastBuildDate"):
        yield from _date_faults(channel.find(name))


def _items_faults(channel: ET.Element) -> Iterator[str]:
    items = channel.findall("item")
    ids = Counter(item.findtext("guid") for item in items)
    yield from (f"guid {guid} stands {times} times" for guid, times in ids.items() if times > 1)
    for item in items:
        yield from _element_faults(item, _ITEM)
        guid = item.find("guid")
        if (
            guid is None
            or guid.get("isPermaLink") != "false"
            or not _URN.fullmatch(guid.text or "")
        ):
            yield "guid is not a valid URN that says that it is no link"
        if not _absolute(item.findtext("link")):
            yield "item's link is not absolute"
        yield from _date_faults(item.find("pubDate"))
        month = item.findtext(f"{DC}date")
        if month is not None and not _MONTH.fullmatch(month):
            yield f"dc:date {month} is not W3C-DTF"
        for name in ("description", f"{CONTENT}encoded"):
            yield from html_faults(item.findtext(name) or "")
        if not all((category.text or "").strip() for category in item.findall("category")):
            yield "category without a name"


def _element_faults(parent: ET.Element, known: set[str]) -> Iterator[str]:
    found = Counter(child.tag for child in parent)
    yield from (f"undefined {parent.tag} element: {tag}" for tag in found if tag not in known)
    yield from (
        f"{parent.tag} has {times} of {tag}"
        for tag, times in found.items()
        if times > 1 and tag not in _MANY
    )
    if "author" in found:
        yield "author is not an e-mail address"


def _date_faults(element: ET.Element | None) -> Iterator[str]:
    if element is None:
        return
    moment = parsedate_to_datetime(element.text or "")
    if format_datetime(moment) != element.text:
        yield f"{element.tag} {element.text} is not as RFC 822 has it, or not that weekday"
    if moment.year < _OLDEST:
        yield f"implausible date {element.text}"


def _absolute(address: str | None) -> bool:
    parts = urlsplit(address or "")
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and (address or "").isascii()


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSAFE:
            self.faults.append(f"content should not contain {tag} tag")
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.faults.append(f"content should not contain {name} attribute")
            mail = (value or "").startswith("mailto:")
            if name in {"href", "src"} and not mail and not _absolute(value):
                self.faults.append(f"{tag} should not contain relative URL reference: {value}")


def html_faults(text: str) -> list[str]:
    """Return what no content of a feed should hold: active tags, relative addresses."""
    parser = _Html()
    parser.feed(text)
    parser.close()
    return parser.faults


def atom_faults(data: bytes, address: str) -> list[str]:
    """Return what is wrong with an Atom feed that is valid by the schema."""
    feed = ET.fromstring(data)  # noqa: S314 - our own feed
    entries = feed.findall(f"{ATOM}entry")
    faults = [fault for one in (feed, *entries) for fault in _atom_element_faults(one)]
    if feed.find(f"{ATOM}author") is None and not all(
        entry.find(f"{ATOM}author") is not None for entry in entries
    ):
        faults.append("neither the feed nor every entry has an author")
    for name in ("id", "updated"):
        seen = Counter(entry.findtext(f"{ATOM}{name}") for entry in entries)
        faults += [f"two entries with the same {name}: {one}" for one, n in seen.items() if n > 1]
    own = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    return faults if own == [address] else [*faults, f"self reference {own} is not {address}"]


def _atom_element_faults(one: ET.Element) -> Iterator[str]:
    if not _URN.fullmatch(one.findtext(f"{ATOM}id") or ""):
        yield "id is not a valid URN"
    links = [
        (link.get("rel"), link.get("type"), link.get("href")) for link in one.iter(f"{ATOM}link")
    ]
    if one.tag == f"{ATOM}entry":
        alternate = [link for link in links if link[0] in {None, "alternate"}]
        if len(alternate) != 1:
            yield f"entry has {len(alternate)} alternate links"
        for name in ("content", "summary"):
            text = one.find(f"{ATOM}{name}")
            if text is None or text.get("type") != "html":
                yield f"{name} is not declared as HTML"
            else:
                yield from html_faults(text.text or "")
    if not all(_absolute(href) for _, _, href in links):
        yield "link is not absolute"
    for moment in one.findall(f"{ATOM}updated"):
        if datetime.fromisoformat(moment.text or "").year < _OLDEST:
            yield f"implausible date {moment.text}"
