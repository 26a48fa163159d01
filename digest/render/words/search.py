"""The words of the search and of the filters above lists; all go into the page's data."""

from __future__ import annotations

from dataclasses import dataclass

Forms = tuple[str, str]  # for one, for any other number


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchWords:
    """``{n}`` is a number, ``{all}`` another, ``{q}`` what was asked for."""

    search: str
    label: str
    placeholder: str
    go: str
    lead: str
    help_heading: str
    help: tuple[tuple[str, str], ...]
    no_script: str
    loading: str
    hits: Forms
    no_hits: str
    no_hits_help: str
    without_filters: str
    try_apart: str
    failed: str
    outdated: str
    again: str
    more: str
    order: str
    best_first: str
    newest_first: str
    narrow: str
    narrowed: str
    nothing_left: str
    clear: str
    remove: str
    more_values: str
    category: str
    topic: str
    month: str
    kind: str
    person: str
    host: str


ZH = SearchWords(
    search="搜索",
    label="搜索条目",
    placeholder="中文、英文都可以，如 多模态",
    go="搜索",
    lead="在全部条目的标题和正文里找。",
    help_heading="怎么搜",
    help=(
        ("多模态 评测", "几个词都要出现"),
        ('"large language model"', "引号里的词照原样连在一起"),
        ("agent -教程", "减号后面的词不能出现"),
        ("whis", "英文和数字从词头找起：能找到 Whisper，也能找到 ChatGPT 里的 GPT"),
    ),
    no_script="搜索要用 JavaScript。没有它也可以从下面这些目录找起。",
    loading="正在搜索…",
    hits=("{n} 条", "{n} 条"),
    no_hits="没有找到“{q}”。",
    no_hits_help="换个更短的词，少写一个词，或者用另一种语言试试。",
    without_filters="去掉筛选再找",
    try_apart="拆开来找：{q}",
    failed="索引没有载入，可能是网络断了。",
    outdated="网站刚刚更新过，请重新载入这一页。",
    again="重新载入",
    more="再显示 {n} 条",
    order="排序",
    best_first="最相关",
    newest_first="最新",
    narrow="筛选",
    narrowed="{all} 条里的 {n} 条",
    nothing_left="没有同时符合这些条件的条目。",
    clear="全部清除",
    remove="去掉",
    more_values="其余 {n} 项",
    category="分类",
    topic="主题",
    month="月份",
    kind="链接",
    person="人物",
    host="来源",
)
EN = SearchWords(
    search="Search",
    label="Search the entries",
    placeholder="English or Chinese, as in diffusion",
    go="Search",
    lead="Looks through the titles and texts of all entries.",
    help_heading="How to ask",
    help=(
        ("agents memory", "all words must occur"),
        ('"large language model"', "quoted words stand together as they are"),
        ("agent -tutorial", "what follows a minus must not occur"),
        ("whis", "words are found by their beginning: Whisper, and GPT in ChatGPT"),
    ),
    no_script="The search needs JavaScript. Without it, these lists are a way in.",
    loading="Searching…",
    hits=("{n} entry", "{n} entries"),
    no_hits="Nothing found for “{q}”.",
    no_hits_help="Try a shorter word, one word less, or the other language.",
    without_filters="Search without filters",
    try_apart="Look for the words apart: {q}",
    failed="The index could not be loaded; the connection may be down.",
    outdated="The site has just been updated: please load this page again.",
    again="Load again",
    more="Show {n} more",
    order="Order",
    best_first="Best first",
    newest_first="Newest first",
    narrow="Narrow down",
    narrowed="{n} of {all} entries",
    nothing_left="No entry has all of this at once.",
    clear="Clear all",
    remove="Remove",
    more_values="{n} more",
    category="Category",
    topic="Topic",
    month="Month",
    kind="Link",
    person="Person",
    host="Source",
)
