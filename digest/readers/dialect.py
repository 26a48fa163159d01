"""What a dialect is: a way of keeping notes, how to tell it and how to read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.model import Read
    from digest.readers.outline import Outline
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

    ``is_entry_heading`` tells the lines that end a code fence somebody forgot to close.
    """

    name: str
    is_entry_heading: Callable[[str], bool]
    claims: Callable[[Outline], bool]
    read: Callable[[Outline, Setting], Read]
