"""A settled body → plain text: what a feed's summary, the search and the export show.

Paragraphs are set apart by a blank line; items of a list stand one a line behind ``-`` or their
number; a link whose text is not its address has it in brackets; code is as written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digest.links import absolute
from digest.render.highlight import caption_of
from digest.render.parser import BARE
from digest.render.targets import SITE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token


def plain_inline(tokens: Sequence[Token]) -> str:
    """Return the words of a block's settled text."""
    parts: list[str] = []
    links: list[tuple[Token, int]] = []
    for token in tokens:
        if token.type in {"text", "code_inline"}:
            parts.append(token.content)
        elif token.type == "hardbreak":
            parts.append("\n")
        elif token.type == "softbreak":
            parts.append(" ")
        elif token.type == "image":
            parts.append(str(token.attrs["alt"]))
        elif token.type == "missing_image":
            parts.append(missing_text(token))
        elif token.type == "link_open":
            links.append((token, len(parts)))
        elif token.type == "link_close":
            opening, start = links.pop()
            parts.append(_address_after("".join(parts[start:]), opening))
    lines = (line.strip(" \t") for line in "".join(parts).split("\n"))
    return "\n".join(lines).strip("\n")


def missing_text(token: Token) -> str:
    """Return what stands for an image that is not there: its words and its address."""
    return " ".join(part for part in (token.content, token.info) if part)


def _address_after(text: str, link: Token) -> str:
    """Return what follows a link's text: its address, where the text does not say it."""
    address = str(link.meta["url"]).removeprefix("mailto:")
    if link.info in {BARE, "auto"} or address.startswith(SITE):
        return ""
    return "" if address in {text, absolute(text)} else f" ({address})"


@dataclass(slots=True, kw_only=True)
class _List:
    """A list that is being written: its next number, None where it has bullets."""

    number: int | None
    marker: str = ""


@dataclass(slots=True, kw_only=True)
class _Writer:
    """Collects blocks; what belongs to one list or table is set one line below the last."""

    text: list[str] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    cells: list[str] | None = None
    close: bool = False  # whether the next block follows without a blank line

    def block(self, words: str, *, alone: bool = False) -> None:
        """Add a block behind the marker of the item that it begins; ``alone`` adds the marker."""
        if not words and not alone:
            return
        indent = "  " * (len(self.lists) - 1)
        first = rest = ""
        if self.lists:
            rest = indent + "  "
            marker = self.lists[-1].marker
            first, self.lists[-1].marker = (indent + marker if marker else rest), ""
        lines = words.split("\n")
        if self.text:
            self.text.append("\n" if self.close else "\n\n")
        shown = (first + lines[0]).rstrip() if alone else first + lines[0]
        self.text.append("\n".join([shown, *(rest + line for line in lines[1:])]))
        self.close = bool(self.lists)


def plain(tokens: Sequence[Token]) -> str:
    """Return a settled body as plain text."""
    writer = _Writer()
    for token in tokens:
        _write(writer, token)
    return "".join(writer.text)


def _write(writer: _Writer, token: Token) -> None:  # noqa: C901 - a flat list of cases
    match token.type:
        case "bullet_list_open":
            writer.lists.append(_List(number=None))
        case "ordered_list_open":
            start = str(token.attrs.get("start", 1))
            writer.lists.append(_List(number=int(start) if start.isdecimal() else 1))
        case "list_item_open" if writer.lists:
            _start_item(writer.lists[-1], token)
        case "list_item_close" if writer.lists and writer.lists[-1].marker.strip(" -"):
            writer.block("", alone=True)
        case "bullet_list_close" | "ordered_list_close" if writer.lists:
            writer.lists.pop()
            writer.close = bool(writer.lists)
        case "tr_open":
            writer.cells = []
        case "tr_close" if writer.cells is not None:
            writer.block(" | ".join(writer.cells).rstrip())
            writer.cells, writer.close = None, True
        case "table_close":
            writer.close = bool(writer.lists)
        case "fence":
            writer.block(caption_of(token.info))
            writer.block(token.content.strip("\n"))
        case "inline":
            words = plain_inline(token.children or ())
            if writer.cells is None:
                writer.block(words)
            else:
                writer.cells.append(words.replace("\n", " "))


def _start_item(items: _List, token: Token) -> None:
    if items.number is None:
        items.marker = "- "
        return
    number = int(token.attrs.get("value", items.number))
    items.marker, items.number = f"{number}. ", number + 1
