"""An entry's body → sanitised HTML and plain text; a title → inline HTML.

``parser`` makes tokens of the Markdown, this module settles them one after the other (raw tags,
links, images, breaks, headings), and HTML and text are both written from the settled tokens, so
that they say the same. No word of a body vanishes: what does not work is shown as written.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from digest.diagnostics import Diagnostic, diagnostic
from digest.render.blocks import with_levels, with_numbers, with_unused_definitions, without_empty
from digest.render.breaks import settle_breaks
from digest.render.containers import LIVE, live_lines
from digest.render.parser import parser
from digest.render.plain import plain
from digest.render.sanitise import sanitised, without_controls
from digest.render.tags import settle_tags
from digest.render.targets import SITE, Sight, settle_images, settle_links
from digest.render.writer import LANGUAGE
from digest.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.token import Token
    from markdown_it.utils import EnvType

    from digest.model import Entry
    from digest.source import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A rendered body.

    ``html`` is sanitised; images that lie in the site have ``src="site:/images/…"`` (see
    ``rebase``). ``text`` is the same as plain text, nothing cut.
    """

    html: str
    text: str
    diagnostics: tuple[Diagnostic, ...]


def render_body(
    entry: Entry, image_at: Callable[[str], str | None], *, top_heading: int = 2
) -> Body:
    """Render an entry's body.

    ``image_at`` is asked for relative addresses only, as written, and gives the path in the site
    of an image that exists beside the note, or None. The highest heading becomes ``top_heading``.
    Diagnostics are R108 (open code fence) and S101 (missing image).
    """
    lines = [without_controls(line.text) for line in entry.body]
    env: EnvType = {LIVE: live_lines(lines)}
    tokens = with_unused_definitions(parser().parse("\n".join(lines), env), lines)
    found: list[Diagnostic] = []
    for token in tokens:
        if token.type == "inline":
            sight = Sight(entry, _lines_of(entry, token), image_at)
            found += _settle(token, sight)
        elif token.type == "fence":
            found += _open_fence(entry, token, lines)
    tokens = with_numbers(with_levels(without_empty(tokens), top_heading))
    html = parser().renderer.render(tokens, parser().options, {LANGUAGE: entry.language})
    return Body(html=sanitised(html), text=plain(tokens), diagnostics=tuple(found))


def rebase(html: str, prefix: str) -> str:
    """Put ``prefix`` (``../../`` or ``https://host/base/``) before the addresses of site files."""
    start = escape(prefix)
    for tag in ('<img src="', '<a href="'):
        html = html.replace(f"{tag}{SITE}", f"{tag}{start}")
    return html


def _lines_of(entry: Entry, token: Token) -> Sequence[Line]:
    start, end = token.map or [0, len(entry.body)]
    return entry.body[start:end]


def _settle(token: Token, sight: Sight) -> list[Diagnostic]:
    children = settle_links(settle_tags(token.children or ()), sight.image_at)
    found = settle_images(children, sight)
    token.children = settle_breaks(children, sight.entry.layout)
    return found


def _open_fence(entry: Entry, token: Token, lines: Sequence[str]) -> list[Diagnostic]:
    first, end = token.map or [0, 0]
    last = lines[end - 1].strip(" \t>")
    marks = token.markup
    if end - first > 1 and last.startswith(marks) and not last.strip(marks[0]):
        return []
    line = entry.body[first]
    end_column = len(line.text) + 1
    span = Span(path=entry.place.path, line=line.number, end_column=end_column)
    hint = f"close it with {marks} before the next entry"
    return [diagnostic("R108", span, "code fence is never closed", hint)]
