"""Writing into a monthly flat note: ``# 07. `论文` [title](url)``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.compose.contents import item_of_entry
from digest.compose.edit import Insertion
from digest.compose.entry import comment, linked
from digest.compose.parts import apart

if TYPE_CHECKING:
    from digest.compose.entry import Form, NewEntry
    from digest.compose.parts import Page

# # 01. `论文` title   ## 12、title
_LEAD = re.compile(r"^(?P<marks>#{1,6})\s*(?P<number>\d{1,3})(?P<end>\s*[.．、:：)）]?)")


def write(page: Page, entry: NewEntry, form: Form) -> list[Insertion]:
    """Return what goes where so that the entry ends the note, with the next number and its tag."""
    last = page.read.entries[-1]
    match = _LEAD.match(page.line(last.place.line).lstrip())
    marks, width, end = (
        (match["marks"], len(match["number"]), match["end"]) if match else ("#", 2, ".")
    )
    number = max(int(one.number or 0) for one in page.read.entries) + 1
    name = page.category_name(entry.category)
    told = page.taxonomy.categories_of(name) == (entry.category,)
    tag = f"`{name}` " if told else ""
    heading = f"{number:0{width}}{end} {tag}{linked(entry, form)}"
    rest = [*comment(entry, form, *(["category"] if told else []))]
    lines = [f"{marks} {heading}", *rest, *([""] if entry.lines else []), *entry.lines]
    after = last.place.end_line
    return [
        Insertion(after, tuple(apart(page, after, lines))),
        *item_of_entry(page, None, heading),
    ]
