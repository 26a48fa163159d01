"""Labelled entries → weights.

Two linear classifiers share the work, one against all others for each name: logistic regression
on the signals, and on signals scaled by their naive-Bayes log-count ratios (Wang and Manning,
"Baselines and Bigrams", ACL 2012). A sum of linear models is linear, so that a weight a signal is
all that is left of them at run time. Topics have the second alone, and one weight for a word of the
title and of the body. In all of them the hand-picked words of ``training/lexicon.yaml`` join in as
columns: how much they alone would say of a category, or of each topic.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import sparse
from scipy.optimize import brentq
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from digest.learn.shown import BODY, Design, design, signals_of, vocabulary
from digest.tagger.score import PLACES
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
CATEGORY_LEXICON = (-6.0, 6.0)  # what the hand-picked words say counts no less, and no more
TOPIC_C = 0.06
TOPIC_LEXICON = (-3.0, 12.0)
OWN_LEXICON = 4.0  # how readily what they say of a topic is believed when it is learned,
OTHER_LEXICON = 0.25  # and what they say of the others
FURTHER_TOPIC = -0.8  # the log odds from which a topic is given; scores are moved to make it 0
SMALLEST = 0.065  # a category's weight that is smaller is left out,
SMALLEST_TOPIC = 0.19  # and a topic's, of which few matter: the file stays under a megabyte


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
    signals: Sequence[str],
    present: Matrix,
    names: Sequence[str],
    lexicon: Rows,
    bounds: tuple[float, float],
) -> Hints:
    """Add up the hand-picked weights of the signals ``present`` in examples, within bounds."""
    places = [lexicon.names.index(name) if name in lexicon.names else None for name in names]
    rows = [lexicon[signal.replace("word:", "title:", 1)] for signal in signals]
    said = np.array(
        [[row[p] / HUNDREDTHS if row and p is not None else 0.0 for p in places] for row in rows]
    ).reshape(len(rows), len(names))
    return Hints(said=said, columns=np.clip(np.asarray(present @ said), *bounds))


def fit_categories(
    made: Design,
    examples: Sequence[Example],
    known: Sequence[int],
    names: tuple[str, ...],
    lexicon: Rows,
) -> Linear:
    """Learn to tell the categories that the examples ``known`` show; others are left out."""
    known = [n for n in known if not examples[n].for_topics_alone]
    shown = {name for n in known for name in (examples[n].category, *examples[n].also)}
    names = tuple(name for name in names if name in shown)
    if len(names) == 1:
        return Linear(names, np.zeros((1, len(made.signals))), np.zeros(1))
    rows, wanted, weights = _targets(examples, known, names)
    present = (made.rows > 0).astype(float)
    hints = hints_of(made.signals, present, names, lexicon, CATEGORY_LEXICON)
    seen = made.rows[rows]
    models = [
        _bayes(seen, hints.columns[rows, number, None], wanted == number, weights, NAIVE_BAYES_C)
        for number in range(len(names))
    ]
    told = np.diag([model.hints[0] for model in models])
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
    """What one classifier learned: the weight of each signal and of each hint, and the start."""

    weights: Floats
    hints: Floats
    start: float


def _bayes(
    rows: Matrix, hints: Floats, held: NDArray[np.bool_], weights: Floats, strength: float
) -> _Model:
    """Tell the examples that hold a name from all others."""
    ratio = _ratio(rows, held, weights)
    whole = sparse.hstack([rows @ sparse.diags(ratio), sparse.csr_matrix(hints)]).tocsr()
    model = LogisticRegression(C=strength, max_iter=300, tol=1e-3, solver="liblinear")
    model.fit(whole, held, sample_weight=weights)
    found, said = model.coef_[0][: len(ratio)], model.coef_[0][len(ratio) :]
    return _Model(ratio * found, said, float(model.intercept_[0]))


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
) -> tuple[tuple[str, ...], Linear]:
    """Learn to tell topics; return the signals that were learned of, and the classifier.

    Examples of unknown topics are left out, and so are topics that no example has, or every one.
    """
    known = [position for position in known if examples[position].topics is not None]
    counts = Counter(name for position in known for name in examples[position].topics or ())
    names = tuple(name for name in names if 0 < counts[name] < len(known))
    weights = np.array([examples[position].weight for position in known])
    made = in_any_place(made)
    hints = hints_of(made.signals, made.rows, names, lexicon, TOPIC_LEXICON)
    believed = np.full((len(names), len(names)), OTHER_LEXICON)
    np.fill_diagonal(believed, OWN_LEXICON)
    models = [
        _bayes(
            made.rows[known],
            hints.columns[known] * believed[number],
            np.array([name in (examples[position].topics or ()) for position in known]),
            weights,
            TOPIC_C,
        )
        for number, name in enumerate(names)
    ]
    found = np.array([model.weights for model in models]).reshape(len(names), len(made.signals))
    told = np.array([model.hints for model in models]).reshape(believed.shape) * believed
    starts = np.array([model.start for model in models])
    linear = Linear(names, _linear(made, names, found, told, hints), starts)
    kept = without_small(linear, made.rows[known], weights)
    return made.signals, Linear(names, kept.weights, kept.starts - FURTHER_TOPIC)


def in_any_place(made: Design) -> Design:
    """Return the same examples with one signal for a word, in the title or in the body.

    A word says the same of the topic in both places, if less in the body: what few examples show
    of one place serves the other.
    """
    fields = [signal.partition(":")[::2] for signal in made.signals]
    named = [f"word:{word}" if field in PLACES else f"{field}:{word}" for field, word in fields]
    shares = [PLACES["body"] / BODY if field == "body" else 1.0 for field, _ in fields]
    signals = tuple(sorted({*named}))
    columns = {name: column for column, name in enumerate(signals)}
    places = (range(len(named)), [columns[name] for name in named])
    joining = sparse.csr_matrix((shares, places), shape=(len(named), len(signals)))
    return Design(signals=signals, rows=(made.rows @ joining).tocsr())


def without_small(linear: Linear, rows: Matrix, weights: Floats) -> Linear:
    """Leave small weights out, and start where as many of the examples have each name as before."""
    kept = np.where(np.abs(linear.weights) >= SMALLEST_TOPIC, linear.weights, 0.0)
    expected = expit(linear.scores(rows)).T @ weights
    starts = [
        brentq(
            lambda start, at=at, left=left: expit(left + start) @ weights - expected[at], -50, 50
        )
        for at, left in enumerate(np.asarray(rows @ kept.T).T)
    ]
    return Linear(linear.names, kept, np.array(starts))


def as_table(signals: Sequence[str], linear: Linear, smallest: float = 0.0) -> Table:
    """Return a classifier's weights by signal, with a word of the body at its real share.

    The name that most signals weigh for comes first, so that rows end early.
    """
    shares = np.array([BODY if signal.startswith("body:") else 1.0 for signal in signals])
    real = np.where(np.abs(linear.weights * shares) >= smallest, linear.weights * shares, 0.0)
    counts = dict(zip(linear.names, np.count_nonzero(real, axis=1).tolist(), strict=True))
    weights = {BIAS: dict(zip(linear.names, linear.starts.tolist(), strict=True))}
    for signal, row in zip(signals, real.T.tolist(), strict=True):
        weights[signal] = dict(zip(linear.names, row, strict=True))
    return table_of(tuple(sorted(linear.names, key=lambda name: -counts[name])), weights)


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
    shown_of_topics, of_topics = fit_topics(made, examples, known, task.topics, lexicon.topics)
    return Learned(
        categories=as_table(made.signals, of_categories, SMALLEST),
        topics=as_table(shown_of_topics, of_topics),
        notes=tuple(notes),
    )
