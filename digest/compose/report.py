"""Writing into a daily report: sections, and ``###`` entries with contributor and address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.compose.edit import Insertion
from digest.compose.entry import comment, title_in
from digest.compose.parts import CannotFollowError, apart, section_for, sections_of

if TYPE_CHECKING:
    from digest.compose.entry import Form, NewEntry
    from digest.compose.parts import Page


def write(page: Page, entry: NewEntry, form: Form) -> list[Insertion]:
    """Return what goes where so that the entry ends its category's section, made if need be."""
    day = next((e.when.iso for e in page.read.entries if e.when), "")
    if day != entry.date:
        message = f"it is the report of {day or 'a day that it does not tell'}"
        raise CannotFollowError(message)
    sections = sections_of(page)
    section = section_for(page, sections, entry.category)
    words = section.words if section else page.category_name(entry.category)
    told = page.taxonomy.categories_of(words) == (entry.category,)
    signed, label = (
        ("贡献人：@", "链接：") if page.language == "zh" else ("Contributor: @", "Link: ")
    )
    parts = [
        [f"### {title_in(entry, form)}"],
        [f"{signed}{entry.author}"] if entry.author else [],
        [f"{label}{entry.url}"] if entry.url else [],
        entry.lines,
        comment(entry, form, "date", "author", *(["category"] if told else [])),
    ]
    if section is None:
        marks = "#" * (sections[-1].level if sections else 1)
        parts.insert(0, [f"{marks} {words}"])
    lines = [line for part in parts if part for line in (*part, "")][:-1]
    after = section.end if section else page.read.entries[-1].place.end_line
    return [Insertion(after, tuple(apart(page, after, lines)))]
