from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from digest.tagger.signals import Words, extract, position
from tests.factories import entry, lines, link

if TYPE_CHECKING:
    from digest.model import Entry


def seen(made: Entry, *words: str) -> list[tuple[str, int]]:
    shown = extract(made, Words(words))
    return [(name, shown.line(name)) for name in sorted(shown.names)]


def shapes(made: Entry) -> list[str]:
    return [name for name, _ in seen(made) if name.startswith("shape:")]


@pytest.mark.parametrize(
    ("word", "text", "at"),
    [
        ("agent", "an agent acts", 3),
        ("agent", "two agents act", 4),
        ("Agent", "多个agent协作", 2),
        ("agent", "reagent and agentic", -1),
        ("agent", "reagent, then agent", 14),
        ("fine-tuning", "on fine-tuning llama", 3),
        ("fine-tuning", "on fine tuning llama", -1),
        ("rag", "graphrag", -1),
        ("gpt-4", "gpt-4v", -1),
        ("3d", "生成3d模型", 2),
        ("c++", "以 c++ 写成", 2),
        ("how to", "how to build", 0),
        ("模型", "大模型", 1),
        ("go 语言", "用 go 语言写", 2),
        ("书", "这本书", 2),
        ("开源", "开放源码", -1),
    ],
)
def test_english_words_match_whole_and_chinese_ones_anywhere(word: str, text: str, at: int) -> None:
    found = Words([word]).find(text)
    assert {one: position(one, text) for one in found} == ({} if at < 0 else {word.lower(): at})


def test_words_within_words_are_all_found() -> None:
    found = Words(["模型", "大模型", "大语言模型", "语言"]).find("大语言模型不是大模型")
    assert found == {"模型", "大模型", "大语言模型", "语言"}


def test_a_word_that_starts_with_a_point_is_found_in_english_text_too() -> None:
    found = Words([".net", "é"]).find("porting a .net app to the café")
    assert found == {".net", "é"}


def test_each_signal_stands_at_the_first_line_that_shows_it() -> None:
    made = entry(
        "开源检索框架",
        at=10,
        author="Ada",
        handle="Ada_L",
        body=lines("支持中文检索\n\n代码 https://github.com/a/b\n支持 GPU 加速，GPU 可选", 11),
        links=(
            link("https://github.com/a/b", number=13),
            link("https://a.github.io/b/", number=14),
            link("https://github.com/a/c", number=15),
        ),
    )
    assert seen(made, "开源", "检索", "支持", "GPU", "github", "训练") == [
        ("author:ada", 10),
        ("author:ada_l", 10),
        ("body:gpu", 14),
        ("body:支持", 11),
        ("habit:plain", 10),
        ("host:a.github.io", 14),
        ("host:github.com", 13),
        ("host:github.io", 14),
        ("kind:code", 13),
        ("kind:site", 14),
        ("shape:short", 10),
        ("title:开源", 10),
        ("title:检索", 10),
    ]


def test_the_kind_of_the_first_link_of_the_title_is_the_source() -> None:
    code, site = link("https://github.com/a/b", number=3), link("https://a.org/", number=4)
    assert seen(entry("标题", body=(), title_links=(code, site), links=(code,))) == [
        ("habit:plain", 1),
        ("host:github.com", 3),
        ("kind:code", 3),
        ("shape:short", 1),
        ("source:code", 3),
    ]


def test_words_far_down_in_a_long_body_are_not_looked_for() -> None:
    body = lines("字" * 490 + "检索" + "\n" + "训练", 2)
    early = [name for name, _ in seen(entry("题", body=body), "检索", "训练")]
    late = [name for name, _ in seen(entry("题", body=lines("字" * 500 + "检索", 2)), "检索")]
    assert ("body:检索" in early, "body:训练" in early) == (True, True)
    assert "body:检索" not in late


def test_addresses_and_descriptions_of_images_are_no_words() -> None:
    body = lines("![image](https://a.org/video.png) 见 https://a.org/agent 与 agent", 2)
    assert seen(entry("题", body=body), "image", "video", "agent") == [
        ("body:agent", 2),
        ("habit:plain", 1),
        ("shape:short", 1),
        ("shape:unlinked", 1),
    ]


MIDDLING = "这是一段不长也不短的正文，" * 6  # neither short nor long


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("大模型会做梦吗？", ["question"]),
        ("“它真的懂吗？”", ["question"]),
        ("How to read a paper", ["bare", "question"]),
        ("《动手做智能体》第二版", ["book"]),
        ("LongName 0.17", ["bare"]),
        ("重磅！新版来了", ["exclamation"]),
        ("某团队发布 70B 对话模型", ["size"]),
        ("参数高达 1.5b 的小模型", ["size"]),
        ("全新700亿参数模型", ["size"]),
        ("提速 3 倍 bmw 车机", []),
        ("ACL 2024 | 一种解码方法", ["venue"]),
        ("Nature子刊：蛋白质新解", ["venue"]),
        ("一个关于 nature 的网站", []),
        ("普通标题", []),
    ],
)
def test_the_form_of_a_title_is_a_signal(title: str, expected: list[str]) -> None:
    made = entry(title, body=lines(MIDDLING, 2), links=(link(),))
    assert shapes(made) == [f"shape:{name}" for name in expected]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"1. 下载\n2、 安装\n3) {MIDDLING}", ["steps"]),
        (f"- 甲\n- 乙\n- {MIDDLING}", ["steps"]),
        (f"{MIDDLING}\n论文标题：Small Models Learn Fast\\", ["citation"]),
        (f"{MIDDLING}\n* A Survey of Small Things", ["citation"]),
        (f"{MIDDLING}\n```python\nprint(1)\n```", ["code"]),
        ("字" * 500, ["long"]),
        ("字" * 499, []),
        ("字" * 60, []),
        ("字" * 59, ["short"]),
        ("", ["short"]),
    ],
)
def test_the_form_of_a_body_is_a_signal(body: str, expected: list[str]) -> None:
    made = entry("标题", body=lines(body, 2), links=(link(),))
    assert shapes(made) == [f"shape:{name}" for name in expected]


@pytest.mark.parametrize(
    "body", ["- 甲\n- 乙", "See the paper", "我们用 Small Models Learn Fast 一文", "写 ``` 在行内"]
)
def test_an_ordinary_body_has_no_form(body: str) -> None:
    text = f"{MIDDLING}\n{body}"
    assert shapes(entry("标题", body=lines(text, 2), links=(link(),))) == []
