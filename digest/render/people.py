"""Who posted or contributed: names and handles of entries → persons with their entries."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.model import Entry, Tagged


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with entries, which stand in the site's order.

    ``key`` is ``@handle`` in lower case, or the name in lower case where no handle is known. It
    alone decides the address of the person's page. ``name`` is the one written most often with
    the handle, or empty; ``handle`` has no ``@`` and is empty where none is known.
    """

    key: str
    name: str
    handle: str
    entries: tuple[Tagged, ...]

    @property
    def shown(self) -> str:
        """The name, or the handle where no name is known."""
        return self.name or f"@{self.handle}"


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """All persons, those with most entries first; ``of`` has the person of an entry by its id."""

    persons: tuple[Person, ...]
    of: Mapping[str, Person]


def gather(tagged: Sequence[Tagged]) -> People:
    """Find the persons of entries that stand in the site's order.

    A handle is one person, whatever its case and the names it is written with. A name alone is the
    person of the handle that it goes with elsewhere; where it goes with none, or with more than
    one, it is a person of its own.
    """
    owners = _owners(tagged)
    groups: dict[str, list[Tagged]] = defaultdict(list)
    for one in tagged:
        key = _key(one.entry, owners)
        if key:
            groups[key].append(one)
    persons = sorted((_person(key, ones) for key, ones in groups.items()), key=_order)
    return People(
        persons=tuple(persons),
        of={one.entry.id: person for person in persons for one in person.entries},
    )


def _owners(tagged: Sequence[Tagged]) -> dict[str, str]:
    """Return the key of the one handle that each name goes with."""
    handles: dict[str, set[str]] = defaultdict(set)
    for one in tagged:
        if one.entry.author and one.entry.handle:
            handles[_folded(one.entry.author)].add(_handle_key(one.entry.handle))
    return {name: next(iter(keys)) for name, keys in handles.items() if len(keys) == 1}


def _key(entry: Entry, owners: Mapping[str, str]) -> str:
    if entry.handle:
        return _handle_key(entry.handle)
    name = _folded(entry.author or "")
    return owners.get(name, name)


def _handle_key(handle: str) -> str:
    return f"@{_folded(handle)}"


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _person(key: str, entries: Sequence[Tagged]) -> Person:
    return Person(
        key=key,
        name=_usual([one.entry.author for one in entries if one.entry.author]),
        handle=_usual([one.entry.handle for one in entries if one.entry.handle]),
        entries=tuple(entries),
    )


def _usual(written: Sequence[str]) -> str:
    """Return what is written most often, of equals the first in the alphabet."""
    counted = Counter(written)
    return min(counted, key=lambda name: (-counted[name], name), default="")


def _order(person: Person) -> tuple[int, str, str]:
    return (-len(person.entries), person.shown.casefold(), person.key)
