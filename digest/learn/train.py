"""``build.py train``: learn from a curator's own labels; keep the result only if it is better."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.learn.examples import own, shipped
from digest.learn.fit import learn
from digest.learn.judge import Scores, cross_validate, judge, scores
from digest.learn.lexicon import task_of
from digest.taxonomy import load

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from digest.model import Entry
    from digest.tagger.weights import Learned
    from digest.taxonomy import Taxonomy

FEWEST = 10  # own labels below which a comparison says nothing
OWN_WEIGHT = 3.0  # a curator's own label counts as much as some that were written for everybody


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """What training found: scores on the curator's labels, and the weights if they are better."""

    labels: int
    before: Scores
    after: Scores
    learned: Learned | None


def train(
    entries: Sequence[Entry], taxonomy: Taxonomy, shipped_weights: Learned, training: Path
) -> Training | None:
    """Refit the weights from the shipped labels and the curator's own.

    Both sides are judged on labels that they have not seen: the weights that Digest ships as they
    are, and new ones by cross-validation, in which the day or section of a label is left out.
    (Weights of an earlier training have seen its labels, so that nothing could be compared with
    them.) The new ones are better when they agree with more categories, or with as many and with
    more topics. Returns None where there are fewer than ``FEWEST`` labels.
    """
    labelled = [replace(example, weight=OWN_WEIGHT) for example in own(entries, taxonomy)]
    if len(labelled) < FEWEST:
        return None
    words, _ = load("lexicon.yaml", (training / "lexicon.yaml").read_text(encoding="utf-8"))
    task = task_of(taxonomy, words or taxonomy)
    known = {*task.categories}
    examples = [*labelled, *(e for e in shipped(training) if e.category in known)]
    before = scores(judge(labelled, taxonomy, shipped_weights, with_labels=False))
    after = scores(cross_validate(examples, task, taxonomy, with_labels=False))
    better = (after.accepted, after.topics) > (before.accepted, before.topics)
    notes = (
        "What each signal speaks for, learned by `python build.py train`.",
        f"{len(labelled)} labels of the curator's own, {len(examples) - len(labelled)} shipped.",
    )
    return Training(
        labels=len(labelled),
        before=before,
        after=after,
        learned=learn(examples, task, notes) if better else None,
    )
