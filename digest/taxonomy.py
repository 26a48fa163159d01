"""``taxonomy.yaml`` → ``Taxonomy``: categories, topics, and the words curators use for them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from digest.yamlfile import Block, Fields, parse

if TYPE_CHECKING:
    from digest.diagnostics import Diagnostic
    from digest.source import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A category or a topic.

    ``name`` is its key and page name, ``zh`` and ``en`` are shown to readers. ``labels`` are the
    curators' words for it, ``signals`` its evidence: ``host:…``, ``kind:…`` or a plain word, each
    with a weight in the unit of the tagger's scores.
    """

    name: str
    zh: str
    en: str
    meaning: str
    labels: tuple[str, ...]
    signals: tuple[tuple[str, float], ...]


# The class keeps lookup tables in its ``__dict__`` (cached_property), so it has no slots.
@dataclass(frozen=True, kw_only=True)
class Taxonomy:
    """The categories and topics in the order of the file, which is the order of menus."""

    categories: tuple[Term, ...]
    topics: tuple[Term, ...]

    @cached_property
    def _labels(self) -> dict[str, tuple[str, ...]]:
        table: dict[str, list[str]] = {}
        for term in self.categories:
            for word in (term.name, term.zh, term.en, *term.labels):
                names = table.setdefault(fold(word), [])
                if term.name not in names:
                    names.append(term.name)
        return {word: tuple(names) for word, names in table.items()}

    @cached_property
    def _topic_names(self) -> dict[str, str]:
        return {
            fold(word): term.name
            for term in self.topics
            for word in (*term.labels, term.zh, term.en, term.name)
        }

    def categories_of(self, label: str) -> tuple[str, ...]:
        """Return the categories that a curator's word may mean, none where it is unknown.

        A word that joins several (``资讯 / 观点``) means each of them, in the order written.
        """
        whole = self._labels.get(fold(label))
        if whole:
            return whole
        names: list[str] = []
        for part in _JOINTS.split(label):
            names += [n for n in self._labels.get(fold(part), ()) if n not in names]
        return tuple(names)

    def is_label(self, word: str) -> bool:
        """Whether a word alone (not a joined heading) is a curator's word for a category."""
        return fold(word) in self._labels

    def topic_of(self, word: str) -> str | None:
        """Return the name of the topic that a word means, if any."""
        return self._topic_names.get(fold(word))

    @property
    def label_words(self) -> frozenset[str]:
        """All category words, folded; for finding the nearest one to a typing mistake."""
        return frozenset(self._labels)

    @property
    def topic_words(self) -> frozenset[str]:
        """All topic words, folded."""
        return frozenset(self._topic_names)


_JOINTS = re.compile(r"[/／、,，&＆+|]| and |和|与")  # 资讯 / 观点   News & Opinions


def fold(word: str) -> str:
    """Make spellings of one word equal: NFKC, lower case, no spaces, hyphens or underscores."""
    normal = unicodedata.normalize("NFKC", word).casefold()
    return re.sub(r"[\s\-_./]+", "", normal)


def load(path: str, text: str) -> tuple[Taxonomy | None, list[Diagnostic]]:
    """Check and type the text of ``taxonomy.yaml``; None where it cannot be used at all."""
    block, diagnostics = parse(path, text)
    if block is None:
        return None, diagnostics
    fields = Fields(block, diagnostics)
    categories = _terms(fields, "categories", diagnostics)
    topics = _terms(fields, "topics", diagnostics)
    fields.finish()
    if not categories:
        from digest.diagnostics import diagnostic

        fact = "the taxonomy names no categories"
        diagnostics.append(
            diagnostic("C006", block.span, fact, "add a `categories:` block with one name a line")
        )
        return None, diagnostics
    return Taxonomy(categories=categories, topics=topics), diagnostics


def _terms(fields: Fields, key: str, diagnostics: list[Diagnostic]) -> tuple[Term, ...]:
    block = fields.block_of(key)
    if block is None:
        return ()
    return tuple(
        _term(name, value, block.keys[name], diagnostics)
        for name, value in block.values.items()
        if isinstance(value, Block)
    )


def _term(name: str, block: Block, _key: Span, diagnostics: list[Diagnostic]) -> Term:
    fields = Fields(block, diagnostics)
    term = Term(
        name=name,
        zh=fields.text("zh", name),
        en=fields.text("en", name),
        meaning=fields.text("meaning"),
        labels=tuple(word.text for word in fields.words("labels")),
        signals=_signals(fields, diagnostics),
    )
    fields.finish()
    return term


def _signals(fields: Fields, diagnostics: list[Diagnostic]) -> tuple[tuple[str, float], ...]:
    block = fields.block_of("signals")
    if block is None:
        return ()
    weights = Fields(block, diagnostics)
    found: list[tuple[str, float]] = []
    for signal in block.values:
        text = weights.text(signal)
        try:
            found.append((signal, float(text)))
        except ValueError:
            weights.wrong_number(signal)
    return tuple(found)
