"""Names for entries: the same from build to build, and unique in the digest."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.diagnostics import Diagnostic, diagnostic, place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from digest.model import Entry

LENGTH = 10  # hex digits: among a million entries one clash is expected


def identify(
    entries: Iterable[Entry], taken: Collection[str] = ()
) -> tuple[tuple[Entry, ...], tuple[Diagnostic, ...]]:
    """Give every entry an id that is not ``taken``; those that have one already keep it.

    An id is made from the entry's date and its first link, or its title where it has none, so
    that neither the note's name nor the entry's place in it matters. Entries alike in both are
    told apart by their order. An id that is given twice is a diagnostic at the second place.
    """
    fixed: dict[str, Entry] = {}
    diagnostics: list[Diagnostic] = []
    rest: list[Entry] = []
    ordered = sorted(entries, key=lambda entry: (entry.place.path, entry.place.line))
    for entry in ordered:
        if entry.id and entry.id in fixed:
            diagnostics.append(_twice(entry, fixed[entry.id]))
            rest.append(replace(entry, id=""))
        elif entry.id:
            fixed[entry.id] = entry
        else:
            rest.append(entry)
    seen: Counter[str] = Counter()
    named = list(fixed.values())
    for entry in rest:
        base = _digest(entry)
        seen[base] += 1
        name = base if seen[base] == 1 else f"{base}-{seen[base]}"
        while name in fixed or name in taken:
            seen[base] += 1
            name = f"{base}-{seen[base]}"
        named.append(replace(entry, id=name))
    named.sort(key=lambda entry: (entry.place.path, entry.place.line))
    return tuple(named), tuple(diagnostics)


def _digest(entry: Entry) -> str:
    date = entry.when.iso if entry.when else ""
    about = entry.title_links[0].url if entry.title_links else " ".join(entry.title.split())
    return hashlib.sha256(f"{date}\n{about}".encode()).hexdigest()[:LENGTH]


def _twice(entry: Entry, first: Entry) -> Diagnostic:
    fact = f"the id `{entry.id}` is taken by the entry at {place(first.start)}"
    return diagnostic("S002", entry.start, fact, "give one of the two another id")
