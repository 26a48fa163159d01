"""The whole index: from the entries to the script files that a browser loads.

``index`` has what every question needs: where the shards are cut, what the entries can be narrowed
by, and the words of the page. ``keys-N``, ``rows-N`` and ``texts-N`` are loaded when they are asked
for. The entries are numbered in the site's order, newest first.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, fields
from functools import cache, partial
from typing import TYPE_CHECKING

from digest.render.search import shards
from digest.render.search.facets import Facet, columns, facets
from digest.render.search.fold import fold
from digest.render.search.numbers import encode
from digest.render.search.terms import share_of
from digest.render.views import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from digest.render.shelf import Shelf
    from digest.taxonomy import Term

    Keep = Callable[[str, object, Callable[[], bytes]], bytes]
    Rows = tuple[tuple[object, ...], ...]
    Texts = tuple[tuple[str, str], ...]

ROW_FIELDS = tuple(field.name for field in fields(Row))


INDEX = "index"


def index_files(on: Shelf, keep: Keep | None = None) -> dict[str, bytes]:
    """Return the files of the index by their path in the site; ``keep`` is that of ``in_turn``."""
    texts = tuple((one.entry.title, on.site.bodies[one.entry.id].text) for one in on.tagged)
    rows = tuple(_row(row) for row in on.rows_of(on.tagged))
    known = {
        "size": len(texts),
        "rows": shards.ROWS,
        "fields": ROW_FIELDS,
        "facets": [_with_names(on, facet) for facet in facets(on)],
        "words": asdict(on.words.search),
    }
    make = cache(partial(_made, known, rows, texts))
    if keep is None:
        return make()
    given = hashlib.sha256(json.dumps((known, rows, texts)).encode()).hexdigest()

    def kept(path: str) -> bytes:
        return keep(path, given, lambda: make()[path])

    index = kept(shards.path_of(INDEX))
    return {path: kept(path) for path in map(shards.path_of, _names_in(index))}


def _made(known: Mapping[str, object], rows: Rows, texts: Texts) -> dict[str, bytes]:
    shares = [share_of(title, text) for title, text in texts]
    keys, written = shards.keys(shares), shards.texts(shares)
    found = {
        **known,
        "keys": keys.cuts,
        "texts": [len(shard) for shard in written],
        "titles": "".join(encode(share.title_length) for share in shares),
    }
    return shards.scripts(
        {
            INDEX: found,
            **_numbered("keys", keys.shards),
            **_numbered("texts", written),
            **_numbered("rows", shards.rows(rows)),
        }
    )


def _names_in(index: bytes) -> list[str]:
    """Return the names of all parts, which the first of them tells."""
    found = shards.data_of(index)
    counts = {
        "keys": len(found["keys"]),
        "texts": len(found["texts"]),
        "rows": -(-found["size"] // found["rows"]),
    }
    return [INDEX, *(f"{name}-{n}" for name, count in counts.items() for n in range(count))]


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
