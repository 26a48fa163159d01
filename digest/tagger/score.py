"""Evidence → choice: what the signals of an entry weigh, and which category and topics win."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from digest.model import Evidence
from digest.tagger.signals import Words
from digest.taxonomy import SIGNAL_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from digest.tagger.signals import Signal
    from digest.taxonomy import Taxonomy, Term

    # Signal name → the names that it speaks for, each with its weight.
    Table = Mapping[str, Sequence[tuple[str, float]]]

BODY_SHARE = 0.4  # what a word of the body weighs of the same word in the title
FIRST_TOPIC = 0.8  # the least score of the most central topic
FURTHER_TOPIC = 1.5  # the least score of a second and third one,
FURTHER_SHARE = 0.4  # and their least share of the first one's score
MOST_TOPICS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What every signal weighs, and the words worth looking for."""

    categories: Table
    topics: Table
    words: Words


@lru_cache(maxsize=4)
def weights_of(taxonomy: Taxonomy) -> Weights:
    """Return the weights that a taxonomy's signals give."""
    categories, topics = _table(taxonomy.categories), _table(taxonomy.topics)
    names = (*categories, *topics)
    words = (name.partition(":")[2] for name in names if name.startswith(("title:", "body:")))
    return Weights(categories=categories, topics=topics, words=Words(words))


def _table(terms: Iterable[Term]) -> Table:
    table: dict[str, list[tuple[str, float]]] = {}
    for term in terms:
        for signal, weight in term.signals:
            for name, part in _meanings(signal.lower(), weight):
                table.setdefault(name, []).append((term.name, part))
    return table


def _meanings(signal: str, weight: float) -> tuple[tuple[str, float], ...]:
    """Return the names under which a signal of the taxonomy is seen, with their weights."""
    if signal.partition(":")[0] in SIGNAL_FIELDS:
        return ((signal, weight),)
    return ((f"title:{signal}", weight), (f"body:{signal}", round(weight * BODY_SHARE, 2)))


def weigh(signals: Iterable[Signal], table: Table) -> list[Evidence]:
    """Return what the signals speak for."""
    return [
        Evidence(choice=choice, signal=signal.name, weight=weight, line=signal.line)
        for signal in signals
        for choice, weight in table.get(signal.name, ())
    ]


def ranked(evidence: Iterable[Evidence], terms: Iterable[Term]) -> list[tuple[str, float]]:
    """Return all terms with their scores, best first, equal ones in the taxonomy's order."""
    totals = {term.name: 0.0 for term in terms}
    for found in evidence:
        totals[found.choice] += found.weight
    scores = [(name, round(total, 2)) for name, total in totals.items()]
    return sorted(scores, key=lambda score: -score[1])


def central_topics(scores: Sequence[tuple[str, float]]) -> tuple[str, ...]:
    """Return up to three topics from ranked scores, none where none is clear."""
    if not scores or scores[0][1] < FIRST_TOPIC:
        return ()
    least = max(FURTHER_TOPIC, scores[0][1] * FURTHER_SHARE)
    further = (name for name, score in scores[1:MOST_TOPICS] if score >= least)
    return (scores[0][0], *further)


def strongest_first(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Sort evidence by how much it weighs for or against, then by name and line."""
    return tuple(sorted(evidence, key=lambda e: (-abs(e.weight), e.choice, e.signal, e.line)))
