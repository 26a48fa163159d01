"""A contents list and the headings it lists: what is out of step, and the list as it should be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.compose.contents import in_brackets, items_of, slug
from digest.model import FurnitureKind
from digest.proof.finding import Edit, Finding, finding, whole_line
from digest.readers.inline import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.compose.contents import Item
    from digest.model import Read
    from digest.readers.outline import Heading

_LISTED_KINDS = frozenset({FurnitureKind.TITLE, FurnitureKind.SECTION, FurnitureKind.DAY})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A row of the list as it should be: what it compares by, and its text."""

    words: str
    title: str
    text: str


def out_of_step(read: Read, headings: Sequence[Heading]) -> Iterator[Finding]:
    """Find the first item of a contents list that differs from the headings below it. Mended.

    ``headings`` are all of the note outside code. A list names headings of some levels; those of
    bodies only count where it names them. Where hardly any item is a heading's, the list is not
    of this note and left alone. Anchors count where most are as GitHub makes them: other programs
    make others.
    """
    items = items_of(read)
    wanted = _wanted(read, items, headings) if items else []
    if not wanted:
        return
    rows = _rows(read, items, wanted, headings)
    written = [read.source.line(item.line).text.rstrip() for item in items]
    if written == [row.text for row in rows]:
        return
    pairs = zip(written, rows, strict=False)
    at = next((n for n, (text, row) in enumerate(pairs) if text != row.text), len(items) - 1)
    span = whole_line(read.source, items[min(at, len(items) - 1)].line)
    hint = "write the list anew; `check --fix` does"
    yield finding("R209", span, _fact(items, rows), hint, *_edits(read, items, rows))


def _words(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _wanted(read: Read, items: Sequence[Item], headings: Sequence[Heading]) -> list[Heading]:
    """Return the headings that the list should name, in order; none where it is not theirs."""
    listed = {_words(item.text) for item in items}
    below = [heading for heading in headings if heading.line > items[0].line]
    named = [heading for heading in below if _words(plain(heading.text)) in listed]
    if len(named) * 2 < len(items):
        return []
    structure = {entry.place.line for entry in read.entries}
    structure |= {item.line for item in read.furniture if item.kind in _LISTED_KINDS}
    structure |= {heading.line for heading in named}
    levels = {heading.level for heading in named}
    return [h for h in below if h.level in levels and h.line in structure]


def _rows(
    read: Read, items: Sequence[Item], wanted: Sequence[Heading], headings: Sequence[Heading]
) -> list[_Row]:
    """Write the list anew; an item that is right stays to the character."""
    anchors = _anchors(headings)
    by_words = {_words(item.text): item for item in items}
    leads: dict[int, str] = {}
    right = 0
    for heading in wanted:
        item = by_words.get(_words(plain(heading.text)))
        if item is not None:
            leads.setdefault(heading.level, item.lead)
            right += _written(read, item).endswith(f"]({anchors[heading.line]})")
    rows = []
    for heading in wanted:
        title = plain(heading.text)
        item = by_words.get(_words(title))
        text = f"{leads[heading.level]}[{in_brackets(heading.text)}]({anchors[heading.line]})"
        if item is not None:
            text = _written(read, item)
            if right * 2 > len(items):
                text = f"{text[: text.rindex('](')]}]({anchors[heading.line]})"
        rows.append(_Row(words=_words(title), title=title, text=text))
    return rows


def _written(read: Read, item: Item) -> str:
    return read.source.line(item.line).text.rstrip()


def _anchors(headings: Sequence[Heading]) -> dict[int, str]:
    """Return the anchor of each heading by its line: ``#11-title``."""
    taken: list[str] = []
    for heading in headings:
        taken.append(slug(plain(heading.text), taken))
    return {heading.line: f"#{anchor}" for heading, anchor in zip(headings, taken, strict=True)}


def _fact(items: Sequence[Item], rows: Sequence[_Row]) -> str:
    listed = [_words(item.text) for item in items]
    wanted = [row.words for row in rows]
    stale = [item.text for item in items if _words(item.text) not in set(wanted)]
    missing = [row.title for row in rows if row.words not in set(listed)]
    if stale:
        return f"the contents list names what is no heading: {stale[0]}{_more(stale)}"
    if missing:
        return f"the contents list lacks {missing[0]}{_more(missing)}"
    if listed == wanted:
        return "the contents list leads to an anchor that is not there"
    return "the contents list has another order than the headings"


def _more(found: Sequence[str]) -> str:
    return f" and {len(found) - 1} more" if len(found) > 1 else ""


def _edits(read: Read, items: Sequence[Item], rows: Sequence[_Row]) -> Iterator[Edit]:
    """Put the rows in place of the items, from the first on.

    Further rows join the last item's line; items left over are emptied: an edit never touches
    more than its own line.
    """
    lines = [row.text for row in rows]
    for number, item in enumerate(items):
        last = number == len(items) - 1
        text = read.source.line(item.line).text
        new = "\n".join(lines[number:] if last else lines[number : number + 1])
        if new != text:
            yield Edit(line=item.line, start=0, end=len(text), text=new)
