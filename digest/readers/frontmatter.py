"""A note's YAML front matter: what its curator says of all its entries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.diagnostics import Diagnostic, diagnostic
from digest.model import Label, Origin
from digest.readers.calendar import PartialDate, parse_date
from digest.yamlfile import Block, Fields, Scalar, parse

if TYPE_CHECKING:
    from digest.source import Line, Source

_OPEN = re.compile(r"^---\s*$")
_CLOSE = re.compile(r"^(?:---|\.\.\.)\s*$")
# title: 三月   topics:   "date": 2024-03
_KEY_LINE = re.compile(r"""^["']?(?P<key>[A-Za-z]+)["']?\s*:(?:\s|$)""")
_DRAFT = re.compile(r"draft\s*:(?!\s*false\b)")  # draft: true   draft: yes
_MORE_LINE = re.compile(r"^(?:\s+\S|-\s)")  # - rag
_NOTE_LINE = re.compile(r"^(?:##|[*+]\s|-\s*\[)")  # ## 1.1. title   * 1、title   - [1. 工具](#1)
EXAMPLE_YEAR = 2024  # for the hint beside a year that is none
KEYS = frozenset({"title", "date", "year", "language", "category", "topics", "author", "draft"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The keys of a note's front matter; ``end_line`` is 0 where there is none."""

    title: str = ""
    date: PartialDate | None = None
    date_line: int = 0
    year: int | None = None
    language: str = ""
    category: Label | None = None
    topics: tuple[Label, ...] = ()
    author: str = ""
    draft: bool = False
    end_line: int = 0


def read_front_matter(source: Source) -> tuple[FrontMatter, list[Diagnostic]]:
    """Return the front matter and what is wrong with it.

    Where its closing line was forgotten it ends with its last key. A note whose front matter cannot
    be read stays a draft where it says so, so that a slip elsewhere publishes nothing.
    """
    lines = source.lines
    if not lines or not _OPEN.match(lines[0].text):
        return FrontMatter(), []
    last = _last_key_line(lines)
    end = next((line.number for line in lines[1:] if _CLOSE.match(line.text)), 0)
    unclosed: list[Diagnostic] = []
    if not end or (last and _holds_text(lines[last : end - 1])):
        if not last:
            return FrontMatter(), []  # a rule, as Markdown has it
        hint = f"write `---` on a line of its own below line {last}"
        unclosed = [diagnostic("C002", source.span(1), "front matter is never closed", hint)]
        end = last
    text = "\n".join(line.text for line in lines[1:end] if not _CLOSE.match(line.text))
    block, diagnostics = parse(source.path, text, first_line=2)
    diagnostics = [*unclosed, *diagnostics]
    if block is None:
        held = any(_DRAFT.match(line.text) for line in lines[1:end])
        return FrontMatter(draft=held, end_line=end), diagnostics
    return _checked(block, end, diagnostics), diagnostics


def _last_key_line(lines: tuple[Line, ...]) -> int:
    """Return the last line of the keys at the top of a note; 0 where no key is known."""
    last, known = 0, False
    for line in lines[1:]:
        key = _KEY_LINE.match(line.text)
        if key is None and not _MORE_LINE.match(line.text):
            break
        known = known or (key is not None and key["key"].casefold() in KEYS)
        last = line.number
    return last if known else 0


def _holds_text(lines: tuple[Line, ...]) -> bool:
    """Whether lines after a note's keys are the note itself: then ``---`` below them is a rule."""
    return any(
        _NOTE_LINE.match(line.text) or (above.blank and line.text.startswith("#"))
        for above, line in pairwise(lines)
    )


def _checked(block: Block, end: int, diagnostics: list[Diagnostic]) -> FrontMatter:
    fields = Fields(block, diagnostics)
    date, date_line = _date(fields, diagnostics)
    category = fields.take("category")
    year = fields.number("year", EXAMPLE_YEAR, least=1990, most=2100)
    written = block.values.get("year")
    front = FrontMatter(
        title=fields.text("title"),
        date=date,
        date_line=date_line,
        year=year if isinstance(written, Scalar) and written.text == str(year) else None,
        language=_language(fields, diagnostics),
        category=_label(category) if isinstance(category, Scalar) else None,
        topics=tuple(map(_label, fields.words("topics"))),
        author=fields.text("author"),
        draft=fields.flag("draft", default=fields.take("draft") is not None),
        end_line=end,
    )
    if category is not None and not isinstance(category, Scalar):
        fields.text("category")  # reports the wrong kind
    fields.finish()
    return front


def _label(word: Scalar) -> Label:
    return Label(text=word.text, origin=Origin.FRONT_MATTER, span=word.span)


def _date(fields: Fields, diagnostics: list[Diagnostic]) -> tuple[PartialDate | None, int]:
    text = fields.text("date")
    if not text:
        return None, 0
    span = fields.span_of("date")
    found = parse_date(text)
    if found is None or found.year is None:
        fact = f"`{text}` is not a date"
        diagnostics.append(diagnostic("R106", span, fact, "write `2024-03` or `2024-03-15`"))
        return None, 0
    if not found.exists:
        fact = f"`{text}` does not exist in the calendar"
        diagnostics.append(diagnostic("R106", span, fact, "correct the month or the day"))
        return None, 0
    return found, span.line


def _language(fields: Fields, diagnostics: list[Diagnostic]) -> str:
    text = fields.text("language").casefold()
    code = text.partition("-")[0]
    if code in {"", "zh", "en"}:
        return code
    span = fields.span_of("language")
    fact = f"language `{text}` is not known"
    diagnostics.append(diagnostic("C005", span, fact, "write `language: zh` or `language: en`"))
    return ""
