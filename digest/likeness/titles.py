"""When two titles are nearly equal: a hint that two entries tell one story, never a proof.

Titles are compared without case, width, spaces and punctuation, by the pairs of characters they
share (Dice's coefficient), which works alike for Chinese and English. Numbers must be the same:
``GPT-4`` is not ``GPT-5``, nor is the third issue of a series its fourth.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NEAR = 0.8  # of the pairs of characters, in the mean of both titles
WINDOW = 31  # days
_SHARED_OF_ALL = NEAR / (2 - NEAR)  # the same bound on the pairs shared, of those in either

_NUMBER = re.compile(r"\d+")  # 3 and 5 of GPT-3.5


class Dated(NamedTuple):
    """A title and its day, as a count of days (``date.toordinal()``)."""

    day: int
    title: str


class _Shape(NamedTuple):
    """What of a title is compared."""

    pairs: frozenset[str]
    numbers: tuple[str, ...]


def folded(title: str) -> str:
    """Return a title's letters and digits, in lower case and of one width."""
    plain = unicodedata.normalize("NFKC", title).casefold()
    return "".join(character for character in plain if character.isalnum())


def near_equal(one: str, other: str) -> bool:
    """Whether two titles are nearly equal; titles without letters and digits never are."""
    return _alike(_shape(one), _shape(other))


def likeness(one: str, other: str) -> float:
    """Return how alike two titles are, from 0 to 1, where one may be the other and more."""
    if one == other:
        return 1.0
    pairs, others = _shape(one).pairs, _shape(other).pairs
    if not pairs or not others:
        return 0.0
    shared = len(pairs & others)
    return (2 * shared / (len(pairs) + len(others)) + shared / min(len(pairs), len(others))) / 2


def near_pairs(titles: Sequence[Dated]) -> Iterator[tuple[int, int]]:
    """Yield the places in ``titles`` of each two that are nearly equal and at most a month apart.

    The earlier of a pair comes first; pairs come in the order of time. A title is compared only
    with those it shares a rare pair of characters with: two sets that overlap by as much as asked
    must meet within the first few of their members, in any one order (prefix filtering).
    """
    shapes = [_shape(dated.title) for dated in titles]
    counts = Counter(pair for shape in shapes for pair in shape.pairs)
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place in sorted(range(len(titles)), key=lambda at: (titles[at].day, at)):
        shape, near = shapes[place], set[int]()
        for pair in _rarest(shape.pairs, counts):
            held = holders[pair]
            for earlier in reversed(held):
                if titles[place].day - titles[earlier].day > WINDOW:
                    break
                near.add(earlier)
            held.append(place)
        for earlier in sorted(near, key=lambda at: (titles[at].day, at)):
            if _alike(shapes[earlier], shape):
                yield earlier, place


@lru_cache(maxsize=4096)
def _shape(title: str) -> _Shape:
    text = folded(title)
    pairs = frozenset(a + b for a, b in pairwise(text)) or frozenset([text] if text else [])
    return _Shape(pairs, tuple(_NUMBER.findall(unicodedata.normalize("NFKC", title))))


def _alike(one: _Shape, other: _Shape) -> bool:
    shared = 2 * len(one.pairs & other.pairs)
    enough = shared >= NEAR * (len(one.pairs) + len(other.pairs))
    return bool(shared) and enough and one.numbers == other.numbers


def _rarest(pairs: frozenset[str], counts: Counter[str]) -> list[str]:
    """Return as many of a title's rarest pairs as any near-equal title must share one of."""
    needed = len(pairs) - ceil(_SHARED_OF_ALL * len(pairs)) + 1
    return sorted(pairs, key=lambda pair: (counts[pair], pair))[:needed]
