"""The one writer of notes: a note is whole at any moment, and nobody's words are overwritten."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from digest import files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class WriteError(Exception):
    """A note could not be written and is as it was; the text says why."""


class ChangedMeanwhileError(WriteError):
    """A note is no longer what it was when it was read."""


def write_atomically(path: Path, data: bytes, expected: bytes) -> None:
    """Put ``data`` in the place of a note that still holds ``expected``.

    Its permissions stay; a symbolic link stays one, and its target is written.

    Raises:
        ChangedMeanwhileError: the note holds something else, which is kept.
        WriteError: the note or its folder cannot be written.
    """
    with _explained():
        target = path.resolve(strict=True)
        files.refuse_read_only(target)
        with files.aside(target, data) as fresh:
            if target.read_bytes() != expected:  # last, so that least time is left to change it
                message = "it was changed meanwhile"
                raise ChangedMeanwhileError(message)
            fresh.replace(target)


def create_atomically(path: Path, data: bytes) -> None:
    """Make a note that is not there yet, with the permissions that new files get.

    Raises:
        ChangedMeanwhileError: there is a file of that name by now, which is kept.
        WriteError: the note or its folder cannot be written.
    """
    with _explained():
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with files.aside(path, data) as fresh:
                os.link(fresh, path)  # unlike a rename it never takes another file's place
        except FileExistsError as error:
            message = "there is a file of this name"
            raise ChangedMeanwhileError(message) from error


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other runs of Digest from writing into a folder of notes, and wait while one does.

    Raises:
        WriteError: the folder cannot be opened.
    """
    with ExitStack() as held:
        with _explained():
            held.enter_context(files.locked(folder))
        yield


@contextmanager
def _explained() -> Iterator[None]:
    """Turn what the system refuses into a ``WriteError``."""
    try:
        yield
    except OSError as error:
        message = f"cannot write: {error.strerror}"
        raise WriteError(message) from error
