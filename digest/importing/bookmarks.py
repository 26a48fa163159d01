"""Bookmarks as browsers export them: the Netscape bookmark file format, HTML of a kind."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from html.parser import HTMLParser

from digest.importing.item import MOST_ITEMS, Heap, Item, UnreadableError

_SECONDS, _MILLISECONDS = 100_000_000_000, 100_000_000_000_000  # up to which a number is one


def read_bookmarks(text: str) -> Heap:
    """Read a bookmarks file: each link an item, its folders and tags as tags.

    Raises:
        UnreadableError: it holds no links.
    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.settle()
    if not reader.items:
        hint = "export the bookmarks as HTML from your browser's bookmark manager"
        raise UnreadableError(fact="the file holds no bookmarks", hint=hint)
    return Heap(title=reader.heading, items=tuple(reader.items[:MOST_ITEMS]))


class _Reader(HTMLParser):
    """Collects links (A), what is said of them (DD), and the folders (H3, DL) around them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.items: list[Item] = []
        self.heading = ""
        self.folders: list[str] = []
        self.entering = ""
        self.words: list[str] = []
        self.into = ""
        self.link: dict[str, str | None] = {}
        self.name = ""
        self.line = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"dt", "dl", "dd", "a", "h1", "h3"}:
            self._end_of_words()
        if tag in {"dt", "dl"}:
            self.settle()
        if tag == "dl":
            self.folders.append(self.entering)
            self.entering = ""
        elif tag in {"a", "h1", "h3", "dd"}:
            self.into = tag
            if tag == "a":
                self.settle()
                self.link, self.line = dict(attrs), self.getpos()[0]

    def handle_endtag(self, tag: str) -> None:
        if tag in {"a", "h1", "h3", "dl"}:
            self._end_of_words()
        if tag == "dl":
            self.settle()
            if self.folders:
                self.folders.pop()

    def handle_data(self, data: str) -> None:
        if self.into:
            self.words.append(data)

    def _end_of_words(self) -> None:
        """Put the words that were collected where they belong."""
        words = " ".join("".join(self.words).split())
        if self.into == "a":
            self.name = words
        elif self.into == "h3":
            self.entering = words
        elif self.into == "h1":
            self.heading = self.heading or words
        elif self.into == "dd" and self.link:
            self.link["dd"] = words
        self.words, self.into = [], ""

    def settle(self) -> None:
        """Add the link that is complete."""
        if not self.link:
            return
        tags = (self.link.get("tags") or "").split(",")
        self.items.append(
            Item(
                title=_escaped(self.name),
                url=self.link.get("href") or "",
                html=_escaped(self.link.get("dd") or ""),
                date=_day_of(self.link.get("add_date") or ""),
                tags=tuple(
                    word.strip() for word in (*tags, *reversed(self.folders)) if word.strip()
                ),
                line=self.line,
            )
        )
        self.link, self.name = {}, ""


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _day_of(number: str) -> str:
    """Return the day (UTC) of seconds since 1970, or of milliseconds or microseconds."""
    with suppress(ValueError, OverflowError, OSError):
        since = int(number)
        if since > _MILLISECONDS:
            since //= 1_000_000
        elif since > _SECONDS:
            since //= 1000
        if since > 0:
            return dt.datetime.fromtimestamp(since, tz=dt.UTC).date().isoformat()
    return ""
