"""The words around lists of entries."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWords:
    """What leads from one list to another."""

    often_with: str
    siblings: str
    before: str
    after: str
    feed: str


ZH = ListWords(
    often_with="常与这些主题同时出现",
    siblings="相邻的分类或主题",
    before="上一个",
    after="下一个",
    feed="RSS 订阅",
)
EN = ListWords(
    often_with="Often together with",
    siblings="Neighbours",
    before="Before",
    after="After",
    feed="RSS feed",
)
