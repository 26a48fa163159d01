"""The notes as their curators wrote them: all entries in order under the note's own headings."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from digest.model import Origin
from digest.render import urls
from digest.render.markdown import rebase
from digest.render.views import (
    Anchor,
    NoteEntry,
    NoteRow,
    NoteSection,
    NotesView,
    NoteView,
    Steps,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.model import Entry, Tagged
    from digest.render.shelf import Shelf

_HEADING_TAG = re.compile(r"(?<=<)(/?)h([1-6])(?=[ >])")  # the h2 of <h2 id="a"> and of </h2>


def note_pages(on: Shelf) -> Iterator[tuple[str, NotesView | NoteView]]:
    """Make the list of notes and each note's page, newest first; an empty note has none."""
    notes = _notes(on)
    titles = {read.source.path: read.title for read in on.site.reads}
    rows = [_note_row(on, titles.get(path, ""), members) for path, members in notes.items()]
    anchors = (None, *(row.anchor for row in rows), None)
    yield urls.NOTES, NotesView(heading=on.words.notes, notes=tuple(rows))
    for (path, members), row, newer, older in zip(
        notes.items(), rows, anchors, anchors[2:], strict=False
    ):
        yield (
            urls.note_path(path),
            NoteView(
                heading=row.anchor.text,
                path=path,
                count=on.count(len(members)),
                sections=_sections(on, members),
                steps=Steps(newer=newer, older=older),
            ),
        )


def _notes(on: Shelf) -> dict[str, list[Tagged]]:
    """Collect the entries of each note in its order; the notes with the newest entries first."""
    notes: dict[str, list[Tagged]] = {}
    for one in on.tagged:
        notes.setdefault(one.entry.place.path, []).append(one)
    return {
        path: sorted(members, key=lambda one: one.entry.place.line)
        for path, members in notes.items()
    }


def _note_row(on: Shelf, title: str, members: Sequence[Tagged]) -> NoteRow:
    path = members[0].entry.place.path
    return NoteRow(
        anchor=Anchor(
            text=title or path,
            href=urls.quoted(urls.note_path(path)),
            count=on.count(len(members)),
        ),
        path=path if title else "",
        dates=_dates(on, [one.entry for one in members]),
    )


def _dates(on: Shelf, entries: Sequence[Entry]) -> str:
    """Write the first and the last date of a note, or the only one."""
    newest_first = sorted(entries, key=urls.entry_order)
    dated = [entry.when for entry in newest_first if entry.when]
    if not dated:
        return on.words.undated
    first, last = on.words.date_text(dated[-1]), on.words.date_text(dated[0])
    return first if first == last else f"{first} – {last}"


def _sections(on: Shelf, members: Sequence[Tagged]) -> tuple[NoteSection, ...]:
    return tuple(
        NoteSection(
            heading=heading,
            entries=tuple(_note_entry(on, one, below=2 if heading else 1) for one in inside),
        )
        for heading, inside in groupby(members, key=lambda one: _heading(on, one.entry))
    )


def _heading(on: Shelf, entry: Entry) -> str:
    """Return the note's own headings over an entry, outermost first, or else its date."""
    labels = (*entry.labels, *entry.topic_labels)
    sections = sorted(
        {(label.span, label.text) for label in labels if label.origin is Origin.SECTION}
    )
    return " / ".join(text for _, text in sections) or on.words.date_text(entry.when)


def _note_entry(on: Shelf, one: Tagged, below: int) -> NoteEntry:
    entry = one.entry
    root = urls.root_of(urls.note_path(entry.place.path))
    html = _deepened(rebase(on.site.bodies[entry.id].html, root), below)
    return NoteEntry(
        anchor=urls.entry_anchor(entry),
        row=on.rows[entry.id],
        number=entry.number or "",
        body=Markup(html),  # noqa: S704 - the renderer's, sanitised there
    )


def _deepened(html: str, by: int) -> str:
    """Lower the headings of a body, which stands under headings of the note here."""
    return _HEADING_TAG.sub(lambda tag: f"{tag[1]}h{min(int(tag[2]) + by, 6)}", html)
