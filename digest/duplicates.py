"""Whether a story is in the digest already: by its link, or by a title that is nearly equal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from digest.canonical import canonical, names_a_page
from digest.diagnostics import diagnostic
from digest.source import Span
from digest.titles import near_equal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
