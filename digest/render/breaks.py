"""Line breaks of a block's text: which are kept, which are spaces, which are nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.token import Token

from digest.model import Layout
from digest.render.emphasis import is_cjk
from digest.source import INVISIBLE_OR_SPACE

if TYPE_CHECKING:
    from collections.abc import Sequence

_QUIET = frozenset("“”‘’…—·")  # of no script: they take the width of what they stand beside


def settle_breaks(tokens: Sequence[Token], layout: Layout) -> list[Token]:
    """Keep or join lines as the layout wants; no break stands first or last."""
    settled: list[Token] = []
    for place, token in enumerate(tokens):
        if token.type == "softbreak" and layout is Layout.LINES:
            settled.append(Token("hardbreak", "br", 0))
        elif token.type != "softbreak" or not _joins(tokens, place):
            settled.append(token)
    while settled and not shows(settled[0]) and settled[0].nesting == 0:
        settled.pop(0)
    while settled and not shows(settled[-1]) and settled[-1].nesting == 0:
        settled.pop()
    if settled:
        settled[0].content = settled[0].content.lstrip(" \t")
    return settled


def shows(token: Token) -> bool:
    """Whether a token of a block's text leaves something to see."""
    return token.type in {"image", "missing_image"} or bool(
        token.content.strip(INVISIBLE_OR_SPACE + "\n")
    )


def _joins(tokens: Sequence[Token], place: int) -> bool:
    """Whether a newline stands inside Chinese text, where it is no space (CSS Text 4.1.3)."""
    before = next(filter(None, (_seen(tokens[i]) for i in range(place, -1, -1))), " ")[-1]
    after = next(filter(None, (_seen(tokens[i]) for i in range(place, len(tokens)))), " ")[0]
    wide = [_is_wide(before), _is_wide(after)]
    return all(wide) or (any(wide) and (before in _QUIET or after in _QUIET))


def _seen(token: Token) -> str:
    """Return what stands at a newline's side; an image does as a space would."""
    return " " if token.type in {"image", "missing_image"} else token.content


def _is_wide(character: str) -> bool:
    hangul = "\u1100" <= character <= "\u11ff" or "\uac00" <= character <= "\ud7a3"
    return is_cjk(character) and not hangul
