"""The words of the home page and of an entry's own page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingWords:
    """``{…}`` are filled in with ``str.format``."""

    by_category: str
    in_month: str
    trend: str
    archived: str
    contents: str
    copy: str
    copied: str
    copy_by_hand: str
    address: str
    in_repository: str


ZH = ReadingWords(
    by_category="各类新到",
    in_month="{month}新增 {n} 条",
    trend="走势",
    archived="存档",
    contents="目录",
    copy="复制链接",
    copied="已复制",
    copy_by_hand="请按 Ctrl+C 复制",
    address="本页网址",
    in_repository="仓库里的原文",
)

EN = ReadingWords(
    by_category="New in each category",
    in_month="{n} in {month}",
    trend="Trend",
    archived="archived",
    contents="Contents",
    copy="Copy link",
    copied="Copied",
    copy_by_hand="Press Ctrl+C to copy",
    address="Address of this page",
    in_repository="Lines in the repository",
)
