"""Raw HTML tags that begin a line: boxes around blocks, and comments.

``<details>``, tables and lists work, ``<div>`` and ``<center>`` leave what they hold, each only
when it is closed and stands where HTML allows it; what does not work is text (``tags`` has the
tags inside a line). What stands between the tags is Markdown.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from markdown_it.token import Token

from digest.render.tags import RawTag, read_tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.rules_block import StateBlock

LIVE: Final = "live lines"  # the parser's ``env``: numbers (0-based) of lines whose tags all work

_ANYWHERE: Final = ""
# Each tag that works, its Markdown counterpart where there is one, and where it may stand.
_TYPES: Final[dict[str, str]] = {
    "ul": "bullet_list", "ol": "ordered_list", "li": "list_item",
}  # fmt: skip
_PARENTS: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(("details", "table", "ul", "ol", "dl", "blockquote", "figure"), (_ANYWHERE,)),
    **dict.fromkeys(("div", "p", "center", "section", "article"), (_ANYWHERE,)),
    "summary": ("details",),
    "figcaption": ("figure",),
    "caption": ("table",),
    **dict.fromkeys(("thead", "tbody", "tfoot"), ("table",)),
    "tr": ("table", "thead", "tbody", "tfoot"),
    **dict.fromkeys(("td", "th"), ("tr",)),
    "li": ("ul", "ol"),
    **dict.fromkeys(("dt", "dd"), ("dl",)),
}
_LEFT_OUT: Final = frozenset({"div", "p", "center", "section", "article"})
_NO_TEXT: Final = frozenset({"table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "dl"})
_PHRASING: Final = frozenset({"summary", "caption", "figcaption", "td", "th", "li", "dt", "dd"})
_NUMBERS: Final = frozenset({"start", "colspan", "rowspan"})

_NAMES = "|".join(sorted(_PARENTS, key=len, reverse=True))
# <details open>   </div>   <td colspan="2">
_PIECE = re.compile(rf"""</?(?:{_NAMES})(?=[\s/>])(?:"[^"]*"|'[^']*'|[^<>"'])*>""", re.IGNORECASE)
_COUNT = re.compile(r"[1-9]\d{0,3}", re.ASCII)  # colspan="2"
_FENCE = re.compile(r"\s*(```|~~~)")  # ```python


class _Tagged(NamedTuple):
    """A piece of a line: a tag of a box (``tag``) or the text between two."""

    text: str
    tag: RawTag | None


def _pieces(line: str) -> list[_Tagged]:
    pieces: list[_Tagged] = []
    end = 0
    for found in _PIECE.finditer(line):
        pieces.append(_Tagged(line[end : found.start()], None))
        pieces.append(_Tagged(found.group(), read_tag(found.group())))
        end = found.end()
    pieces.append(_Tagged(line[end:], None))
    return [piece for piece in pieces if piece.text.strip()]


class _Waiting(NamedTuple):
    name: str
    line: int
    box: str  # what is inside stands in: the tag itself, or the box around one that is left out


def live_lines(lines: Sequence[str]) -> frozenset[int]:
    """Return the 0-based numbers of the lines that begin with a box's tag and whose tags all work.

    A tag works when it is paired, stands in a box that may hold it, and its line is no prose
    about tags. A line is live or not as a whole, and so are the lines it is paired with.
    """
    dead: set[int] = set()
    pairs: list[tuple[int, int]] = []
    waiting: list[_Waiting] = []
    fenced = False
    for number, text in enumerate(lines):
        if _FENCE.match(text):
            fenced = not fenced
        line = text.strip()
        if fenced or not line.startswith("<") or not _PIECE.match(line):
            continue
        pieces = _pieces(line)
        if not _walk(pieces, number, waiting, pairs) or _is_prose(pieces):
            dead.add(number)
    dead.update(tag.line for tag in waiting)
    while True:
        more = {n for pair in pairs for n in pair if dead.intersection(pair)} - dead
        if not more:
            break
        dead |= more
    return frozenset(n for pair in pairs for n in pair) - dead


def _walk(
    pieces: Sequence[_Tagged], number: int, waiting: list[_Waiting], pairs: list[tuple[int, int]]
) -> bool:
    """Pair the tags of a line; return whether each stands where it may."""
    fits = True
    for piece in pieces:
        tag = piece.tag
        inside = waiting[-1].box if waiting else _ANYWHERE
        if tag is None:
            fits = fits and inside not in _NO_TEXT
        elif not tag.closing:
            parents = _PARENTS[tag.name]
            fits = fits and not tag.void and (_ANYWHERE in parents or inside in parents)
            box = inside if tag.name in _LEFT_OUT else tag.name
            waiting.append(_Waiting(tag.name, number, box))
        elif waiting and waiting[-1].name == tag.name:
            pairs.append((waiting.pop().line, number))
        else:
            fits = False
    return fits


def _is_prose(pieces: Sequence[_Tagged]) -> bool:
    """Whether words stand beside the boxes: after the last end, or off the mark of a bare tag."""
    if pieces[-1].tag is None and pieces[-2].tag is not None and pieces[-2].tag.closing:
        return True
    for before, piece in pairwise(pieces):
        tag = before.tag
        if tag is not None and piece.tag is None:
            loose = piece.text[:1].isspace() and not tag.attributes
            if tag.closing or (loose and tag.name in _LEFT_OUT):
                return True
    return False


def container_lines(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - a rule of the parser
    """Read a line of tags, or a comment that fills its lines."""
    line = _line(state, start)
    if not line.startswith("<"):
        return False
    if line.startswith("<!--"):
        return _comment(state, start, end, silent=silent)
    if start not in state.env[LIVE]:
        return False
    if not silent:
        state.line = start + 1
        _push(state, start, line)
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()


def _comment(state: StateBlock, start: int, end: int, *, silent: bool) -> bool:
    """Skip a comment up to the line that it ends; text after it makes it a matter of that line."""
    if state.src.find("-->", state.bMarks[start]) < 0:
        return False
    text = _line(state, start)[len("<!--") :]
    number = start
    while "-->" not in text:
        number += 1
        if number >= end or (not state.isEmpty(number) and state.sCount[number] < state.blkIndent):
            return False
        text = _line(state, number)
    if text.partition("-->")[2].strip():
        return False
    if not silent:
        state.line = number + 1
    return True


def _push(state: StateBlock, number: int, line: str) -> None:
    inside = ""
    for piece in _pieces(line):
        if piece.tag is None:
            _push_text(state, number, piece.text.strip(), paragraph=inside not in _PHRASING)
            continue
        tag = piece.tag
        inside = "" if tag.closing else tag.name
        if tag.name in _LEFT_OUT:
            continue
        kind = _TYPES.get(tag.name, tag.name)
        token = Token(f"{kind}_{'close' if tag.closing else 'open'}", tag.name, 0, block=True)
        token.nesting = -1 if tag.closing else 1
        token.attrs = {
            name: value
            for name, value in tag.attributes.items()
            if name == "open" or (name in _NUMBERS and _COUNT.fullmatch(value))
        }
        token.map = [number, number + 1]
        state.tokens.append(token)


def _push_text(state: StateBlock, number: int, text: str, *, paragraph: bool) -> None:
    place = [number, number + 1]
    if paragraph:
        state.push("paragraph_open", "p", 1).map = place
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = text, place, []
    if paragraph:
        state.push("paragraph_close", "p", -1)
