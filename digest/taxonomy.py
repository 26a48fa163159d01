"""``taxonomy.yaml`` → ``Taxonomy``: categories, topics, and the words curators use for them.

A signal is written ``field:value: weight``. Its field is one of ``SIGNAL_FIELDS``; a signal
without a field is a word of the title or the body.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from digest.diagnostics import diagnostic, nearest
from digest.model import LinkKind
from digest.source import Span
from digest.yamlfile import Block, Fields, parse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.diagnostics import Diagnostic

# What a signal may look at: a link's host or kind, the kind of the first link, the name or handle
# of who posted the entry, a word of the title or of the body alone, a form that the tagger knows,
# or the dialect of the note.
SIGNAL_FIELDS = ("host", "kind", "source", "author", "title", "body", "shape", "habit")
SHAPES = (
    "question",
    "book",
    "bare",
    "long",
    "short",
    "steps",
    "citation",
    "unlinked",
    "exclamation",
    "size",
    "venue",
    "code",
)
_KINDS = tuple(map(str, LinkKind))
_CLOSED = {"kind": _KINDS, "source": _KINDS, "shape": SHAPES}
_HEAVIEST = 20.0

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")  # knowledge-graph
_FIELD = re.compile(r"([a-z]+):(?=\S)(.+)")  # host:arxiv.org
_JOINTS = re.compile(
    r"[/／、,，;；&＆+|｜·]|\s(?:and|or)\s|[和与及]"
)  # 资讯 / 观点   News and Opinions
_SPACES = re.compile(r"[\s\-_./]+")  # knowledge_graph   Hugging-Face
# Emoji and what modifies them, which stand before headings and change no meaning.
_ORNAMENTS = frozenset({"So", "Sk", "Cf", "Mn"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A category or a topic.

    ``name`` is its key and page name, ``zh`` and ``en`` are shown to readers. ``labels`` are the
    curators' words for it. ``signals`` are its evidence, each with a weight in the unit of the
    tagger's scores: ``host:arxiv.org``, ``kind:code``, ``title:怎么`` or a plain word.
    """

    name: str
    zh: str
    en: str
    meaning_zh: str = ""
    meaning_en: str = ""
    labels: tuple[str, ...] = ()
    signals: tuple[tuple[str, float], ...] = ()

    def name_in(self, language: str) -> str:
        """Return the name that readers of a language (``zh`` or ``en``) see."""
        return self.zh if language.startswith("zh") else self.en

    def meaning_in(self, language: str) -> str:
        """Return the meaning in a language, or else in the one it is written in."""
        first, second = self.meaning_zh, self.meaning_en
        return (first or second) if language.startswith("zh") else (second or first)


# Lookup tables are kept in ``__dict__`` (cached_property), so it has no slots; two taxonomies are
# compared by identity, so that the tagger can keep what it derives from one (eq=False).
@dataclass(frozen=True, kw_only=True, eq=False)
class Taxonomy:
    """The categories and topics in the order of the file, which is the order of menus."""

    categories: tuple[Term, ...]
    topics: tuple[Term, ...]

    @cached_property
    def _labels(self) -> dict[str, tuple[str, ...]]:
        table: dict[str, list[str]] = {}
        for term in self.categories:
            for word in _words_of(term):
                table.setdefault(word, []).append(term.name)
        return {word: tuple(names) for word, names in table.items()}

    @cached_property
    def _topic_names(self) -> dict[str, str]:
        # The first owner of a contested word keeps it.
        return {word: term.name for term in reversed(self.topics) for word in _words_of(term)}

    def categories_of(self, label: str) -> tuple[str, ...]:
        """Return the categories that a curator's word may mean, none where it is unknown.

        A word that joins several (``资讯 / 观点``) means each of them, in the order written.
        """
        whole = self._labels.get(fold(label))
        if whole:
            return whole
        parts = [fold(part) for part in _JOINTS.split(label)]
        return tuple(dict.fromkeys(name for part in parts for name in self._labels.get(part, ())))

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


def _words_of(term: Term) -> tuple[str, ...]:
    """Return a term's own name and its labels, folded, each once."""
    words = (fold(word) for word in (term.name, term.zh, term.en, *term.labels))
    return tuple(dict.fromkeys(word for word in words if word))


def fold(word: str) -> str:
    """Make spellings of one word equal: ``Hugging Face``, ``hugging-face`` and ``🤗 HuggingFace``.

    Unicode form NFKC and lower case, without spaces, ``-``, ``_``, ``.``, ``/`` and emoji.
    """
    normal = unicodedata.normalize("NFKC", word).casefold()
    plain = "".join(c for c in normal if unicodedata.category(c) not in _ORNAMENTS)
    return _SPACES.sub("", plain)


def load(path: str, text: str) -> tuple[Taxonomy | None, list[Diagnostic]]:
    """Check and type the text of ``taxonomy.yaml``; None where it cannot be used at all."""
    block, diagnostics = parse(path, text)
    if block is None:
        return None, diagnostics
    fields = Fields(block, diagnostics)
    categories = _terms(fields, "categories")
    topics = _terms(fields, "topics")
    fields.finish()
    _report_contested_words(topics, fields)
    if not categories:
        fact = "the taxonomy names no categories"
        hint = "add a `categories:` block with one name a line"
        diagnostics.append(diagnostic("C006", Span(path=path, line=0), fact, hint))
        return None, diagnostics
    return Taxonomy(categories=categories, topics=topics), diagnostics


def _terms(fields: Fields, key: str) -> tuple[Term, ...]:
    block = fields.block_of(key)
    if block is None:
        return ()
    terms = Fields(block, fields.diagnostics)
    return tuple(_term(terms, name) for name in block.values if _is_name(terms, name))


def _is_name(terms: Fields, name: str) -> bool:
    """Whether a term's name can be its page's name, which is reported where it cannot."""
    if _NAME.fullmatch(name):
        return True
    fact = f"`{name}` cannot name a page"
    hint = "use lower-case letters, digits and single hyphens; readers see `zh` and `en`"
    terms.wrong(terms.block.keys[name], fact, hint)
    return False


def _term(terms: Fields, name: str) -> Term:
    span = terms.block.keys[name]
    fields = Fields(terms.block_of(name) or Block(values={}, keys={}, span=span), terms.diagnostics)
    term = Term(
        name=name,
        zh=fields.text("zh", name),
        en=fields.text("en", name),
        meaning_zh=fields.text("meaning_zh"),
        meaning_en=fields.text("meaning_en"),
        labels=tuple(word.text for word in fields.words("labels")),
        signals=_signals(fields),
    )
    fields.finish()
    return term


def _signals(fields: Fields) -> tuple[tuple[str, float], ...]:
    block = fields.block_of("signals")
    if block is None:
        return ()
    weights = Fields(block, fields.diagnostics)
    return tuple(
        (signal, weights.decimal(signal, 1.0, least=-_HEAVIEST, most=_HEAVIEST))
        for signal in block.values
        if _is_signal(weights, signal)
    )


def _is_signal(weights: Fields, signal: str) -> bool:
    """Whether the tagger can look for a signal, which is reported where it cannot."""
    written = _FIELD.fullmatch(signal)
    if written is None:
        return True
    field, value = written.groups()
    closed = _CLOSED.get(field, (value,))
    span = weights.block.keys[signal]
    if field not in SIGNAL_FIELDS:
        weights.wrong(span, f"signals have no field `{field}`", _did_you_mean(field, SIGNAL_FIELDS))
    elif value not in closed:
        weights.wrong(span, f"`{field}` is never `{value}`", _did_you_mean(value, closed))
    else:
        return True
    return False


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    near = nearest(word, known)
    return f"did you mean `{near}`?" if near else f"known: {', '.join(known)}"


def _report_contested_words(topics: tuple[Term, ...], fields: Fields) -> None:
    """Report the words that two topics claim: a word must mean one of them."""
    owners: dict[str, str] = {}
    for topic in topics:
        for word in _words_of(topic):
            owner = owners.setdefault(word, topic.name)
            if owner != topic.name:
                span = _place_of(fields, topic.name, word)
                fact = f"`{word}` already means the topic `{owner}`"
                hint = f"take it from `{topic.name}` or from `{owner}`"
                fields.diagnostics.append(diagnostic("C004", span, fact, hint))


def _place_of(fields: Fields, name: str, word: str) -> Span:
    """Return where a topic's folded word was typed: as a label, or else the topic itself."""
    topics = fields.block_of("topics")
    topic = topics.values[name] if topics else None
    labels = Fields(topic, []).words("labels") if isinstance(topic, Block) else ()
    named = topics.keys[name] if topics else fields.block.span
    return next((label.span for label in labels if fold(label.text) == word), named)
