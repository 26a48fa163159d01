"""The blocks of a body, settled: nothing written vanishes, nothing empty stands, levels fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.token import Token

from digest.render.breaks import shows
from digest.render.parser import parser

if TYPE_CHECKING:
    from collections.abc import Sequence


def with_unused_definitions(tokens: Sequence[Token], lines: Sequence[str]) -> list[Token]:
    """Show ``[label]: address`` as text where no link uses it; the parser would drop it."""
    used = {
        child.meta["label"]
        for token in tokens
        for child in token.children or ()
        if "label" in child.meta
    }
    shown: list[Token] = []
    seen: set[str] = set()
    for token in tokens:
        if token.type != "definition" or not token.map:
            shown.append(token)
        elif token.meta["id"] not in used or token.meta["id"] in seen:
            start, end = token.map
            inner = parser().parseInline("\n".join(lines[start:end]).strip(), {})
            inner[0].map = token.map
            opening, closing = Token("paragraph_open", "p", 1), Token("paragraph_close", "p", -1)
            opening.block = closing.block = True
            shown += [opening, *inner, closing]
        else:
            seen.add(token.meta["id"])
    return shown


def without_empty(tokens: Sequence[Token]) -> list[Token]:
    """Drop paragraphs and headings that hold nothing to see."""
    kept: list[Token] = []
    skip = 0
    for place, token in enumerate(tokens):
        if skip:
            skip -= 1
            continue
        inner = tokens[place + 1 : place + 2]
        if (
            token.type in {"paragraph_open", "heading_open"}
            and inner
            and not any(map(shows, inner[0].children or ()))
        ):
            skip = 2
            continue
        kept.append(token)
    return kept


def with_levels(tokens: Sequence[Token], top: int) -> list[Token]:
    """Set the headings' levels: the highest is ``top``, each is one below the one it is under."""
    above: list[int] = []
    for token in tokens:
        if token.type not in {"heading_open", "heading_close"}:
            continue
        if token.nesting > 0:
            level = int(token.tag[1])
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
        token.tag = f"h{min(top + len(above) - 1, 6)}"
    return list(tokens)


def with_numbers(tokens: Sequence[Token]) -> list[Token]:
    """Let each item of a numbered list show the number that was written, as in 6. 8. 9.

    HTML counts on by itself; so it may where all items have one number (1. 1. 1.), which is a
    way to leave the counting to Markdown.
    """
    open_lists: list[list[Token]] = []
    for token in tokens:
        if token.type in {"ordered_list_open", "bullet_list_open"}:
            open_lists.append([])
        elif token.type == "list_item_open" and open_lists:
            open_lists[-1].append(token)
        elif token.type in {"ordered_list_close", "bullet_list_close"} and open_lists:
            _number(open_lists.pop())
    return list(tokens)


def _number(items: Sequence[Token]) -> None:
    written = [int(item.info) for item in items if item.info.isdecimal()]
    if len(written) != len(items) or len(set(written)) == 1:
        return
    for item, number, previous in zip(items[1:], written[1:], written, strict=False):
        if number != previous + 1:
            item.attrs["value"] = number
