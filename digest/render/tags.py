"""Which raw HTML tags of a line's text work, and which are words about tags.

A tag works when it is on the list, closed inside the same block, and marks words that it touches:
``H<sub>2</sub>O`` works, ``use <b> and </b>`` shows as written. What does not work is text.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final, NamedTuple

from markdown_it.token import Token

if TYPE_CHECKING:
    from collections.abc import Sequence

# What a tag is rendered as; None leaves only what it holds.
PHRASES: Final[dict[str, str | None]] = {
    **{name: name for name in ("a", "abbr", "b", "cite", "code", "del", "dfn", "em", "i", "ins")},
    **{name: name for name in ("kbd", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small")},
    **{name: name for name in ("strong", "sub", "sup", "u", "var")},
    "strike": "s",
    "tt": "code",
    "big": None,
    "font": None,
    "span": None,
}
_HEAD = re.compile(r"<(?P<closing>/?)(?P<name>[A-Za-z][A-Za-z0-9\-]*)")  # <details   </b
# href="https://…"   width=600   open
_ATTRIBUTE = re.compile(
    r"""(?P<name>[A-Za-z_:][\w:.\-]*)(?:\s*=\s*(?:"(?P<d>[^"]*)"|'(?P<s>[^']*)'|(?P<u>[^\s"'=<>`]+)))?"""
)


class RawTag(NamedTuple):
    """A tag as written: names are in lower case, attribute values decoded."""

    name: str
    closing: bool
    void: bool
    attributes: dict[str, str]


def read_tag(written: str) -> RawTag | None:
    """Read one tag; None for a comment."""
    end = len(written) - 1
    head = _HEAD.match(written)
    if head is None:
        return None
    rest = written[head.end() : end]
    void = rest.endswith("/")
    attributes: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(rest.removesuffix("/")):
        value = found["d"] or found["s"] or found["u"] or ""
        attributes.setdefault(found["name"].casefold(), unescape(value))
    return RawTag(head["name"].casefold(), head["closing"] != "", void, attributes)


class _Open(NamedTuple):
    """An opening tag that waits for its end; one without a name is a Markdown mark."""

    place: int
    name: str
    attributes: dict[str, str]


def settle_tags(tokens: Sequence[Token]) -> list[Token]:
    """Turn the raw tags of a block's text into working tokens or text; comments vanish.

    The opening and closing tokens of Markdown marks are nested rightly, and stay so: a raw tag
    that overlaps one is text.
    """
    settled: list[Token] = []
    waiting: list[_Open] = []
    for token in tokens:
        if token.type != "html_inline":
            if token.nesting > 0:
                waiting.append(_Open(len(settled), "", {}))
            elif token.nesting < 0:
                while waiting and waiting.pop().name:
                    pass
            settled.append(token)
            continue
        tag = read_tag(token.content)
        if tag is None:
            continue
        single = _single(tag)
        if single is not None:
            settled.append(single)
            continue
        settled.append(_words(token.content))
        if tag.name not in PHRASES or tag.void:
            continue
        if not tag.closing:
            waiting.append(_Open(len(settled) - 1, tag.name, tag.attributes))
        else:
            _close(settled, waiting, tag.name)
    return settled


def _words(written: str) -> Token:
    token = Token("text", "", 0)
    token.content = written
    return token


def _single(tag: RawTag) -> Token | None:
    """Return the token of a tag that needs no end: a break or an image."""
    if tag.name == "br":
        return Token("hardbreak", "br", 0)
    if tag.name == "img" and not tag.closing and tag.attributes.get("src", "").strip():
        token = Token("image", "img", 0)
        kept = {"src", "title", "width", "height"}
        token.attrs = {k: v.strip() for k, v in tag.attributes.items() if k in kept}
        token.children = [_words(tag.attributes.get("alt", ""))]
        return token
    return None


def _close(settled: list[Token], waiting: list[_Open], name: str) -> None:
    """Match the closing tag that stands last in ``settled`` with the nearest one that waits."""
    for depth in range(len(waiting) - 1, -1, -1):
        opening = waiting[depth]
        if not opening.name:
            return
        if opening.name == name:
            break
    else:
        return
    inner = settled[opening.place + 1 : -1]
    linked = any(settled[mark.place].tag == "a" for mark in waiting)
    if not _touches(inner) or (name == "a" and linked):
        return
    del waiting[depth:]
    if name == "a":
        if "href" in opening.attributes:
            settled[opening.place + 1 : -1] = [t for t in inner if t.tag != "a"]
            settled[opening.place], settled[-1] = _link(opening)
        return
    tag = PHRASES[name]
    if tag is None:
        settled[opening.place], settled[-1] = _words(""), _words("")
        return
    start = Token("tag_open", tag, 1)
    if "title" in opening.attributes:
        start.attrs = {"title": opening.attributes["title"]}
    settled[opening.place], settled[-1] = start, Token("tag_close", tag, -1)


def _link(opening: _Open) -> tuple[Token, Token]:
    start = Token("link_open", "a", 1)
    start.attrs = {k: v for k, v in opening.attributes.items() if k in {"href", "title"}}
    return start, Token("link_close", "a", -1)


def _touches(tokens: Sequence[Token]) -> bool:
    """Whether tags around these tokens touch what they mark, and it holds a word or an image."""
    first = next(filter(None, map(_shown, tokens)), " ")
    last = next(filter(None, map(_shown, reversed(tokens))), " ")
    touching = not first[0].isspace() and not last[-1].isspace()
    return touching and any(c.isalnum() for token in tokens for c in _shown(token))


def _shown(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return "\n"
    return "image" if token.type == "image" else token.content
