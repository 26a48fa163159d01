"""The Markdown parser: CommonMark with tables and strikethrough, bent to the habits of notes.

Bent are: emphasis beside Chinese text (``emphasis``), bare URLs (``digest.links`` finds them), a
backslash before a line's end, ``$maths$``, raw tags (``tags`` and ``containers`` judge them). Off
are indented code and underlined headings: in notes an indented line is a list's and ``---`` a rule.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, Final, cast

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import blockquote, list_block, table
from markdown_it.rules_block.table import escapedSplit

from digest.links import BareUrl, find_bare_urls
from digest.render.containers import container_lines
from digest.render.emphasis import CjkState
from digest.render.writer import Writer
from digest.source import INVISIBLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token
    from markdown_it.utils import EnvType

    BlockRule = Callable[[StateBlock, int, int, bool], bool]

# Deeper quotes and lists are text: the parser drops what lies deeper than its own limit (100).
MAX_DEPTH: Final = 60
BARE: Final = "bare"  # a link token's ``info`` where the link is a bare URL
_INVISIBLE = str.maketrans("", "", INVISIBLE)

_BREAK = re.compile(r"\\[ \t]*(?:\n[ \t]*|\Z)")  # `https://example.org/z \` and its newline
# $a_i * b_i$   $$\frac{a}{b}$$   but not "$20 to $30"
_MATHS = re.compile(
    r"\$\$(?=\S)[^$]+\$\$"
    r"|\$(?![\s$])(?=[^$\n]*[\\_^*={])[^$\n`\u2e80-\u9fff\uff00-\uffef]+(?<!\s)\$(?!\d)"
)
# <kbd>   </b>   <img src="…" width=80>   <!-- comment -->
_RAW_TAG = re.compile(
    r"</[A-Za-z][A-Za-z0-9\-]*\s*>"
    r"""|<[A-Za-z][A-Za-z0-9\-]*(?:\s+[A-Za-z_:][\w:.\-]*(?:\s*=\s*(?:[^"'=<>`\s]+|'[^']*'|"[^"]*"))?)*\s*/?>"""
    r"|<!--(?:(?!-->)[\s\S])*-->",
    re.ASCII,
)
# What ends a bare URL in Markdown though RFC 3986 allows it: **bold** and ~~struck~~ marks and a
# link that follows, as in https://example.org/z[more](https://example.org)
_URL_END = re.compile(r"\*\*|~~|!?\[[^\[\]]*\]\(")
_CLOSERS = {")": "(", "]": "["}


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """Return the one parser; it keeps nothing of a text and may be used again."""
    markdown = _Parser(
        "commonmark", {"maxNesting": 100, "xhtmlOut": False}, renderer_cls=lambda _: Writer()
    )
    markdown.options["inline_definitions"] = True
    markdown.options["store_labels"] = True
    markdown.inline = _Inline()
    markdown.inline.ruler.before("text", "bare_url", _bare_url)
    markdown.inline.ruler.at("text", _text)
    markdown.inline.ruler.before("escape", "backslash_break", _backslash_break)
    markdown.inline.ruler.before("escape", "maths", _maths)
    markdown.inline.ruler.at("html_inline", _raw_tag)
    markdown.inline.ruler.disable("linkify")
    rules = markdown.block.ruler
    blocks = ["paragraph", "reference", "blockquote"]
    rules.at("html_block", container_lines, {"alt": blocks})
    rules.at("blockquote", _up_to_depth(blockquote), {"alt": [*blocks, "list"]})
    rules.at("list", _up_to_depth(list_block), {"alt": blocks})
    rules.at("table", _whole_table, {"alt": ["paragraph", "reference"]})
    rules.enable("table")
    rules.disable(["code", "lheading"])
    return markdown


class _Parser(MarkdownIt):
    """Keeps link targets as written: ``targets`` decides later which of them are links."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - the parser's own name
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the parser's own name
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - the parser's own name
        return link


class _State(CjkState):
    """Knows where the bare URLs of its text stand."""

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> None:
        super().__init__(src, md, env, tokens)
        self.urls = {url.start: url for url in _bare_urls(src)}
        self.url_starts = sorted(self.urls)


class _Inline(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _bare_urls(text: str) -> list[BareUrl]:
    """Find the bare URLs of Markdown text; a mark or a bracket that closes earlier ends them."""
    found: list[BareUrl] = []
    for bare in find_bare_urls(text):
        written = text[bare.start : bare.end]
        cut = _cut(written)
        if cut == len(written):
            found.append(bare)
            continue
        found += [
            BareUrl(bare.start + part.start, bare.start + part.end, part.url)
            for part in find_bare_urls(written[:cut])
        ]
        rest = bare.start + cut
        found += [
            BareUrl(rest + part.start, rest + part.end, part.url)
            for part in _bare_urls(written[cut:])
        ]
    return found


def _cut(written: str) -> int:
    """Return where a URL ends in Markdown."""
    mark = _URL_END.search(written)
    end = mark.start() if mark else len(written)
    opened = {"(": 0, "[": 0}
    for place, character in enumerate(written[:end]):
        if character in opened:
            opened[character] += 1
        elif character in _CLOSERS:
            opened[_CLOSERS[character]] -= 1
            if opened[_CLOSERS[character]] < 0:
                return place
    return end


def _bare_url(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - a rule of the parser
    """Take a bare URL whole, so that no mark inside it counts; in a link it is text."""
    url = cast("_State", state).urls.get(state.pos)
    if url is None or url.end > state.posMax:
        return False
    if not silent:
        written = state.src[url.start : url.end].translate(_INVISIBLE)
        if state.linkLevel:
            state.append_pending(written)
        else:
            opening = state.push("link_open", "a", 1)
            opening.attrs = {"href": url.url}
            opening.info = BARE
            state.push("text", "", 0).content = written
            state.push("link_close", "a", -1).info = BARE
    state.pos = url.end
    return True


def _text(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - a rule of the parser
    """Take text up to the next character that may mean something, or the next bare URL."""
    found = state.md.inline.terminator_re.search(state.src, state.pos, state.posMax)
    end = found.start() if found else state.posMax
    starts = cast("_State", state).url_starts
    following = bisect_left(starts, state.pos + 1)
    if following < len(starts):
        end = min(end, starts[following])
    if end == state.pos:
        return False
    if not silent:
        state.append_pending(state.src[state.pos : end])
    state.pos = end
    return True


def _backslash_break(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - a rule of the parser
    r"""Break the line at a ``\`` that only blanks follow; at the end of a block it is nothing."""
    found = _BREAK.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.pending = state.pending.rstrip(" \t")
        if "\n" in found.group():
            state.push("hardbreak", "br", 0)
    state.pos = found.end()
    return True


def _maths(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - a rule of the parser
    """Take a formula as the text it is."""
    if state.src[state.pos] != "$":
        return False
    found = _MATHS.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        for number, part in enumerate(found.group().split("\n")):
            if number:
                state.push("softbreak", "br", 0)
            state.push("text", "", 0).content = part.strip(" \t") if number else part
    state.pos = found.end()
    return True


def _raw_tag(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - a rule of the parser
    """Take one tag or comment as written."""
    source, start = state.src, state.pos
    # Without its end a tag cannot match: the look-up is cached, the match would scan to the end.
    ending = "-->" if source.startswith("<!--", start) else ">"
    if source[start] != "<" or state.html_terminator_last(ending) < start:
        return False
    found = _RAW_TAG.match(source, start, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = found.group()
    state.pos = found.end()
    return True


def _up_to_depth(rule: BlockRule) -> BlockRule:
    def limited(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - a rule of the parser
        return state.level < MAX_DEPTH and rule(state, start, end, silent)

    return limited


def _whole_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - a rule of the parser
    """Read a table; cells beyond the last column, which GFM drops, stay in the last cell."""
    first = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    columns, cells = 0, 0
    last: Token | None = None
    extra: list[str] = []
    for token in state.tokens[first:]:
        if token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and token.map:
            extra = _cells(state, token.map[0])[columns:] if columns else []
            cells = 0
        elif token.type == "inline":
            last, cells = token, cells + 1
        elif token.type == "tr_close" and last and extra and cells == columns:
            last.content = " | ".join((last.content, *extra))
    return True


def _cells(state: StateBlock, line: int) -> list[str]:
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
    cells = escapedSplit(text)
    inner = cells[1 if cells[0] == "" else 0 : -1 if cells[-1] == "" else None]
    return [cell.strip() for cell in inner]
