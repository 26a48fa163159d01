"""Adding an entry to a note in the note's own habit, so that nothing else in it changes.

What is written is read back before anybody may save it: the note must hold all its entries as they
were, and one more that says what was asked for.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest import readers
from digest.compose import bullets, flat, posts, report, sections
from digest.compose.annotate import gist
from digest.compose.edit import insert
from digest.compose.entry import Form, NewEntry, linked
from digest.compose.faults import fault_of
from digest.compose.parts import CannotFollowError, Page
from digest.model import Origin
from digest.readers.entries import language_of
from digest.source import from_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.compose.parts import Writer
    from digest.model import Entry, Read
    from digest.readers import Setting

__all__ = ["Added", "CannotFollowError", "NewEntry", "add", "as_entry"]

_WRITERS: Mapping[str, Writer] = {
    "": sections.write,
    "sections": sections.write,
    "flat": flat.write,
    "posts": posts.write,
    "bullets": bullets.write,
    "report": report.write,
}
_STILL_EMPTY = {"R101", "R102"}  # such a note is written as recommended
_FORGIVEN = {"R113"}  # a post may name nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A note's bytes with a new entry in them, and the entry as it is read there."""

    data: bytes
    entry: Entry


def add(path: str, data: bytes, new: NewEntry, setting: Setting, language: str) -> Added:
    """Write an entry into the note that ``data`` is; ``language`` is that of an empty one.

    Raises:
        CannotFollowError: the entry cannot be written so that it, and all else, is read as meant.
    """
    before = readers.read_bytes(path, data, setting)
    stopped = next((d for d in before.diagnostics if d.code.name not in _STILL_EMPTY), None)
    if not before.dialect and stopped is not None:
        raise CannotFollowError(stopped.message)
    page = Page(read=before, taxonomy=setting.taxonomy, language=_language(before, language))
    fault = ""
    for form in Form:
        if form is Form.IN_COMMENT and '"' in new.title:
            continue
        after = insert(data, _WRITERS[before.dialect](page, new, form))
        read = readers.read_bytes(path, after, setting)
        found = _one_more(before, read)
        fault = found if isinstance(found, str) else fault_of(found, new, setting.taxonomy)
        if not fault and not isinstance(found, str):
            return Added(data=after, entry=found)
    raise CannotFollowError(fault)


def as_entry(new: NewEntry, setting: Setting) -> Entry | None:
    """Return what an entry reads as where no section or comment speaks for it, if it can be told.

    The tagger may be asked about it, before its category is known.
    """
    text = "\n".join([f"## 1.1. {linked(new, Form.ESCAPED)}", "", *new.lines])
    entries = readers.read(from_text("new.md", text), setting).entries
    return entries[0] if len(entries) == 1 else None


def _language(read: Read, usual: str) -> str:
    """Return the language of a note's section headings and tags, or else of most entries."""
    spoken = {Origin.SECTION, Origin.TAG}
    labels = [
        label.text for entry in read.entries for label in entry.labels if label.origin in spoken
    ]
    if labels:
        return language_of(" ".join(labels))
    counts = Counter(entry.language for entry in read.entries)
    return max(sorted(counts), key=lambda name: counts[name], default=usual)


def _one_more(before: Read, after: Read) -> Entry | str:
    """Return the entry that a note holds more than before, or what is wrong with the rest."""
    more = len(after.entries) - len(before.entries)
    if more > 1:
        return f"it would read as {more} entries"
    if more < 1:
        return "it would read as part of another entry"
    old = [_kept(entry) for entry in before.entries]
    new = [_kept(entry) for entry in after.entries]
    at = next((n for n, entry in enumerate(old) if entry != new[n]), len(old))
    if old[at:] != new[at + 1 :]:
        return "other entries of the note would read differently"
    codes = Counter(d.code.name for d in before.diagnostics)
    for found in after.diagnostics:
        codes[found.code.name] -= 1
        if codes[found.code.name] < 0 and found.code.name not in _FORGIVEN:
            return f"it would bring a complaint: {found.message}"
    return after.entries[at]


def _kept(entry: Entry) -> tuple[object, ...]:
    labels = [label.text for label in (*entry.labels, *entry.topic_labels)]
    return (*gist(entry), labels, entry.draft, entry.id)
