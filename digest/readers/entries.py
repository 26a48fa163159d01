"""Putting an entry together from what a dialect found, the same way for every dialect."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from digest.diagnostics import Diagnostic, diagnostic
from digest.links import ENTRIES_KEPT, find_bare_urls
from digest.model import DateBasis, Entry, Label, Layout, Place, When
from digest.readers.directive import Directive, read_directive, without_directives
from digest.readers.headlines import headline
from digest.readers.inline import images_in, links_in

if TYPE_CHECKING:
    from digest.model import Link
    from digest.readers.frontmatter import FrontMatter
    from digest.readers.outline import Outline
    from digest.source import Line, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a dialect read of an entry, before the curator's comment and front matter are applied.

    ``title`` is plain text; ``heading`` is the line it stands on, as written, for its links;
    ``body`` are the lines after it, comments still in them.
    """

    dialect: str
    line: int
    end_line: int
    number: str | None = None
    title: str
    heading: tuple[Line, ...] = ()
    body: tuple[Line, ...] = ()
    when: When | None = None
    author: str | None = None
    handle: str | None = None
    labels: tuple[Label, ...] = ()
    note: str | None = None
    layout: Layout = Layout.FLOW


def finish(note: Outline, draft: Draft) -> tuple[Entry, tuple[Diagnostic, ...]]:
    """Apply the entry's comment and the note's front matter; collect links, images, language.

    An entry that stands where it stood, as it stood, is the same object as before.
    """
    written = note.lines(draft.line, draft.end_line)
    fenced = note.fenced.intersection(range(draft.line, draft.end_line + 1))
    return _finished(note.source.path, note.front, draft, written, fenced)


@lru_cache(maxsize=ENTRIES_KEPT)
def _finished(
    path: str,
    front: FrontMatter,
    draft: Draft,
    written: tuple[Line, ...],
    fenced: frozenset[int],
) -> tuple[Entry, tuple[Diagnostic, ...]]:
    """Finish a draft that is of the lines ``written``; those numbered in ``fenced`` are code."""
    directive, diagnostics = read_directive(path, written, fenced)
    heading = without_directives(draft.heading, fenced)
    body = without_directives(draft.body, fenced)
    title_links = links_in(path, heading)
    prose = [line for line in body if line.number not in fenced]
    titled = {line.number for line in heading}
    raw = [written[line.number - draft.line] for line in prose if line.number not in titled]
    title = directive.title or draft.title
    if not title or _is_address(title):
        span, title = _untitled(written[0].span(path), draft, title_links, prose)
        fact = "entry has a link but no title" if title_links else "entry has no title"
        hint = "write a few words before the link" if title_links else "write a few words"
        diagnostics.append(diagnostic("R104", span, fact, hint))
    labels = (directive.category, front.category, *draft.labels)
    entry = Entry(
        id=directive.id,
        slug=directive.slug,
        place=_place(path, draft),
        number=draft.number,
        title=title,
        title_links=title_links,
        when=_when(directive, draft, front),
        author=directive.author or draft.author or front.author or None,
        handle=directive.handle or draft.handle,
        labels=tuple(label for label in labels if label is not None),
        topic_labels=directive.topics or front.topics,
        note=directive.note or draft.note,
        pick=draft.note is not None if directive.pick is None else directive.pick,
        draft=front.draft if directive.draft is None else directive.draft,
        links=title_links + links_in(path, raw),
        images=images_in(path, heading) + images_in(path, raw),
        body=trimmed(body),
        layout=draft.layout,
        language=front.language or language_of(title + " ".join(line.text for line in prose)),
        written=written,
    )
    return entry, tuple(diagnostics)


def _place(path: str, draft: Draft) -> Place:
    return Place(path=path, line=draft.line, end_line=draft.end_line, dialect=draft.dialect)


def _is_address(title: str) -> bool:
    found = find_bare_urls(title)
    return len(found) == 1 and found[0].start == 0 and found[0].end == len(title)


def _untitled(
    start: Span, draft: Draft, links: tuple[Link, ...], prose: list[Line]
) -> tuple[Span, str]:
    """Return the place to report and the words that stand in for a missing title."""
    first = links or links_in(start.path, prose)
    address = first[0].url.partition("://")[2].rstrip("/") if first else ""
    span = links[0].span if links else start
    return span, headline(line.text for line in prose) or address or draft.number or "—"


def _when(directive: Directive, draft: Draft, front: FrontMatter) -> When | None:
    if directive.date is not None and directive.date.year is not None:
        return When(
            year=directive.date.year,
            month=directive.date.month,
            day=directive.date.day,
            basis=DateBasis.DIRECTIVE,
            line=directive.date_line,
        )
    if draft.when is not None:
        return draft.when
    if front.date is None or front.date.year is None:
        return None
    return When(
        year=front.date.year,
        month=front.date.month,
        day=front.date.day,
        basis=DateBasis.FRONT_MATTER,
        line=front.date_line,
    )


def trimmed(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Drop blank lines at both ends."""
    first, last = 0, len(lines)
    while first < last and lines[first].blank:
        first += 1
    while last > first and lines[last - 1].blank:
        last -= 1
    return lines[first:last]


_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")  # 汉
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")  # word
_ADDRESS = re.compile(r"https?://\S+")  # https://example.org/a


@lru_cache(maxsize=ENTRIES_KEPT)
def language_of(text: str) -> str:
    """Return ``zh`` or ``en``: Chinese text is full of English names, so it takes little Han."""
    words = _ADDRESS.sub(" ", text)
    han = len(_HAN.findall(words))
    latin = len(_LATIN_WORD.findall(words))
    return "zh" if han and han * 3 >= latin else "en"
