"""Whether a story is in the digest already: by its link, or by a title that is nearly equal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from digest.diagnostics import diagnostic
from digest.likeness.canonical import canonical, names_a_page
from digest.likeness.titles import Dated, folded, near_equal, near_pairs
from digest.model import first_day
from digest.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from digest.diagnostics import Diagnostic
    from digest.model import Entry


class Known(NamedTuple):
    """An entry that tells a story already, and where in its note that shows."""

    entry: Entry
    line: int
    by_link: bool


def already_told(url: str, title: str, entries: Iterable[Entry]) -> Iterator[Known]:
    """Yield the entries that link to a page or have nearly this title, in the order given.

    ``url`` is absolute or empty. A link to the front page of a site is no story's.
    """
    key = canonical(url) if url else ""
    wanted = key if names_a_page(key) else None
    for entry in entries:
        links = (link for link in entry.links if wanted and canonical(link.url) == wanted)
        link = next(links, None)
        if link is not None:
            yield Known(entry, link.span.line, by_link=True)
        elif near_equal(title, entry.title):
            yield Known(entry, entry.place.line, by_link=False)


def as_diagnostic(known: Known, folder: str, hint: str) -> Diagnostic:
    """Tell that a story is there; ``folder`` is the notes' own, as the command names it."""
    name = (
        f"{folder}/{known.entry.place.path}" if folder not in {"", "."} else known.entry.place.path
    )
    fact = "this link" if known.by_link else "nearly the same title"
    message = f"{fact} is in the digest already: {known.entry.title}"
    return diagnostic("D101", Span(path=name, line=known.line), message, hint)


class Story(NamedTuple):
    """What a new entry tells: its link (absolute or empty), its title, its day (ISO 8601 or '')."""

    url: str
    title: str
    date: str


def repeated(stories: Sequence[Story], entries: Sequence[Entry]) -> dict[int, Known | int]:
    """Return which stories are told already: by an entry, or by an earlier one of ``stories``.

    Links are compared all with all; titles that are equal but for case and marks too, and those
    that are nearly equal within a month.
    """
    by_link: dict[str, Known | int] = {}
    by_title: dict[str, Known | int] = {}
    for entry in entries:
        for link in entry.links:
            by_link.setdefault(canonical(link.url), Known(entry, link.span.line, by_link=True))
        by_title.setdefault(folded(entry.title), Known(entry, entry.place.line, by_link=False))
    near = _near(stories, entries)
    found: dict[int, Known | int] = {}
    for at, story in enumerate(stories):
        key = canonical(story.url) if story.url else ""
        key = key if names_a_page(key) else ""
        words = folded(story.title)
        twin = by_link.get(key) if key else None
        twin = by_title.get(words) if twin is None and words else twin
        close = (one for one in near.get(at, ()) if not isinstance(one, int) or one not in found)
        twin = next(close, None) if twin is None else twin
        if twin is not None:
            found[at] = twin
            continue
        if key:
            by_link[key] = at
        if words:
            by_title[words] = at
    return found


def _near(stories: Sequence[Story], entries: Sequence[Entry]) -> dict[int, list[Known | int]]:
    """Return the entries and earlier stories whose titles are nearly equal, by story."""
    days = [(entry.when.iso if entry.when else "", entry.title) for entry in entries]
    days += [(story.date, story.title) for story in stories]
    kept = [at for at, (date, _) in enumerate(days) if date]
    dated = [Dated(first_day(days[at][0]).toordinal(), days[at][1]) for at in kept]
    near: dict[int, list[Known | int]] = {}
    for pair in near_pairs(dated):
        one, other = sorted(kept[at] for at in pair)
        if other >= len(entries):
            twin: Known | int = one - len(entries)
            if one < len(entries):
                twin = Known(entries[one], entries[one].place.line, by_link=False)
            near.setdefault(other - len(entries), []).append(twin)
    return near
