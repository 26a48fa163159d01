"""What a reader made of a note, as lines that can be read and compared.

A case file holds cases of three parts: a line ``=== title`` (with the note's path after ``|``
where it matters), the note, and after a line ``---->`` what it is read as.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.diagnostics import place
from digest.readers import account

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from digest.diagnostics import Diagnostic
    from digest.model import Entry, Label, Link, Read
    from digest.source import Line

TITLE = "=== "
ARROW = "---->"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A note and what it is read as."""

    title: str
    path: str
    note: str
    expected: str


def cases_in(file: Path) -> list[Case]:
    """Read a case file."""
    cases: list[Case] = []
    for block in f"\n{file.read_text(encoding='utf-8')}".split(f"\n{TITLE}")[1:]:
        head, _, rest = block.partition("\n")
        title, _, path = head.partition(" | ")
        note, _, expected = rest.partition(f"{ARROW}\n")
        cases.append(Case(title=title, path=path or "note.md", note=note, expected=expected))
    return cases


def show(read: Read) -> str:
    """Write down everything that a reader made of a note."""
    rows = [f"{read.dialect or 'no dialect'}: {read.title or '(no title)'}"]
    for entry in read.entries:
        rows += _entry(entry)
    rows += [f"{_stretch(f.line, f.end_line)} is {f.kind}" for f in read.furniture]
    rows += [f"{number} is unclaimed" for number in account(read).unclaimed]
    rows += [show_diagnostic(found) for found in read.diagnostics]
    return "".join(f"{row}\n" for row in rows)


def show_diagnostic(found: Diagnostic) -> str:
    """Write down a diagnostic: its place with the last column, code, fact and hint."""
    where = f"{place(found.span)}-{found.span.end_column}" if found.span.line else found.span.path
    return f"{where} {found.code.name} {found.message} -> {found.hint}"


def _entry(entry: Entry) -> Iterable[str]:
    number = f"[{entry.number}] " if entry.number is not None else ""
    yield f"{_stretch(entry.place.line, entry.place.end_line)} {number}{entry.title}"
    if entry.when is not None:
        where = f", line {entry.when.line}" if entry.when.line else ""
        yield f"  when: {entry.when.iso} by {entry.when.basis}{where}"
    if entry.author or entry.handle:
        handle = f" @{entry.handle}" if entry.handle else ""
        yield f"  who: {entry.author or '-'}{handle}"
    if entry.labels:
        yield f"  labels: {', '.join(map(_label, entry.labels))}"
    if entry.topic_labels:
        yield f"  topics: {', '.join(map(_label, entry.topic_labels))}"
    flags = [f"id={entry.id}" if entry.id else "", f"note={entry.note}" if entry.note else ""]
    flags += ["pick" if entry.pick else "", "draft" if entry.draft else ""]
    if any(flags):
        yield f"  marks: {' '.join(filter(None, flags))}"
    for link in entry.links:
        kind = "title link" if link in entry.title_links else "link"
        yield f"  {kind}: {_link(link)}"
    for image in entry.images:
        alt = f" ({image.alt})" if image.alt else ""
        yield f"  image: {image.address}{alt}"
    if entry.body:
        yield f"  body: {_body(entry)}"
    if entry.language != "zh":
        yield f"  language: {entry.language}"


def _stretch(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def _label(label: Label) -> str:
    span = label.span
    return f"{label.text} ({label.origin} {span.line}:{span.column}-{span.end_column})"


def _link(link: Link) -> str:
    text = f" ({link.text})" if link.text else ""
    return f"{link.url}{text} {link.kind}"


def _body(entry: Entry) -> str:
    """Write body lines that stand in the note as they are by number, others with their text."""
    written = {line.number: line.text for line in entry.written}
    parts: list[str] = []
    run: list[int] = []
    for line in entry.body:
        if line.text == written[line.number]:
            run.append(line.number)
            continue
        parts += _numbers(run)
        run = []
        parts.append(_changed(line))
    return ", ".join(parts + _numbers(run))


def _numbers(run: list[int]) -> list[str]:
    return [_stretch(run[0], run[-1])] if run else []


def _changed(line: Line) -> str:
    return f"{line.number} `{line.text}`"
