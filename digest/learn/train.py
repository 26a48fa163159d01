"""``build.py train``: learn from a curator's own labels; keep the result only if it is better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.learn.correction import Lesson, lessons_of
from digest.learn.examples import by_group, own, shipped
from digest.learn.judge import FOLDS, Scores, judge, scores
from digest.tagger.weights import Learned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from digest.model import Entry
    from digest.taxonomy import Taxonomy

FEWEST = 10  # own labels below which a comparison says nothing
KINDS = ("categories", "topics")


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """What training found: scores on the curator's labels, and the weights if they are better.

    ``better`` names what the new weights are better at, of ``KINDS``.
    """

    labels: int
    before: Scores
    after: Scores
    better: tuple[str, ...]
    learned: Learned | None


def train(
    entries: Sequence[Entry], taxonomy: Taxonomy, shipped_weights: Learned, training: Path
) -> Training | None:
    """Learn from the curator's labels what to add to the weights that Digest ships.

    The entries in the folder ``training`` hold the weights in place.

    Both sides are judged on labels that they have not seen: the shipped weights as they are, and
    corrected ones by cross-validation, in which the day or section of a label is left out.
    (Weights of an earlier training have seen its labels, so that nothing could be compared with
    them.) Corrected ones are better where they make the labels likelier, by more than chance
    would, and agree with more of them: categories and topics each for themselves. Returns None
    where there are fewer than ``FEWEST`` labels.
    """
    examples = own(entries, taxonomy)
    if len(examples) < FEWEST:
        return None
    lessons = lessons_of(examples, shipped(training), taxonomy, shipped_weights)
    folds = by_group(examples, FOLDS)
    plans = {
        kind: _Plan(lesson, *lesson.best_strength(folds))
        for kind, lesson in zip(KINDS, lessons, strict=True)
        if len(lesson.positions) >= FEWEST
    }
    before = scores(judge(examples, taxonomy, shipped_weights, with_labels=False))
    after = scores(
        [
            verdict
            for fold in folds
            for verdict in judge(
                [examples[n] for n in fold],
                taxonomy,
                _learned(shipped_weights, plans, {*range(len(examples))} - {*fold}),
                with_labels=False,
            )
        ]
    )
    agreed = (after.accepted > before.accepted, after.topics > before.topics)
    better = {
        kind: plans[kind]
        for kind, holds in zip(KINDS, agreed, strict=True)
        if holds and kind in plans and plans[kind].is_sure
    }
    return Training(
        labels=len(examples),
        before=before,
        after=after,
        better=tuple(better),
        learned=_learned(shipped_weights, better, range(len(examples)), len(examples))
        if better
        else None,
    )


@dataclass(frozen=True, slots=True)
class _Plan:
    """What to learn from, how strongly, and whether what it gains is more than chance."""

    lesson: Lesson
    strength: float
    is_sure: bool


def _learned(
    weights: Learned, plans: Mapping[str, _Plan], known: Iterable[int], labels: int = 0
) -> Learned:
    """Correct the shipped weights of some kinds by the examples at the positions ``known``."""
    known = tuple(known)
    tables = {kind: plan.lesson.learn(known, plan.strength) for kind, plan in plans.items()}
    notes = (
        "What each signal speaks for, written by `python build.py train`: the weights that Digest",
        f"ships, those of {' and '.join(plans)} corrected by {labels} labels of your own.",
    )
    return Learned(
        categories=tables.get("categories", weights.categories),
        topics=tables.get("topics", weights.topics),
        notes=notes,
    )
