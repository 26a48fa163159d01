"""How good the tagger is: cross-validation in which no day or section stands on both sides.

A choice is *accepted* when it is the editor's category or one the editor would accept too, and
*exact* when it is the editor's own. Topics are scored by micro-averaged F1 over all entries.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.learn.examples import by_group
from digest.learn.fit import learn_from
from digest.learn.shown import signals_of, vocabulary
from digest.tagger import tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from digest.learn.examples import Example
    from digest.learn.lexicon import Task
    from digest.model import Tagged
    from digest.tagger.weights import Learned
    from digest.taxonomy import Taxonomy

FOLDS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """An example with what the tagger made of it without having seen its day or section."""

    example: Example
    tagged: Tagged

    @property
    def accepted(self) -> bool:
        """Whether the editor would accept the category."""
        return self.tagged.category in (self.example.category, *self.example.also)

    @property
    def exact(self) -> bool:
        """Whether the category is the editor's own."""
        return self.tagged.category == self.example.category


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The figures of some verdicts, shares between 0 and 1; ``with_topics`` have known topics."""

    count: int
    with_topics: int
    accepted: float
    exact: float
    topics: float


def cross_validate(examples: Sequence[Example], task: Task, taxonomy: Taxonomy) -> list[Verdict]:
    """Tag each judged example with weights learned without its fold."""
    shown = signals_of(examples, vocabulary(examples, task.lexicon))
    verdicts: list[Verdict] = []
    for fold in by_group(examples, FOLDS):
        held_out = set(fold)
        known = [position for position in range(len(examples)) if position not in held_out]
        learned = learn_from(examples, shown, known, task)
        verdicts += judge([examples[n] for n in fold], taxonomy, learned, with_labels=True)
    return verdicts


def judge(
    examples: Iterable[Example], taxonomy: Taxonomy, learned: Learned, *, with_labels: bool
) -> list[Verdict]:
    """Tag examples with given weights.

    ``with_labels`` keeps what the curator wrote about the category, as in a build; without, the
    signals alone decide. Topics are always the tagger's own.
    """
    return [
        Verdict(
            example=example,
            tagged=tag(
                replace(
                    example.entry,
                    labels=example.entry.labels if with_labels else (),
                    topic_labels=(),
                ),
                taxonomy,
                learned,
            ),
        )
        for example in examples
    ]


def scores(verdicts: Sequence[Verdict]) -> Scores:
    """Count how often the tagger agrees with the editor."""
    count = len(verdicts)
    hit = missed = extra = 0
    for verdict in verdicts:
        if verdict.example.topics is None:  # nobody said which it has
            continue
        wanted, given = set(verdict.example.topics), set(verdict.tagged.topics)
        hit += len(wanted & given)
        missed += len(wanted - given)
        extra += len(given - wanted)
    return Scores(
        count=count,
        with_topics=sum(verdict.example.topics is not None for verdict in verdicts),
        accepted=sum(verdict.accepted for verdict in verdicts) / max(count, 1),
        exact=sum(verdict.exact for verdict in verdicts) / max(count, 1),
        topics=2 * hit / max(2 * hit + missed + extra, 1),
    )


def majority(examples: Sequence[Example]) -> float:
    """Return the accepted share of always saying the commonest category of these examples."""
    counts = Counter(example.category for example in examples)
    commonest = min(counts, key=lambda name: (-counts[name], name))
    agreed = sum(commonest in (e.category, *e.also) for e in examples)
    return agreed / max(len(examples), 1)


def report(verdicts: Sequence[Verdict], categories: Sequence[str]) -> str:
    """Write the figures as Markdown: by habit, by category, confusions and worst mistakes."""
    return "\n\n".join(
        (
            _by_habit(verdicts),
            _by_category(verdicts, categories),
            _confusion(verdicts, categories),
            _by_margin(verdicts),
            _worst(verdicts),
        )
    )


def is_labelled(verdict: Verdict) -> bool:
    """Whether the curator wrote a label, tag or section over the entry."""
    return bool(verdict.example.entry.labels)


def _by_habit(verdicts: Sequence[Verdict]) -> str:
    chosen: list[tuple[str, Callable[[Verdict], bool]]] = [
        ("without a curator's label", lambda v: not is_labelled(v)),
        ("with one", is_labelled),
    ]
    dialects = sorted({v.example.entry.place.dialect for v in verdicts})
    chosen += [(name, _kept_in(name)) for name in dialects]
    rows = ["| entries | number | accepted | exact | topics F1 | commonest category |"]
    rows.append("| --- | --: | --: | --: | --: | --: |")
    for title, keep in chosen:
        kept = [verdict for verdict in verdicts if keep(verdict)]
        found = scores(kept)
        base = majority([verdict.example for verdict in kept])
        rows.append(
            f"| {title} | {found.count} | {found.accepted:.3f} | {found.exact:.3f} "
            f"| {found.topics:.3f} | {base:.3f} |"
        )
    return "\n".join(rows)


def _kept_in(dialect: str) -> Callable[[Verdict], bool]:
    return lambda verdict: verdict.example.entry.place.dialect == dialect


def _by_category(verdicts: Sequence[Verdict], categories: Sequence[str]) -> str:
    rows = ["| category | entries | found (accepted) | right of those given |"]
    rows.append("| --- | --: | --: | --: |")
    for name in categories:
        of = [v for v in verdicts if v.example.category == name]
        given = [v for v in verdicts if v.tagged.category == name]
        found = sum(v.accepted for v in of) / max(len(of), 1)
        right = sum(v.accepted for v in given) / max(len(given), 1)
        rows.append(f"| {name} | {len(of)} | {found:.3f} | {right:.3f} |")
    return "\n".join(rows)


def _confusion(verdicts: Sequence[Verdict], categories: Sequence[str]) -> str:
    counts = Counter((v.example.category, v.tagged.category) for v in verdicts)
    rows = [f"| editor ↓ tagger → | {' | '.join(categories)} |"]
    rows.append(f"| --- |{' --: |' * len(categories)}")
    for wanted in categories:
        cells = " | ".join(str(counts[wanted, given]) for given in categories)
        rows.append(f"| {wanted} | {cells} |")
    return "\n".join(rows)


_STEPS = (0.0, 0.25, 0.5, 1.0, 1.5, float("inf"))


def _by_margin(verdicts: Sequence[Verdict]) -> str:
    rows = ["| margin | entries | accepted |", "| --- | --: | --: |"]
    free = [v for v in verdicts if v.tagged.fixed_by is None]
    for low, high in pairwise(_STEPS):
        kept = [v for v in free if low <= v.tagged.margin < high]
        share = sum(v.accepted for v in kept) / max(len(kept), 1)
        upper = f"to {high:g}" if high < _STEPS[-1] else "and more"
        rows.append(f"| {low:g} {upper} | {len(kept)} | {share:.3f} |")
    return "\n".join(rows)


WORST = 12


def _worst(verdicts: Sequence[Verdict]) -> str:
    wrong = sorted(
        (v for v in verdicts if not v.accepted),
        key=lambda v: (-v.tagged.margin, v.example.entry.place.path, v.example.entry.place.line),
    )
    rows = []
    for verdict in wrong[:WORST]:
        place = verdict.example.entry.place
        signals = ", ".join(
            f"{found.signal} {found.weight:+.1f}"
            for found in verdict.tagged.evidence
            if found.choice == verdict.tagged.category
        )
        rows.append(
            f"- {place.path}:{place.line}: {verdict.tagged.category}, not "
            f"{verdict.example.category} ({verdict.tagged.margin:.1f} ahead): {signals[:160]}"
        )
    return "\n".join(rows)
