"""From the items of a file to entries that the digest does not have yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.compose import NewEntry, as_entry
from digest.diagnostics import diagnostic
from digest.importing.prose import as_markdown, words_of
from digest.likeness.duplicates import Known, Story, as_diagnostic, repeated
from digest.links import absolute
from digest.source import Span
from digest.tagger import tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from digest.diagnostics import Diagnostic
    from digest.importing.item import Heap, Item
    from digest.model import Entry
    from digest.readers import Setting
    from digest.tagger.weights import Learned
    from digest.taxonomy import Taxonomy

LONGEST_STAND_IN = 60  # characters of the text that stand in for a missing title
_NOT_IN_COMMENT = str.maketrans({'"': "”", "\\": "＼"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """The entries of a file, in its order, and what was left out."""

    entries: tuple[NewEntry, ...]
    known: int
    repeated: int
    empty: int
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What an import is held against: the file's name and line, and the digest as it is."""

    file: str
    folder: str
    entries: Sequence[Entry]
    setting: Setting
    learned: Learned


def harvest(heap: Heap, origin: Origin) -> Harvest:
    """Return what of a file becomes entries: each story once, none that the digest has."""
    taxonomy = origin.setting.taxonomy
    rows = [(item, _entry(item, taxonomy)) for item in heap.items]
    full = [(item, entry) for item, entry in rows if entry.title]
    stories = [Story(entry.url, entry.title, entry.date) for _, entry in full]
    twins = repeated(stories, origin.entries)
    kept = [entry for at, (_, entry) in enumerate(full) if at not in twins]
    again = sum(isinstance(twin, int) for twin in twins.values())
    return Harvest(
        entries=tuple(_with_category(entry, origin) for entry in kept),
        known=len(twins) - again,
        repeated=again,
        empty=len(rows) - len(full),
        diagnostics=(*_damage(heap, origin), *_left_out(rows, full, twins, origin)),
    )


def _damage(heap: Heap, origin: Origin) -> Iterator[Diagnostic]:
    if heap.damage:
        span = Span(path=origin.file, line=heap.damage_line)
        hint = "compare the draft with the feed: something may be missing"
        yield diagnostic("D103", span, heap.damage, hint)


def _left_out(
    rows: Iterable[tuple[Item, NewEntry]],
    full: Sequence[tuple[Item, NewEntry]],
    twins: dict[int, Known | int],
    origin: Origin,
) -> Iterator[Diagnostic]:
    for item, entry in rows:
        if not entry.title:
            shown = words_of(item.title) or item.url[:LONGEST_STAND_IN] or "nothing at all"
            fact = f"item has neither a web address nor a text: {shown}"
            span = Span(path=origin.file, line=item.line)
            yield diagnostic("D102", span, fact, "add it by hand if it matters: `build.py new`")
    for at, twin in sorted(twins.items(), key=lambda pair: pair[0]):
        item, entry = full[at]
        if isinstance(twin, Known):
            found = as_diagnostic(twin, origin.folder, "the item of the file was left out")
            yield replace(found, message=f"{found.message} (in the file: {entry.title})")
        else:
            fact = f"item repeats an earlier one of the file: {entry.title}"
            span = Span(path=origin.file, line=item.line)
            yield diagnostic("D102", span, fact, f"the one that stays is {full[twin][1].title}")


def _entry(item: Item, taxonomy: Taxonomy) -> NewEntry:
    """Return an item as an entry whose category may be open; one of nothing has no title."""
    url = absolute(item.url) or ""
    body = as_markdown(item.html, url)
    words = words_of(item.html)
    title = words_of(item.title) or _stand_in(words) or url.partition("://")[2].rstrip("/")
    if item.url and not url and not words:  # javascript:… and the like
        title = ""
    topics = (taxonomy.topic_of(word) for word in item.tags)
    meant = (taxonomy.categories_of(word) for word in item.tags if taxonomy.is_label(word))
    category = next((names[0] for names in meant if len(names) == 1), "")
    return NewEntry(
        title=title.replace("`", "'"),
        url=url,
        category=category,
        topics=tuple(dict.fromkeys(name for name in topics if name)),
        body="" if words == title else body,
        author=_author(item.author),
        date=item.date,
    )


def _stand_in(words: str) -> str:
    return words if len(words) <= LONGEST_STAND_IN else f"{words[:LONGEST_STAND_IN].rstrip()}…"


def _author(typed: str) -> str:
    """Return a name as a comment can hold it, without the address that RSS puts beside it."""
    name = words_of(typed)
    before, bracket, inside = name.partition(" (")
    name = inside.removesuffix(")") if bracket and "@" in before else name
    return name.translate(_NOT_IN_COMMENT).replace("--", "—").replace(">", "›")


def _with_category(entry: NewEntry, origin: Origin) -> NewEntry:
    """Give an entry whose tags tell no category the one that the tagger sees."""
    if entry.category:
        return entry
    found = as_entry(entry, origin.setting) or as_entry(replace(entry, body=""), origin.setting)
    first = origin.setting.taxonomy.categories[0].name
    category = tag(found, origin.setting.taxonomy, origin.learned).category if found else first
    return replace(entry, category=category)
