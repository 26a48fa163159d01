"""A built site as a reader's browser takes it in: text, links and anchors of its pages."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_ADDRESSES = {"action", "href", "src"}
_REFRESH = "0; url="


@dataclass
class Page(HTMLParser):
    """The text, the addresses and the anchors of one page."""

    text: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Start the parser, with character references turned into characters."""
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect what the tag points to and what can be pointed to."""
        for name, value in attrs:
            if name in _ADDRESSES and value is not None:
                self.addresses.append(value)
            elif tag == "meta" and name == "content" and value and value.startswith(_REFRESH):
                self.addresses.append(value.removeprefix(_REFRESH))
            elif name == "id" and value:
                self.anchors.add(value)

    def handle_data(self, data: str) -> None:
        """Collect the text."""
        self.text.append(data)


def read_page(html: str) -> Page:
    """Parse a page."""
    page = Page()
    page.feed(html)
    page.close()
    return page


def read_site(folder: Path) -> dict[str, Page]:
    """Parse all pages of a site by their path in it."""
    return {
        path.relative_to(folder).as_posix(): read_page(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.html"))
    }


def dead_links(folder: Path, pages: Mapping[str, Page]) -> list[str]:
    """Return ``page: address`` for each internal address that leads to no file or anchor."""
    dead: list[str] = []
    for path, page in pages.items():
        for address in page.addresses:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = path
            if parts.path:
                target = posixpath.normpath(
                    posixpath.join(posixpath.dirname(path), unquote(parts.path))
                )
            missing = target.startswith("..") or not (folder / target).is_file()
            if missing or (
                parts.fragment
                and target in pages
                and unquote(parts.fragment) not in pages[target].anchors
            ):
                dead.append(f"{path}: {address}")
    return dead


_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """Return the words of a text: runs of letters and digits."""
    return _WORD.findall(text)
