"""The only writer: the site is made in a folder beside the last one, then takes its place.

Whatever fails on the way, the last good site stays as it was. A file that did not change is linked,
not written, so that it keeps its time stamp. A marker in the folder names the files written; a
folder with anything else in it is not ours to replace. POSIX only: it locks the parent folder, so
that two builds wait for each other.
"""

from __future__ import annotations

import errno
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from digest.files import locked

if TYPE_CHECKING:
    from collections.abc import Mapping

MARKER = ".digest-site"
_MARKER_HEAD = "Written by Digest, which replaces this folder at each build. Its files:\n"
# What a desktop leaves behind in any folder that it shows.
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


class OutputError(Exception):
    """The site cannot be written: where, a fact as the message, and a hint of what to do."""

    def __init__(self, place: Path, fact: str, hint: str) -> None:
        """Keep the place and the hint beside the fact."""
        super().__init__(fact)
        self.place = place
        self.hint = hint


class NotOurs(OutputError):  # noqa: N818 - it tells whose the folder is, the base that it is an error
    """The folder holds what Digest did not write, and must not remove."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The paths that are new, changed, the same, and gone since the last site, each in order."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


def write(files: Mapping[str, bytes], folder: Path) -> Written:
    """Make ``folder`` hold exactly ``files``, whose paths are relative, with ``/``.

    Raises ``OutputError`` where the folder cannot be written and ``NotOurs`` where it is not to be;
    a path that leads out of the folder is a ``ValueError``.
    """
    _check_paths(files)
    target = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow a symbolic link
    try:
        _check_place(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        with locked(target.parent):  # what is found beside the site is then a leftover
            _clear_leftovers(target)
            last = _last_files(target)
            fresh = _fresh(target)
            try:
                written = _fill(fresh, files, target, last)
                _swap(fresh, target)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
            return written
    except OSError as error:
        raise _explained(error, target) from error


def _check_paths(files: Mapping[str, bytes]) -> None:
    for path in files:
        parts = path.split("/")
        odd = any(character in path for character in "\\\0\n")
        if path == MARKER or odd or {"", ".", ".."} & set(parts):
            message = f"not a path inside the site: {path!r}"
            raise ValueError(message)
        for parent in _folders_above(path):
            if parent in files:
                message = f"{parent!r} is a file and a folder of {path!r}"
                raise ValueError(message)


def _folders_above(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[: depth + 1]) for depth in range(len(parts))]


def _check_place(target: Path) -> None:
    if target.is_symlink():
        fact = f"{target.name} is a symbolic link"
        raise OutputError(target, fact, f"name the folder itself: --output {target.resolve()}")
    if target.exists() and not target.is_dir():
        fact = f"{target.name} is a file"
        raise OutputError(target, fact, "move it away, or name another folder with --output")
    if target.parent == target:
        raise NotOurs(target, "this is the root of the file system", "name a folder with --output")


def passing_names(name: str) -> tuple[str, str]:
    """Return the names of the folders that stand beside a site while it is written: new, old."""
    return f".{name}.new-digest", f".{name}.old-digest"


def _fresh(target: Path) -> Path:
    return target.with_name(passing_names(target.name)[0])


def _aside(target: Path) -> Path:
    return target.with_name(passing_names(target.name)[1])


def _clear_leftovers(target: Path) -> None:
    """Remove what a killed run left; a site that it had just put aside comes back."""
    aside = _aside(target)
    if aside.exists() and not target.exists():
        aside.rename(target)
    for leftover in (aside, _fresh(target)):
        if leftover.exists():
            shutil.rmtree(leftover)


def _last_files(target: Path) -> frozenset[str]:
    """Return the paths that the last run wrote; anything else in the folder is ``NotOurs``."""
    if not target.exists() or not any(target.iterdir()):
        return frozenset()
    try:
        listed = (target / MARKER).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        fact = f"{target.name} is not empty and was not written by Digest"
        hint = "name another folder with --output, or empty this one yourself"
        raise NotOurs(target, fact, hint) from None
    known = frozenset(listed.removeprefix(_MARKER_HEAD).rstrip("\n").split("\n"))
    for name in sorted(_names_in(target) - known - {MARKER}):
        if name.rpartition("/")[2] not in _LITTER:
            fact = f"{name} was not written by Digest"
            hint = f"move it out of {target.name}: files of your own belong into static/"
            raise NotOurs(target / name, fact, hint)
    return known


def _names_in(folder: Path) -> set[str]:
    """Return the paths of all files in a folder, and of all links without following them."""
    found: set[str] = set()
    for place, folders, names in os.walk(folder):
        inside = Path(place).relative_to(folder).as_posix() + "/"
        links = [name for name in folders if Path(place, name).is_symlink()]
        found.update((inside + name).removeprefix("./") for name in (*names, *links))
    return found


def _fill(fresh: Path, files: Mapping[str, bytes], target: Path, last: frozenset[str]) -> Written:
    """Write the files into a new folder; those that the last site has alike are linked."""
    fresh.mkdir()
    for inner in sorted({above for name in files for above in _folders_above(name)}):
        (fresh / inner).mkdir()
    same: set[str] = set()
    for name, data in sorted(files.items()):
        path = fresh / name
        if name in last and _holds(target / name, data) and _linked(target / name, path):
            same.add(name)
        else:
            path.write_bytes(data)
    listed = "".join(f"{name}\n" for name in sorted(files))
    (fresh / MARKER).write_text(_MARKER_HEAD + listed, encoding="utf-8", newline="\n")
    if target.exists():
        shutil.copymode(target, fresh)
    return Written(
        new=tuple(sorted(files.keys() - last)),
        changed=tuple(sorted((files.keys() & last) - same)),
        unchanged=tuple(sorted(same)),
        removed=tuple(sorted(last - files.keys())),
    )


def _holds(path: Path, data: bytes) -> bool:
    try:
        plain = not path.is_symlink() and path.is_file() and path.stat().st_size == len(data)
        return plain and path.read_bytes() == data
    except OSError:
        return False


def _linked(old: Path, new: Path) -> bool:
    """Link a file into the new folder; some file systems know no links."""
    try:
        new.hardlink_to(old)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise
        return False
    return True


def _swap(fresh: Path, target: Path) -> None:
    """Put the new folder in place of the last; where that fails the last one comes back."""
    aside = _aside(target)
    if target.exists():
        target.rename(aside)
    try:
        fresh.rename(target)
    except OSError:
        if aside.exists():
            aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)  # what remains is cleared by the next run


def _explained(error: OSError, target: Path) -> OutputError:
    """Say what the system refused, and what to do about it."""
    place = Path(error.filename or target)
    fact = f"cannot write: {error.strerror or error}"
    hints = {
        errno.EACCES: "give yourself the right to write there, or name another folder",
        errno.EPERM: "give yourself the right to write there, or name another folder",
        errno.EROFS: "name a folder with --output that can be written",
        errno.ENOSPC: "make room on the disk",
        errno.EDQUOT: "make room on the disk",
        errno.ENOTDIR: "a file stands where a folder should be: name another folder with --output",
        errno.EEXIST: "a file stands where a folder should be: name another folder with --output",
        errno.EBUSY: "a mounted folder cannot be replaced: name a folder inside it with --output",
        errno.EXDEV: "a mounted folder cannot be replaced: name a folder inside it with --output",
    }
    hint = hints.get(error.errno or 0, "name another folder with --output")
    return OutputError(place, fact, hint)
