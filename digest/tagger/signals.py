"""What counts as evidence in an entry: words, link hosts and kinds, the author, the entry's form.

``extract`` says only that a signal is there and on which line; what it speaks for, and how
strongly, is the weights' matter (``score``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.links import host_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from digest.model import Entry
    from digest.source import Line

# https://example.org/a   ![figure](https://example.org/a.png): an address is no prose.
_ADDRESS = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)|https?://[!-~]+")
_TOKEN = re.compile(r"[a-z0-9]+")  # the words of an English text in lower case
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
_LONG = 600  # characters of body text
SHORT = 60
STEM = 4  # characters by which longer Chinese words are looked up
READ = 800  # characters of body text in which words are looked for: what it is about comes first


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A thing seen in an entry: its name, such as ``title:综述``, and its line on disk."""

    name: str
    line: int


class Words:
    """Finds words in a text: ASCII ones at word boundaries, others wherever they stand.

    Case does not count, and an ASCII word also matches with a plural ``s``. A word that is part
    of another is found too (``模型`` in ``大模型``).
    """

    def __init__(self, words: Iterable[str]) -> None:
        """Index ASCII words by what they begin with, and others by their length."""
        self._ascii: dict[str, list[str]] = {}
        self._short: dict[int, set[str]] = {}
        self._long: dict[str, list[str]] = {}
        for word in sorted({word.lower() for word in words}):
            first = _TOKEN.match(word)
            if word.isascii() and first:
                self._ascii.setdefault(first.group(), []).append(word)
            elif len(word) <= STEM:
                self._short.setdefault(len(word), set()).add(word)
            else:
                self._long.setdefault(word[:STEM], []).append(word)

    def find(self, text: str) -> Iterator[tuple[str, int]]:
        """Yield each word that a lower-case text holds, with where it first stands."""
        tokens = set(_TOKEN.findall(text))
        tokens |= {token[:-1] for token in tokens if token.endswith("s")}
        for token in tokens & self._ascii.keys():
            for word in self._ascii[token]:
                at = _find_whole(word, text)
                if at >= 0:
                    yield word, at
        if text.isascii():
            return
        yield from self._chinese(text)

    def _chinese(self, text: str) -> Iterator[tuple[str, int]]:
        for length, words in self._short.items():
            pieces = {text[at : at + length] for at in range(len(text) - length + 1)}
            for word in pieces & words:
                yield word, text.find(word)
        stems = {text[at : at + STEM] for at in range(len(text) - STEM + 1)}
        for stem in stems & self._long.keys():
            for word in self._long[stem]:
                at = text.find(word)
                if at >= 0:
                    yield word, at


def _find_whole(word: str, text: str) -> int:
    """Return where a word or its plural first stands between boundaries, or -1."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        end += text[end : end + 1] == "s"
        if not _TOKEN.match(text[at - 1 : at]) and not _TOKEN.match(text[end : end + 1]):
            return at
        at = text.find(word, at + 1)
    return -1


def extract(entry: Entry, words: Words) -> tuple[Signal, ...]:
    """Return what an entry shows, by name, each signal at the first line that shows it.

    A word of the title is not seen again in the body, which tells nothing new.
    """
    first = entry.place.line
    titled = _title_line(entry)
    found = {f"title:{word}": titled for word, _ in words.find(entry.title.lower())}
    body, starts = _prose(entry.body)
    for word, at in words.find(body[:READ]):
        if f"title:{word}" not in found:
            found[f"body:{word}"] = entry.body[bisect_right(starts, at) - 1].number
    for link in entry.links:
        host = host_of(link.url)
        for name in (f"kind:{link.kind}", f"host:{host}", f"host:{_domain(host)}"):
            found.setdefault(name, link.span.line)
    if entry.title_links:
        found[f"source:{entry.title_links[0].kind}"] = entry.title_links[0].span.line
    for name in filter(None, (entry.author, entry.handle)):
        found[f"author:{name.lower()}"] = first
    found[f"habit:{entry.place.dialect}"] = first
    found |= {f"shape:{name}": first for name, holds in SHAPES.items() if holds(entry, body)}
    return tuple(Signal(name=name, line=found[name]) for name in sorted(found))


def _title_line(entry: Entry) -> int:
    """Return the line that the title is taken from: in a post that is not the entry's first."""
    start = entry.title[:8]
    lines = (line.number for line in entry.written if start in line.text)
    return next(lines, entry.place.line)


def _prose(lines: tuple[Line, ...]) -> tuple[str, list[int]]:
    """Return the lines as one lower-case text without addresses, and where each line starts."""
    texts = [_ADDRESS.sub(" ", line.text).lower() for line in lines]
    starts: list[int] = []
    at = 0
    for text in texts:
        starts.append(at)
        at += len(text) + 1
    return "\n".join(texts), starts


def _domain(host: str) -> str:
    """Return the last two labels of a host: ``a.github.io`` → ``github.io``."""
    return ".".join(host.split(".")[-2:])


def _any_line(pattern: re.Pattern[str], least: int) -> Callable[[Entry, str], bool]:
    return lambda entry, _: sum(bool(pattern.match(line.text)) for line in entry.body) >= least


# Every name stands in ``taxonomy.SHAPES`` too.
SHAPES: Mapping[str, Callable[[Entry, str], bool]] = {
    "question": lambda entry, _: bool(_QUESTION.search(entry.title.lower())),
    "book": lambda entry, _: bool(_BOOK.search(entry.title)),
    "bare": lambda entry, _: bool(_BARE.search(entry.title)),
    "long": lambda _, body: len(body) > _LONG,
    "steps": _any_line(_STEP, 3),
    "citation": _any_line(_CITATION, 1),
    "unlinked": lambda entry, _: not entry.links,
    "exclamation": lambda entry, _: bool(_EXCLAMATION.search(entry.title)),
    "size": lambda entry, _: bool(_SIZE.search(entry.title.lower())),
    "venue": lambda entry, _: bool(_VENUE.search(entry.title.lower())),
    "code": lambda entry, _: any(line.text.startswith("```") for line in entry.body),
    "short": lambda _, body: len(body) < SHORT,
}
