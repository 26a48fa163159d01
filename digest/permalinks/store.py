"""The file ``permalinks.jsonl`` on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest import files
from digest.diagnostics import Diagnostic, diagnostic
from digest.permalinks.ledger import NAME, Row, dump, parse
from digest.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def read(notes: Path) -> tuple[tuple[Row, ...] | None, tuple[Diagnostic, ...]]:
    """Read the file of a folder of notes; None where there is none."""
    path = notes / NAME
    span = Span(path=path.as_posix(), line=0)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return None, ()
    except NotADirectoryError:  # the notes folder itself is reported elsewhere
        return None, ()
    except OSError as error:
        hint = "check the file's permissions"
        return (), (diagnostic("S005", span, f"cannot read: {error.strerror}", hint),)
    except UnicodeDecodeError as error:
        fact = f"byte {error.start + 1} is not UTF-8"
        hint = "bring back the file's last version"
        return (), (diagnostic("S005", span, fact, hint),)
    return parse(path.as_posix(), text)


def write(notes: Path, rows: Iterable[Row]) -> tuple[Diagnostic, ...]:
    """Put the rows in place of the file's, all or nothing; a file that says the same stays."""
    path = notes / NAME
    data = dump(rows).encode()
    try:
        if path.exists() and path.read_bytes() == data:
            return ()
        files.put(path, data)
    except OSError as error:
        span = Span(path=path.as_posix(), line=0)
        hint = "make the file writable and build again, so that these addresses last"
        return (diagnostic("S106", span, f"cannot write: {error.strerror}", hint),)
    return ()
