"""OPML 2.0 (opml.org/spec2.opml): the entries as links, grouped by category."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from digest.render.feeds.opml import begun, finished
from digest.render.html import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.config import Config
    from digest.model import Tagged
    from digest.taxonomy import Taxonomy


def as_opml(tagged: Sequence[Tagged], config: Config, taxonomy: Taxonomy) -> bytes:
    """Return an outline a category, and in it one an entry; an entry without a link is text."""
    root, body = begun(config)
    for term in taxonomy.categories:
        members = [one for one in tagged if one.category == term.name]
        if members:
            name = printable(term.name_in(config.language))
            group = ET.SubElement(body, "outline", text=name)
            for one in members:
                ET.SubElement(group, "outline", _attributes(one))
    return finished(root)


def _attributes(one: Tagged) -> dict[str, str]:
    entry = one.entry
    found = {"text": printable(entry.title)}
    if entry.links:
        found |= {"type": "link", "url": printable(entry.links[0].url)}
    if entry.when is not None and entry.when.day is not None:
        when = entry.when
        day = dt.datetime(when.year, when.month, entry.when.day, tzinfo=dt.UTC)
        found["created"] = format_datetime(day, usegmt=True)
    words = [f"/{one.category}", *one.topics]  # `/` stands for a place in a tree, words for tags
    return {**found, "category": ",".join(words)}
