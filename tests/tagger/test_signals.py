from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from digest.tagger.signals import Words, extract
from tests.factories import entry, lines, link

if TYPE_CHECKING:
    from digest.model import Entry


def seen(made: Entry, *words: str) -> list[tuple[str, int]]:
    return [(signal.name, signal.line) for signal in extract(made, Words(words))]


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
    assert list(Words([word]).find(text)) == ([] if at < 0 else [(word.lower(), at)])


def test_words_within_words_are_all_found() -> None:
    found = Words(["模型", "大模型", "大语言模型", "语言"]).find("大语言模型不是大模型")
    assert sorted(found) == [("大模型", 7), ("大语言模型", 0), ("模型", 3), ("语言", 1)]


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
        ("host:a.github.io", 14),
        ("host:github.com", 13),
        ("host:github.io", 14),
        ("kind:code", 13),
        ("kind:site", 14),
        ("title:开源", 10),
        ("title:检索", 10),
    ]


def test_addresses_and_descriptions_of_images_are_no_words() -> None:
    body = lines("![image](https://a.org/video.png) 见 https://a.org/agent 与 agent", 2)
    assert seen(entry("题", body=body), "image", "video", "agent") == [
        ("body:agent", 2),
        ("shape:unlinked", 1),
    ]


@pytest.mark.parametrize(
    ("title", "shape"),
    [
        ("大模型会做梦吗？", "question"),
        ("“它真的懂吗？”", "question"),
        ("How to read a paper", "question"),
        ("《动手做智能体》第二版", "book"),
        ("LongName 0.17", "bare"),
    ],
)
def test_the_form_of_a_title_is_a_signal(title: str, shape: str) -> None:
    assert shapes(entry(title, links=(link(),))) == [
        f"shape:{name}" for name in sorted({shape, *(["bare"] if title.isascii() else [])})
    ]


@pytest.mark.parametrize(
    ("body", "shape"),
    [
        ("1. 下载\n2、 安装\n3) 运行", "steps"),
        ("- 甲\n- 乙\n- 丙", "steps"),
        ("论文标题：Small Models Learn Fast\\", "citation"),
        ("* A Survey of Small Things", "citation"),
        ("字" * 601, "long"),
    ],
)
def test_the_form_of_a_body_is_a_signal(body: str, shape: str) -> None:
    assert shapes(entry("标题", body=lines(body, 2), links=(link(),))) == [f"shape:{shape}"]


@pytest.mark.parametrize(
    "body", ["- 甲\n- 乙", "See the paper", "我们用 Small Models Learn Fast 一文"]
)
def test_an_ordinary_body_has_no_form(body: str) -> None:
    assert shapes(entry("标题", body=lines(body, 2), links=(link(),))) == []
