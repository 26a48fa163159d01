"""What counts as evidence in an entry: words, link hosts and kinds, the author, the entry's form.

``extract`` says only that a signal is there and on which line; what it speaks for, and how
strongly, is the weights' matter (``score``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from operator import add
from typing import TYPE_CHECKING

from digest.links import host_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from digest.model import Entry
    from digest.source import Line

# https://example.org/a   ![figure](https://example.org/a.png): an address is no prose.
_ADDRESS = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)|https?://[!-~]+")
_TOKEN = re.compile(r"[a-z0-9]+")  # the words of an English text in lower case
HAN = re.compile(r"[\u4e00-\u9fff]+")  # 一串汉字
# Is it faster?   如何更快
_QUESTION = re.compile(r"[?？][)）」』”\"]*$|^(?:如何|怎么|怎样|为什么|为何|how to |why |what )")
_BOOK = re.compile(r"《[^》]+》")  # 《…》
_EXCLAMATION = re.compile(r"[!！]")  # 重磅！
_SIZE = re.compile(r"\d(?:\.\d+)?[bm]\b|\d亿参数")  # 7B   700亿参数
# ACL 2024 | …   Nature子刊：…   TPAMI | …
_VENUE = re.compile(
    r"\b(?:acl|emnlp|naacl|cvpr|iccv|eccv|icml|iclr|neurips|nips|aaai|ijcai|kdd|sigir|tpami)\b"
    r"|\b(?:nature|science)(?:\s*子刊)?\s*[|｜:：·]"
)
_BARE = re.compile(r"^[!-~ ]+$")  # a title of ASCII characters alone
# 1. …   - …   第一 …
_STEP = re.compile(
    r"\s*(?:[-*+]\s|[0-9]{1,2}[.、)）:：]|[①-⑩]|第[一二三四五六七八九十]|[0-9]\ufe0f)"
)
# Attention Is All You Need   * Paper: Language Models are Few-Shot Learners
_CITATION = re.compile(r"[\s>*+\-]*(?:[^!-~]{2,6}[：:]\s*)?[A-Z0-9][!-~]*(?: [!-~]+){3,}[\s\\]*$")
SHORT = 60
STEM = 3  # characters by which longer Chinese words are looked up
READ = 500  # characters of body text in which words are looked for: what it is about comes first


class Words:
    """Finds words in a text: ASCII ones at word boundaries, others wherever they stand.

    Case does not count, and an ASCII word also matches with a plural ``s``. A word that is part
    of another is found too (``模型`` in ``大模型``).
    """

    def __init__(self, words: Iterable[str]) -> None:
        """Index English words by their tokens, Chinese ones by their length."""
        self.in_title = Named("title")
        self.in_body = Named("body")
        self._tokens: set[str] = set()
        self._phrases: dict[str, list[tuple[str, str]]] = {}
        self._short: tuple[set[str], ...] = tuple(set() for _ in range(STEM + 1))
        self._long: dict[str, list[str]] = {}
        self._mixed: list[str] = []
        for word in sorted({word.lower() for word in words}):
            tokens = _TOKEN.findall(word) if word.isascii() else []
            if tokens and word == tokens[0]:
                self._tokens.add(word)
            elif tokens and word.startswith(tokens[0]):
                self._phrases.setdefault(tokens[0], []).append((tokens[-1], word))
            elif not HAN.fullmatch(word):
                self._mixed.append(word)
            elif len(word) > STEM:
                self._long.setdefault(word[:STEM], []).append(word)
            else:
                self._short[len(word)].add(word)
        self._stems = frozenset(self._short[STEM].union(self._long))

    def find(self, text: str) -> set[str]:
        """Return the words that a lower-case text holds."""
        tokens = set(_TOKEN.findall(text))
        tokens.update([token[:-1] for token in tokens if token[-1] == "s"])
        found = tokens & self._tokens
        for first in self._phrases.keys() & tokens:
            for last, phrase in self._phrases[first]:
                if last in tokens and position(phrase, text) >= 0:
                    found.add(phrase)
        found.update([word for word in self._mixed if word in text])
        if not text.isascii():
            self._find_chinese("\n".join(HAN.findall(text)), found)
        return found

    def _find_chinese(self, text: str, found: set[str]) -> None:
        pairs = list(map(add, text, text[1:]))
        stems = self._stems.intersection(map(add, pairs, text[2:]))
        found.update([one for one in self._short[1] if one in text])
        found |= self._short[2].intersection(pairs)
        found |= self._short[3] & stems
        for stem in self._long.keys() & stems:
            found.update([word for word in self._long[stem] if word in text])


class Named(dict[str, str]):
    """The signals of words in one field, ``title:综述`` of ``综述``.

    They are made once: a string that was looked up before is found faster.
    """

    def __init__(self, field: str) -> None:
        """Name the field."""
        self._field = field

    def __missing__(self, word: str) -> str:
        """Make the name of a word's signal."""
        self[word] = name = f"{self._field}:{word}"
        return name


def position(word: str, text: str) -> int:
    """Return where a word first stands in a lower-case text, or -1."""
    at = text.find(word)
    if not word.isascii() or not _TOKEN.match(word):
        return at
    while at >= 0:
        end = at + len(word)
        end += text[end : end + 1] == "s"
        if not _TOKEN.match(text[at - 1 : at]) and not _TOKEN.match(text[end : end + 1]):
            return at
        at = text.find(word, at + 1)
    return -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What an entry shows: the names of its signals, such as ``title:综述``, without order."""

    names: tuple[str, ...]
    _entry: Entry
    _title: int
    _body: str
    _starts: tuple[int, ...]
    _lines: Mapping[str, int]

    def line(self, name: str) -> int:
        """Return the first line on disk that shows a signal."""
        field, _, word = name.partition(":")
        if field == "title":
            return self._title
        if field == "body" and len(self._starts) == 1:
            return self._entry.body[0].number
        if field == "body":
            at = bisect_right(self._starts, position(word, self._body))
            return self._entry.body[at - 1].number
        return self._lines[name]


def extract(entry: Entry, words: Words) -> Shown:
    """Return what an entry shows.

    A word of the title is not seen again in the body, which tells nothing new.
    """
    body, starts = _prose(entry.body)
    in_title = words.find(entry.title.lower())
    in_body = words.find(body) - in_title
    lines = _of_the_whole(entry, body)
    names = [words.in_title[word] for word in in_title]
    names += [words.in_body[word] for word in in_body]
    return Shown(
        names=(*names, *lines),
        _entry=entry,
        _title=_title_line(entry),
        _body=body,
        _starts=starts,
        _lines=lines,
    )


def _of_the_whole(entry: Entry, body: str) -> dict[str, int]:
    """Return the signals that are no words, each with the first line that shows it."""
    first = entry.place.line
    found: dict[str, int] = {}
    for link in entry.links:
        host = host_of(link.url)
        for name in (f"kind:{link.kind}", f"host:{host}", f"host:{_domain(host)}"):
            found.setdefault(name, link.span.line)
    if entry.title_links:
        found[f"source:{entry.title_links[0].kind}"] = entry.title_links[0].span.line
    for who in (entry.author, entry.handle):
        if who:
            found[f"author:{who.lower()}"] = first
    found[f"habit:{entry.place.dialect}"] = first
    for name, holds in SHAPES.items():
        if holds(entry, body):
            found[f"shape:{name}"] = first
    return found


def _title_line(entry: Entry) -> int:
    """Return the line that the title is taken from: in a post that is not the entry's first."""
    start = entry.title[:8]
    lines = (line.number for line in entry.written if start in line.text)
    return next(lines, entry.place.line)


def _prose(lines: tuple[Line, ...]) -> tuple[str, tuple[int, ...]]:
    """Return what is read of the lines, in lower case and without addresses; where each starts."""
    texts: list[str] = []
    starts: list[int] = []
    at = 0
    for line in lines:
        text = line.text
        plain = _ADDRESS.sub(" ", text) if "](" in text or "://" in text else text
        texts.append(plain.lower())
        starts.append(at)
        at += len(texts[-1]) + 1
        if at > READ:
            break
    return "\n".join(texts)[:READ], tuple(starts)


def _domain(host: str) -> str:
    """Return the last two labels of a host: ``a.github.io`` → ``github.io``."""
    return ".".join(host.split(".")[-2:])


def _any_line(pattern: re.Pattern[str], least: int) -> Callable[[Entry, str], bool]:
    return lambda entry, _: len([1 for line in entry.body if pattern.match(line.text)]) >= least


# Every name stands in ``taxonomy.SHAPES`` too.
SHAPES: Mapping[str, Callable[[Entry, str], bool]] = {
    "question": lambda entry, _: bool(_QUESTION.search(entry.title.lower())),
    "book": lambda entry, _: bool(_BOOK.search(entry.title)),
    "bare": lambda entry, _: bool(_BARE.search(entry.title)),
    "long": lambda _, body: len(body) >= READ,
    "steps": _any_line(_STEP, 3),
    "citation": _any_line(_CITATION, 1),
    "unlinked": lambda entry, _: not entry.links,
    "exclamation": lambda entry, _: bool(_EXCLAMATION.search(entry.title)),
    "size": lambda entry, _: bool(_SIZE.search(entry.title.lower())),
    "venue": lambda entry, _: bool(_VENUE.search(entry.title.lower())),
    "code": lambda entry, _: any(line.text.startswith("```") for line in entry.body),
    "short": lambda _, body: len(body) < SHORT,
}
