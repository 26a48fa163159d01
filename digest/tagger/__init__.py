"""Gives an entry its category and topics, and says why.

What the curator wrote decides; where that leaves a choice, or where nothing was written, the
signals of the taxonomy do. No model is needed and nothing leaves the machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.diagnostics import Diagnostic, diagnostic, nearest
from digest.model import Entry, Evidence, Label, Origin, Tagged
from digest.tagger.score import central_topics, strongest_first, telling, weights_of
from digest.tagger.signals import extract
from digest.tagger.weights import HUNDREDTHS, NOTHING, Learned

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.taxonomy import Taxonomy

# The name that a curator's word has as a signal, and its weight: more than any text can bring
# together, and more where it was written closer to the entry.
_SPOKEN = {
    Origin.DIRECTIVE: ("comment", 100.0),
    Origin.FRONT_MATTER: ("front-matter", 80.0),
    Origin.TAG: ("label", 60.0),
    Origin.SECTION: ("section", 40.0),
}
# Words that can only be meant for us; headings and tags also say other things.
_ADDRESSED = {Origin.DIRECTIVE, Origin.FRONT_MATTER}


def tag(entry: Entry, taxonomy: Taxonomy, learned: Learned = NOTHING) -> Tagged:
    """Return the entry with one category, its topics and the evidence for both.

    The evidence is that for the category, for its runner-up and for the topics given, the telling
    part of it. An entry that shows nothing at all gets the category that starts best.
    """
    weights = weights_of(taxonomy, learned)
    joined, names = weights.joined, weights.categories.names
    shown = extract(entry, weights.words)
    allowed, label = _allowed(entry.labels, taxonomy)
    spoken = [
        _spoken(word, name) for word in entry.labels for name in taxonomy.categories_of(word.text)
    ]
    speaking = joined.of(shown)
    scores = joined.totals(speaking, [(f.choice, round(f.weight * HUNDREDTHS)) for f in spoken])
    best, second = _best_two(scores[: len(names)], [name in allowed for name in names])
    chosen = [best] if best == second else [best, second]
    written = _written_topics(entry, taxonomy)
    central = () if written else central_topics(scores[len(names) :])
    places = [*chosen, *(len(names) + place for place in central)]
    said = [found for found in spoken if found.choice in {names[place] for place in chosen}]
    said += written
    for place in places:
        said += telling(shown, speaking, place, joined.names[place])
    topics = [found.choice for found in written] or [weights.topics.names[n] for n in central]
    return Tagged(
        entry=entry,
        category=names[best],
        topics=tuple(dict.fromkeys(topics)),
        evidence=strongest_first(said),
        runner_up=names[second] if second != best else None,
        margin=(scores[best] - scores[second] if second != best else scores[best]) / HUNDREDTHS,
        fixed_by=label if len(allowed) == 1 else None,
    )


def _best_two(scores: Sequence[int], allowed: Sequence[bool]) -> tuple[int, int]:
    """Return the place of the best score, of those allowed where any are, and of the next best.

    Where there is one score there is no next: then both are the same.
    """
    places = range(len(scores))
    free = [place for place in places if allowed[place]] or places
    best = max(free, key=scores.__getitem__)
    others = [place for place in places if place != best]
    return best, max(others, key=scores.__getitem__, default=best)


def _allowed(labels: Iterable[Label], taxonomy: Taxonomy) -> tuple[tuple[str, ...], Label | None]:
    """Return the categories that the curator's words leave, and the word that decided.

    The strongest known word decides; where it means several, weaker ones may narrow them.
    """
    allowed: tuple[str, ...] = ()
    decisive: Label | None = None
    for label in labels:
        meant = taxonomy.categories_of(label.text)
        left = tuple(name for name in allowed if name in meant) if allowed else meant
        if left and left != allowed:
            allowed, decisive = left, label
    return allowed, decisive


def _spoken(word: Label, name: str) -> Evidence:
    prefix, weight = _SPOKEN[word.origin]
    return Evidence(choice=name, signal=f"{prefix}:{word.text}", weight=weight, line=word.span.line)


def _written_topics(entry: Entry, taxonomy: Taxonomy) -> list[Evidence]:
    """Return the topics that the curator wrote; where there are any, the tagger gives none."""
    return [
        _spoken(word, name)
        for word in entry.topic_labels
        if (name := taxonomy.topic_of(word.text)) is not None
    ]


def check(entry: Entry, taxonomy: Taxonomy) -> tuple[Diagnostic, ...]:
    """Report the curator's words that were meant for us and that the taxonomy does not know."""
    categories = (
        _unknown("category", label, taxonomy.label_words)
        for label in entry.labels
        if label.origin in _ADDRESSED and not taxonomy.categories_of(label.text)
    )
    topics = (
        _unknown("topic", label, taxonomy.topic_words)
        for label in entry.topic_labels
        if taxonomy.topic_of(label.text) is None
    )
    return (*categories, *topics)


def _unknown(kind: str, label: Label, known: Iterable[str]) -> Diagnostic:
    near = nearest(label.text, known)
    hint = f"did you mean `{near}`?" if near else "add it to taxonomy.yaml, or use one of its names"
    return diagnostic("C101", label.span, f"`{label.text}` is no {kind} of the taxonomy", hint)
