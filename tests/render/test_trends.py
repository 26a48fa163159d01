from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from digest.render.figures import axis_of, over_time
from digest.render.heat import scale
from digest.render.pages import render
from digest.render.shelf import shelf
from digest.render.timeline import timeline
from digest.render.trends import trends_view
from tests.factories import entry, link, tagged, when
from tests.render.test_pages import pages
from tests.render.tiny import TEMPLATES, site

if TYPE_CHECKING:
    from digest.model import Tagged
    from tests.conftest import Golden

_CELL = re.compile(r"<t[dh][^>]*>(?:<a [^>]*>)?([^<]*)")


def dated(*dates: str, **more: str) -> list[Tagged]:
    return [
        tagged(entry(f"第{n}条", at=n, id=f"id{n:03d}", when=when(date)), **more)
        for n, date in enumerate(dates, start=1)
    ]


def rows(html: str) -> list[list[str]]:
    return [_CELL.findall(row) for row in re.findall(r"<tr>.*?</tr>", html)]


def test_time_has_a_place_for_each_month_from_the_first_to_the_last() -> None:
    time = timeline(dated("2024-02-01", "2023-11", "2023-11-30"))
    assert time.periods == ((2023, 11), (2023, 12), (2024, 1), (2024, 2))
    assert time.count(dated("2023-11-01", "2024-02", "2024-02-29")) == (1, 0, 0, 2)


def test_more_than_five_years_are_told_in_years() -> None:
    assert len(timeline(dated("2019-01", "2023-12")).periods) == 60
    time = timeline(dated("2019-01", "2024-01"))
    assert time.periods == ((2019,), (2020,), (2021,), (2022,), (2023,), (2024,))
    assert time.count(dated("2024-01", "2024-01-05")) == (0, 0, 0, 0, 0, 2)


def test_undated_entries_are_on_no_axis() -> None:
    undated = tagged(entry("想法", id="x"))
    assert timeline([undated]).periods == ()
    assert timeline([undated, *dated("2024-01", "2024-02")]).count([undated]) == (0, 0)


def test_one_month_alone_is_no_course_of_time() -> None:
    on = shelf(site(*dated("2024-01-05", "2024-01-06", "2024-01-07", "2024-01-08")))
    assert over_time(on, "k", "全部", on.tagged) is None
    view = trends_view(on)
    assert (view.pictures, view.topics) == ((), None)
    page = pages(site(*dated("2024-01-05")))["trends.html"]
    assert "<p>要有两个月的条目，才看得出变化。</p>" in page


def test_picture_has_its_numbers_in_a_table_with_the_months_that_have_a_page() -> None:
    on = shelf(site(*dated("2023-12", "2024-02-01", "2024-02-02", "2024-02-03")))
    picture = over_time(on, "k", "全部", on.tagged)
    assert picture is not None
    assert picture.text == "2023年12月至2024年2月；最多的是2024年2月，3 条。"
    assert [(row.head.text, row.head.href, row.cells) for row in picture.table.rows] == [
        ("2023年12月", "archive/2023/12.html", ("1",)),
        ("2024年1月", "", ("0",)),
        ("2024年2月", "archive/2024/02.html", ("3",)),
    ]


def test_months_of_equal_height_share_the_sentence() -> None:
    on = shelf(site(*dated("2023-12", "2023-12", "2024-01", "2024-01"), language="en"))
    picture = over_time(on, "k", "All", on.tagged)
    assert picture is not None
    assert picture.text == "December 2023 to January 2024; at most 2 entries at a time."


def test_year_stands_under_the_first_of_its_months() -> None:
    on = shelf(site(*dated("2023-11", "2024-02"), language="en"))
    assert [(tick.text, tick.below) for tick in axis_of(on).ticks[0]] == [
        ("Nov", "2023"),
        ("Dec", ""),
        ("Jan", "2024"),
        ("Feb", ""),
    ]


def test_trends_tell_growth_shares_topics_and_hosts_each_with_its_table() -> None:
    linked = link("https://arxiv.org/abs/2303.00747")
    entries = [
        tagged(
            entry(f"第{n}条", at=n, id=f"id{n:03d}", when=when(date), links=(linked,)),
            category=category,
            topics=("rag",),
        )
        for n, (date, category) in enumerate(
            [("2023-12-03", "tools"), ("2024-01-02", "tools"), ("2024-01-05", "papers")], start=1
        )
    ]
    page = pages(site(*entries))["trends.html"]
    assert rows(page) == [
        ["时间", "条数", "累计"],
        ["2023年12月", "1", "1"],
        ["2024年1月", "2", "3"],
        ["时间", "工具", "论文"],
        ["2023年12月", "1", "0"],
        ["2024年1月", "1", "1"],
        ["时间", "检索增强"],
        ["2023年12月", "1"],
        ["2024年1月", "2"],
        ["网站", "条数", ""],
        ["arxiv.org", "3", ""],
    ]
    assert page.count('role="img"') == 2


def test_course_of_two_years_is_as_its_golden_pages(golden: Golden) -> None:
    entries = [
        tagged(
            entry(
                f"第{n}条",
                at=n,
                id=f"id{n:03d}",
                when=when(date),
                author="小王" if n % 2 else None,
                links=(link("https://arxiv.org/abs/2303.00747"),),
            ),
            category=("tools", "papers")[n % 2],
            topics=("rag", "audio")[: n % 3],
        )
        for n, date in enumerate(
            ["2023-02-27", "2023-11", "2023-11-04", "2024-02-01", "2024-02-05", "2024-02-05"], 1
        )
    ]
    files = render(site(*entries, page_size=50), [TEMPLATES])
    shown = (
        "trends.html",
        "categories/papers.html",
        "topics/index.html",
        "people/index.html",
        "sources/index.html",
        "archive/index.html",
        "archive/2024.html",
        "archive/2024/02.html",
    )
    golden.check("course", {path: files[path] for path in shown})


def test_trends_say_how_many_entries_have_no_date() -> None:
    page = pages(site())["trends.html"]
    assert "另有 1 条没有日期，不在图中。" in page


def test_topic_leads_to_its_neighbours_and_to_the_topics_it_stands_with() -> None:
    made = pages(site())
    assert (
        '<a href="../topics/audio.html">语音</a> <span class="count">1</span>'
        in made["topics/rag.html"]
    )
    assert '<a href="../topics/audio.html"><span>下一个</span> 语音</a>' in made["topics/rag.html"]
    assert (
        '<a href="../topics/rag.html"><span>上一个</span> 检索增强</a>' in made["topics/audio.html"]
    )


@pytest.mark.parametrize(
    ("numbers", "ranges"),
    [
        ([], ()),
        ([1, 1, 1], ("1",)),
        ([1, 2, 3, 4], ("1", "2", "3", "4")),
        ([1, 1, 2, 3, 5, 8, 13, 40], ("1", "2–3", "4–8", "9–40")),
    ],
)
def test_shades_hold_about_as_many_days_each(numbers: list[int], ranges: tuple[str, ...]) -> None:
    assert scale(numbers).ranges() == ranges


def test_number_has_the_shade_of_its_range() -> None:
    assert [scale([1, 2, 3, 9]).shade(n) for n in (0, 1, 2, 3, 9)] == [0, 1, 2, 3, 4]


def test_calendar_links_the_days_with_entries_and_tells_their_number() -> None:
    page = pages(site(*dated("2024-03-05", "2024-03-05", "2024-03-31", "2024-03")))[
        "archive/2024.html"
    ]
    weeks = re.findall(r"<tr>(<td>.*?)</tr>", page)
    assert len(weeks) == 5
    assert weeks[0].startswith("<td></td>" * 4 + '<td><span class="heat">1</span></td>')
    assert (
        '<td><a class="heat heat-2" href="../archive/2024/03/05.html">5'
        '<span class="away">: </span> <small>2</small></a></td>' in weeks[1]
    )
    assert "1 条日子不详" in page


def test_month_shows_what_came_in_it_in_earlier_years_the_picks_first() -> None:
    old = [
        tagged(entry(f"旧{n}", at=n, id=f"old{n}", when=when("2022-03-05"), pick=n == 5))
        for n in range(1, 6)
    ]
    made = pages(site(*old, *dated("2024-03-05", "2023-04-01")))
    page = made["archive/2024/03.html"]
    assert "<h2>往年3月</h2>" in page
    later = page[page.index("往年3月") :]
    assert '<h3><a href="../../archive/2022/03.html">2022年3月</a></h3>' in later
    assert re.findall(r'class="title"[^>]*>([^<]*)<', later) == ["旧5", "旧1", "旧2"]
    assert "往年" not in made["archive/2022/03.html"]


def test_home_has_the_course_of_time_in_small() -> None:
    page = pages(site(*dated("2023-12", "2024-02-01", "2024-02-02", "2024-02-03")))["index.html"]
    assert '<h2><a href="trends.html">' in page
    assert "最多的是2024年2月，3 条。" in page
