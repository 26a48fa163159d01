"""The search page: what it shows before a question is asked, and how it shows an entry."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from digest.render import urls
from digest.render.views import Anchor, Finder, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.model import Tagged
    from digest.render.shelf import Shelf


NARROWED_FROM = 10  # entries: fewer are read at a glance


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """The search page; ``lists`` are other ways in."""

    finder: Finder
    lists: tuple[Anchor, ...]


def search_view(on: Shelf) -> SearchView:
    """Make the search page."""
    words = on.words
    return SearchView(
        finder=Finder(scope="", row=BLANK),
        lists=(
            Anchor(text=words.categories, href=urls.CATEGORIES),
            Anchor(text=words.topics, href=urls.TOPICS),
            Anchor(text=words.archive, href=urls.ARCHIVE),
            Anchor(text=words.directory.people, href=urls.PEOPLE),
            Anchor(text=words.directory.sources, href=urls.SOURCES),
        ),
    )


def finder_of(facet: str, key: str, members: Sequence[Tagged]) -> Finder | None:
    """Let a list be narrowed whose entries are those with a value of a facet, if it is long."""
    if len(members) < NARROWED_FROM:
        return None
    return Finder(scope=urlencode({facet: key}), row=BLANK)


# Flags are on: the script takes the words of those away that an entry does not have. The results
# stand under no month, so that each tells its whole date.
BLANK = replace(
    Row(**{field.name: f"{{{field.name}}}" for field in fields(Row)}),  # type: ignore[arg-type]  # text for flags
    day_text="{date_text}",
)
