"""Keeping a note's contents list in step: ``- [1.1. title](#11-title)``."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from digest.compose.edit import Insertion
from digest.model import FurnitureKind
from digest.readers.inline import plain, targets
from digest.readers.outline import heading_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.compose.parts import Page, Section
    from digest.model import Read

#   - [1.1. title](#11-title)
_ITEM = re.compile(r"^(?P<lead>\s*[-*+]\s*)\[(?P<text>.*)\]\(#[^)]*\)\s*$")
_KEPT = ("L", "N", "Mn", "Mc", "Pc")  # letters, digits, marks, `_`


class Item(NamedTuple):
    """An item of a contents list: its line, what stands before its bracket, its plain words."""

    line: int
    lead: str
    text: str


def items_of(read: Read) -> list[Item]:
    """Return the items of a note's contents lists, in order."""
    lines = [
        read.source.line(number)
        for run in read.furniture
        if run.kind is FurnitureKind.CONTENTS
        for number in range(run.line, run.end_line + 1)
    ]
    return [
        Item(line.number, match["lead"], plain(match["text"]))
        for line in lines
        if (match := _ITEM.match(line.text))
    ]


def slug(heading: str, taken: Sequence[str] = ()) -> str:
    """Return the anchor that GitHub and common editors give a heading of this plain text.

    Lower case, spaces as hyphens, punctuation left out; one that is taken gets ``-1``, ``-2``.
    """
    kept = "".join(
        "-" if c == " " else c
        for c in heading.strip().casefold()
        if c in " -" or unicodedata.category(c).startswith(_KEPT)
    )
    names = set(taken)
    number, name = 0, kept
    while name in names:
        number += 1
        name = f"{kept}-{number}"
    return name


def item_of_entry(page: Page, section: Section | None, heading: str) -> list[Insertion]:
    """Return the contents item of a new entry's heading, or none where entries are not listed.

    It goes below that of the last entry above it in the section (in the whole note, where it is
    not in sections), or that of the section.
    """
    items = _by_words(page)
    entries = page.read.entries if section is None else section.entries
    above = [item for entry in entries if (item := items.get(_heading_at(page, entry.place.line)))]
    lead = _lead_of_entries(page, items)
    own = items.get(_heading_at(page, section.line)) if section else None
    under = above[-1] if above else own
    if under is None or lead is None:
        return []
    return [Insertion(under.line, (_item(page, above[-1].lead if above else lead, heading),))]


def items_of_section(
    page: Page, above: Sequence[Section], section: str, heading: str
) -> list[Insertion]:
    """Return the contents items of a new section and its first entry, below those of the last."""
    items = _by_words(page)
    own = items.get(_heading_at(page, above[-1].line)) if above else None
    if own is None:
        return []
    lines = [above[-1].line, *(entry.place.line for entry in above[-1].entries)]
    listed = [item.line for line in lines if (item := items.get(_heading_at(page, line)))]
    lead = _lead_of_entries(page, items)
    new = [_item(page, own.lead, section), *([_item(page, lead, heading)] if lead else [])]
    return [Insertion(max(listed), tuple(new))]


def _by_words(page: Page) -> dict[str, Item]:
    return {item.text: item for item in items_of(page.read)}


def _heading_at(page: Page, line: int) -> str:
    heading = heading_of(page.read.source.line(line))
    return plain(heading.text) if heading else ""


def _lead_of_entries(page: Page, items: Mapping[str, Item]) -> str | None:
    """Return what stands before the bracket where an entry is listed; None where none is."""
    headings = (_heading_at(page, entry.place.line) for entry in page.read.entries)
    return next((items[words].lead for words in headings if words in items), None)


def _item(page: Page, lead: str, heading: str) -> str:
    others = [plain(h.text) for line in page.read.source.lines if (h := heading_of(line))]
    return f"{lead}[{in_brackets(heading)}](#{slug(plain(heading), [*map(slug, others)])})"


def in_brackets(heading: str) -> str:
    """Return a heading as the text of a link: its own links by their words."""
    for target in reversed(targets(heading)):
        heading = heading[: target.start] + target.text + heading[target.end :]
    return re.sub(r"(?<!\\)[\[\]]", lambda match: f"\\{match.group()}", heading)
