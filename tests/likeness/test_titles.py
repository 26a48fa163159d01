from __future__ import annotations

import random
from itertools import combinations

import pytest

from digest.likeness.titles import WINDOW, Dated, folded, near_equal, near_pairs


def test_folding_leaves_letters_and_digits_of_one_case_and_width() -> None:
    assert folded("  ＧＰＴ－4 来了：「更快」！ ") == "gpt4来了更快"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("小模型也能写诗？", "小模型也能写诗"),
        ("小模型也能写诗，而且写得不错", "你知道吗？小模型也能写诗，而且写得不错"),
        ("A Small Search Engine", "a small search-engine"),
        ("WhisperX：一小时录音一分钟转写", "一小时录音一分钟转写：WhisperX"),
        ("Ａ", "a"),
    ],
)
def test_titles_that_say_the_same_are_near_equal(one: str, other: str) -> None:
    assert near_equal(one, other)
    assert near_equal(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("用 GPT-4 写一个搜索引擎", "用 GPT-5 写一个搜索引擎"),
        ("每周一读 第 3 期", "每周一读 第 4 期"),
        ("一个小搜索引擎", "一个小模型"),
        ("……", "！！"),
        ("", ""),
    ],
)
def test_titles_that_differ_are_not(one: str, other: str) -> None:
    assert not near_equal(one, other)


def test_pairs_are_found_within_a_month_and_in_order_of_time() -> None:
    titles = [
        Dated(100 + WINDOW, "小模型也能写诗！"),
        Dated(100, "小模型也能写诗"),
        Dated(101 + WINDOW, "小模型也能写诗？"),
        Dated(100, "另一件事"),
    ]
    assert list(near_pairs(titles)) == [(1, 0), (0, 2)]


def test_no_pair_is_missed_that_comparing_each_with_each_would_find() -> None:
    chance = random.Random(5)  # noqa: S311  # any fixed sequence will do
    titles = []
    for _ in range(300):
        words = [chance.choice("一种新的方法让小模型写诗更快更好ab12") for _ in range(12)]
        titles.append(Dated(chance.randrange(60), "".join(words)))
        mended = words.copy()
        mended[chance.randrange(12)] = chance.choice("新x7")
        titles.append(Dated(chance.randrange(60), "".join(mended)))
    found = {frozenset(pair) for pair in near_pairs(titles)}
    plain = {
        frozenset((one, other))
        for one, other in combinations(range(len(titles)), 2)
        if abs(titles[one].day - titles[other].day) <= WINDOW
        and near_equal(titles[one].title, titles[other].title)
    }
    assert found == plain
    assert len(found) > 20
