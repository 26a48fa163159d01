"""By what entries can be narrowed down: each facet's values and which entries have them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.render.search.numbers import encode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from digest.model import Entry, Tagged
    from digest.render.shelf import Shelf

NO_DATE = "undated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A way to narrow down.

    ``texts`` has each value's word by its key, which stands in addresses, in the order to show
    them; ``of`` has the keys of each entry, in the order of the entries.
    """

    name: str
    title: str
    texts: Mapping[str, str]
    of: tuple[tuple[str, ...], ...]


def facets(on: Shelf) -> tuple[Facet, ...]:
    """Return all facets, those first that readers ask for most; one without title is not shown."""
    words = on.words.search
    return (
        _facet(on, "category", words.category, on.categories, lambda one: (one.category,)),
        _facet(on, "topic", words.topic, on.topics, lambda one: one.topics),
        _facet(on, "month", words.month, _months(on), lambda one: (_month(one.entry),)),
        _facet(on, "kind", words.kind, _kinds(on), lambda one: _kinds_of(one.entry)),
        _facet(on, "person", words.person, _persons(on), lambda one: _person_of(on, one)),
        _facet(on, "host", words.host, _hosts(on), _by_entry(on)),
        _facet(on, "day", "", _days(on), lambda one: (_day(one.entry),)),
    )


def columns(facet: Facet) -> dict[str, object]:
    """Return a facet as data: keys, texts, and for each entry how many keys and which (encoded)."""
    shown = [key for key in facet.texts if any(key in keys for keys in facet.of)]
    place = {key: encode(n) for n, key in enumerate(shown)}
    of = (encode(len(keys)) + "".join(place[key] for key in keys) for keys in facet.of)
    texts = [facet.texts[key] for key in shown]
    return {
        "name": facet.name,
        "title": facet.title,
        "keys": shown,
        "texts": [] if texts == shown else texts,
        "of": "".join(of),
    }


def _facet(
    on: Shelf,
    name: str,
    title: str,
    texts: Mapping[str, str],
    keys: Callable[[Tagged], Sequence[str]],
) -> Facet:
    of = tuple(tuple(key for key in keys(one) if key in texts) for one in on.tagged)
    return Facet(name=name, title=title, texts=texts, of=of)


def _month(entry: Entry) -> str:
    return f"{entry.when.year:04d}-{entry.when.month:02d}" if entry.when else NO_DATE


def _months(on: Shelf) -> dict[str, str]:
    found = {
        _month(one.entry): on.words.month_text(when.year, when.month)
        for one in on.tagged
        if (when := one.entry.when)
    }
    return {**found, NO_DATE: on.words.undated}


def _day(entry: Entry) -> str:
    return entry.when.iso if entry.when and entry.when.day else ""


def _days(on: Shelf) -> dict[str, str]:
    return {day: day for one in on.tagged if (day := _day(one.entry))}


def _kinds(on: Shelf) -> dict[str, str]:
    return {str(kind): text for kind, text in on.words.kinds.items()}


def _kinds_of(entry: Entry) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(link.kind) for link in (*entry.title_links, *entry.links)))


def _persons(on: Shelf) -> dict[str, str]:
    return {person.key: person.shown for person in on.people.persons}


def _person_of(on: Shelf, one: Tagged) -> tuple[str, ...]:
    person = on.people.of.get(one.entry.id)
    return (person.key,) if person else ()


def _hosts(on: Shelf) -> dict[str, str]:
    return {host.name: host.name for host in on.hosts}


def _by_entry(on: Shelf) -> Callable[[Tagged], Sequence[str]]:
    names: dict[str, list[str]] = {}
    for host in on.hosts:
        for one in host.entries:
            names.setdefault(one.entry.id, []).append(host.name)
    return lambda one: names.get(one.entry.id, ())
