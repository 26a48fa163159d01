"""Markdown: one note in the recommended habit, which Digest reads back to the same entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.compose.body import with_breaks
from digest.compose.entry import NewEntry
from digest.compose.whole import note_of
from digest.model import Layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.config import Config
    from digest.model import Tagged
    from digest.readers import Setting


class NotWritableError(Exception):
    """An entry cannot be written so that it reads as it was; the text says which, and why."""


def as_note(tagged: Sequence[Tagged], config: Config, setting: Setting) -> bytes:
    """Return the entries as a note in sections.

    Title, date, category, topics, links, text, names, rating, pick and draft are those of the
    entries; what a note says once for all its entries stands in each.

    Raises:
        NotWritableError: an entry would not read as it was.
    """
    new = [_new(one) for one in tagged]
    title = " ".join(config.title.split()).replace('"', "”").replace("\\", "＼")
    whole = note_of(new, ("---", f'title: "{title}"', "---"), setting, config.language)
    if whole.left_out:
        entry, fault = whole.left_out[0]
        message = f"`{entry.title}` cannot be written in Markdown that reads the same: {fault}"
        raise NotWritableError(message)
    return whole.text.encode()


def _new(one: Tagged) -> NewEntry:
    entry = one.entry
    lines = [line.text for line in entry.body]
    urls = list(dict.fromkeys(link.url for link in entry.title_links))
    return NewEntry(
        title=entry.title,
        category=one.category,
        url=urls[0] if urls else "",
        more_urls=tuple(urls[1:]),
        topics=one.topics,
        body="\n".join(with_breaks(lines) if entry.layout is Layout.LINES else lines),
        author=_value(entry.author),
        handle=_value(entry.handle),
        date=entry.when.iso if entry.when else "",
        note=_value(entry.note),
        draft=entry.draft,
        pick=entry.pick,
    )


def _value(text: str | None) -> str:
    """Return a text as a comment can hold it."""
    return (text or "").replace('"', "”").replace("-->", "→")
