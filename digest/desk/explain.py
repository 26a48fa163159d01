"""Why an entry has its title, date, category and topics: ``build.py explain``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.diagnostics import cells
from digest.render.urls import entry_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.model import Entry, Tagged, When

_FILE_AND_LINE = re.compile(r"^(?P<file>.+):(?P<line>\d+)$")  # 2024-03.md:41


def find_entry(tagged: Sequence[Tagged], wanted: str, notes: str) -> Tagged | None:
    """Return the entry that an id, a page path or ``FILE:LINE`` names, or None.

    FILE is relative to the notes folder, or starts with that folder as ``notes`` names it; LINE is
    any line of the entry.
    """
    page = wanted.removeprefix("./").removeprefix("site/")
    for one in tagged:
        if wanted == one.entry.id or page == entry_path(one.entry):
            return one
    match = _FILE_AND_LINE.match(wanted)
    if match is None:
        return None
    line = int(match["line"])
    for one in _in_file(tagged, match["file"], notes):
        if one.entry.place.line <= line <= one.entry.place.end_line:
            return one
    return None


def why_not_found(tagged: Sequence[Tagged], wanted: str, notes: str) -> str:
    """Say why nothing has the name, and what to name instead."""
    match = _FILE_AND_LINE.match(wanted)
    starts = [e.entry.place.line for e in _in_file(tagged, match["file"], notes)] if match else []
    if match is None or not starts:
        return f"no entry is called {wanted}; name an id, a page path, or FILE:LINE"
    near = min(starts, key=lambda start: (abs(start - int(match["line"])), start))
    return f"no entry stands at {wanted}; the nearest begins at {match['file']}:{near}"


def _in_file(tagged: Sequence[Tagged], file: str, notes: str) -> list[Tagged]:
    names = {file, file.removeprefix(notes.rstrip("/") + "/")}
    return [one for one in tagged if one.entry.place.path in names]


def explain(one: Tagged) -> str:
    """Return the explanation of one entry as text for a terminal."""
    entry = one.entry
    place = entry.place
    rows = [
        entry.title,
        f"  {place.path}, lines {place.line} to {place.end_line} · {place.dialect} · id {entry.id}",
        f"  {entry_path(entry)}",
        "",
        f"date      {_date(entry.when, entry)}",
        f"author    {_who(entry)}",
        f"category  {_category(one)}",
        f"topics    {', '.join(one.topics) or 'none'}{_topics_basis(entry)}",
    ]
    if entry.note:
        rows.append(f"rating    {entry.note} (so it is one of the curator's picks)")
    if one.evidence:
        rows += ["", f"evidence  {'signal':<28}{'for':<18}{'weight':>7}  line"]
        rows += [
            f"          {_padded(item.signal, 28)}{item.choice:<18}{item.weight:>7.2f}  {item.line}"
            for item in one.evidence
        ]
    return "\n".join(rows)


def _padded(text: str, width: int) -> str:
    return text + " " * max(width - cells(text), 1)


def _date(when: When | None, entry: Entry) -> str:
    if when is None:
        return "unknown: neither the note nor its name tells the year"
    known = "" if when.day is not None else " (known to the month)"
    written = f", written on line {when.line} of {entry.place.path}" if when.line else ""
    return f"{when.iso}{known}, year from {when.basis}{written}"


def _who(entry: Entry) -> str:
    handle = f"@{entry.handle}" if entry.handle else ""
    return " ".join(part for part in (entry.author, handle) if part) or "not told"


def _category(one: Tagged) -> str:
    if one.fixed_by is not None:
        label = one.fixed_by
        return (
            f"{one.category}, fixed by the {label.origin} `{label.text}` on line {label.span.line}"
        )
    second = f"; next {one.runner_up}, {one.margin:.2f} behind" if one.runner_up else ""
    doubt = " (unsure: `build.py label` settles it)" if one.unsure else ""
    return f"{one.category}, by its signals{second}{doubt}"


def _topics_basis(entry: Entry) -> str:
    if not entry.topic_labels:
        return ""
    return f", fixed by the {entry.topic_labels[0].origin}"
