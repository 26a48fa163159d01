"""What a curator's labels add to the weights that Digest ships.

The shipped scores are where learning starts: a weight for each signal is added to them, held small
by a penalty on its square (a normal prior around what was shipped). Entries that Digest ships hold
them in place: what was said of those should still be said. What neither speak of stays as it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from scipy.optimize import minimize
from scipy.special import expit, log_softmax

from digest.learn.fit import FURTHER_TOPIC
from digest.learn.shown import BODY, design, frequent_words, signals_of
from digest.tagger.score import weights_of
from digest.tagger.signals import Words, extract
from digest.tagger.weights import BIAS, HUNDREDTHS, with_added

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from digest.learn.examples import Example
    from digest.learn.shown import Matrix
    from digest.tagger.score import Rows
    from digest.tagger.weights import Learned, Table
    from digest.taxonomy import Taxonomy

    Floats = NDArray[np.float64]

BEYOND_CHANCE = 2.0  # standard errors by which a gain must differ from none


def _one_of(scores: Floats, wanted: Floats) -> tuple[Floats, Floats]:
    """Return the loss of each example that has one name, and its slope by score."""
    logs = np.asarray(log_softmax(scores, axis=1))
    return -(wanted * logs).sum(axis=1), np.exp(logs) - wanted


def _each(scores: Floats, wanted: Floats) -> tuple[Floats, Floats]:
    """Return the loss of each example that has any number of names, and its slope by score."""
    return (np.logaddexp(0, scores) - wanted * scores).sum(axis=1), expit(scores) - wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """How scores are log odds (``unit`` times the score and ``shift``), and how to learn.

    ``loss`` is what being wrong costs, ``strengths`` are those of the penalty to choose from.
    """

    unit: float
    shift: float
    loss: Callable[[Floats, Floats], tuple[Floats, Floats]]
    strengths: tuple[float, ...]


# The units are those of least loss on entries whose curator was left out. A weaker penalty makes
# the topics of labels likelier too, but carries others over the line from which they are given.
OF_CATEGORIES = Odds(unit=1.25, shift=0.0, loss=_one_of, strengths=(3.0, 10.0, 30.0, 100.0))
OF_TOPICS = Odds(unit=1.35, shift=FURTHER_TOPIC, loss=_each, strengths=(30.0, 100.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """Labels as numbers: what examples show, what is said of them, what they are.

    ``table`` holds the shipped weights, ``starts`` where the scores of ``names`` start with them.
    The first rows are examples, of which ``positions`` tell which, the others entries that hold
    the weights in place: ``wanted`` of them is what the shipped weights give. The columns of
    ``rows`` are ``signals``, and a last one that is 1 everywhere, for the start. ``scores`` are
    log odds.
    """

    table: Table
    odds: Odds
    names: tuple[str, ...]
    starts: tuple[int, ...]
    signals: tuple[str, ...]
    positions: tuple[int, ...]
    rows: Matrix
    scores: Floats
    wanted: Floats

    def best_strength(self, folds: Sequence[Sequence[int]]) -> tuple[float, bool]:
        """Return the strength that gains most, and whether that is more than chance would."""
        gains = {strength: self._gains(folds, strength) for strength in self.odds.strengths}
        best = max(gains, key=lambda strength: float(gains[strength].mean()))
        chance = float(gains[best].std(ddof=1)) / len(self.positions) ** 0.5
        return best, float(gains[best].mean()) > BEYOND_CHANCE * chance

    def learn(self, known: Iterable[int], strength: float) -> Table:
        """Return the shipped weights with what the examples at the positions ``known`` add."""
        change = self._change(self._rows_of(known), strength) * HUNDREDTHS / self.odds.unit
        further = tuple(name for name in self.names if name not in self.table.names)
        names = (*self.table.names, *further)
        added: dict[str, list[int]] = {}
        for signal, row in zip((*self.signals, BIAS), change.tolist(), strict=True):
            share = BODY if signal.startswith("body:") else 1.0
            cells = dict(zip(self.names, row, strict=True))
            added[signal] = [round(cells.get(name, 0.0) * share) for name in names]
        starts = dict(zip(self.names, self.starts, strict=True))
        for place, name in enumerate(further, start=len(self.table.names)):
            added[BIAS][place] += starts[name]
        return with_added(self.table, names, added)

    def _gains(self, folds: Sequence[Sequence[int]], strength: float) -> Floats:
        """Return how much less being wrong costs, of each label, with what other folds teach."""
        gains = np.zeros(len(self.positions))
        for fold in folds:
            out = self._rows_of(fold)
            change = self._change(sorted({*range(len(gains))} - {*out}), strength)
            scores, wanted = self.scores[out], self.wanted[out]
            before = self.odds.loss(scores, wanted)[0]
            gains[out] = before - self.odds.loss(scores + self.rows[out] @ change, wanted)[0]
        return gains

    def _rows_of(self, positions: Iterable[int]) -> list[int]:
        chosen = {*positions}
        return [row for row, position in enumerate(self.positions) if position in chosen]

    def _change(self, chosen: Sequence[int], strength: float) -> Floats:
        """Learn from some rows what to add: a row for each column, a column for each name.

        The entries that hold the weights in place count together as much as those rows.
        """
        count, holding = len(self.positions), self.rows.shape[0] - len(self.positions)
        used = [*chosen, *range(count, count + holding)]
        share = np.array([1.0] * len(chosen) + [len(chosen) / max(holding, 1)] * holding)
        rows, scores, wanted = self.rows[used], self.scores[used], self.wanted[used]
        shape = (rows.shape[1], len(self.names))

        def cost(flat: Floats) -> tuple[float, Floats]:
            costs, slopes = self.odds.loss(scores + rows @ flat.reshape(shape), wanted)
            pull = strength * flat
            slope = (rows.T @ (slopes * share[:, None])).ravel() + pull
            return float(costs @ share + pull @ flat / 2), slope

        found = minimize(cost, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B")
        return np.asarray(found.x).reshape(shape)


def lessons_of(
    examples: Sequence[Example], holding: Sequence[Example], taxonomy: Taxonomy, shipped: Learned
) -> tuple[Lesson, Lesson]:
    """Return what examples teach of categories, and what those of known topics teach of topics.

    Of the examples in ``holding`` only the entries count.
    """
    weights = weights_of(taxonomy, shipped)
    joined, width = weights.joined, len(weights.categories.names)
    words = (*weights.categories.words(), *weights.topics.words(), *frequent_words(examples))
    every = (*examples, *holding)
    made = design(signals_of(every, Words(words)), range(len(examples)), ())
    ground = _Ground(
        signals=made.signals,
        rows=sparse.hstack([made.rows, np.ones((len(every), 1))]).tocsr(),
        held=range(len(examples), len(every)),
    )
    shown = (extract(example.entry, weights.words) for example in every)
    said = np.array([joined.totals(joined.of(one)) for one in shown]) / HUNDREDTHS
    category = {n: (example.category,) for n, example in enumerate(examples)}
    topics = {n: one.topics for n, one in enumerate(examples) if one.topics is not None}
    first, second = said[:, :width], said[:, width:]
    return (
        _lesson(OF_CATEGORIES, weights.categories, shipped.categories, category, ground, first),
        _lesson(OF_TOPICS, weights.topics, shipped.topics, topics, ground, second),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """What the lessons have in common: all examples as rows, those to be ``held`` among them."""

    signals: tuple[str, ...]
    rows: Matrix
    held: range


def _lesson(
    odds: Odds,
    terms: Rows,
    table: Table,
    had: Mapping[int, tuple[str, ...]],
    ground: _Ground,
    said: Floats,
) -> Lesson:
    """Put a lesson together from the names that examples ``had`` and what is ``said`` of each.

    A name that neither the shipped weights nor the labels have is left to its signals in the
    taxonomy.
    """
    known = {*table.names}.union(*had.values())
    places = [place for place, name in enumerate(terms.names) if name in known]
    names = tuple(terms.names[place] for place in places)
    used = [*had, *ground.held]
    scores = said[np.ix_(used, places)] * odds.unit + odds.shift
    wanted = odds.loss(scores, np.zeros(scores.shape))[1]  # the slope from nothing: the chances
    for row, given in enumerate(had.values()):
        wanted[row] = [name in given for name in names]
    return Lesson(
        table=table,
        odds=odds,
        names=names,
        starts=tuple(terms.starts[place] for place in places),
        signals=ground.signals,
        positions=tuple(had),
        rows=ground.rows[used],
        scores=scores,
        wanted=wanted,
    )
