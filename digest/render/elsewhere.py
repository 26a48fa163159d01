"""Where else a story was told, and what is related, for an entry's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.render import urls
from digest.render.views import Anchor, Telling

if TYPE_CHECKING:
    from digest.model import Entry
    from digest.render.shelf import Shelf
    from digest.render.views import Row
    from digest.render.words import Words


def tellings(on: Shelf, entry: Entry) -> tuple[Telling, ...]:
    """List the other entries of an entry's story, in the site's order."""
    others = frozenset(on.site.stories.get(entry.id, ()))
    return tuple(
        Telling(row=on.rows[one.entry.id], note=note_anchor(one.entry, on.words))
        for one in (on.tagged if others else ())
        if one.entry.id in others
    )


def related_rows(on: Shelf, entry: Entry) -> tuple[Row, ...]:
    """List what is related to an entry, the closest first."""
    return tuple(on.rows[name] for name in on.site.related(entry.id))


def note_anchor(entry: Entry, words: Words) -> Anchor:
    """Lead to an entry's place on the page of its note."""
    text = words.note_place.format(path=entry.place.path, line=entry.place.line)
    page = urls.quoted(urls.note_path(entry.place.path))
    return Anchor(text=text, href=f"{page}#{urls.entry_anchor(entry)}")
