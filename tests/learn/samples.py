"""Invented labelled entries, as few as learning needs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from digest.learn.examples import Example
from digest.taxonomy import Taxonomy, load
from tests.factories import entry, learned, lines, link

if TYPE_CHECKING:
    from pathlib import Path

TAXONOMY = """\
categories:
  tools: {zh: 工具}
  papers: {zh: 论文}
  news: {zh: 资讯}
topics:
  data: {zh: 数据}
"""

LEXICON = """\
categories:
  tools: {signals: {title:插件: 2}}
  papers: {signals: {title:综述: 2}}
  news: {signals: {title:融资: 2}}
topics:
  data: {signals: {title:表格: 2}}
"""

# Words that tell the category of an invented entry, and words that tell nothing.
TELLING = {"tools": "插件", "papers": "综述", "news": "融资"}
FILLING = ("红木", "青石", "白沙", "黄土", "黑铁", "蓝玉", "紫铜", "绿松")

WEIGHTS = learned(
    {
        "bias": {"tools": 0.0, "papers": -0.25, "news": -0.5},
        "title:插件": {"tools": 2.0},
        "title:综述": {"papers": 2.0},
        "title:融资": {"news": 2.0},
    },
    {"bias": {"data": -1.0}, "title:表格": {"data": 2.0}},
)


def taxonomy(text: str = TAXONOMY) -> Taxonomy:
    """Return the taxonomy of the samples."""
    made, found = load("taxonomy.yaml", text)
    assert found == []
    assert made is not None
    return made


def example(
    title: str,
    category: str,
    *,
    at: int = 1,
    group: str = "",
    judged: bool = True,
    topics: tuple[str, ...] = (),
) -> Example:
    """Make a labelled entry; without a group it stands in one of its own."""
    made = entry(title, at=at, body=lines("正文", at), links=(link(number=at),))
    return Example(
        entry=made,
        category=category,
        also=(),
        topics=topics,
        group=group or str(at),
        judged=judged,
    )


def title_of(category: str, number: int) -> str:
    """Return an invented title that one word of places in a category."""
    first, second = FILLING[number % 8], FILLING[(number * 3 + 1) % 8]
    return f"{first}，{TELLING[category]}，{second}"


def training_folder(path: Path) -> Path:
    """Write a training folder with eight entries of each category and a tiny lexicon."""
    rows = [
        {
            "dialect": "plain",
            "title": title_of(category, number),
            "body": "正文",
            "urls": ["https://example.org/a"],
            "category": category,
            "also": [],
            "topics": ["data"] if number % 4 == 0 else [],
        }
        for number in range(8)
        for category in TELLING
    ]
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (path / "few.jsonl").write_text(text, encoding="utf-8")
    (path / "lexicon.yaml").write_text(LEXICON, encoding="utf-8")
    return path
