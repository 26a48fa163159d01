"""OPML 2.0 (opml.org/spec2.opml): every feed in one file, to hand to a feed reader."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from digest.render import urls
from digest.render.html import printable

if TYPE_CHECKING:
    from digest.config import Config
    from digest.render.feeds.channels import Channel, Channels
    from digest.render.shelf import Shelf


def begun(config: Config) -> tuple[ET.Element, ET.Element]:
    """Return a document that names the site and its author, and its empty body."""
    root = ET.Element("opml", version="2.0")
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "title").text = printable(config.title)
    if config.author:
        ET.SubElement(head, "ownerName").text = printable(config.author)
    body = ET.SubElement(root, "body")
    return root, body


def finished(root: ET.Element) -> bytes:
    """Return a document as bytes."""
    ET.indent(root)
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def opml(on: Shelf, channels: Channels, base: str) -> bytes:
    """Return the list of all feeds, each once (as RSS, which every reader takes), in groups."""
    root, body = begun(on.site.config)
    _outline(body, channels.whole, base)
    for heading, group in channels.groups:
        outline = ET.SubElement(body, "outline", text=printable(heading))
        for channel in group:
            _outline(outline, channel, base)
    return finished(root)


def _outline(parent: ET.Element, channel: Channel, base: str) -> None:
    ET.SubElement(
        parent,
        "outline",
        type="rss",
        text=printable(channel.title),
        title=printable(channel.title),
        description=printable(channel.description),
        xmlUrl=base + urls.quoted(channel.rss),
        htmlUrl=urls.canonical(base, channel.page),
    )
