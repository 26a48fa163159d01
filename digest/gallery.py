"""Images that lie beside the notes and are copied into the site."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from pathlib import Path

    from digest.model import Entry

ENDINGS = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".bmp", ".ico"})
_SAFE = re.compile(r"[^A-Za-z0-9._-]+")  # for a file name in the site


class Gallery:
    """Finds relative images and remembers the files that the site needs.

    A note may point to images in its own folder, below it, or anywhere in the folder that holds
    the notes folder: never to other files of the machine.
    """

    def __init__(self, notes: Path) -> None:
        """Start with the notes folder and nothing found."""
        self.notes = notes.resolve()
        self._found: dict[tuple[str, str], str | None] = {}
        self.files: dict[str, bytes] = {}

    def find(self, entry: Entry, address: str) -> str | None:
        """Return the site path of an image that an entry points to, or None where it is missing."""
        key = (entry.place.path, address)
        if key not in self._found:
            self._found[key] = self._look(*key)
        return self._found[key]

    def _look(self, note: str, address: str) -> str | None:
        written = unquote(address.partition("#")[0].partition("?")[0])
        if not written or written.startswith(("/", "\\")) or "\0" in written:
            return None
        try:
            path = (self.notes / note).parent.joinpath(written).resolve()
            inside = path.is_relative_to(self.notes.parent)
            if not inside or path.suffix.casefold() not in ENDINGS or not path.is_file():
                return None
            data = path.read_bytes()
        except OSError:
            return None
        name = _SAFE.sub("-", path.name).strip("-.") or "image"
        site_path = f"images/{hashlib.sha256(data).hexdigest()[:10]}-{name[-60:]}"
        self.files[site_path] = data
        return site_path
