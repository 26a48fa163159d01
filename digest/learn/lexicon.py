"""The hand-picked words that learning starts from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.tagger.score import weights_of
from digest.tagger.weights import NOTHING

if TYPE_CHECKING:
    from digest.tagger.score import Weights
    from digest.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be learned: the names of the taxonomy, and the hand-picked words."""

    categories: tuple[str, ...]
    topics: tuple[str, ...]
    lexicon: Weights


def task_of(taxonomy: Taxonomy, lexicon: Taxonomy) -> Task:
    """Return what is to be learned for a taxonomy.

    ``lexicon`` holds the signals of ``training/lexicon.yaml``, which has the form of a taxonomy.
    """
    return Task(
        categories=tuple(term.name for term in taxonomy.categories),
        topics=tuple(term.name for term in taxonomy.topics),
        lexicon=weights_of(lexicon, NOTHING),
    )
