"""Evidence → choice: what the signals of an entry weigh, and which category and topics win."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from struct import Struct
from typing import TYPE_CHECKING, TypeAlias

from digest.model import Evidence
from digest.tagger.signals import Words
from digest.tagger.weights import BIAS, HUNDREDTHS
from digest.taxonomy import SIGNAL_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.tagger.signals import Shown
    from digest.tagger.weights import Learned, Row, Table
    from digest.taxonomy import Taxonomy, Term

    # A signal, what it weighs for each category and then each topic, and the same in one number:
    # a plain tuple, which Python takes apart fastest.
    Weight: TypeAlias = tuple[str, Row, int]
    Speaking: TypeAlias = Sequence[Weight]

BODY_SHARE = 0.4  # what a word of the body weighs of the same word in the title
PLACES = {"title": 1.0, "body": BODY_SHARE}  # what a word weighs in each field of an entry
FIRST_TOPIC = -70  # the least score of the most central topic
FURTHER_TOPIC = 0  # the least score of a second and third one
MOST_TOPICS = 3
# Where the score of a topic starts that nothing was learned of: a strong word in the title, or
# two hints, bring it over the line.
UNLEARNED_TOPIC = -160


class Rows(dict[str, "Row"]):
    """What each signal weighs for the terms of a taxonomy, in their order; empty where nothing.

    Joins what was learned with what the taxonomy adds when a signal is first met. Names that the
    taxonomy does not have are left out.
    """

    def __init__(self, terms: Sequence[Term], learned: Table, unlearned: int | None) -> None:
        """Take the starts too: a term without one starts at ``unlearned``, or with the last."""
        self.names = tuple(term.name for term in terms)
        self._learned = learned
        columns = {name: column for column, name in enumerate(learned.names)}
        self._columns = [columns.get(name, -1) for name in self.names]
        self.added: dict[str, list[int]] = {}
        for place, term in enumerate(terms):
            for signal, weight in term.signals:
                for name, part in _meanings(signal.lower(), weight):
                    row = self.added.setdefault(name, [0] * len(terms))
                    row[place] += round(part * HUNDREDTHS)
        started = learned.row(BIAS) or ()
        rarest = min(started, default=0) if unlearned is None else unlearned
        known = dict(zip(learned.names, started, strict=False))
        self.starts = tuple(known.get(name, rarest) for name in self.names)

    def __missing__(self, signal: str) -> Row:
        """Join a row; it is kept for the next entry that shows the signal."""
        parts = [(*part, 0) for part in self._learned_of(signal)]
        rows = [[part[column] for column in self._columns] for part in parts]
        if (added := self.added.get(signal)) is not None:
            rows.append(added)
        self[signal] = row = tuple(map(sum, zip(*rows, strict=True)))
        return row

    def _learned_of(self, signal: str) -> Iterable[Row]:
        """Return what was learned of a signal, and of a word wherever it stands."""
        if (row := self._learned.row(signal)) is not None:
            yield row
        field, _, word = signal.partition(":")
        if field in PLACES and (row := self._learned.row(f"word:{word}")) is not None:
            yield tuple([round(weight * PLACES[field]) for weight in row])

    def words(self) -> Iterable[str]:
        """Return the words worth looking for."""
        for names in (self._learned.rows, self.added):
            yield from [name[6:] for name in names if name.startswith("title:")]
            yield from [name[5:] for name in names if name.startswith(("body:", "word:"))]


_LANE = 32  # bits of a name's share in a packed row; sums of hundredths need some twenty


class Joined(dict[str, "Weight | None"]):
    """What each signal weighs in both tables, so that one look-up and one sum serve them.

    Adding up rows number by number would take longer than all else. Packed, the numbers of a row
    stand side by side in one long integer, and a sum of integers adds up all of them.
    """

    def __init__(self, categories: Rows, topics: Rows) -> None:
        """Take the tables; the names of the categories come first."""
        self.names = (*categories.names, *topics.names)
        self._start = pack((*categories.starts, *topics.starts))
        self._tables = (categories, topics)
        self._lanes = Struct(f"<{len(self.names)}i")
        self._signs = pack([1 << _LANE - 1] * len(self.names))

    def __missing__(self, signal: str) -> Weight | None:
        """Join the rows of a signal; what it weighs is kept for the next entry that shows it."""
        first, second = (table[signal] or (0,) * len(table.names) for table in self._tables)
        row = (*first, *second)
        self[signal] = weight = (signal, row, pack(row)) if any(row) else None
        return weight

    def of(self, shown: Shown) -> Speaking:
        """Return the signals of an entry that speak for or against any name."""
        return [weight for name in shown.names if (weight := self[name])]

    def totals(self, speaking: Speaking, said: Iterable[tuple[str, int]] = ()) -> tuple[int, ...]:
        """Return the score of each name, in hundredths: its start, its signals, and what is said.

        ``said`` tells what a curator's words weigh for categories.
        """
        start = self._start + sum(weight << _LANE * self.names.index(name) for name, weight in said)
        whole = sum([packed for _, _, packed in speaking], start)
        # With the sign bits added and flipped back, each lane is a number of its own.
        lanes = (whole + self._signs) ^ self._signs
        return self._lanes.unpack(lanes.to_bytes(self._lanes.size, "little"))


def pack(row: Sequence[int]) -> int:
    """Put numbers side by side into one, the first in its lowest bits."""
    return sum(number << _LANE * place for place, number in enumerate(row))


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What every signal weighs, in each table and joined, and the words worth looking for."""

    categories: Rows
    topics: Rows
    joined: Joined
    words: Words


@lru_cache(maxsize=4)
def weights_of(taxonomy: Taxonomy, learned: Learned) -> Weights:
    """Join the learned weights with the signals that the taxonomy adds.

    A category that nothing was learned of starts as far back as the rarest learned one, so that
    its signals in the taxonomy must speak.
    """
    categories = Rows(taxonomy.categories, learned.categories, None)
    topics = Rows(taxonomy.topics, learned.topics, UNLEARNED_TOPIC)
    words = Words((*categories.words(), *topics.words()))
    joined = Joined(categories, topics)
    return Weights(categories=categories, topics=topics, joined=joined, words=words)


def _meanings(signal: str, weight: float) -> tuple[tuple[str, float], ...]:
    """Return the names under which a signal of the taxonomy is seen, with their weights."""
    if signal.partition(":")[0] in SIGNAL_FIELDS:
        return ((signal, weight),)
    return tuple((f"{field}:{signal}", weight * share) for field, share in PLACES.items())


def central_topics(scores: Sequence[int]) -> tuple[int, ...]:
    """Return the places of up to three topics, the best first, none where none is clear."""
    near = [place for place, score in enumerate(scores) if score >= FIRST_TOPIC]
    order = sorted(near, key=lambda place: -scores[place])[:MOST_TOPICS]
    least = (FIRST_TOPIC, *(FURTHER_TOPIC,) * (MOST_TOPICS - 1))
    return tuple(p for p, line in zip(order, least, strict=False) if scores[p] >= line)


MOST_SAID = 12  # signals looked at for showing; the weaker ones would not be shown
MOST_SHOWN = 6  # signals shown for a choice; the rest weigh little
LEAST_SHOWN = 5  # in hundredths


def telling(shown: Shown, speaking: Speaking, place: int, choice: str) -> list[Evidence]:
    """Return the signals worth telling of the choice that stands at a place of the rows.

    A word that is part of a longer one in the same place says nothing of its own to a reader: its
    weight is counted with the longer one's.
    """
    found = [
        (weight if weight < 0 else -weight, name, weight)
        for name, row, _ in speaking
        if (weight := row[place]) >= LEAST_SHOWN or weight <= -LEAST_SHOWN
    ]
    found.sort()
    weights = _whole({name: weight for _, name, weight in found[:MOST_SAID]})
    return [
        Evidence(choice=choice, signal=name, weight=weight / HUNDREDTHS, line=shown.line(name))
        for name, weight in weights[:MOST_SHOWN]
    ]


def _whole(weights: dict[str, int]) -> list[tuple[str, int]]:
    """Count words with the longer ones that hold them; return the signals strongest first."""
    names = "\n".join(weights)
    parts = [name for name in weights if names.count(name[name.find(":") + 1 :]) > 1]
    parts.sort()
    parts.sort(key=len)
    count = len(weights)
    for name in parts:
        holders = _holders(name, weights)
        if holders:
            weights[max(holders, key=len)] += weights.pop(name)
    if len(weights) < count:
        rows = [(-abs(weight), name, weight) for name, weight in weights.items()]
        rows.sort()
        return [(name, weight) for size, name, weight in rows if size <= -LEAST_SHOWN]
    return list(weights.items())


def _holders(name: str, others: Iterable[str]) -> list[str]:
    """Return the longer words of the same field that hold a word: an ASCII one as a whole word.

    ``title:大模型`` for ``title:模型``, ``body:agent framework`` for ``body:agent``.
    """
    field, _, word = name.partition(":")
    if field not in {"title", "body"}:
        return []
    found = [
        one for one in others if word in one and one.startswith(field) and len(one) > len(name)
    ]
    if word.isascii():
        return [one for one in found if f" {word} " in f" {_BREAKS.sub(' ', one)} "]
    return found


_BREAKS = re.compile(r"[^a-z0-9.+]+")  # what is between the words of a phrase


def strongest_first(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Sort evidence by how much it weighs for or against, then by name and line."""
    return tuple(sorted(evidence, key=lambda e: (-abs(e.weight), e.choice, e.signal, e.line)))
