"""Finished work by what it was made from, so that the same work is not done twice.

``Memo`` is the one mechanism: ``serve`` keeps it in memory from build to build, ``build`` also on
disk (``store``). A key is a hash of the stage's name and of everything the result depends on. The
lines of an entry count from its first one, in keys and in results: a line added to a note moves the
entries below it and changes none.
"""

from __future__ import annotations

import hashlib
import marshal
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from digest.diagnostics import Code, Diagnostic, Severity
from digest.model import Evidence, Label, Origin, Place, When
from digest.source import Line, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from pathlib import Path

    from digest.store import Flat, Store

Made = TypeVar("Made")

# The records that results are made of: what else a kept file may name is not made.
RECORDS: dict[str, type] = {
    kind.__name__: kind for kind in (Code, Diagnostic, Evidence, Label, Origin, Severity, Span)
}
# The fields that hold a line of the note; 0 in one of them stands for no line at all.
_LINES = {
    Span: {"line"},
    Place: {"line", "end_line"},
    When: {"line"},
    Evidence: {"line"},
}
_NESTED = frozenset({tuple, list})
_PLAIN = frozenset({type(None), str, int, float, bool, bytes})
KEY_SIZE = 16  # bytes: no two of a billion pieces of work share a key by chance


def flat(value: object, line: int = 0) -> Flat:
    """Turn records into tuples that begin with the record's name; lines count from ``line``.

    Anything that is not made of records, tuples, enumerations, texts and numbers is a TypeError: a
    result that depends on it cannot be known by its content.
    """
    kind = type(value)
    if kind in _PLAIN:
        return cast("Flat", value)
    if kind is tuple:
        parts = cast("tuple[object, ...]", value)
        if parts and type(parts[0]) is Line:  # most of what an entry is made of
            lines = cast("tuple[Line, ...]", parts)
            return ("Lines", *[(one.number - line, one.text) for one in lines])
        return ("", *[flat(part, line) for part in parts])
    if isinstance(value, Enum):
        return (kind.__name__, value.value)
    if isinstance(value, str):  # Markup and its like: other text where it is printed
        return (kind.__name__, str(value))
    shape = _shape(cast("Hashable", kind))
    values = list(shape.values(value))
    for at in shape.lines:
        values[at] = values[at] - line if values[at] else None
    return (
        kind.__name__,
        *[part if type(part) in _PLAIN else flat(part, line) for part in values],
    )


class _Shape(NamedTuple):
    """The fields of a record: their names, which of them hold lines, and their values in turn."""

    names: tuple[str, ...]
    lines: tuple[int, ...]
    values: Callable[[object], tuple[Any, ...]]


@cache
def _shape(kind: Hashable) -> _Shape:
    """Return the shape of a kind of record; anything else is a TypeError."""
    if issubclass(cast("type", kind), Enum):
        names = ["value"]
    elif is_dataclass(kind):
        names = [field.name for field in fields(kind)]
    else:
        message = f"a {cast('type', kind).__name__} cannot be kept"
        raise TypeError(message)
    lines = _LINES.get(cast("type", kind), ())
    at = tuple(place for place, name in enumerate(names) if name in lines)
    if len(names) > 1:
        return _Shape(tuple(names), at, attrgetter(*names))
    return _Shape(tuple(names), at, lambda record: tuple(getattr(record, name) for name in names))


def restored(kept: Flat, line: int = 0) -> Any:  # noqa: ANN401  # whatever was taken apart
    """Make again what ``flat`` took apart; a name that is not in ``RECORDS`` is a ValueError."""
    if type(kept) is not tuple and type(kept) is not list:
        return kept
    name, *parts = kept
    if name == "":
        return tuple([restored(part, line) for part in parts])
    kind = RECORDS.get(str(name))
    if kind is None:
        message = f"no record is called {name!r}"
        raise ValueError(message)
    shape = _shape(kind)
    values: list[Any] = [restored(p, line) if type(p) in _NESTED else p for p in parts]
    for at in shape.lines:
        values[at] = values[at] + line if type(values[at]) is int else 0
    return kind(**dict(zip(shape.names, values, strict=True)))


def key_of(*parts: Flat) -> bytes:
    """Return the key of what depends on ``parts`` alone."""
    # Version 2 of the format writes equal values alike, whether or not they are one object.
    return hashlib.blake2b(marshal.dumps(parts, 2), digest_size=KEY_SIZE).digest()


class Memo:
    """Remembers finished work; what a build did not ask for is forgotten after the next one.

    ``store`` outlives the process. A file of ``site``, the last one written, need not be made again
    where it holds what was made for the same key.
    """

    def __init__(self, store: Store | None = None, site: Path | None = None) -> None:
        """Start with what the store holds."""
        self._store = store
        self._site = site
        self._now: dict[Hashable, object] = {}
        self._before: dict[Hashable, object] = {}

    def hold(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what was made for ``key`` in this process, or make it now.

        In one process the key may be the very record that the work depends on.
        """
        found = self._now.get(key, self)  # looked up but once, as hashing a record takes time
        if found is self:
            found = self._before.get(key, self)
            self._now[key] = found = make() if found is self else found
        return cast("Made", found)

    def keep(self, key: bytes, make: Callable[[], Flat]) -> Flat:
        """Return what was made for ``key``, maybe by an earlier process, or make it now."""
        return self.hold(key, lambda: self._stored(key, make))

    def has(self, key: bytes) -> bool:
        """Whether the work of ``key`` is finished."""
        if key in self._now or key in self._before:
            return True
        found = self._store.get(key) if self._store else None
        if found is not None:
            self._now[key] = found
        return found is not None

    def renew(self, key: bytes, make: Callable[[], Flat]) -> Flat:
        """Make anew what was made for ``key``."""
        made = self._now[key] = make()
        if self._store:
            self._store.put(key, made)
        return made

    def keep_file(self, path: str, what: object, make: Callable[[], bytes]) -> bytes:
        """Return the site's file at ``path``, which is made of ``what`` alone, or make it now."""
        try:
            key = key_of("file", path, flat(what))
        except TypeError:
            return make()
        return self.hold(key, lambda: self._filed(path, key, make))

    def _stored(self, key: bytes, make: Callable[[], Flat]) -> Flat:
        found = self._store.get(key) if self._store else None
        return self.renew(key, make) if found is None else found

    def _filed(self, path: str, key: bytes, make: Callable[[], bytes]) -> bytes:
        if self._store is None or self._site is None:
            return make()
        mark = self._store.get(key)
        if mark is not None:
            try:
                data = (self._site / path).read_bytes()
            except OSError:
                data = b""
            if _mark(data) == mark:
                return data
        data = make()
        self._store.put(key, _mark(data))
        return data

    def save(self) -> None:
        """Put what is new into the store."""
        if self._store:
            self._store.save()

    def turn(self) -> None:
        """Begin another build."""
        self._before, self._now = self._now, {}


def _mark(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=KEY_SIZE).hexdigest()
