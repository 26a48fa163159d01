"""HTML from elsewhere → Markdown that is safe to keep in a note.

Scripts, styles, forms and frames go with all they hold. Images become links, so that no reader's
browser calls another host unasked; those of one pixel are dropped.
"""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urljoin

import nh3

from digest.links import absolute
from digest.render.sanitise import without_controls

_BLOCKS = (
    "blockquote dd del div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr ins li ol p pre section"
    " table tbody td tfoot th thead tr ul"
)
_INLINE = "a abbr b br cite code em i img kbd mark q s samp small span strong sub sup u var"
_TAGS = {*_BLOCKS.split(), *_INLINE.split()}
_DROPPED = {"script", "style", "iframe", "object", "template", "noscript", "svg", "math", "form"}
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height"}}
_BLANKS = re.compile(r"\n{3,}")
_FENCE_IN_TEXT = re.compile(r"([`~])(?=\1{2})")  # ```   ~~~


def words_of(text: str) -> str:
    """Return the words of a piece of HTML in one line."""
    bare = nh3.clean(text, tags=set(), clean_content_tags=_DROPPED)
    return " ".join(without_controls(html.unescape(bare)).split())


def as_markdown(text: str, base: str) -> str:
    """Return a piece of HTML as Markdown; one that is nested beyond reason as its plain words.

    Relative addresses are seen from ``base``, an absolute address or empty.
    """
    clean = nh3.clean(
        text,
        tags=_TAGS,
        clean_content_tags=_DROPPED,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https"},
        link_rel=None,
    )
    try:
        found = _converted(clean, base)
    except RecursionError:
        found = words_of(text)
    lines = (line.rstrip() for line in without_controls(found).split("\n"))
    return _BLANKS.sub("\n\n", "\n".join(lines)).strip("\n")


def _converted(clean: str, base: str) -> str:
    from markdownify import MarkdownConverter  # noqa: PLC0415  # 80 ms that no other command need pay

    class Converter(MarkdownConverter):
        """Writes images as links, and text so that it stays text."""

        def convert_img(self, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ANN401  # as in its base
            del text, parent_tags
            if {el.get("width"), el.get("height")} & {"0", "1"}:
                return ""
            words = self.escape(" ".join((el.get("alt") or "image").split()), set())
            return _link(words, el.get("src") or "", base)

        def convert_a(self, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ANN401  # likewise
            del parent_tags
            words = " ".join(text.split())
            return _link(words, el.get("href") or "", base) if words else ""

        def escape(self, text: str, parent_tags: set[str]) -> str:
            escaped: str = super().escape(text, parent_tags)  # type: ignore[misc]  # not in its stub
            escaped = escaped.replace("<", "\\<").replace("](", "]\\(")
            return _FENCE_IN_TEXT.sub(r"\\\1", escaped)

    made: str = Converter(heading_style="ATX", bullets="-", autolinks=False).convert(clean)
    return made


def _link(words: str, address: str, base: str) -> str:
    """Return words as a link, or alone where the address leads nowhere on the web."""
    try:
        url = absolute(urljoin(base, address)) if address else None
    except ValueError:
        url = None
    return f"[{words}]({url.translate(_ENCODED)})" if url else words


_ENCODED = str.maketrans({"(": "%28", ")": "%29", " ": "%20", "<": "%3C", ">": "%3E"})
