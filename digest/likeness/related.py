"""Which entries a reader of one may want next: those that share rare words, links and topics.

Words, hosts and links that few entries share bring two entries together; common topics and
closeness in time then say which of those come first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from heapq import nsmallest
from itertools import pairwise
from math import fsum, log
from typing import TYPE_CHECKING

from digest.likeness.canonical import canonical, names_a_page

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from digest.model import Tagged, When

MOST = 5
REMEMBERED = 4096  # entries, so that a preview need not read them again
RARE = 48  # entries at most that share what brings two together
ENOUGH = 4.0  # what two entries must share: a link and a word, or two or three rare words
HALF_YEAR = 182.0  # days after which closeness in time counts half

_IN_TITLE, _IN_HAN_TITLE, _IN_TEXT, _LINKED = 1.0, 0.6, 0.5, 1.5
_TOPIC = 0.35  # what each common topic adds, in parts of the whole


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[.\-][A-Za-z0-9]+)*")  # whisperX   Phi-2   next.js
_HAN = re.compile(r"[\u3400-\u9fff]{2,}")  # 混合专家模型
_ADDRESS = re.compile(r"https?://[!-~]+")  # https://example.org/a
_SHORTEST = 3
_MANY_WORDS = 40  # a longer text says less with each of its words
# English words that are rare in a digest in Chinese, and say nothing there either.
_EMPTY = _listed(
    "about after all also and any are because been being but can could did does don even for from "
    "get had has have her him his how into its just like make many may more most much new not now "
    "one only other our out over she should some such than that the their them then there these "
    "they this those too two use used using very was way well were what when where which while "
    "who why will with would you your"
)


class Related:
    """Which entries of a digest are related; each is looked for when it is asked for.

    ``stories`` names the entries that tell the same story, which are not related but the same.
    """

    def __init__(self, tagged: Sequence[Tagged], stories: Mapping[str, Collection[str]]) -> None:
        """Note who has what."""
        self._tagged = tagged
        self._stories = stories
        self._places = {one.entry.id: place for place, one in enumerate(tagged)}
        self._having: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, one in enumerate(tagged):
            for feature, weight in _features(one).items():
                self._having[feature].append((place, weight))

    def to(self, name: str) -> tuple[str, ...]:
        """Return the ids of up to ``MOST`` entries related to that with the id ``name``."""
        one = self._tagged[self._places[name]]
        day, topics = _day(one.entry.when), set(one.topics)
        same = self._stories.get(name, ())
        ranked: list[tuple[float, float, str]] = []
        for place, weight in self._shared(one).items():
            other = self._tagged[place]
            if weight < ENOUGH or other.entry.id in same or other is one:
                continue
            apart = abs(day - _day(other.entry.when))
            common = 1 + _TOPIC * len(topics.intersection(other.topics))
            score = weight * common * (1 + HALF_YEAR / (HALF_YEAR + apart))
            ranked.append((-score, apart, other.entry.id))
        return tuple(found for _, _, found in nsmallest(MOST, ranked))

    def _shared(self, one: Tagged) -> dict[int, float]:
        """Return how much each entry shares with one, by its place; that one itself is in it."""
        shared: defaultdict[int, list[float]] = defaultdict(list)
        for feature, weight in _features(one).items():
            having = self._having[feature]
            if 1 < len(having) <= RARE:
                rarity = log(len(self._tagged) / len(having))
                for place, its_weight in having:
                    shared[place].append(rarity * (weight * its_weight))
        # The sum of fsum is the same in any order, and so from whichever entry one looks.
        return {place: fsum(parts) for place, parts in shared.items()}


def _features(one: Tagged) -> dict[str, float]:
    """Return what an entry shares with its like, and how much each says."""
    entry = one.entry
    texts = tuple(line.text for line in entry.body)
    urls = tuple(link.url for link in (*entry.title_links, *entry.links))
    return _features_of(entry.title, texts, urls)


@lru_cache(maxsize=REMEMBERED)
def _features_of(title: str, texts: tuple[str, ...], urls: tuple[str, ...]) -> dict[str, float]:
    words = _words(_ADDRESS.sub(" ", "\n".join(texts)))
    found = dict.fromkeys(words, _IN_TEXT * min(1.0, _MANY_WORDS / (len(words) or 1)))
    found.update(dict.fromkeys(_words(title), _IN_TITLE))
    for run in _HAN.findall(title):
        found.update({a + b: _IN_HAN_TITLE for a, b in pairwise(run)})
    for key in map(canonical, urls):
        host = key.partition("/")[0]
        found[f"{host}/"] = _IN_TEXT
        if names_a_page(key):
            found[key] = _LINKED
    return found


def _words(text: str) -> set[str]:
    return {word for word in _LATIN.findall(text.lower()) if len(word) >= _SHORTEST} - _EMPTY


def _day(when: When | None) -> float:
    """Return a day as a count of days, near enough; a month is its middle, no date long ago."""
    if when is None:
        return 0.0
    return when.year * 365.25 + when.month * 30.44 + (15 if when.day is None else when.day)
