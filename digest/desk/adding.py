"""Saving a new entry: the note is chosen, read again under a lock, written and read back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.compose import Added, CannotFollowError, NewEntry, add
from digest.compose.target import beside, first_lines, note_for
from digest.desk.notefile import ChangedMeanwhileError, Pen, WriteError, writing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from digest.model import Entry, Read
    from digest.readers import Setting

_TRIES = 5  # for a note that an editor saves at the same moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """Where an entry was written; ``aside`` tells why it is not where it belongs first."""

    path: str
    entry: Entry
    is_new_note: bool
    aside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What an entry is saved into: the folder of notes, what they read as, and their language."""

    notes: Path
    reads: Sequence[Read]
    setting: Setting
    language: str


def save(desk: Desk, new: NewEntry, path: str = "") -> Saved:
    """Write an entry into its month's note, or into the note at ``path`` below the folder.

    A note in whose habit the entry cannot be written stays as it is; one beside it is taken. Where
    ``path`` names the note, nothing is written then.

    Raises:
        CannotFollowError: the entry cannot be written so that it is read as meant.
        WriteError: a file cannot be written.
    """
    chosen = path or note_for(desk.reads, new.date)
    with writing(desk.notes) as pen:
        try:
            return _into(desk, new, chosen, pen)
        except CannotFollowError as reason:
            if path or not (desk.notes / chosen).exists():
                raise
            saved = _into(desk, new, beside(chosen), pen)
            aside = f"{chosen} was left as it is: {reason}"
            return Saved(
                path=saved.path, entry=saved.entry, is_new_note=saved.is_new_note, aside=aside
            )


def _into(desk: Desk, new: NewEntry, path: str, pen: Pen) -> Saved:
    file = desk.notes / path
    for _ in range(_TRIES):
        known = _read(file)
        data = first_lines(new.date[:7], desk.language) if known is None else known
        added: Added = add(path, data, new, desk.setting, desk.language)
        try:
            if known is None:
                pen.create(path, added.data)
            else:
                pen.replace(path, added.data, known)
        except ChangedMeanwhileError:
            continue
        return Saved(path=path, entry=added.entry, is_new_note=known is None)
    message = "the note is being changed all the time"
    raise WriteError(message)


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        message = f"cannot read: {error.strerror}"
        raise WriteError(message) from error
