"""Labelled entries → numbers: the words worth looking at, and what each example shows of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from scipy import sparse

from digest.tagger.signals import HAN, READ, Words, extract

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.learn.examples import Example
    from digest.model import Entry
    from digest.tagger.score import Weights

    Matrix: TypeAlias = Any  # scipy ships no types

_LATIN = re.compile(r"[a-z0-9]+(?:[-.+][a-z0-9]+)*")  # gpt-4o   open-source   llama.cpp
_LETTER = re.compile(r"[a-z]")
SHORTEST = 2  # Han characters of a word
LEAST = 5  # examples that must hold a word for it to be looked at
LEAST_SIGNAL = 3  # examples that must show a signal for it to get a weight
BODY = 0.5  # a word of the body counts as half of one in the title


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """Examples as numbers: a row an example, a column a signal."""

    signals: tuple[str, ...]
    rows: Matrix


def vocabulary(examples: Iterable[Example], lexicon: Weights) -> Words:
    """Return the words worth looking at: those that several examples hold, and the lexicon's."""
    words = (*lexicon.categories.words(), *lexicon.topics.words())
    return Words((*frequent_words(examples), *words))


def frequent_words(examples: Iterable[Example]) -> set[str]:
    """Return the words that several examples hold.

    A run of Han characters that never stands without the same neighbour is a piece of a word
    (``究人`` in ``研究人员``) and left out.
    """
    seen: Counter[str] = Counter()
    for example in examples:
        seen.update(_candidates(example.entry))
    words = {word for word, count in seen.items() if count >= LEAST}
    for word in sorted(words):
        if len(word) > SHORTEST and HAN.fullmatch(word):
            words -= {part for part in (word[1:], word[:-1]) if seen[part] == seen[word]}
    return words


def _candidates(entry: Entry) -> set[str]:
    """Return the runs of two to four Han characters, the Latin words and pairs of them."""
    text = "\n".join((entry.title, *(line.text for line in entry.body)))[
        : len(entry.title) + READ
    ].lower()
    found: set[str] = set()
    for run in HAN.findall(text):
        for size in (SHORTEST, 3, 4):
            found.update(run[at : at + size] for at in range(len(run) - size + 1))
    for line in text.split("\n"):
        words = [word for word in _LATIN.findall(line) if _LETTER.search(word)]
        found.update(words)
        found.update(f"{one} {two}" for one, two in pairwise(words))
    return found


def signals_of(examples: Sequence[Example], words: Words) -> list[tuple[str, ...]]:
    """Return what each example shows, people left out: who posts is no reason for next month."""
    return [
        tuple(
            name for name in extract(example.entry, words).names if not name.startswith("author:")
        )
        for example in examples
    ]


def design(shown: Sequence[tuple[str, ...]], known: Iterable[int], picked: Iterable[str]) -> Design:
    """Number the signals that several of the examples ``known`` show, and those picked by hand."""
    seen: Counter[str] = Counter()
    for position in known:
        seen.update(shown[position])
    often = {name for name, count in seen.items() if count >= LEAST_SIGNAL}
    signals = tuple(sorted(often.union(picked)))
    columns = {name: column for column, name in enumerate(signals)}
    at: list[tuple[int, int, float]] = [
        (row, columns[name], BODY if name.startswith("body:") else 1.0)
        for row, names in enumerate(shown)
        for name in names
        if name in columns
    ]
    values = [value for _, _, value in at]
    places = ([row for row, _, _ in at], [column for _, column, _ in at])
    return Design(
        signals=signals,
        rows=sparse.csr_matrix((values, places), shape=(len(shown), len(signals))),
    )
