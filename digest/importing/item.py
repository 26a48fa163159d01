"""What a feed or a bookmarks file holds, before it is known what of it the digest wants."""

from __future__ import annotations

from dataclasses import dataclass

MOST_BYTES = 32 * 1024 * 1024
MOST_ITEMS = 20_000


class UnreadableError(Exception):
    """A file cannot be imported: the fact, one thing to do, and the line (0: the whole file)."""

    def __init__(self, *, fact: str, hint: str, line: int = 0) -> None:
        """Keep what is wrong."""
        super().__init__(fact)
        self.fact = fact
        self.hint = hint
        self.line = line


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item of a file, as it stands there and not yet to be trusted.

    ``title`` and ``html`` may hold any HTML; ``url`` any text; ``date`` is ISO 8601 (a day) or
    empty. ``line`` is where it stands in the file, 0 where that is not known.
    """

    title: str
    url: str = ""
    html: str = ""
    date: str = ""
    author: str = ""
    tags: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Heap:
    """All items of a file in its order; ``damage`` tells where it is not well formed."""

    title: str
    items: tuple[Item, ...]
    damage: str = ""
    damage_line: int = 0
