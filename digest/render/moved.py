"""Pages that stand where an entry stood before its curator gave it another address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.render import urls
from digest.render.views import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.render.shelf import Shelf
    from digest.render.views import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedView:
    """The entry that an old address leads to."""

    row: Row


def moved_pages(on: Shelf) -> Iterator[Page]:
    """Make a page for each old address whose entry is on the site."""
    base = on.site.config.base_url
    entries = {one.entry.id: one.entry for one in on.tagged}
    for path, name in on.site.redirects:
        entry = entries.get(name)
        if entry is None:
            continue
        yield Page(
            path=path,
            template="moved.html",
            title=on.words.moved.title,
            description=entry.title,
            menu="",
            root=urls.root_of(path),
            canonical=urls.canonical(base, urls.entry_path(entry)) if base else "",
            view=MovedView(row=on.rows[name]),
        )
