"""A feed or a bookmarks file → entries of a draft note, nothing that harms and nothing twice."""

from __future__ import annotations

from digest.importing.bookmarks import read_bookmarks
from digest.importing.encoding import text_of
from digest.importing.feeds import read_json, read_xml
from digest.importing.item import Heap, Item, UnreadableError

__all__ = ["Heap", "Item", "UnreadableError", "read_file"]

_HEAD = 4096  # characters in which a file shows what it is


def read_file(data: bytes) -> Heap:
    """Read a feed (RSS, Atom, JSON Feed) or a bookmarks file by what it holds, not by its name.

    Raises:
        UnreadableError: it is none of these, or damaged beyond reading.
    """
    text = text_of(data)
    if not text.strip():
        raise UnreadableError(fact="the file is empty", hint="export it anew")
    head = text[:_HEAD].lstrip().casefold()
    if head.startswith(("{", "[")):
        return read_json(text)
    if "netscape-bookmark-file" in head or head.startswith(("<!doctype html", "<html", "<dl")):
        return read_bookmarks(text)
    return read_xml(text)
