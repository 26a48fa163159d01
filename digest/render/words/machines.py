"""The words of ``llms.txt``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineWords:
    """Headings, and what is in each file."""

    data: str
    entries: str
    json_feed: str
    rss: str
    opml: str
    sitemap: str
    newest: str


ZH = MachineWords(
    data="数据",
    entries="所有条目，每行一个 JSON 对象：标题、日期、分类、主题、链接、正文",
    json_feed="最新条目的全文（JSON Feed）",
    rss="最新条目的全文（RSS）",
    opml="所有订阅源（OPML）",
    sitemap="所有页面",
    newest="最新条目",
)
EN = MachineWords(
    data="Data",
    entries="every entry as a line of JSON: title, date, category, topics, links, text",
    json_feed="the newest entries with their full text (JSON Feed)",
    rss="the newest entries with their full text (RSS)",
    opml="all feeds (OPML)",
    sitemap="all pages",
    newest="Newest entries",
)
