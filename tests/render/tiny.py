"""A tiny site with one of each: the subject of the tests of pages and feeds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digest.config import Config
from digest.model import DateBasis, Evidence, Layout, Origin, Read
from digest.render.markdown import render_body
from digest.render.views import Site
from digest.taxonomy import Taxonomy, Term
from tests.factories import entry, label, lines, link, source, tagged, when

if TYPE_CHECKING:
    from digest.model import Tagged

TEMPLATES = Path(__file__).parents[2] / "templates"
BASE = "https://ai.example.org/digest/"
DECEMBER = "2023-12.md"
WEEKLY = "周报/第 1 期.md"


def term(name: str, zh: str, en: str, meaning: str = "") -> Term:
    """Make a category or topic."""
    return Term(name=name, zh=zh, en=en, meaning_zh=meaning)


TAXONOMY = Taxonomy(
    categories=(
        term("tools", "工具", "Tools", "拿来就能用的东西"),
        term("papers", "论文", "Papers"),
        term("news", "资讯", "News"),
    ),
    topics=(term("rag", "检索增强", "RAG"), term("audio", "语音", "Audio")),
)

CONFIG = Config(
    title="每周一读",
    description="一个人读到的东西",
    language="zh",
    base_url=BASE,
    author="王编辑",
    feed_size=3,
    page_size=2,
    newest=10,
)


def _noted(text: str, at: int, path: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any field of an entry
    """Return the fields of an entry that is written from line ``at`` on, its title first."""
    rows = lines(text, at)
    return {"path": path, "at": at, "written": rows, "body": rows[1:], **more}


WHISPER = tagged(
    entry(
        "WhisperX 0.3：<b>更快</b> & 更准",
        **_noted(
            "3. [WhisperX 0.3：<b>更快</b> & 更准](https://github.com/example/whisperx)\n\n"
            "听 *一小时* 只要一分钟。\n\n## 用法\n\n```sh\nwhisperx a.wav\n```\n\n"
            "![波形](wave.png)\n\n论文见 https://arxiv.org/abs/2303.00747 。",
            12,
            DECEMBER,
        ),
        id="1f00aa0001",
        number="3",
        title_links=(link("https://github.com/example/whisperx", number=12),),
        links=(
            link("https://github.com/example/whisperx", number=12),
            link("https://arxiv.org/abs/2303.00747", number=24),
        ),
        when=when("2023-12-03", at=10),
        author="小王",
        handle="wang",
        note="值得看看",
        pick=True,
    ),
    category="tools",
    topics=("audio", "rag"),
    evidence=(
        Evidence(choice="tools", signal="host:github.com", weight=2.104, line=12),
        Evidence(choice="audio", signal="whisper", weight=1.0, line=12),
    ),
    runner_up="papers",
    margin=0.8504,
)
SEARCH = tagged(
    entry(
        "A small search engine",
        **_noted("4. A small search engine\nReads *slowly*,\nfinds fast.", 26, DECEMBER),
        id="1f00aa0002",
        number="4",
        links=(link("https://search.example.org/?q={x}", number=27),),
        when=when("2023-12-03", at=10),
        handle="li",
        language="en",
        layout=Layout.LINES,
    ),
    category="tools",
    topics=("rag",),
)
FUNDING = tagged(
    entry(
        "某公司融资一亿元",
        **_noted("5. 某公司融资一亿元", 40, DECEMBER),
        id="1f00aa0003",
        when=when("2023-12-05", DateBasis.DIRECTIVE, at=40),
        labels=(label("资讯", Origin.TAG, 40),),
    ),
    category="news",
    fixed_by=label("资讯", Origin.TAG, 40),
)
METHOD = tagged(
    entry(
        "一种新方法",
        **_noted("## 一种新方法\n\n一句话。", 8, WEEKLY),
        id="method",
        when=when("2023-12", DateBasis.PATH, at=0),
        labels=(label("工具", Origin.SECTION, 6),),
        topic_labels=(label("上半月", Origin.SECTION, 4),),
    ),
    category="tools",
    fixed_by=label("工具", Origin.SECTION, 6),
)
THOUGHT = tagged(
    entry("没有日期的想法", **_noted("## 没有日期的想法", 12, WEEKLY), id="思想", draft=True),
    category="papers",
)


def site(*entries: Tagged, assets: dict[str, bytes] | None = None, **settings: Any) -> Site:  # noqa: ANN401 - any setting
    """Make a site of these entries, or of one of each; ``settings`` change its configuration."""
    kept = entries or (THOUGHT, WHISPER, FUNDING, METHOD, SEARCH)
    names = ("style.css", "theme.js", "site.js", "search.js", "find.js", "narrow.js")
    static = {"favicon.svg": b"<svg/>", "images/wave.png": b"png", **dict.fromkeys(names, b"")}
    return Site(
        config=replace(CONFIG, **settings),
        taxonomy=TAXONOMY,
        tagged=kept,
        reads=(
            _read(DECEMBER, "十二月读到的"),
            _read(WEEKLY, ""),
            _read("empty.md", "没有条目的笔记"),
        ),
        bodies={
            one.entry.id: render_body(one.entry, {"wave.png": "images/wave.png"}.get)
            for one in kept
        },
        assets=static if assets is None else assets,
    )


def _read(path: str, title: str) -> Read:
    note = source("", path)
    return Read(source=note, dialect="plain", title=title, entries=(), furniture=(), diagnostics=())
