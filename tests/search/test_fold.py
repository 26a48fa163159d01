"""Python makes the index, JavaScript asks it: they must agree on every character."""

from __future__ import annotations

import unicodedata

from digest.render.search.fold import RUNS, fold, folded
from tests.search.node import needs_node, node

# What this Python knows; a browser knows newer characters too.
KNOWN = [
    chr(code)
    for code in range(0x110000)
    if unicodedata.category(chr(code)) not in {"Cn", "Cs", "Co"}
]


def kind(sign: str) -> str:
    run = RUNS.match(fold(f"a{sign}b")[1:2])
    return (run.lastgroup or "").replace("sign", "") if run else ""


@needs_node
def test_every_character_of_unicode_is_folded_alike() -> None:
    told = node("fold.js", given=KNOWN)
    assert [
        (sign, made, fold(f"a{sign}b"))
        for sign, made in zip(KNOWN, told["folds"], strict=True)
        if made != fold(f"a{sign}b")
    ] == []


@needs_node
def test_every_character_of_unicode_is_of_the_same_kind() -> None:
    told = node("fold.js", given=KNOWN)
    assert [
        (sign, made, kind(sign))
        for sign, made in zip(KNOWN, told["kinds"], strict=True)
        if made != kind(sign)
    ] == []


def test_folding_takes_width_case_and_spaces() -> None:
    assert fold(" Ｇｐｔ　４\n\tﬁne ſtraße ΟΔΟΣ ①㎏ ") == "gpt 4 fine strasse οδοσ 1kg"


def test_word_inside_a_word_is_told_by_a_capital_or_a_digit() -> None:
    made = folded("ChatGPT4 与 Llama2、OpenAI")
    assert made.text == "chatgpt4 与 llama2、openai"
    assert [made.text[at:] for at in made.joints] == [
        "gpt4 与 llama2、openai",
        "4 与 llama2、openai",
        "2、openai",
        "ai",
    ]
