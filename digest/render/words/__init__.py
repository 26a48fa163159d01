"""The words of the interface, in Chinese and English, and how they tell dates and counts.

A new word is a field of ``Words``: the type checker then asks for it in both languages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.model import LinkKind
from digest.render.words import (
    archive,
    charts,
    chrome,
    directory,
    lists,
    machines,
    moved,
    reading,
    search,
    stories,
    subscribe,
    why,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.model import When
    from digest.render.words.archive import ArchiveWords
    from digest.render.words.charts import ChartWords
    from digest.render.words.chrome import ChromeWords
    from digest.render.words.directory import DirectoryWords
    from digest.render.words.lists import ListWords
    from digest.render.words.machines import MachineWords
    from digest.render.words.moved import MovedWords
    from digest.render.words.reading import ReadingWords
    from digest.render.words.search import SearchWords
    from digest.render.words.stories import StoryWords
    from digest.render.words.subscribe import SubscribeWords
    from digest.render.words.why import WhyWords

Forms = tuple[str, str]  # for one, for any other number


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """All words of one language. ``{…}`` are filled in by the methods or by ``str.format``."""

    lang: str  # BCP 47
    months: tuple[str, ...]
    year: str
    year_month: str
    month_alone: str
    day_of_month: str
    full_date: str
    group_digits: bool

    skip: str
    home: str
    categories: str
    topics: str
    archive: str
    notes: str
    main_menu: str
    pages_menu: str
    picks: str
    nothing: str
    all_of_it: str
    day_unknown: str
    undated: str
    draft: str
    pick: str

    more_links: Forms
    number: str
    note: str
    note_place: str
    as_written: str
    lines_of: str
    one_line_of: str

    newer: str
    older: str
    page_of: str
    titled: str

    missing: str
    missing_text: str
    entries: Forms
    note_files: Forms
    kinds: Mapping[LinkKind, str]
    chrome: ChromeWords
    calendar: ArchiveWords
    charts: ChartWords
    directory: DirectoryWords
    reading: ReadingWords
    search: SearchWords
    why: WhyWords
    moved: MovedWords
    stories: StoryWords
    machines: MachineWords
    subscribe: SubscribeWords
    lists: ListWords

    def number_text(self, number: int) -> str:
        """Write a whole number."""
        return f"{number:,}" if self.group_digits else str(number)

    def count(self, forms: Forms, number: int) -> str:
        """Write a number of things, as in ``1 entry`` and ``1,204 entries``."""
        return forms[number != 1].format(n=self.number_text(number))

    def year_text(self, year: int) -> str:
        """Write a year."""
        return self.year.format(year=year)

    def month_text(self, year: int, month: int) -> str:
        """Write a month with its year."""
        return self.year_month.format(year=year, month=self.months[month - 1])

    def month_name(self, month: int) -> str:
        """Write a month where the year is told nearby."""
        return self.month_alone.format(month=self.months[month - 1])

    def day_text(self, month: int, day: int) -> str:
        """Write a day where the year is told nearby."""
        return self.day_of_month.format(month=self.months[month - 1], day=day)

    def date_text(self, when: When | None) -> str:
        """Write a day, a month where no day is known, or nothing."""
        if when is None:
            return ""
        if when.day is None:
            return self.month_text(when.year, when.month)
        return self.full_date_text(when.year, when.month, when.day)

    def full_date_text(self, year: int, month: int, day: int) -> str:
        """Write a day with its month and year."""
        return self.full_date.format(year=year, month=self.months[month - 1], day=day)

    def paged_title(self, title: str, page: int) -> str:
        """Write the title of a list's first, second … page."""
        return title if page == 1 else self.titled.format(title=title, page=page)


ZH = Words(
    lang="zh-CN",
    months=tuple(str(month) for month in range(1, 13)),
    year="{year}年",
    year_month="{year}年{month}月",
    month_alone="{month}月",
    day_of_month="{month}月{day}日",
    full_date="{year}年{month}月{day}日",
    group_digits=False,
    skip="跳到正文",
    home="首页",
    categories="分类",
    topics="主题",
    archive="归档",
    notes="笔记",
    main_menu="主菜单",
    pages_menu="翻页",
    picks="精选",
    nothing="这里还没有条目。",
    all_of_it="全部归档",
    day_unknown="日子不详",
    undated="没有日期",
    draft="草稿",
    pick="精选",
    more_links=("另有 {n} 个链接", "另有 {n} 个链接"),
    number="编号",
    note="笔记",
    note_place="{path}，第 {line} 行",
    as_written="笔记原文",
    lines_of="{path}，第 {first}–{last} 行",
    one_line_of="{path}，第 {first} 行",
    newer="较新",
    older="较旧",
    page_of="第 {page} 页，共 {pages} 页",
    titled="{title}（第 {page} 页）",
    missing="没有这一页",
    missing_text="这个地址下没有页面，也许它搬走了。",
    entries=("{n} 条", "{n} 条"),
    note_files=("{n} 份笔记", "{n} 份笔记"),
    kinds={
        LinkKind.PAPER: "论文",
        LinkKind.CODE: "代码",
        LinkKind.MODEL: "模型",
        LinkKind.DATASET: "数据集",
        LinkKind.DEMO: "演示",
        LinkKind.VIDEO: "视频",
        LinkKind.POST: "帖子",
        LinkKind.ARTICLE: "文章",
        LinkKind.DOCUMENT: "文档",
        LinkKind.SITE: "网站",
    },
    calendar=archive.ZH,
    charts=charts.ZH,
    directory=directory.ZH,
    reading=reading.ZH,
    why=why.ZH,
    moved=moved.ZH,
    stories=stories.ZH,
    lists=lists.ZH,
    chrome=chrome.ZH,
    search=search.ZH,
    machines=machines.ZH,
    subscribe=subscribe.ZH,
)

_ENGLISH_MONTHS = (
    "January February March April May June July August September October November December"
)
EN = Words(
    lang="en",
    months=tuple(_ENGLISH_MONTHS.split()),
    year="{year}",
    year_month="{month} {year}",
    month_alone="{month}",
    day_of_month="{day} {month}",
    full_date="{day} {month} {year}",
    group_digits=True,
    skip="Skip to content",
    home="Home",
    categories="Categories",
    topics="Topics",
    archive="Archive",
    notes="Notes",
    main_menu="Main menu",
    pages_menu="Pages",
    picks="Picks",
    nothing="There are no entries here yet.",
    all_of_it="The whole archive",
    day_unknown="Day unknown",
    undated="Undated",
    draft="Draft",
    pick="Pick",
    more_links=("{n} more link", "{n} more links"),
    number="Number",
    note="Note",
    note_place="{path}, line {line}",
    as_written="As written in the note",
    lines_of="{path}, lines {first}–{last}",
    one_line_of="{path}, line {first}",
    newer="Newer",
    older="Older",
    page_of="Page {page} of {pages}",
    titled="{title} (page {page})",
    missing="No such page",
    missing_text="There is no page at this address; it may have moved.",
    entries=("{n} entry", "{n} entries"),
    note_files=("{n} note", "{n} notes"),
    kinds={
        LinkKind.PAPER: "paper",
        LinkKind.CODE: "code",
        LinkKind.MODEL: "model",
        LinkKind.DATASET: "dataset",
        LinkKind.DEMO: "demo",
        LinkKind.VIDEO: "video",
        LinkKind.POST: "post",
        LinkKind.ARTICLE: "article",
        LinkKind.DOCUMENT: "document",
        LinkKind.SITE: "site",
    },
    calendar=archive.EN,
    charts=charts.EN,
    directory=directory.EN,
    reading=reading.EN,
    why=why.EN,
    moved=moved.EN,
    stories=stories.EN,
    lists=lists.EN,
    chrome=chrome.EN,
    search=search.EN,
    machines=machines.EN,
    subscribe=subscribe.EN,
)

LANGUAGES: Mapping[str, Words] = {"zh": ZH, "en": EN}
