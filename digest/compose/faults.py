"""Whether an entry reads as it was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.links import absolute
from digest.readers.directive import comments_in
from digest.tagger import tag

if TYPE_CHECKING:
    from digest.compose.entry import NewEntry
    from digest.model import Entry
    from digest.taxonomy import Taxonomy


def fault_of(entry: Entry, new: NewEntry, taxonomy: Taxonomy) -> str:
    """Return how an entry reads otherwise than it is meant, empty where it does not."""
    tagged = tag(entry, taxonomy)
    date = entry.when.iso if entry.when else ""
    facts = (
        ("title", new.spoken_title, entry.title),
        ("date", new.date, date),
        ("category", new.category, tagged.category if tagged.fixed_by else ""),
        ("topics", ",".join(new.topics), ",".join(tagged.topics) if new.topics else ""),
        ("author", new.author, entry.author or ""),
        ("handle", new.handle, entry.handle or ""),
        ("rating", new.note, entry.note or ""),
        ("draft", new.draft or entry.draft, entry.draft),
        ("pick", new.pick or entry.pick, entry.pick),
    )
    for name, meant, read in facts:
        if meant and meant != read:
            return f"its {name} would read as `{read}`"
    read_urls = [link.url for link in entry.links]
    if any(url and absolute(url) not in read_urls for url in (new.url, *new.more_urls)):
        return "its address would not be read as one"
    body = "\n".join(line.text for line in entry.body)
    lost = (ln for ln in new.lines if not comments_in(ln) and ln.strip() not in body)
    return next((f"its text would lose `{line.strip()[:40]}`" for line in lost), "")
