"""Evidence → choice: what the signals of an entry weigh, and which category and topics win."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from digest.model import Evidence
from digest.tagger.signals import Words
from digest.tagger.weights import BIAS
from digest.taxonomy import SIGNAL_FIELDS

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from digest.tagger.signals import Signal
    from digest.tagger.weights import Learned, Table
    from digest.taxonomy import Taxonomy, Term

BODY_SHARE = 0.4  # what a word of the body weighs of the same word in the title
FIRST_TOPIC = -0.5  # the least score of the most central topic
FURTHER_TOPIC = 0.0  # the least score of a second and third one
MOST_TOPICS = 3
# Where the score of a topic starts that nothing was learned of: a strong word in the title, or
# two hints, bring it over the line.
UNLEARNED_TOPIC = -1.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What every signal weighs, where each score starts, and the words worth looking for."""

    categories: Table
    topics: Table
    category_starts: Mapping[str, float]
    topic_starts: Mapping[str, float]
    words: Words


@lru_cache(maxsize=4)
def weights_of(taxonomy: Taxonomy, learned: Learned) -> Weights:
    """Join the learned weights with the signals that the taxonomy adds.

    Names that the taxonomy does not have are left out. A category that nothing was learned of
    starts as far back as the rarest learned one, so that its signals in the taxonomy must speak.
    """
    categories = _joined(learned.categories, taxonomy.categories)
    topics = _joined(learned.topics, taxonomy.topics)
    starts = dict(learned.categories.get(BIAS, ()))
    rarest = min(starts.values(), default=0.0)
    topic_starts = dict(learned.topics.get(BIAS, ()))
    names = (*categories, *topics)
    words = (name.partition(":")[2] for name in names if name.startswith(("title:", "body:")))
    return Weights(
        categories=categories,
        topics=topics,
        category_starts={t.name: starts.get(t.name, rarest) for t in taxonomy.categories},
        topic_starts={t.name: topic_starts.get(t.name, UNLEARNED_TOPIC) for t in taxonomy.topics},
        words=Words(words),
    )


def _joined(learned: Table, terms: Sequence[Term]) -> Table:
    known = {term.name for term in terms}
    table = dict(learned)
    if any(name not in known for name, _ in table.pop(BIAS, ())):
        table = {
            signal: tuple(pair for pair in spoken if pair[0] in known)
            for signal, spoken in table.items()
        }
    for term in terms:
        for signal, weight in term.signals:
            for name, part in _meanings(signal.lower(), weight):
                spoken = dict(table.get(name, ()))
                spoken[term.name] = spoken.get(term.name, 0.0) + part
                table[name] = tuple(spoken.items())
    return table


def _meanings(signal: str, weight: float) -> tuple[tuple[str, float], ...]:
    """Return the names under which a signal of the taxonomy is seen, with their weights."""
    if signal.partition(":")[0] in SIGNAL_FIELDS:
        return ((signal, weight),)
    return ((f"title:{signal}", weight), (f"body:{signal}", round(weight * BODY_SHARE, 2)))


def ranked(
    signals: Iterable[Signal], table: Table, starts: Mapping[str, float]
) -> list[tuple[str, float]]:
    """Return all names with their scores, best first, equal ones in the order of ``starts``."""
    totals = dict(starts)
    for signal in signals:
        for name, weight in table.get(signal.name, ()):
            totals[name] += weight
    scores = [(name, round(total, 2)) for name, total in totals.items()]
    return sorted(scores, key=lambda score: -score[1])


def speaking(
    signals: Iterable[Signal], table: Table, choices: Container[str | None]
) -> list[Evidence]:
    """Return what the signals say of some names, as far as it is worth saying."""
    found = [
        (abs(weight), name, signal, weight)
        for signal in signals
        for name, weight in table.get(signal.name, ())
        if name in choices and abs(weight) >= LEAST_SAID
    ]
    found.sort(key=lambda row: (-row[0], row[1], row[2].name))
    return [
        Evidence(choice=name, signal=signal.name, weight=weight, line=signal.line)
        for _, name, signal, weight in found[:MOST_SAID]
    ]


def central_topics(scores: Sequence[tuple[str, float]]) -> tuple[str, ...]:
    """Return up to three topics from ranked scores, none where none is clear."""
    if not scores or scores[0][1] < FIRST_TOPIC:
        return ()
    further = (name for name, score in scores[1:MOST_TOPICS] if score >= FURTHER_TOPIC)
    return (scores[0][0], *further)


MOST_SAID = 24  # signals looked at for showing; the weaker ones would not be shown
LEAST_SAID = 0.02
MOST_SHOWN = 12  # signals shown for a choice; the rest weigh little
LEAST_SHOWN = 0.05


def telling(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return the evidence worth showing: whole words, and of each choice the strongest.

    A word that is part of a longer one in the same place says nothing of its own to a reader: its
    weight is counted with the longer one's.
    """
    whole: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for found in sorted(evidence, key=lambda e: (-len(e.signal), e.signal, e.choice, e.line)):
        field, _, word = found.signal.partition(":")
        rows = whole[found.choice, field]
        for index, longer in enumerate(rows):
            if field in {"title", "body"} and _is_part(word, longer.signal.partition(":")[2]):
                weight = round(longer.weight + found.weight, 2)
                rows[index] = replace(longer, weight=weight)
                break
        else:
            rows.append(found)
    shown: dict[str, list[Evidence]] = defaultdict(list)
    for found in strongest_first(found for rows in whole.values() for found in rows):
        if abs(found.weight) >= LEAST_SHOWN and len(shown[found.choice]) < MOST_SHOWN:
            shown[found.choice].append(found)
    return strongest_first(found for rows in shown.values() for found in rows)


def _is_part(word: str, longer: str) -> bool:
    """Whether a word stands in a longer one: an ASCII word as one of its words."""
    if word.isascii():
        return word in re.split(r"[^a-z0-9.+]+", longer) or f" {word} " in f" {longer} "
    return word in longer


def strongest_first(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Sort evidence by how much it weighs for or against, then by name and line."""
    return tuple(sorted(evidence, key=lambda e: (-abs(e.weight), e.choice, e.signal, e.line)))
