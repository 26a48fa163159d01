"""Labelled entries → weights.

Two linear classifiers share the work, one against all others for each name: logistic regression
on the signals, and on signals scaled by their naive-Bayes log-count ratios (Wang and Manning,
"Baselines and Bigrams", ACL 2012). A sum of linear models is linear, so that a weight a signal is
all that is left of them at run time. Topics have the second alone. In all of them the hand-picked
words of ``training/lexicon.yaml`` join in as a column more a name: how much they alone would say.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

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
CATEGORY_LEXICON = 1.0  # how readily what the hand-picked words say is believed
TOPIC_C = 0.1
TOPIC_LEXICON = 4.0
MOST_LEXICON = 6.0
FURTHER_TOPIC = -0.8  # the log odds from which a topic is given; scores are moved to make it 0
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


@dataclass(frozen=True, slots=True)
class Hints:
    """What the hand-picked words say: of each signal for each name, and of each example."""

    said: Floats
    columns: Floats


def hints_of(
    made: Design, names: Sequence[str], lexicon: Rows, least: float, scale: float
) -> Hints:
    """Add up the hand-picked weights of what each example shows, from ``least`` to the most."""
    places = [lexicon.names.index(name) if name in lexicon.names else None for name in names]
    rows = [lexicon[signal] for signal in made.signals]
    said = np.array(
        [[row[p] / HUNDREDTHS if row and p is not None else 0.0 for p in places] for row in rows]
    ).reshape(len(rows), len(names))
    columns = np.asarray((made.rows > 0).astype(float) @ said)
    return Hints(said=said * scale, columns=np.clip(columns, least, MOST_LEXICON) * scale)


def fit_categories(
    made: Design,
    examples: Sequence[Example],
    known: Sequence[int],
    names: tuple[str, ...],
    lexicon: Rows,
) -> Linear:
    """Learn to tell the categories that the examples ``known`` show; others are left out."""
    shown = {name for n in known for name in (examples[n].category, *examples[n].also)}
    names = tuple(name for name in names if name in shown)
    if len(names) == 1:
        return Linear(names, np.zeros((1, len(made.signals))), np.zeros(1))
    rows, wanted, weights = _targets(examples, known, names)
    hints = hints_of(made, names, lexicon, -MOST_LEXICON, CATEGORY_LEXICON)
    seen = made.rows[rows]
    models = [
        _bayes(seen, hints.columns[rows, number], wanted == number, weights, NAIVE_BAYES_C)
        for number in range(len(names))
    ]
    told = np.diag([model.hint for model in models])
    first = _linear(made, names, np.array([model.weights for model in models]), told, hints)
    plain = LogisticRegression(C=PLAIN_C, max_iter=200, tol=1e-3)
    plain.fit(sparse.hstack([seen, hints.columns[rows]]).tocsr(), wanted, sample_weight=weights)
    # With two categories scikit-learn gives one row: for the second, and against the first.
    pair = len(names) == len(plain.coef_) + 1
    found = np.vstack([-plain.coef_, plain.coef_]) if pair else plain.coef_
    count = len(made.signals)
    second = _linear(made, names, found[:, :count], found[:, count:], hints)
    starts = np.hstack([-plain.intercept_, plain.intercept_]) if pair else plain.intercept_
    one = Linear(names, first, np.array([model.start for model in models]))
    two = Linear(names, second, starts)
    one, two = (linear.scaled(made.rows[list(known)]) for linear in (one, two))
    return Linear(names, one.weights + two.weights, one.starts + two.starts)


def _linear(
    made: Design, names: Sequence[str], weights: Floats, told: Floats, hints: Hints
) -> Floats:
    """Give the signals what a classifier learned of the hints; ``told`` has a row a name."""
    present = np.where([signal.startswith("body:") for signal in made.signals], 1 / BODY, 1.0)
    spread = told @ hints.said.T * present
    return np.asarray(weights + spread).reshape(len(names), len(made.signals))


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


class _Model(NamedTuple):
    """What one classifier learned: the weight of each signal and of the hint, and the start."""

    weights: Floats
    hint: float
    start: float


def _bayes(
    rows: Matrix, hint: Floats, held: NDArray[np.bool_], weights: Floats, strength: float
) -> _Model:
    """Tell the examples that hold a name from all others."""
    ratio = _ratio(rows, held, weights)
    whole = sparse.hstack([rows @ sparse.diags(ratio), sparse.csr_matrix(hint[:, None])]).tocsr()
    model = LogisticRegression(C=strength, max_iter=300, tol=1e-3, solver="liblinear")
    model.fit(whole, held, sample_weight=weights)
    return _Model(
        ratio * model.coef_[0][:-1], float(model.coef_[0][-1]), float(model.intercept_[0])
    )


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
    """Learn to tell topics.

    Examples of unknown topics are left out, and so are topics that no example has, or every one.
    """
    known = [position for position in known if examples[position].topics is not None]
    counts = Counter(name for position in known for name in examples[position].topics or ())
    names = tuple(name for name in names if 0 < counts[name] < len(known))
    weights = np.array([examples[position].weight for position in known])
    hints = hints_of(made, names, lexicon, 0.0, TOPIC_LEXICON)
    models = [
        _bayes(
            made.rows[known],
            hints.columns[known, number],
            np.array([name in (examples[position].topics or ()) for position in known]),
            weights,
            TOPIC_C,
        )
        for number, name in enumerate(names)
    ]
    found = np.array([model.weights for model in models]).reshape(len(names), len(made.signals))
    told = np.diag([model.hint for model in models])
    starts = np.array([model.start - FURTHER_TOPIC for model in models])
    return Linear(names, _linear(made, names, found, told, hints), starts)


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
    lexicon = task.lexicon
    made = design(shown, known, (*lexicon.categories.added, *lexicon.topics.added))
    of_categories = fit_categories(made, examples, known, task.categories, lexicon.categories)
    of_topics = fit_topics(made, examples, known, task.topics, lexicon.topics)
    return Learned(
        categories=as_table(made, of_categories, SMALLEST),
        topics=as_table(made, of_topics, SMALLEST_TOPIC),
        notes=tuple(notes),
    )
