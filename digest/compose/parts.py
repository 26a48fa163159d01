"""What the writers of all dialects share: the page they write on, and its sections."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.model import FurnitureKind
from digest.readers.outline import heading_of
from digest.readers.sections import SECTION_NUMBER

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.compose.edit import Insertion
    from digest.compose.entry import Form, NewEntry
    from digest.model import Entry, Read
    from digest.taxonomy import Taxonomy

    Writer = Callable[["Page", NewEntry, Form], list[Insertion]]

HAN_NUMBERS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
# 1. 工具   一、工具 (as what stands before the words of the last section's heading)
_SECTION_LEAD = re.compile(r"^(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})(?P<mark>\s*\S?\s*)$")


class CannotFollowError(Exception):
    """An entry cannot be written in a note's habit; the text says why, as a clause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A note to write into: what it reads as, and the language in which it is kept."""

    read: Read
    taxonomy: Taxonomy
    language: str

    def line(self, number: int) -> str:
        """Return the text of a line, empty below the last."""
        lines = self.read.source.lines
        return lines[number - 1].text if 0 < number <= len(lines) else ""

    @property
    def last_written(self) -> int:
        """The number of the last line that is not blank; 0 in an empty note."""
        return max((line.number for line in self.read.source.lines if not line.blank), default=0)

    def category_name(self, name: str) -> str:
        """Return what readers of the note call a category."""
        term = next(term for term in self.taxonomy.categories if term.name == name)
        return term.name_in(self.language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of a note: its heading's line, level, number and words, and its entries."""

    line: int
    level: int
    lead: str
    words: str
    entries: tuple[Entry, ...]

    @property
    def end(self) -> int:
        """The section's last line that is an entry's, or its heading's."""
        return self.entries[-1].place.end_line if self.entries else self.line

    @property
    def number(self) -> str:
        """The number in its heading, empty where there is none."""
        match = _SECTION_LEAD.match(self.lead)
        return match["number"] if match else ""


def sections_of(page: Page) -> list[Section]:
    """Return the sections below the note's last title, in order.

    In a note without entries every heading that means a category is one.
    """
    read = page.read
    headings = [h for line in read.source.lines if (h := heading_of(line))]
    if read.entries:
        titles = [f.line for f in read.furniture if f.kind is FurnitureKind.TITLE]
        lines = {f.line for f in read.furniture if f.kind is FurnitureKind.SECTION}
        lines = {line for line in lines if line > max(titles, default=0)}
    else:
        lines = {h.line for h in headings if page.taxonomy.categories_of(_without_number(h.text))}
    chosen = [heading for heading in headings if heading.line in lines]
    lasts = [*(heading.line for heading in chosen), len(read.source.lines) + 1]
    found: list[Section] = []
    for heading, end in zip(chosen, lasts[1:], strict=True):
        words = _without_number(heading.text)
        entries = tuple(e for e in read.entries if heading.line < e.place.line < end)
        lead = heading.text[: len(heading.text) - len(words)]
        section = Section(
            line=heading.line, level=heading.level, lead=lead, words=words, entries=entries
        )
        found.append(section)
    return found


def _without_number(text: str) -> str:
    match = SECTION_NUMBER.match(text)
    return text[match.end() :].strip() if match else text


def section_for(page: Page, sections: list[Section], category: str) -> Section | None:
    """Return the section that means a category, best alone, else among others."""
    meant = [(section, page.taxonomy.categories_of(section.words)) for section in sections]
    alone = (section for section, names in meant if names == (category,))
    among = (section for section, names in meant if category in names)
    return next(alone, None) or next(among, None)


def next_section_lead(sections: list[Section]) -> str:
    """Return what stands before the words of a section that follows the last: ``6. ``."""
    if not sections:
        return "1. "
    match = _SECTION_LEAD.match(sections[-1].lead)
    if match is None:
        return ""
    if match["number"].isdecimal():
        numbers = [int(section.number) for section in sections if section.number.isdecimal()]
        return f"{max(numbers) + 1}{match['mark']}"
    if match["number"] not in HAN_NUMBERS[:-1]:
        message = "its sections are numbered in Chinese beyond ten"
        raise CannotFollowError(message)
    return f"{HAN_NUMBERS[HAN_NUMBERS.index(match['number']) + 1]}{match['mark']}"


def apart(page: Page, after: int, lines: list[str]) -> list[str]:
    """Put the blank lines around new lines that keep them apart from what stands there."""
    above = [""] if page.line(after).strip() else []
    below = [""] if page.line(after + 1).strip() else []
    return [*above, *lines, *below]
