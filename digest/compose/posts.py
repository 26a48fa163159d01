"""Writing into a note of numbered posts: ``### 07``, who and when, then the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.compose.edit import Insertion
from digest.compose.entry import comment, title_in
from digest.compose.parts import apart

if TYPE_CHECKING:
    from digest.compose.entry import Form, NewEntry
    from digest.compose.parts import Page

# ### 01   ## 12.
_LEAD = re.compile(r"^(?P<marks>#{2,4})\s*#?(?P<number>\d{1,5})(?P<end>[.、]?)\s*$")


def write(page: Page, entry: NewEntry, form: Form) -> list[Insertion]:
    """Return what goes where so that the entry is the note's last post."""
    last = page.read.entries[-1]
    match = _LEAD.match(page.line(last.place.line).lstrip())
    marks, width, end = (
        (match["marks"], len(match["number"]), match["end"]) if match else ("###", 2, "")
    )
    number = max(int(one.number or 0) for one in page.read.entries) + 1
    who = [entry.author, f"@{entry.handle}" if entry.handle else ""]
    header = " ".join(part for part in (*who, entry.date if entry.has_day else "") if part)
    known = ["author", "handle", *(["date"] if entry.has_day else [])]
    parts = [
        [f"{marks} {number:0{width}}{end}"],
        [header] if header else [],
        [title_in(entry, form)],
        entry.lines,
        [entry.url] if entry.url else [],
        comment(entry, form, *known),
    ]
    lines = [line for part in parts if part for line in (*part, "")][:-1]
    after = last.place.end_line
    return [Insertion(after, tuple(apart(page, after, lines)))]
