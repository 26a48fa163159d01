"""Links, images, directives and plain words in a line of Markdown."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from digest.links import LINES_KEPT, absolute, find_bare_urls, kind_of
from digest.model import Image, Link
from digest.source import INVISIBLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.source import Line

# [text](url)   ![alt](url "title")   [the [译] version](https://…/a_(b))
_TARGET = re.compile(
    r"(?P<image>!)?\[(?P<text>(?:\\.|[^\[\]\\]|\[[^\[\]]*\])*)\]"
    r"\(\s*(?:<(?P<angled>[^<>]*)>|(?P<url>(?:[^()\s]|\([^()\s]*\))*))"
    r"""(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)"""
)
_CODE = re.compile(r"(?<!`)(?P<marks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=marks)(?!`)")  # `code`
# <a href="https://…">   <img src='…' alt="…">
_TAG = re.compile(
    r"""<(?P<tag>a|img)\b(?=[^<>]*>)[^<>]*?\b(?:href|src)\s*=\s*"""
    r"""(?P<quote>["'])(?P<url>[^<>]*?)(?P=quote)[^<>]*>""",
    re.IGNORECASE,
)
_ALT = re.compile(r"""\balt\s*=\s*(["'])(?P<alt>.*?)\1""", re.IGNORECASE)  # alt="a chart"
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")  # \#   \&
_INVISIBLE = str.maketrans("", "", INVISIBLE)
_STRONG = re.compile(r"\*\*|__(?=\S)|(?<=\S)__|~~")  # **bold**, also where only one half stands
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+)(?<=[^\s*])\*(?![\w*])")  # *word*
_KEPT = re.compile("\0(\\d+)\0")  # what stands aside while marks are taken out
_MARKED = re.compile(r"[\\`*_~<\[\0]")  # what any mark below begins with
_SPACE = re.compile(r"[ \t\u3000\xa0]+")
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)  # <br/>


class Target(NamedTuple):
    """A Markdown link or image in a text; ``start`` and ``end`` are 0-based columns."""

    start: int
    end: int
    text: str
    address: str
    image: bool


def targets(text: str) -> list[Target]:
    """Return the Markdown links and images of a line outside code spans, in order."""
    return list(_targets(text)) if "](" in text else []


@lru_cache(maxsize=LINES_KEPT)
def _targets(text: str) -> tuple[Target, ...]:
    found: list[Target] = []
    for match in _TARGET.finditer(without_code(text)):
        address = match["angled"] if match["angled"] is not None else match["url"]
        words = text[match.start("text") : match.end("text")]
        image = match["image"] is not None
        found.append(Target(match.start(), match.end(), words, address, image))
    return tuple(found)


def without_code(text: str) -> str:
    """Blank out code spans, keeping every column where it is."""
    return _CODE.sub(lambda m: "\0" * len(m.group()), text) if "`" in text else text


def links_in(path: str, lines: Iterable[Line]) -> tuple[Link, ...]:
    """Return the links of some lines of a note in order: Markdown links, tags and bare URLs.

    Code spans are left out, and so are targets that are no web address (``#anchor``, ``a.md``).
    """
    return tuple(
        Link(url=url, text=text, kind=kind_of(url), span=line.span(path, start, end))
        for line in lines
        for start, end, url, text in _links_of(line.text)
    )


@lru_cache(maxsize=LINES_KEPT)
def _links_of(line: str) -> tuple[tuple[int, int, str, str], ...]:
    """Return the links of a line in order: first and last column, address and text."""
    rest = without_code(line)
    found: list[tuple[int, int, str | None, str]] = []
    for target in targets(line):
        if not target.image:
            words = "" if any(t.image for t in targets(target.text)) else plain(target.text)
            found.append((target.start, target.end, absolute(target.address), words))
        rest = _blank(rest, target.start, target.end)
    for match in _TAG.finditer(rest) if "<" in rest else ():
        if match["tag"].casefold() == "a":
            found.append((*match.span(), absolute(match["url"]), ""))
        rest = _blank(rest, *match.span())
    found += [(bare.start, bare.end, bare.url, "") for bare in find_bare_urls(rest)]
    links = [(start, end, url, text) for start, end, url, text in found if url is not None]
    return tuple(sorted(links, key=lambda link: link[:2]))


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def images_in(path: str, lines: Iterable[Line]) -> tuple[Image, ...]:
    """Return the images of some lines of a note in order, outside code spans."""
    found: list[Image] = []
    for line in lines:
        here: list[Image] = []
        for target in targets(line.text):
            if target.image:
                span = line.span(path, target.start, target.end)
                here.append(Image(address=target.address, alt=plain(target.text), span=span))
            else:
                offset = target.start + 1
                here += [
                    Image(
                        address=inner.address,
                        alt=plain(inner.text),
                        span=line.span(path, offset + inner.start, offset + inner.end),
                    )
                    for inner in targets(target.text)
                    if inner.image
                ]
        for match in _TAG.finditer(without_code(line.text)) if "<" in line.text else ():
            if match["tag"].casefold() == "img":
                alt = _ALT.search(match.group())
                span = line.span(path, *match.span())
                here.append(Image(address=match["url"], alt=alt["alt"] if alt else "", span=span))
        found += sorted(here, key=lambda image: image.span)
    return tuple(found)


def without_images(text: str) -> str:
    """Remove the Markdown images of a line."""
    for target in reversed(targets(text)):
        if target.image:
            text = text[: target.start] + text[target.end :]
    return text


@lru_cache(maxsize=LINES_KEPT)
def plain(text: str) -> str:
    """Return the words of an inline text: links by their text, without marks and images."""
    if not _MARKED.search(text):
        return _SPACE.sub(" ", text.translate(_INVISIBLE)).strip()
    kept: list[str] = []

    def keep(words: str) -> str:
        kept.append(words)
        return f"\0{len(kept) - 1}\0"

    marked = _CODE.sub(lambda m: keep(m["code"].strip() or m["code"]), _without_targets(text))
    marked = _ESCAPE.sub(lambda m: keep(m[1]), marked)
    marked = _BREAK_TAG.sub(" ", marked)
    marked = _EMPHASIS.sub(r"\1", _STRONG.sub("", marked))
    words = _KEPT.sub(lambda m: kept[int(m[1])], marked)
    return _SPACE.sub(" ", words.translate(_INVISIBLE)).strip()


def _without_targets(text: str) -> str:
    """Put the text of a link, marks and all, in its place; leave images out."""
    pieces: list[str] = []
    end = 0
    for target in targets(text):
        words = "" if target.image else _without_targets(target.text).strip()
        pieces += [text[end : target.start], words]
        end = target.end
    return "".join((*pieces, text[end:]))
