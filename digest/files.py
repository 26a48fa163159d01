"""Files on disk that are whole at any moment, and folders that one run at a time writes into."""

from __future__ import annotations

import errno
import fcntl
import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def put(path: Path, data: bytes) -> None:
    """Make a file hold ``data``; see ``aside`` for what stays as it was.

    A symbolic link stays one, and its target is written. Raises ``OSError``, also for a file that
    is read-only: what cannot be written has not changed.
    """
    target = path.resolve()
    refuse_read_only(target)
    with aside(target, data) as fresh:
        fresh.replace(target)


def refuse_read_only(target: Path) -> None:
    """Raise ``PermissionError`` for a file that is read-only: a rename would not mind."""
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "the file is read-only")


@contextmanager
def aside(target: Path, data: bytes) -> Iterator[Path]:
    """Give a file that holds ``data``, ready to be renamed or linked to ``target``.

    It has reached the disk, has the owner and the permissions of the file that is there, or those
    that new files get, and is gone in the end. It lies in a hidden folder beside ``target``.
    """
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
        fresh = Path(folder) / target.name
        with fresh.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            known = target.stat()
            with suppress(PermissionError):
                os.chown(fresh, known.st_uid, known.st_gid)
            fresh.chmod(known.st_mode & 0o7777)
        yield fresh


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other runs of Digest from writing into a folder, and wait while one does.

    POSIX only. Raises ``OSError`` where the folder cannot be opened.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems know no locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
