"""What a dialect is: a way of keeping notes, how to tell it and how to read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.model import Read
    from digest.readers.outline import Heading, Outline
    from digest.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a reader must know beside the note.

    ``latest_year`` is the last year that a weekday without a year may point to.
    """

    taxonomy: Taxonomy
    latest_year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """A dialect: its name in the export, and its rules.

    ``is_entry_heading`` tells the headings that end a code fence somebody forgot to close; with
    ``open_fences_only`` such a heading is code where its fence is closed properly. ``claims``
    counts the entries that the dialect sees in a note, roughly; 0 where the note is not in it.
    """

    name: str
    is_entry_heading: Callable[[Heading], bool]
    open_fences_only: bool
    claims: Callable[[Outline], int]
    read: Callable[[Outline, Setting], Read]
