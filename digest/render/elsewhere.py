"""Where else a story was told, and what is related: for an entry's page and for lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.render import urls
from digest.render.views import Anchor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.model import Entry
    from digest.render.shelf import Shelf
    from digest.render.views import Row
    from digest.render.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Another entry that tells the same story; ``note`` leads to its place in its note."""

    row: Row
    note: Anchor


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


def also_text(others: Sequence[Entry], words: Words) -> str:
    """Say in a few words that a story is told by others too; empty where there are none."""
    when = others[0].when if len(others) == 1 else None
    if when is not None:
        form = words.stories.also_in if when.day is None else words.stories.also_on
        return form.format(date=words.date_text(when))
    return words.count(words.stories.also, len(others)) if others else ""


def note_anchor(entry: Entry, words: Words) -> Anchor:
    """Lead to an entry's place on the page of its note."""
    text = words.note_place.format(path=entry.place.path, line=entry.place.line)
    page = urls.quoted(urls.note_path(entry.place.path))
    return Anchor(text=text, href=f"{page}#{urls.entry_anchor(entry)}")
