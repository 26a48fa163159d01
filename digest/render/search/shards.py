"""The shares of all entries → an index in shards, each a script file of about the same size."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from digest.render.search.numbers import encode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from digest.render.search.terms import Share

Thing = TypeVar("Thing")
FOLDER = "search"
_CALL, _END = "digestData(", ");\n"
KEYS_SIZE = 6_000  # bytes of a shard of keys: a question loads one or two for each of its words
TEXTS_SIZE = 2_400  # bytes of a shard of texts, unless one text is longer
ROWS = 20  # rows of a shard


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The keys in shards: ``cuts`` has the first key of each, in the order of UTF-16 units."""

    cuts: tuple[str, ...]
    shards: tuple[str, ...]


def keys(shares: Sequence[Share]) -> Keys:
    """Merge the shares, which stand in the order of the entries.

    A shard is ``key places key places …``; the places of a key are, for each entry that has it, the
    difference of the entry's number to the last one's and its offsets.
    """
    merged: defaultdict[str, list[str]] = defaultdict(list)
    last: dict[str, int] = {}
    for number, share in enumerate(shares):
        for key, offsets in share.places.items():
            merged[key] += encode(number - last.get(key, 0)), offsets
            last[key] = number
    rows = ((key, f"{key} {''.join(merged[key])}") for key in sorted(merged, key=_utf_16))
    cut = list(_cut(rows, lambda row: len(row[1].encode()), KEYS_SIZE))
    return Keys(
        cuts=tuple(shard[0][0] for shard in cut),
        shards=tuple(" ".join(row for _, row in shard) for shard in cut),
    )


def texts(shares: Sequence[Share]) -> tuple[tuple[str, ...], ...]:
    """Put the texts as written into shards."""
    cut = _cut((share.written for share in shares), lambda text: len(text.encode()), TEXTS_SIZE)
    return tuple(tuple(shard) for shard in cut)


def rows(rows_of_all: Sequence[tuple[object, ...]]) -> tuple[Sequence[tuple[object, ...]], ...]:
    """Put the rows of a list into shards."""
    return tuple(rows_of_all[first : first + ROWS] for first in range(0, len(rows_of_all), ROWS))


def _utf_16(key: str) -> bytes:
    """JavaScript compares strings by UTF-16 units, in which 𠮷 comes before ﬁ."""
    return key.encode("utf-16-be")


def _cut(
    things: Iterable[Thing], size: Callable[[Thing], int], limit: int
) -> Iterable[list[Thing]]:
    shard: list[Thing] = []
    filled = 0
    for thing in things:
        added = size(thing)
        if shard and filled + added > limit:
            yield shard
            shard, filled = [], 0
        shard.append(thing)
        filled += added
    if shard:
        yield shard


def scripts(parts: Mapping[str, object]) -> dict[str, bytes]:
    """Return each part as a script file that hands it over.

    All name one version, by which the browser notices that a file is of another build.
    """
    written = {
        name: json.dumps(part, ensure_ascii=False, separators=(",", ":"))
        for name, part in parts.items()
    }
    version = hashlib.sha256("\n".join(written.values()).encode()).hexdigest()[:8]
    return {
        path_of(name): f'{_CALL}"{version}",{text}{_END}'.encode() for name, text in written.items()
    }


def path_of(name: str) -> str:
    """Return the path of a part in the site."""
    return f"{FOLDER}/{name}.js"


def data_of(script: bytes) -> Any:  # noqa: ANN401 - the JSON of any part
    """Read the part that a script hands over."""
    return json.loads(f"[{script.decode().removeprefix(_CALL).removesuffix(_END)}]")[1]
