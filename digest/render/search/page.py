"""The search page: what it shows before a question is asked, and how it shows an entry."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from digest.render import urls
from digest.render.views import Anchor, Row

if TYPE_CHECKING:
    from digest.render.shelf import Shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """The search page; ``row`` has each field's name in braces, for the script to fill in."""

    lists: tuple[Anchor, ...]
    row: Row


def search_view(on: Shelf) -> SearchView:
    """Make the search page."""
    words = on.words
    return SearchView(
        lists=(
            Anchor(text=words.categories, href=urls.CATEGORIES),
            Anchor(text=words.topics, href=urls.TOPICS),
            Anchor(text=words.archive, href=urls.ARCHIVE),
            Anchor(text=words.directory.people, href=urls.PEOPLE),
            Anchor(text=words.directory.sources, href=urls.SOURCES),
        ),
        row=BLANK,
    )


# Flags are on: the script takes the words of those away that an entry does not have. The results
# stand under no month, so that each tells its whole date.
BLANK = replace(
    Row(**{field.name: f"{{{field.name}}}" for field in fields(Row)}),  # type: ignore[arg-type]  # text for flags
    day_text="{date_text}",
)
