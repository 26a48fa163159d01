"""A contents list for a long body: its headings get ids, and links lead to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST_HEADINGS = 4  # fewer are seen at a glance
# <h2>用法 <code>a</code></h2>: the writer gives headings no attributes; the text holds no `</h`
_HEADING = re.compile(r"<h([2-6])>((?:[^<]|<(?!/h))*)</h\1>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of a body: its text without marks, its id, and how deep it stands (from 0)."""

    text: str
    id: str
    depth: int


def with_contents(html: str) -> tuple[str, tuple[Heading, ...]]:
    """Return a body whose headings have ids, and its headings; few headings leave it as it is."""
    found = tuple(_headings(html))
    if len(found) < LEAST_HEADINGS:
        return html, ()
    ids = (heading.id for heading in found)
    marked = _HEADING.sub(lambda tag: f'<h{tag[1]} id="{next(ids)}">{tag[2]}</h{tag[1]}>', html)
    return marked, found


def _headings(html: str) -> Iterator[Heading]:
    levels = [int(tag[1]) for tag in _HEADING.finditer(html)]
    for number, tag in enumerate(_HEADING.finditer(html), start=1):
        yield Heading(
            text=Markup(tag[2]).striptags(),  # noqa: S704 - only its text is taken
            id=f"part-{number}",
            depth=int(tag[1]) - min(levels),
        )
