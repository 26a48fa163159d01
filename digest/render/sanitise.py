"""The last gate of a body's HTML: an allow-list, whatever the stages before let through.

Tags that are not on it go, their text stays (also a script's, as text). Addresses are http, https,
mailto or of the site; class names are those that ``markdown`` and ``highlight`` write.
"""

from __future__ import annotations

import re
from typing import Final

import nh3

from digest.render.highlight import CLASSES
from digest.render.tags import PHRASES

TAGS: Final = {
    *("blockquote", "details", "div", "figcaption", "figure", "hr", "p", "pre", "summary"),
    *("h1", "h2", "h3", "h4", "h5", "h6"),
    *("dd", "dl", "dt", "li", "ol", "ul"),
    *("caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"),
    *("br", "img", "span"),
    *filter(None, PHRASES.values()),
}
_CELL: Final = frozenset({"left", "center", "right"})
_CLEANER: Final = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags=set(),
    attributes={
        "a": {"href", "title"},
        "abbr": {"title"},
        "details": {"open"},
        "div": {"tabindex", "role", "aria-label"},
        "img": {
            "src", "alt", "width", "height", "title", "loading", "decoding", "referrerpolicy",
        },
        "li": {"value"},
        "ol": {"start"},
        "pre": {"tabindex"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
    },
    tag_attribute_values={"a": {"rel": {"external"}}},
    allowed_classes={
        "div": {"table"},
        "pre": {"highlight"},
        "span": {*CLASSES, "missing-image"},
        "td": set(_CELL),
        "th": set(_CELL),
    },
    link_rel=None,
    url_schemes={"http", "https", "mailto", "site"},
    url_relative="deny",
)  # fmt: skip
# What HTML and XML forbid: control characters but tab and newline, lone surrogates, noncharacters.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
    )
    + "]"
)


def without_controls(text: str) -> str:
    """Drop the characters that may stand neither in HTML nor in XML."""
    return _FORBIDDEN.sub("", text)


def sanitised(html: str) -> str:
    """Return HTML that holds nothing but what is allowed, well nested."""
    return _CLEANER.clean(without_controls(html))
