"""Finding entries again after an edit: which entry of the notes stood at which address.

What stayed the same as a whole is paired first. What is left is weighed, each entry against the
rows it shares something with, and the best pairs are made, one to one.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from digest.likeness.titles import likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

# What each agreement says. A title says as much as it is alike, and nothing below the least.
LINK, TITLE, NOTE, DATE, NUMBER = 3.0, 3.0, 1.0, 1.0, 0.5
LEAST_ALIKE = 0.3
LONG, LONG_TITLE = 8, 0.5  # a title of so many characters says a little more, if no link objects
# What makes an entry the one that stood there: a link or a title, and a place or date.
ENOUGH = 3.5
ENOUGH_TO_COME_BACK = 4.0


class Trace(NamedTuple):
    """What an entry is known by; ``link`` is a key of ``canonical`` or empty."""

    note: str
    number: str
    title: str
    link: str
    date: str


_SAME: tuple[Callable[[Trace], Hashable], ...] = (
    lambda trace: trace,
    lambda trace: (trace.link, trace.title, trace.date),
    lambda trace: (trace.note, trace.title, trace.date),
)


def pair(rows: Sequence[Trace], entries: Sequence[Trace], enough: float) -> dict[int, int]:
    """Return the row of each entry that is found again, both by their places in the arguments."""
    found: dict[int, int] = {}
    left_rows, left = list(range(len(rows))), list(range(len(entries)))
    for key in _SAME:
        by_key = _by(rows, left_rows, key)
        for same, members in _by(entries, left, key).items():
            standing = by_key.get(same, [])
            if len(standing) == len(members):
                found.update(zip(members, standing, strict=True))
        taken = set(found.values())
        left_rows = [row for row in left_rows if row not in taken]
        left = [entry for entry in left if entry not in found]
    found.update(_best(_weighed(rows, left_rows, entries, left, enough)))
    return found


def _by(
    traces: Sequence[Trace], places: Iterable[int], key: Callable[[Trace], Hashable]
) -> dict[Hashable, list[int]]:
    found: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place in places:
        found[key(traces[place])].append(place)
    return found


def _weighed(
    rows: Sequence[Trace],
    left_rows: Sequence[int],
    entries: Sequence[Trace],
    left: Sequence[int],
    enough: float,
) -> list[tuple[float, int, int]]:
    """Weigh the pairs that may be enough: those share more than a number."""
    sharing: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for row in left_rows if left else ():
        for shared in _shared(rows[row]):
            sharing[shared].append(row)
    weighed: list[tuple[float, int, int]] = []
    for entry in left:
        near = {row for shared in _shared(entries[entry]) for row in sharing.get(shared, ())}
        for row in near:
            weight = _weight(rows[row], entries[entry], enough)
            if weight >= enough:
                weighed.append((-weight, row, entry))
    return weighed


def _shared(trace: Trace) -> list[tuple[str, str]]:
    kinds = zip(Trace._fields, trace, strict=True)
    return [(kind, text) for kind, text in kinds if text and kind != "number"]


def _weight(row: Trace, entry: Trace, enough: float) -> float:
    weight = 0.0
    if row.link and row.link == entry.link:
        weight += LINK
    if row.note == entry.note:
        weight += NOTE + (NUMBER if row.number and row.number == entry.number else 0.0)
    if row.date and row.date == entry.date:
        weight += DATE
    if weight + TITLE + LONG_TITLE < enough:
        return 0.0
    alike = likeness(row.title, entry.title)
    if alike == 1.0 and len(row.title) >= LONG and (not row.link or not entry.link):
        weight += LONG_TITLE
    return weight + (TITLE * alike if alike >= LEAST_ALIKE else 0.0)


def _best(weighed: list[tuple[float, int, int]]) -> dict[int, int]:
    """Make the best pairs, one to one; of equals the first row and the first entry."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, row, entry in sorted(weighed):
        if row not in taken and entry not in found:
            found[entry] = row
            taken.add(row)
    return found
