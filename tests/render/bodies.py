"""Renders a few lines of Markdown as an entry's body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.model import Layout
from digest.render.markdown import Body, render_body
from tests.factories import entry, lines

if TYPE_CHECKING:
    from collections.abc import Mapping


def body(
    text: str,
    *,
    layout: Layout = Layout.FLOW,
    images: Mapping[str, str] | None = None,
    language: str = "zh",
    top: int = 2,
) -> Body:
    """Render a text that begins at line 11 of ``notes/2024-03.md``.

    ``images`` are those beside the note: the address as written, and the path in the site.
    """
    written = lines(text, first=11)
    made = entry(
        path="notes/2024-03.md",
        at=10,
        body=written,
        written=written,
        layout=layout,
        language=language,
    )
    return render_body(made, (images or {}).get, top_heading=top)


def flow(text: str) -> str:
    """Return the HTML of flowing Markdown, without the newline at its end."""
    return body(text).html.removesuffix("\n")


def posted(text: str) -> str:
    """Return the HTML of a post, whose lines are kept, without the newline at its end."""
    return body(text, layout=Layout.LINES).html.removesuffix("\n")


def link(url: str, text: str | None = None) -> str:
    """Return a link out of the site as bodies show it."""
    return f'<a href="{url}" rel="external">{url if text is None else text}</a>'
