"""Finished work on disk, from one run to the next: ``.digest-cache/`` beside ``site.yaml``.

An SQLite file of JSON texts, each with its hash: reading one runs no code, whoever wrote it, and a
damaged row or file counts as not there. Keys are salted with our own code, Python and the installed
libraries, so that a newer version finds nothing of an older one. Nothing in it is needed: any fault
of the file costs time alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

# Records taken apart (``cache.flat``): what JSON can say, but for bytes, which are in keys alone;
# a tuple comes back from JSON as a list.
Flat = None | str | int | float | bytes | tuple["Flat", ...] | list["Flat"]

NAME = "work.sqlite"
PACKAGE = Path(__file__).parent
RUNS_KEPT = 10  # of work that no run asked for: time to look at another branch and come back
_TABLE = """
CREATE TABLE IF NOT EXISTS work (key BLOB PRIMARY KEY, sum BLOB, made TEXT, run INTEGER)
WITHOUT ROWID
"""
_GET = "SELECT sum, made FROM work WHERE key = ?"
_PUT = "INSERT OR REPLACE INTO work VALUES (?, ?, ?, ?)"
_SUM_SIZE = 8


class Store:
    """Work by its key; see the module."""

    def __init__(self, folder: Path) -> None:
        """Open the file in ``folder``; one that cannot be used is written anew."""
        self._salt = salt()
        self._used: list[bytes] = []
        self._new: dict[bytes, str] = {}
        self._path = folder / NAME
        self._open: sqlite3.Connection | None = None
        self._run = 1
        with contextlib.suppress(OSError):
            folder.mkdir(exist_ok=True)
            if not (folder / ".gitignore").exists():
                (folder / ".gitignore").write_text("*\n", encoding="utf-8")
            self._open = _opened(self._path)
        with self._guarded() as database:
            if database:
                (last,) = database.execute("SELECT max(run) FROM work").fetchone()
                self._run = (last or 0) + 1

    def get(self, key: bytes) -> Flat:
        """Return the work of a key, or None."""
        salted = self._salted(key)
        with self._guarded() as database:
            row = database.execute(_GET, (salted,)).fetchone() if database else None
            if row is not None and row[0] == _sum(row[1]):
                self._used.append(salted)
                made: Flat = json.loads(row[1])
                return made
        return None

    def put(self, key: bytes, made: Flat) -> None:
        """Keep the work of a key."""
        self._new[self._salted(key)] = json.dumps(made, ensure_ascii=False)

    def save(self) -> None:
        """Write what is new, and drop what no run has asked for in a long time."""
        with self._guarded() as database:
            if database:
                rows = [(key, _sum(text), text, self._run) for key, text in self._new.items()]
                used = [(self._run, key) for key in self._used]
                with database:
                    database.executemany(_PUT, rows)
                    database.executemany("UPDATE work SET run = ? WHERE key = ?", used)
                    database.execute("DELETE FROM work WHERE run < ?", (self._run - RUNS_KEPT,))
        self._new, self._used = {}, []

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[sqlite3.Connection | None]:
        """Give the open file; after a fault of it, go on without."""
        try:
            yield self._open
        except (sqlite3.Error, ValueError) as error:
            if self._open is not None:
                self._open.close()
            self._open = None
            if not _is_busy(error):
                with contextlib.suppress(OSError):
                    self._path.unlink(missing_ok=True)

    def _salted(self, key: bytes) -> bytes:
        return hashlib.blake2b(self._salt + key, digest_size=16).digest()


def _opened(path: Path) -> sqlite3.Connection | None:
    """Open the file, or a new one in place of what is no file of ours; None where neither goes."""
    for _ in range(2):
        with contextlib.suppress(sqlite3.OperationalError):
            database = sqlite3.connect(path, timeout=2)
            try:
                database.execute("PRAGMA synchronous = OFF")
                database.execute("PRAGMA trusted_schema = OFF")
                database.execute(_TABLE)
                database.execute("SELECT key, sum, made, run FROM work LIMIT 1")
            except sqlite3.DatabaseError as error:
                database.close()
                if _is_busy(error):
                    return None
                path.unlink(missing_ok=True)
            else:
                return database
    return None


def _is_busy(error: Exception) -> bool:
    """Whether another run of ours writes at this moment."""
    return "locked" in str(error)


def _sum(text: object) -> bytes:
    return hashlib.blake2b(str(text).encode(), digest_size=_SUM_SIZE).digest()


def salt() -> bytes:
    """Return a hash of what work depends on beside its input: our code, Python and libraries."""
    made = hashlib.blake2b(sys.version.encode())
    for path in sorted(PACKAGE.rglob("*.py")):
        made.update(path.read_bytes())
    libraries = Path(click.__file__).parent.parent
    for name in sorted(path.name for path in libraries.glob("*.dist-info")):
        made.update(name.encode())
    return made.digest()
