from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING

import pytest

from digest.links import kind_of
from digest.model import LinkKind
from digest.render import urls
from digest.render.contents import Heading, with_contents
from digest.render.entries import entry_view, summary_of
from digest.render.home import home_view
from digest.render.shelf import by_month_and_day, shelf
from digest.render.views import Anchor, Outlink, Row
from digest.render.words import EN, LANGUAGES, ZH
from tests.factories import entry, label, link, tagged, when
from tests.render.tiny import FUNDING, METHOD, SEARCH, THOUGHT, WHISPER, site

if TYPE_CHECKING:
    from digest.model import Entry

_SLOT = re.compile(r"\{(\w+)\}")  # the year of "{year}年"


def texts(value: object, name: str = "") -> dict[str, list[str]]:
    """Return every word of a language by its field, and by its key where a field has several."""
    if isinstance(value, str):
        return {name: [value]}
    if isinstance(value, tuple):
        return {name: [text for part in value for found in texts(part).values() for text in found]}
    inside: dict[str, object] = value if isinstance(value, dict) else {}
    if is_dataclass(value):
        inside = {field.name: getattr(value, field.name) for field in fields(value)}
    return {
        path: found
        for key, part in inside.items()
        for path, found in texts(part, f"{name} {key}".strip()).items()
    }


def test_both_languages_have_all_words_with_the_same_slots() -> None:
    zh, en = texts(ZH), texts(EN)
    assert zh.keys() == en.keys()
    for name, words in zh.items():
        assert all(text.strip() for text in [*words, *en[name]]), name
        slots = [sorted(set(_SLOT.findall(" ".join(texts)))) for texts in (words, en[name])]
        assert slots[0] == slots[1] or name in {"month_alone", "day_of_month"}, name
    assert all(f"kinds {kind}" in zh for kind in LinkKind)
    assert set(LANGUAGES) == {"zh", "en"}


@pytest.mark.parametrize(
    ("iso", "zh", "en"),
    [
        ("2023-12-03", "2023年12月3日", "3 December 2023"),
        ("2023-09", "2023年9月", "September 2023"),
    ],
)
def test_dates_are_told_as_far_as_they_are_known(iso: str, zh: str, en: str) -> None:
    assert ZH.date_text(when(iso)) == zh
    assert EN.date_text(when(iso)) == en


def test_counts_follow_the_language() -> None:
    assert [ZH.count(ZH.entries, n) for n in (0, 1, 1204)] == ["0 条", "1 条", "1204 条"]
    assert [EN.count(EN.entries, n) for n in (0, 1, 1204)] == [
        "0 entries",
        "1 entry",
        "1,204 entries",
    ]


def test_row_tells_kind_title_host_who_and_when() -> None:
    assert shelf(site(WHISPER)).rows["1f00aa0001"] == Row(
        title="WhisperX 0.3：<b>更快</b> & 更准",
        href="entries/2023/12/whisperx-0-3-b-b-1f00aa0001.html",
        lang="zh",
        category="工具",
        kind="代码",
        host="github.com",
        who="小王",
        date_text="2023年12月3日",
        day_text="12月3日",
        date_iso="2023-12-03",
        remark="值得看看",
        also="",
        unsure=False,
        pick=True,
        draft=False,
    )


def test_row_of_a_bare_handle_and_of_nothing_at_all() -> None:
    rows = shelf(site(SEARCH, FUNDING, language="en")).rows
    assert (rows["1f00aa0002"].who, rows["1f00aa0002"].category) == ("@li", "Tools")
    assert (rows["1f00aa0003"].who, rows["1f00aa0003"].host) == ("", "")


def test_entries_stand_newest_first_month_known_after_its_days_undated_last() -> None:
    later = tagged(entry("一月", id="jan", when=when("2024-01")))
    second = tagged(entry("同一天另一份笔记", id="other", path="2022.md", when=when("2023-12-03")))
    ordered = shelf(site(THOUGHT, METHOD, SEARCH, WHISPER, FUNDING, later, second)).tagged
    assert [one.entry.title for one in ordered] == [
        "一月",
        "某公司融资一亿元",
        "同一天另一份笔记",
        "WhisperX 0.3：<b>更快</b> & 更准",
        "A small search engine",
        "一种新方法",
        "没有日期的想法",
    ]


def test_month_without_any_day_shows_its_rows_under_the_month_itself() -> None:
    on = shelf(site(METHOD))
    (month,) = by_month_and_day(on, on.tagged)
    assert (month.heading, month.href) == ("2023年12月", "archive/2023/12.html")
    assert ([row.title for row in month.rows], month.groups) == (["一种新方法"], ())


def test_links_of_an_entry_are_listed_once_those_of_the_title_first() -> None:
    first, second = link("https://example.org/b"), link("https://www.example.net/a?x={1}")
    made = entry(title_links=(second,), links=(first, second))
    view = entry_view(shelf(site(tagged(made))), 0)
    assert view.outlinks == (
        Outlink(
            kind="网站",
            host="example.net",
            path="/a",
            href="https://www.example.net/a?x=%7B1%7D",
            archived="https://web.archive.org/web/https://www.example.net/a?x=%7B1%7D",
        ),
        Outlink(
            kind="网站",
            host="example.org",
            path="/b",
            href="https://example.org/b",
            archived="https://web.archive.org/web/https://example.org/b",
        ),
    )
    assert kind_of(second.url) is LinkKind.SITE


def test_links_beyond_the_first_six_are_folded() -> None:
    made = entry(links=tuple(link(f"https://example.org/{n}") for n in range(8)))
    view = entry_view(shelf(site(tagged(made), language="en")), 0)
    assert (len(view.outlinks), len(view.more_outlinks)) == (6, 2)
    assert view.more_text == "2 more links"


def test_why_names_the_curators_word_or_the_signals_and_the_runner_up() -> None:
    on = shelf(site(FUNDING, WHISPER, METHOD, THOUGHT, language="en"))
    whys = [entry_view(on, position).why.sentences for position in range(4)]
    assert whys == [
        (
            "Placed in “News”.",
            "The curator tagged it “资讯” (line 40).",
            "The date stands on line 40; its year comes from the entry's comment.",
        ),
        (
            "Placed in “Tools”.",
            "Weighed from the signals below.",
            "Next came “Papers”, 0.85 behind.",
            "The date stands on line 10; its year comes from the note's heading.",
        ),
        (
            "Placed in “Tools”.",
            "The curator put it under “工具” (line 6).",
            "The date comes from the name of the file or its folder.",
        ),
        (
            "Placed in “Papers”.",
            "No signal spoke; this is the default.",
            "The note gives no date.",
        ),
    ]


def test_entry_page_leads_to_the_entrys_place_in_its_note() -> None:
    view = entry_view(shelf(site(WHISPER)), 0)
    assert view.note.href == "notes/2023-12.md.html#e-1f00aa0001"
    assert (view.note.text, view.written_at) == ("2023-12.md，第 12 行", "2023-12.md，第 12–24 行")
    assert view.who == Anchor(text="小王 @wang", href="people/wang.html")


def test_entry_leads_to_its_lines_in_the_repository() -> None:
    home = "https://git.example.org/ai/"
    made = replace(site(METHOD, repository=home), notes_folder="entries/")
    assert entry_view(shelf(made), 0).in_repository == (
        "https://git.example.org/ai/blob/HEAD/entries/"
        "%E5%91%A8%E6%8A%A5/%E7%AC%AC%201%20%E6%9C%9F.md#L8-L10"
    )
    form = "/src/branch/main/{path}?at={first}#l{last}"
    other = replace(site(WHISPER, repository=home, repository_lines=form), notes_folder="")
    assert entry_view(shelf(other), 0).in_repository == (
        "https://git.example.org/ai/src/branch/main/2023-12.md?at=12#l24"
    )


def test_entry_whose_notes_are_in_no_known_repository_names_none() -> None:
    nowhere = site(WHISPER, repository="https://git.example.org/ai")
    assert entry_view(shelf(nowhere), 0).in_repository == ""
    unsaid = replace(site(WHISPER), notes_folder="entries/")
    assert entry_view(shelf(unsaid), 0).in_repository == ""


def test_body_with_four_headings_has_a_contents_list() -> None:
    html = (
        "<h3>一 <em>甲</em></h3>\n<p>a</p>\n<h4>二</h4>\n"
        "<h3><code>x &lt; y</code></h3>\n<h3>四</h3>"
    )
    marked, contents = with_contents(html)
    assert contents == (
        Heading(text="一 甲", id="part-1", depth=0),
        Heading(text="二", id="part-2", depth=1),
        Heading(text="x < y", id="part-3", depth=0),
        Heading(text="四", id="part-4", depth=0),
    )
    assert marked == (
        '<h3 id="part-1">一 <em>甲</em></h3>\n<p>a</p>\n<h4 id="part-2">二</h4>\n'
        '<h3 id="part-3"><code>x &lt; y</code></h3>\n<h3 id="part-4">四</h3>'
    )


def test_body_with_fewer_headings_stays_as_it_is() -> None:
    html = "<h2>一</h2><h2>二</h2><h2>三</h2>"
    assert with_contents(html) == (html, ())


def test_home_tells_what_is_new_in_each_category_in_the_newest_month() -> None:
    older = tagged(entry("旧闻", id="old", when=when("2023-11-30")), category="news")
    news = home_view(shelf(site(WHISPER, SEARCH, older, THOUGHT))).categories
    shown = [(one.anchor.text, one.fresh, one.newest and one.newest.title) for one in news]
    assert shown == [
        ("工具", "12月新增 2 条", "WhisperX 0.3：<b>更快</b> & 更准"),
        ("论文", "", "没有日期的想法"),
        ("资讯", "", "旧闻"),
    ]
    english = home_view(shelf(site(WHISPER, SEARCH, language="en"))).categories
    assert [one.fresh for one in english] == ["2 in December", "", ""]


def test_home_of_undated_entries_tells_of_no_month() -> None:
    assert [one.fresh for one in home_view(shelf(site(THOUGHT))).categories] == ["", "", ""]


def test_braces_in_a_curators_word_are_just_braces() -> None:
    odd = tagged(entry(), fixed_by=label("{text} {0}"))
    assert "“{text} {0}”" in entry_view(shelf(site(odd)), 0).why.sentences[1]


def test_summary_is_one_line_and_tells_where_it_is_cut() -> None:
    assert summary_of("一\n\n 二\t三") == "一 二 三"
    assert summary_of("abcdef", 6) == "abcdef"
    assert summary_of("abc defg", 5) == "abc…"


@pytest.mark.parametrize(
    ("made", "path"),
    [
        (entry("GPT-4 Turbo 来了", id="x1", when=when("2023-11-06")), "2023/11/gpt-4-turbo-x1"),
        (entry("全是中文", id="x1", when=when("2023-09")), "2023/09/x1"),
        (entry("No date", id="x1"), "undated/no-date-x1"),
        (
            entry("one two three four five six seven eight nine ten", id="x1"),
            "undated/one-two-three-four-five-six-seven-eight-x1",
        ),
        (entry("a" * 60, id="x1"), "undated/x1"),
        (entry("标题", id="../../etc/passwd"), "undated/etc-passwd-3754d6cb"),
    ],
)
def test_entry_path_has_its_month_a_slug_and_its_id(made: Entry, path: str) -> None:
    assert urls.entry_path(made) == f"entries/{path}.html"


def test_note_path_keeps_the_whole_name_and_marks_what_is_not_safe() -> None:
    names = ["2023/12.md", "2023/12.txt", "12.md", "周报.md", "月报.md", "a b.md", "a-b.md"]
    paths = [urls.note_path(name) for name in names]
    assert paths[:3] == ["notes/2023/12.md.html", "notes/2023/12.txt.html", "notes/12.md.html"]
    assert paths[6] == "notes/a-b.md.html"
    assert len(set(paths)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9_./-]+", path) for path in paths)
    assert urls.note_path("x.md.html/y.md") != "notes/x.md.html/y.md.html"


def test_pages_of_a_term_never_stand_where_another_terms_do() -> None:
    assert urls.category_path("tools") == "categories/tools.html"
    assert urls.category_path("tools", 2) == "categories/tools/2.html"
    assert urls.topic_path("knowledge-graph") == "topics/knowledge-graph.html"
    assert urls.topic_path("index") != urls.TOPICS


def test_archive_paths_and_the_way_to_the_root() -> None:
    assert urls.archive_path(2023) == "archive/2023.html"
    assert urls.archive_path(2023, 12) == "archive/2023/12.html"
    assert urls.archive_path(2023, 12, 3) == "archive/2023/12/03.html"
    assert urls.root_of("archive/2023/12/03.html") == "../../../"
    assert urls.root_of("index.html") == ""
