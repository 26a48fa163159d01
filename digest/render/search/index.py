"""The whole index: from the entries to the script files that a browser loads.

``index`` has what every question needs: where the shards are cut, what the entries can be narrowed
by, and the words of the page. ``keys-N``, ``rows-N`` and ``texts-N`` are loaded when they are asked
for. The entries are numbered in the site's order, newest first.
"""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from digest.render.search import shards
from digest.render.search.facets import Facet, columns, facets
from digest.render.search.fold import fold
from digest.render.search.numbers import encode
from digest.render.search.terms import share_of
from digest.render.views import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.render.shelf import Shelf
    from digest.taxonomy import Term

ROW_FIELDS = tuple(field.name for field in fields(Row))


def index_files(on: Shelf) -> dict[str, bytes]:
    """Return the files of the index by their path in the site."""
    shares = [share_of(one.entry.title, on.site.bodies[one.entry.id].text) for one in on.tagged]
    keys, texts = shards.keys(shares), shards.texts(shares)
    rows = shards.rows([_row(row) for row in on.rows_of(on.tagged)])
    return shards.scripts(
        {
            "index": {
                "size": len(shares),
                "keys": keys.cuts,
                "texts": "".join(encode(len(shard)) for shard in texts),
                "rows": shards.ROWS,
                "fields": ROW_FIELDS,
                "titles": "".join(encode(share.title_length) for share in shares),
                "facets": [_with_names(on, facet) for facet in facets(on)],
                "words": asdict(on.words.search),
            },
            **_numbered("keys", keys.shards),
            **_numbered("texts", texts),
            **_numbered("rows", rows),
        }
    )


def _numbered(name: str, parts: Sequence[object]) -> dict[str, object]:
    return {f"{name}-{number}": part for number, part in enumerate(parts)}


def _row(row: Row) -> tuple[object, ...]:
    values = (getattr(row, name) for name in ROW_FIELDS)
    return tuple(int(value) if isinstance(value, bool) else value for value in values)


def _with_names(on: Shelf, facet: Facet) -> dict[str, object]:
    """Add other words for the values, folded; nobody asks for a date or kind by name."""
    data = columns(facet)
    if facet.name in {"month", "day", "kind"}:
        return {**data, "names": None}
    names = {
        "category": _names(on.site.taxonomy.categories),
        "topic": _names(on.site.taxonomy.topics),
        "person": {person.key: [person.name, person.handle] for person in on.people.persons},
    }.get(facet.name, {})
    known = {
        key: sorted({fold(name) for name in names[key] if name} - {fold(facet.texts[key]), key})
        for key in sorted(names.keys() & facet.texts.keys())
    }
    return {**data, "names": {key: found for key, found in known.items() if found}}


def _names(terms: Iterable[Term]) -> dict[str, list[str]]:
    return {term.name: [term.zh, term.en, *term.labels] for term in terms}
