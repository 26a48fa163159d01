"""Reading what a site is made from: settings, notes and files to copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.diagnostics import Diagnostic, diagnostic
from digest.source import Span, with_line_feeds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NOTE_ENDINGS = frozenset({".md", ".markdown", ".txt"})


def text_of(path: Path) -> tuple[str | None, list[Diagnostic]]:
    """Read a settings file as UTF-8."""
    span = Span(path=str(path), line=0)
    try:
        return with_line_feeds(path.read_bytes().decode("utf-8-sig")), []
    except OSError as error:
        hint = "check the name and the permissions of the file"
        return None, [diagnostic("C001", span, f"cannot read: {error.strerror}", hint)]
    except UnicodeDecodeError as error:
        fact = f"byte {error.start + 1} is not UTF-8"
        return None, [diagnostic("C001", span, fact, "save the file as UTF-8")]


def notes_in(folder: Path) -> tuple[list[tuple[str, bytes]], list[Diagnostic]]:
    """Read the notes of a folder and its sub-folders, in the order of their paths.

    Names that start with a dot are left out, as editors and synchronisers keep their own there.
    """
    span = Span(path=str(folder), line=0)
    if not folder.is_dir():
        fact = "this is not a folder" if folder.exists() else "there is no such folder"
        hint = "name the folder that holds your notes: `--notes DIR`"
        return [], [diagnostic("R001", span, fact, hint)]
    notes: list[tuple[str, bytes]] = []
    diagnostics: list[Diagnostic] = []
    for path in sorted(folder.rglob("*"), key=lambda p: p.relative_to(folder).as_posix()):
        relative = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in relative.parts)
        if hidden or path.suffix.casefold() not in NOTE_ENDINGS or path.is_dir():
            continue
        try:
            notes.append((relative.as_posix(), path.read_bytes()))
        except OSError as error:
            where = Span(path=path.as_posix(), line=0)
            fact = f"cannot read: {error.strerror}"
            diagnostics.append(diagnostic("R001", where, fact, "check the file's permissions"))
    if not notes and not diagnostics:
        hint = "put a .md, .markdown or .txt note there; docs/writing.md shows how to write one"
        diagnostics.append(diagnostic("R112", span, "the folder holds no notes", hint))
    return notes, diagnostics


def static_files(folders: Sequence[Path]) -> dict[str, bytes]:
    """Read the files that are copied into the site; an earlier folder's come first."""
    files: dict[str, bytes] = {}
    for folder in reversed(folders):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                files[path.relative_to(folder).as_posix()] = path.read_bytes()
    return files
