"""Labelled entries → weights.

Two linear classifiers share the work, one against all others for each name: logistic regression
on the signals, and on signals scaled by their naive-Bayes log-count ratios (Wang and Manning,
"Baselines and Bigrams", ACL 2012). A sum of linear models is linear, so that a weight a signal is
all that is left of them at run time. For topics the hand-picked words of ``training/lexicon.yaml``
join in as one more column: how much they alone would say.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from digest.learn.shown import BODY, Design, design, signals_of, vocabulary
from digest.tagger.weights import BIAS, HUNDREDTHS, Learned, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from digest.learn.examples import Example
    from digest.learn.lexicon import Task
    from digest.learn.shown import Matrix
    from digest.tagger.score import Rows
    from digest.tagger.weights import Table

    Floats = NDArray[np.float64]

SOFT = 0.3  # the share of an example that goes to the categories its editor would also accept
SMOOTHING = 0.5
NAIVE_BAYES_C = 0.5
PLAIN_C = 10.0
TOPIC_C = 0.2
TOPIC_LEXICON = 2.0
MOST_LEXICON = 6.0
FURTHER_TOPIC = -1.0  # the log odds from which a topic is given; scores are moved to make it 0
SMALLEST = 0.015  # a category's weight that is smaller is left out,
SMALLEST_TOPIC = 0.08  # and a topic's, of which few matter


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear classifier: a row of weights and a start for each of ``names``."""

    names: tuple[str, ...]
    weights: Floats
    starts: Floats

    def scores(self, rows: Matrix) -> Floats:
        """Return the score of each name for each row."""
        return np.asarray(rows @ self.weights.T + self.starts)

    def scaled(self, rows: Matrix) -> Linear:
        """Return the same classifier with scores of unit spread on some rows."""
        spread = float(self.scores(rows).std()) or 1.0
        return Linear(self.names, self.weights / spread, self.starts / spread)


def fit_categories(
    made: Design, examples: Sequence[Example], known: Sequence[int], names: tuple[str, ...]
) -> Linear:
    """Learn to tell the categories that the examples ``known`` show; others are left out."""
    shown = {name for n in known for name in (examples[n].category, *examples[n].also)}
    names = tuple(name for name in names if name in shown)
    rows, wanted, weights = _targets(examples, known, names)
    if len(names) == 1:
        return Linear(names, np.zeros((1, len(made.signals))), np.zeros(1))
    seen = made.rows[rows]
    bayes = _against_all(seen, wanted, weights, len(names), NAIVE_BAYES_C, bayes=True)
    plain = LogisticRegression(C=PLAIN_C, max_iter=200, tol=1e-3)
    plain.fit(seen, wanted, sample_weight=weights)
    first = Linear(names=names, weights=bayes[0], starts=bayes[1]).scaled(made.rows[list(known)])
    # With two categories scikit-learn gives one row: for the second, and against the first.
    pair = len(names) == len(plain.coef_) + 1
    second = Linear(
        names=names,
        weights=np.vstack([-plain.coef_, plain.coef_]) if pair else plain.coef_,
        starts=np.hstack([-plain.intercept_, plain.intercept_]) if pair else plain.intercept_,
    ).scaled(made.rows[list(known)])
    return Linear(names, first.weights + second.weights, first.starts + second.starts)


def _targets(
    examples: Sequence[Example], known: Sequence[int], names: tuple[str, ...]
) -> tuple[list[int], NDArray[np.int64], Floats]:
    """Return rows, wanted names and weights; an example with ``also`` stands in several rows."""
    numbers = {name: number for number, name in enumerate(names)}
    rows: list[int] = []
    wanted: list[int] = []
    weights: list[float] = []
    for position in known:
        example = examples[position]
        also = [name for name in example.also if name in numbers]
        shares = [(example.category, 1 - SOFT if also else 1.0)]
        shares += [(name, SOFT / len(also)) for name in also]
        for name, share in shares:
            rows.append(position)
            wanted.append(numbers[name])
            weights.append(example.weight * share)
    return rows, np.array(wanted), np.array(weights)


def _against_all(
    rows: Matrix,
    wanted: NDArray[np.int64],
    weights: Floats,
    count: int,
    strength: float,
    *,
    bayes: bool,
) -> tuple[Floats, Floats]:
    """Fit one classifier a name against all others; return weights and starts."""
    found = np.zeros((count, rows.shape[1]))
    starts = np.zeros(count)
    for number in range(count):
        held = wanted == number
        ratio = _ratio(rows, held, weights) if bayes else np.ones(rows.shape[1])
        model = LogisticRegression(C=strength, max_iter=300, tol=1e-3, solver="liblinear")
        model.fit(rows @ sparse.diags(ratio), held, sample_weight=weights)
        found[number] = ratio * model.coef_[0]
        starts[number] = model.intercept_[0]
    return found, starts


def _ratio(rows: Matrix, held: NDArray[np.bool_], weights: Floats) -> Floats:
    """Return how much more often each signal stands where a name holds, as a log ratio."""
    inside = np.asarray(rows[held].T @ weights[held]).ravel() + SMOOTHING
    outside = np.asarray(rows[~held].T @ weights[~held]).ravel() + SMOOTHING
    return np.asarray(np.log((inside / inside.sum()) / (outside / outside.sum())))


def fit_topics(
    made: Design,
    examples: Sequence[Example],
    known: Sequence[int],
    names: tuple[str, ...],
    lexicon: Rows,
) -> Linear:
    """Learn to tell topics; the lexicon's say is one more column.

    Examples of unknown topics are left out, and so are topics that no example has, or every one.
    """
    known = [position for position in known if examples[position].topics is not None]
    counts = Counter(name for position in known for name in examples[position].topics or ())
    names = tuple(name for name in names if 0 < counts[name] < len(known))
    seen = made.rows[known]
    weights = np.array([examples[position].weight for position in known])
    found = np.zeros((len(names), len(made.signals)))
    starts = np.zeros(len(names))
    for number, name in enumerate(names):
        held = np.array([name in (examples[position].topics or ()) for position in known])
        said = _said(made.signals, lexicon, name)
        ratio = _ratio(seen, held, weights)
        spoken_for = np.clip(_presence(seen) @ said, 0, MOST_LEXICON) * TOPIC_LEXICON
        whole = sparse.hstack(
            [seen @ sparse.diags(ratio), sparse.csr_matrix(spoken_for[:, None])]
        ).tocsr()
        model = LogisticRegression(C=TOPIC_C, max_iter=300, tol=1e-3, solver="liblinear")
        model.fit(whole, held, sample_weight=weights)
        present = np.where([s.startswith("body:") for s in made.signals], 1 / BODY, 1.0)
        found[number] = ratio * model.coef_[0][:-1] + (
            model.coef_[0][-1] * TOPIC_LEXICON * said * present
        )
        starts[number] = model.intercept_[0] - FURTHER_TOPIC
    return Linear(names=names, weights=found, starts=starts)


def _said(signals: Sequence[str], lexicon: Rows, name: str) -> Floats:
    """Return what the hand-picked words weigh for a name."""
    if name not in lexicon.names:
        return np.zeros(len(signals))
    place = lexicon.names.index(name)
    return np.array([row[place] / HUNDREDTHS if (row := lexicon[s]) else 0.0 for s in signals])


def _presence(rows: Matrix) -> Matrix:
    return (rows > 0).astype(float)


def as_table(made: Design, linear: Linear, smallest: float) -> Table:
    """Return a classifier's weights by signal, with a word of the body at its real share."""
    weights = {BIAS: dict(zip(linear.names, linear.starts.tolist(), strict=True))}
    for column, signal in enumerate(made.signals):
        share = BODY if signal.startswith("body:") else 1.0
        weights[signal] = {
            name: weight * share
            for name, weight in zip(linear.names, linear.weights[:, column].tolist(), strict=True)
            if abs(weight) >= smallest
        }
    return table_of(linear.names, weights)


def learn(examples: Sequence[Example], task: Task, notes: Iterable[str] = ()) -> Learned:
    """Learn the weights from all examples; ``notes`` become the comments of the file."""
    shown = signals_of(examples, vocabulary(examples, task.lexicon))
    return learn_from(examples, shown, range(len(examples)), task, notes)


def learn_from(
    examples: Sequence[Example],
    shown: Sequence[tuple[str, ...]],
    known: Sequence[int],
    task: Task,
    notes: Iterable[str] = (),
) -> Learned:
    """Learn from the examples at the positions ``known``, whose signals are ``shown``."""
    made = design(shown, known, task.lexicon.topics.added)
    of_categories = fit_categories(made, examples, known, task.categories)
    of_topics = fit_topics(made, examples, known, task.topics, task.lexicon.topics)
    return Learned(
        categories=as_table(made, of_categories, SMALLEST),
        topics=as_table(made, of_topics, SMALLEST_TOPIC),
        notes=tuple(notes),
    )
