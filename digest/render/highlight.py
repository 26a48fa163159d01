"""Code → HTML with Pygments' classes, and the stylesheet of those classes."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

from markdown_it.common.utils import unescapeAll
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.styles import get_style_by_name
from pygments.token import STANDARD_TYPES
from pygments.util import ClassNotFound

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.style import _StyleDict

CLASSES: Final = frozenset(name for name in STANDARD_TYPES.values() if name)
# The two styles of Pygments whose colours reach 4.5:1 on their own background (WCAG 1.4.3).
_LIGHT, _DARK = "default", "github-dark"
_LANGUAGE = re.compile(r"[A-Za-z0-9+#._\-]+")  # python   C++   {.json}


def language_of(info: str) -> str:
    """Return the language that a fence names, in lower case, or an empty text."""
    found = _LANGUAGE.match(info.strip(" \t{."))
    return found.group().casefold() if found else ""


def caption_of(info: str) -> str:
    """Return the words behind a fence's marks that are no language, such as 提示词 or a file name.

    One Latin word counts as a language, known or not; ``{1,3}`` are lines to mark and no words.
    """
    words = unescapeAll(info).strip()
    found = _LANGUAGE.match(words)
    rest = words[found.end() :].strip() if found else words
    if not rest or (rest.startswith("{") and rest.endswith("}")):
        return ""
    return rest if found and _lexer(found.group()) else words


def code_block(code: str, language: str) -> str:
    """Return a ``<pre>`` of the code; an unknown or empty language leaves it plain.

    The block can be scrolled, so that the keyboard must reach it (WCAG 2.1.1): ``tabindex``.
    """
    return f'<pre class="highlight" tabindex="0"><code>{_marked(code, language)}</code></pre>\n'


def _marked(code: str, language: str) -> str:
    lexer = _lexer(language)
    if lexer is None:
        return escape(code, quote=False)
    return highlight(code, lexer, HtmlFormatter(nowrap=True))


def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language.casefold(), stripnl=False) if language else None
    except ClassNotFound:
        return None


def highlight_css() -> str:
    """Return the stylesheet for ``pre.highlight``, on the ground of the site's own stylesheet.

    Each colour is a ``light-dark()`` pair, so that code follows ``color-scheme`` as all else does.
    Classes that look the same share a rule; blanks (``w``) and what a lexer cannot place (``err``)
    have none.
    """
    looks: dict[str, list[str]] = {}
    light, dark = get_style_by_name(_LIGHT), get_style_by_name(_DARK)
    for token, name in STANDARD_TYPES.items():
        look = _look(light.style_for_token(token), dark.style_for_token(token))
        if name not in {"", "err", "w"} and look:
            looks.setdefault(look, []).append(f".{name}")
    rules = (f"{','.join(sorted(names))}{{{look}}}\n" for look, names in sorted(looks.items()))
    return f".highlight {{\n{''.join(rules)}}}\n"


def _look(light: _StyleDict, dark: _StyleDict) -> str:
    """Return the declarations of a token; its weight and slant are those of the light style."""
    found: list[str] = []
    if light["color"] or dark["color"]:
        pair = (f"#{one['color']}" if one["color"] else "currentcolor" for one in (light, dark))
        found.append(f"color:light-dark({','.join(pair)})")
    if light["bold"]:
        found.append("font-weight:bold")
    if light["italic"]:
        found.append("font-style:italic")
    return ";".join(found)
