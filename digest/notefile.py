"""The one writer of notes: a note is whole at any moment, and nobody's words are overwritten."""

from __future__ import annotations

import fcntl
import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class WriteError(Exception):
    """A note could not be written and is as it was; the text says why."""


class ChangedMeanwhileError(WriteError):
    """A note is no longer what it was when it was read."""


def write_atomically(path: Path, data: bytes, expected: bytes) -> None:
    """Put ``data`` in the place of a note that still holds ``expected``.

    The note is whole at any moment: the new text is written to a hidden file beside it, which then
    takes its name. Its permissions stay; a symbolic link stays one, and its target is written.

    Raises:
        ChangedMeanwhileError: the note holds something else, which is kept.
        WriteError: the note or its folder cannot be written.
    """
    try:
        target = path.resolve(strict=True)
        if not os.access(target, os.W_OK):
            message = "cannot write: the file is read-only"
            raise WriteError(message)
        _swap(target, data, expected)
    except OSError as error:
        message = f"cannot write: {error.strerror}"
        raise WriteError(message) from error


def _swap(target: Path, data: bytes, expected: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    fresh = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(descriptor)
        known = target.stat()
        if hasattr(os, "chown"):  # not on Windows
            with suppress(PermissionError):
                os.chown(fresh, known.st_uid, known.st_gid)
        fresh.chmod(known.st_mode & 0o7777)
        if target.read_bytes() != expected:  # last, so that least time is left to change it
            message = "it was changed meanwhile"
            raise ChangedMeanwhileError(message)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)


def create_atomically(path: Path, data: bytes) -> None:
    """Make a note that is not there yet, with the permissions that new files get.

    Raises:
        ChangedMeanwhileError: there is a file of that name by now, which is kept.
        WriteError: the note or its folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as aside:
            fresh = Path(aside) / path.name
            with fresh.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.link(fresh, path)  # unlike a rename it never takes another file's place
    except FileExistsError as error:
        message = "there is a file of this name"
        raise ChangedMeanwhileError(message) from error
    except OSError as error:
        message = f"cannot write: {error.strerror}"
        raise WriteError(message) from error


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other runs of Digest from writing into a folder of notes, and wait while one does.

    Raises:
        WriteError: the folder cannot be opened.
    """
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        message = f"cannot write: {error.strerror}"
        raise WriteError(message) from error
    try:
        with suppress(OSError):  # some network file systems know no locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
