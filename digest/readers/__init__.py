"""Notes → entries. One module a dialect; a note is matched by what it contains, never its name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.diagnostics import Diagnostic, diagnostic, in_order
from digest.model import Read
from digest.readers import bullets, flat, posts, report, sections
from digest.readers.account import Account, account, accounted
from digest.readers.dialect import Dialect, Setting
from digest.readers.frontmatter import read_front_matter
from digest.readers.outline import heading_of, is_contents, outline, scan
from digest.source import Source, Span, Undecodable, decode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.readers.frontmatter import FrontMatter
    from digest.readers.outline import Outline

__all__ = ["DIALECTS", "Account", "Setting", "account", "outline_in", "read", "read_bytes"]

DIALECTS: tuple[Dialect, ...] = tuple(
    Dialect(
        name=module.NAME,
        is_entry_heading=module.is_entry_heading,
        open_fences_only=module.OPEN_FENCES_ONLY,
        claims=module.claims,
        read=module.read,
    )
    for module in (sections, flat, posts, bullets, report)
)
# A dialect that sees fewer entries than this part of another's sees what stands in their bodies.
RIVAL = 0.25


def read_bytes(path: str, data: bytes, setting: Setting) -> Read:
    """Read a note from its bytes; a file that is not UTF-8 text is one diagnostic."""
    decoded = decode(path, data)
    if isinstance(decoded, Undecodable):
        return _nothing(Source(path=path, lines=()), _undecodable(decoded))
    return read(decoded, setting)


def _undecodable(file: Undecodable) -> Diagnostic:
    if file.kind == "binary":
        fact = "this is a binary file, not a note"
        return diagnostic("R002", file.span, fact, "move it out of the notes folder")
    if file.kind == "utf-16":
        return diagnostic("R003", file.span, "the file is UTF-16", "save it as UTF-8")
    fact = f"byte 0x{file.byte:02x} is not UTF-8"
    like = f" (it looks like {file.looks_like.upper()})" if file.looks_like else ""
    return diagnostic("R003", file.span, fact + like, "save the file as UTF-8")


def read(source: Source, setting: Setting) -> Read:
    """Read a note in the dialect that claims it.

    A note that none or more than one claims has no entries and a diagnostic.
    """
    if all(line.blank for line in source.lines):
        span = source.span(1, 0, 0) if source.lines else Span(path=source.path, line=0)
        fact = "the note is empty"
        return _nothing(source, diagnostic("R101", span, fact, "write an entry, or delete it"))
    front, diagnostics = read_front_matter(source)
    claimed = _claimed(source, front)
    if len(claimed) != 1:
        found = _in_no_dialect(source, front, [dialect.name for dialect, _ in claimed])
    else:
        dialect, note = claimed[0]
        found = accounted(note, dialect.read(note, setting))
    return replace(found, diagnostics=in_order((*diagnostics, *found.diagnostics)))


def _claimed(source: Source, front: FrontMatter) -> list[tuple[Dialect, Outline]]:
    """Return the dialects that see entries in a note, those that see few beside others left out."""
    scanned = scan(source, front)
    seen: list[tuple[int, Dialect, Outline]] = []
    for dialect in DIALECTS:
        note = outline(scanned, dialect.is_entry_heading, open_only=dialect.open_fences_only)
        seen.append((dialect.claims(note), dialect, note))
    most = max(count for count, _, _ in seen)
    return [(dialect, note) for count, dialect, note in seen if count and count > most * RIVAL]


def outline_in(source: Source, name: str) -> Outline:
    """Return a note's outline as the dialect of this name sees it; ``KeyError`` for no dialect."""
    dialect = {one.name: one for one in DIALECTS}[name]
    front, _ = read_front_matter(source)
    found = scan(source, front)
    return outline(found, dialect.is_entry_heading, open_only=dialect.open_fences_only)


def _nothing(source: Source, *diagnostics: Diagnostic) -> Read:
    return Read(
        source=source, dialect="", title="", entries=(), furniture=(), diagnostics=diagnostics
    )


def _in_no_dialect(source: Source, front: FrontMatter, names: Sequence[str]) -> Read:
    lines = source.lines[front.end_line :]
    first = next((line for line in lines if not line.blank), None)
    if first is None:
        span = source.span(1)
        fact = "the note holds nothing but front matter"
        return _nothing(source, diagnostic("R102", span, fact, "write an entry below it"))
    span = source.span(first.number)
    if names:
        fact = f"the note reads as {' and '.join(names)}"
        hint = "keep one habit in a note: move the other entries to a file of their own"
        return _nothing(source, diagnostic("R005", span, fact, hint))
    if all(line.blank or heading_of(line) or is_contents(line) for line in lines):
        hint = "write an entry, or move the file out of the notes folder"
        return _nothing(source, diagnostic("R102", span, "the note holds no entries", hint))
    fact = "the note is in no dialect that is known, so its entries cannot be told"
    hint = "see docs/writing.md; the simplest is `# 1. Tools` and `## 1.1. [title](url)`"
    return _nothing(source, diagnostic("R004", span, fact, hint))
