"""The one writer of notes: a note is whole at any moment, and nobody's words are overwritten."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest import files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class WriteError(Exception):
    """A note could not be written and is as it was; the text says why."""


class ChangedMeanwhileError(WriteError):
    """A note is no longer what it was when it was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """What writes into a folder of notes; see ``writing``, which alone gives one.

    Paths are relative to the folder.
    """

    notes: Path

    def replace(self, path: str, data: bytes, expected: bytes) -> None:
        """Put ``data`` in the place of a note that still holds ``expected``.

        Its permissions stay; a symbolic link stays one, and its target is written.

        Raises:
            ChangedMeanwhileError: the note holds something else, which is kept.
            WriteError: the note or its folder cannot be written.
        """
        with _explained():
            target = (self.notes / path).resolve(strict=True)
            files.refuse_read_only(target)
            with files.aside(target, data) as fresh:
                if target.read_bytes() != expected:  # last: editors do not wait for our lock
                    message = "it was changed meanwhile"
                    raise ChangedMeanwhileError(message)
                fresh.replace(target)

    def create(self, path: str, data: bytes) -> None:
        """Make a note that is not there yet, with the permissions that new files get.

        Raises:
            ChangedMeanwhileError: there is a file of that name by now, which is kept.
            WriteError: the note or its folder cannot be written.
        """
        file = self.notes / path
        with _explained():
            file.parent.mkdir(parents=True, exist_ok=True)
            try:
                with files.aside(file, data) as fresh:
                    os.link(fresh, file)  # unlike a rename it never takes another file's place
            except FileExistsError as error:
                message = "there is a file of this name"
                raise ChangedMeanwhileError(message) from error


@contextmanager
def writing(notes: Path) -> Iterator[Pen]:
    """Give what writes into a folder of notes; other runs of Digest wait until it is given back.

    Raises:
        WriteError: the folder cannot be opened.
    """
    with ExitStack() as held:
        with _explained():
            held.enter_context(files.locked(notes))
        yield Pen(notes=notes)


@contextmanager
def _explained() -> Iterator[None]:
    """Turn what the system refuses into a ``WriteError``."""
    try:
        yield
    except OSError as error:
        message = f"cannot write: {error.strerror}"
        raise WriteError(message) from error
