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
from math import log
from typing import TYPE_CHECKING

from digest.canonical import canonical, names_a_page

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


def related(
    tagged: Sequence[Tagged], stories: Mapping[str, Collection[str]]
) -> dict[str, tuple[str, ...]]:
    """Return the ids of up to ``MOST`` related entries by the id of each that has any, best first.

    ``stories`` names the entries that tell the same story, which are not related but the same.
    """
    found: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)  # places and weights
    for place, one in enumerate(tagged):
        for feature, weight in _features(one).items():
            found[feature].append((place, weight))
    shared: list[defaultdict[int, float]] = [defaultdict(float) for _ in tagged]
    for seen in found.values():
        if 1 < len(seen) <= RARE:
            rarity = log(len(tagged) / len(seen))
            for at, (place, weight) in enumerate(seen):
                near, strength = shared[place], rarity * weight
                for other, its_weight in seen[at + 1 :]:
                    near[other] += strength * its_weight
    return _best(tagged, shared, stories)


def _best(
    tagged: Sequence[Tagged],
    shared: Sequence[Mapping[int, float]],
    stories: Mapping[str, Collection[str]],
) -> dict[str, tuple[str, ...]]:
    days = [_day(one.entry.when) for one in tagged]
    ranked: list[list[tuple[float, float, str]]] = [[] for _ in tagged]
    for place, near in enumerate(shared):
        one = tagged[place]
        same = stories.get(one.entry.id, ())
        for at, weight in near.items():
            other = tagged[at]
            if weight < ENOUGH or other.entry.id in same:
                continue
            apart = abs(days[place] - days[at])
            topics = 1 + _TOPIC * len(set(one.topics) & set(other.topics))
            score = weight * topics * (1 + HALF_YEAR / (HALF_YEAR + apart))
            ranked[place].append((-score, apart, other.entry.id))
            ranked[at].append((-score, apart, one.entry.id))
    return {
        one.entry.id: tuple(name for _, _, name in nsmallest(MOST, near))
        for one, near in zip(tagged, ranked, strict=True)
        if near
    }


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
