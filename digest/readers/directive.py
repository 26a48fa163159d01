"""``<!-- digest: category=papers topics=rag,agents id=… draft pick -->``: the curator's last word.

No Markdown viewer shows the comment, and what it says overrides everything else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from digest.diagnostics import Diagnostic, diagnostic, nearest
from digest.model import Label, Origin
from digest.readers.calendar import PartialDate, parse_date
from digest.readers.inline import without_code
from digest.source import Line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.source import Source, Span

# <!-- digest: category=papers topics=rag,agents pick -->
_COMMENT = re.compile(r"(?<![ \t])[ \t]*<!--\s*digest[:：](?P<body>.*?)-->", re.IGNORECASE)
# <!-- digest: category=papers (no end)   <!-- digest category=papers --> (no colon)
_MALFORMED = re.compile(r"<!--\s*digest\b(?:(?!-->).)*(?:-->)?", re.IGNORECASE)
# category=papers   topics=rag, agents   title="two words"   draft   category: papers, pick
# What joins words may stand between them too: a flag or a key after it is no part of the value.
_WORD = re.compile(
    r"""(?P<key>[^\s"'=:：,，、;；]+)(?:\s*[=:：]\s*(?:"(?P<quoted>[^"]*)"|'(?P<single>[^']*)'|"""
    r"""(?P<value>[^\s"'=,，、;；]+(?:\s*[,，、]\s*(?!(?:draft|pick)(?![^\s,，、;；]))"""
    r"""[^\s"'=:：,，、;；]++(?!\s*[=:：]))*)))?""",
    re.IGNORECASE,
)
_COMMA = re.compile(r"\s*[,，、]\s*")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_\-]{0,79}")  # 2024-rag-survey
_FLAGS = ("draft", "pick")
_KEYS = ("author", "category", "date", "handle", "id", "note", "slug", "title", "topics")


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive:
    """What the comments of one entry say; empty or None where they say nothing."""

    id: str = ""
    slug: str = ""
    title: str = ""
    category: Label | None = None
    topics: tuple[Label, ...] = ()
    date: PartialDate | None = None
    date_line: int = 0
    author: str = ""
    handle: str = ""
    note: str = ""
    draft: bool | None = None
    pick: bool | None = None


def read_directive(
    path: str, lines: Iterable[Line], fenced: frozenset[int]
) -> tuple[Directive, list[Diagnostic]]:
    """Return what the comments in some lines of a note say and what is wrong with them.

    A comment in a code fence or a code span is code.
    """
    values: dict[str, tuple[str, Span]] = {}
    diagnostics: list[Diagnostic] = []
    for line in lines:
        if line.number in fenced or "<!--" not in line.text:
            continue
        found = _matches(line.text)
        for match in found:
            offset = match.start("body")
            for word in _WORD.finditer(match["body"]):
                span = line.span(path, offset + word.start(), offset + word.end())
                _take_word(word, span, values, diagnostics)
        for match in _MALFORMED.finditer(_blank(without_code(line.text), found)):
            span = line.span(path, *match.span())
            hint = "write `<!-- digest: category=papers -->` on one line"
            diagnostics.append(diagnostic("R110", span, "the comment cannot be read", hint))
    return _directive(values, diagnostics), diagnostics


def _matches(line: str) -> list[re.Match[str]]:
    """Return the comments of a line, in time that grows with it."""
    text = without_code(line)  # none begins after the last `-->`: each would look for one in vain
    return [*_COMMENT.finditer(text, 0, text.rfind("-->") + len("-->"))]


def _blank(text: str, found: Iterable[re.Match[str]]) -> str:
    for match in found:
        text = f"{text[: match.start()]}{' ' * len(match.group())}{text[match.end() :]}"
    return text


class Word(NamedTuple):
    """A word of a comment: its key in lower case, and where it stands in its line (0-based)."""

    key: str
    start: int
    end: int


class Comment(NamedTuple):
    """A comment in a line: where its words begin (0-based), and the words."""

    start: int
    words: tuple[Word, ...]


def comments_in(text: str) -> list[Comment]:
    """Return the comments of a line that is not in a code fence, in order."""
    found: list[Comment] = []
    for match in _matches(text) if "<!--" in text else ():
        start = match.start("body")
        words = (
            Word(word["key"].casefold(), start + word.start(), start + word.end())
            for word in _WORD.finditer(match["body"])
        )
        found.append(Comment(start, tuple(words)))
    return found


def misplaced_directives(source: Source, lines: Iterable[Line]) -> Iterable[Diagnostic]:
    """Report the comments in lines that belong to no entry."""
    for line in lines:
        for match in _matches(line.text)[:1] if "<!--" in line.text else ():
            fact = "the comment stands at no entry"
            hint = "move it below an entry's heading; front matter speaks for the whole note"
            span = source.span(line.number, line.text.index("<", match.start()), match.end())
            yield diagnostic("R110", span, fact, hint)


def without_directives(lines: Iterable[Line], fenced: frozenset[int]) -> tuple[Line, ...]:
    """Take the comments out of some lines; a line that held nothing else is left out."""
    kept: list[Line] = []
    for line in lines:
        if line.number in fenced or "<!--" not in line.text:
            kept.append(line)
            continue
        rest = line.text
        for match in reversed(_matches(rest)):
            rest = rest[: match.start()] + rest[match.end() :]
        if rest.strip():
            kept.append(Line(number=line.number, text=rest))
    return tuple(kept)


def blanked(text: str) -> str:
    """Blank out the comments of a line that is not in a code fence, keeping every column."""
    return _blank(text, _matches(text)) if "<!--" in text else text


def _take_word(
    word: re.Match[str],
    span: Span,
    values: dict[str, tuple[str, Span]],
    diagnostics: list[Diagnostic],
) -> None:
    key = word["key"].casefold()
    written = (word["quoted"], word["single"], word["value"])
    value = next((text for text in written if text is not None), None)
    if key in _FLAGS and value in {None, "true", "false"}:
        values[key] = (value or "true", span)
    elif key in _KEYS and value:
        values[key] = (value, span)
    elif key in _KEYS:
        fact = f"`{key}` has no value"
        diagnostics.append(diagnostic("R110", span, fact, f"write `{key}=…` without spaces"))
    else:
        near = nearest(key, (*_KEYS, *_FLAGS))
        hint = f"did you mean `{near}`?" if near else f"known: {', '.join((*_KEYS, *_FLAGS))}"
        diagnostics.append(diagnostic("R110", span, f"unknown word `{word.group()}`", hint))


def _labels(words: str, span: Span) -> tuple[Label, ...]:
    return tuple(
        Label(text=word, origin=Origin.DIRECTIVE, span=span)
        for word in _COMMA.split(words.strip())
        if word
    )


def _directive(values: dict[str, tuple[str, Span]], diagnostics: list[Diagnostic]) -> Directive:
    def text(key: str) -> str:
        return values[key][0].strip() if key in values else ""

    def name(key: str, what: str) -> str:
        written = text(key)
        if not written or _ID.fullmatch(written):
            return written
        fact = f"`{written}` cannot be {what}"
        hint = "use letters, digits, `-` and `_` only"
        diagnostics.append(diagnostic("R110", values[key][1], fact, hint))
        return ""

    date = parse_date(text("date")) if "date" in values else None
    if "date" in values and (date is None or not date.exists):
        fact = f"`{text('date')}` is not a date"
        hint = "write `date=2024-03` or `date=2024-03-15`"
        diagnostics.append(diagnostic("R106", values["date"][1], fact, hint))
        date = None
    return Directive(
        id=name("id", "an id"),
        slug=name("slug", "the name of a page"),
        title=text("title"),
        category=next(iter(_labels(*values["category"])), None) if "category" in values else None,
        topics=_labels(*values["topics"]) if "topics" in values else (),
        date=date,
        date_line=values["date"][1].line if date is not None else 0,
        author=text("author"),
        handle=text("handle").removeprefix("@"),
        note=text("note"),
        draft=text("draft") == "true" if "draft" in values else None,
        pick=text("pick") == "true" if "pick" in values else None,
    )
