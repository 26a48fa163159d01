"""A note's YAML front matter: what its curator says of all its entries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.diagnostics import Diagnostic, diagnostic
from digest.model import Label, Origin
from digest.readers.calendar import PartialDate, parse_date
from digest.yamlfile import Fields, Scalar, parse

if TYPE_CHECKING:
    from digest.source import Source

_OPEN = re.compile(r"^---\s*$")
_CLOSE = re.compile(r"^(?:---|\.\.\.)\s*$")


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


def read_front_matter(source: Source) -> tuple[FrontMatter, int, list[Diagnostic]]:
    """Return the front matter, the first line after it, and what is wrong with it."""
    lines = source.lines
    if not lines or not _OPEN.match(lines[0].text):
        return FrontMatter(), 1, []
    end = next((line.number for line in lines[1:] if _CLOSE.match(line.text)), 0)
    if not end:
        return FrontMatter(), 1, []
    text = "\n".join(line.text for line in lines[1 : end - 1])
    block, diagnostics = parse(source.path, text, first_line=2)
    if block is None:
        return FrontMatter(end_line=end), end + 1, diagnostics
    fields = Fields(block, diagnostics)
    date, date_line = _date(fields, diagnostics)
    category = fields.take("category")
    front = FrontMatter(
        title=fields.text("title"),
        date=date,
        date_line=date_line,
        year=fields.number("year", 0, least=1990, most=2100) or None,
        language=_language(fields, diagnostics),
        category=_label(category) if isinstance(category, Scalar) else None,
        topics=tuple(map(_label, fields.words("topics"))),
        author=fields.text("author"),
        draft=fields.flag("draft"),
        end_line=end,
    )
    if category is not None and not isinstance(category, Scalar):
        fields.text("category")  # reports the wrong kind
    fields.finish()
    return front, end + 1, diagnostics


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
