from __future__ import annotations

import html
import re
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

from digest.render.html import TemplateFault
from digest.render.pages import render
from tests.factories import entry, tagged, when
from tests.render.tiny import BASE, DECEMBER, TEMPLATES, WEEKLY, site

if TYPE_CHECKING:
    from pathlib import Path

    from digest.model import Tagged
    from digest.render.views import Site
    from tests.conftest import Golden

DATA = '<script type="application/ld+json">'  # data, which no browser runs
ENTRY = "entries/2023/12/whisperx-0-3-b-b-1f00aa0001.html"
_ADDRESS = re.compile(r'\b(?:href|src)="([^"]*)"')  # href="../index.html#e-1"
_ID = re.compile(r'\bid="([^"]*)"')
_HEADING = re.compile(r"<h([1-6])")
_TITLE = re.compile(r'class="title" href="[^"]*">([^<]*)<')


def pages(made: Site) -> dict[str, str]:
    files = render(made, [TEMPLATES])
    return {path: data.decode() for path, data in files.items() if path.endswith(".html")}


def broken_links(files: dict[str, bytes], page: str) -> list[str]:
    """Return the addresses on a page that lead to no file of the site or to no place in it."""
    broken: list[str] = []
    for found in _ADDRESS.findall(files[page].decode()):
        parts = urlsplit(html.unescape(found))
        if parts.scheme:
            continue
        steps = [*page.split("/")[:-1], *unquote(parts.path).split("/")] if parts.path else [page]
        target: list[str] = []
        for step in steps:
            target = target[:-1] if step == ".." else [*target, step]
        path = "/".join(target)
        ids = _ID.findall(files[path].decode()) if parts.fragment else []
        if path not in files or (parts.fragment and unquote(parts.fragment) not in ids):
            broken.append(found)
    return broken


def many(count: int) -> list[Tagged]:
    return [
        tagged(entry(f"第{n}条", at=n, id=f"id{n:03d}", when=when("2024-03-05")))
        for n in range(1, count + 1)
    ]


def test_whole_tiny_site_is_as_its_golden_pages(golden: Golden) -> None:
    golden.check("tiny", render(site(), [TEMPLATES]))


def test_english_site_is_as_its_golden_pages(golden: Golden) -> None:
    files = render(site(language="en", base_url=None), [TEMPLATES])
    shown = ("index.html", ENTRY, "archive/2023/12.html", "404.html")
    golden.check("tiny-en", {path: files[path] for path in shown})


def test_two_renderings_are_the_same_byte_for_byte() -> None:
    assert render(site(), [TEMPLATES]) == render(site(), [TEMPLATES])


@pytest.mark.parametrize("base_url", [BASE, None])
def test_every_internal_link_is_relative_and_leads_to_a_file(base_url: str | None) -> None:
    files = render(site(base_url=base_url), [TEMPLATES])
    made = [path for path in files if path.endswith(".html") and path != "404.html"]
    assert len(made) == 30
    assert {page: broken_links(files, page) for page in made} == {page: [] for page in made}


def test_every_page_has_one_h1_and_no_heading_skips_a_level() -> None:
    for path, page in pages(site()).items():
        levels = [int(level) for level in _HEADING.findall(page)]
        assert levels.count(1) == 1, path
        assert levels[0] == 1, path
        assert all(below <= above + 1 for above, below in pairwise(levels)), path


def test_no_page_asks_a_third_party_or_holds_style_or_script() -> None:
    for path, page in pages(site()).items():
        assert set(re.findall(r"<script([^>]*)></script>", page)) == _scripts(path), path
        assert page.count("<script ") == len(_scripts(path)) + page.count(DATA), path
        assert "<style" not in page, path
        assert ' style="' not in page, path
        sources = re.findall(r'<(?:img|link)[^>]* (?:src|href)="(https?:[^"]*)"', page)
        assert all(address.startswith(BASE) for address in sources), path


def _scripts(path: str) -> set[str]:
    """Return the attributes of a page's scripts: one before the first paint, one after the text."""
    root = "/digest/" if path == "404.html" else "../" * path.count("/")
    search = {' src="search.js" defer', ' src="find.js" defer'} if path == "search.html" else set()
    return {f' src="{root}theme.js"', f' src="{root}site.js" defer', *search}


def test_titles_are_text_and_never_markup() -> None:
    page = pages(site())[ENTRY]
    assert "<title>WhisperX 0.3：&lt;b&gt;更快&lt;/b&gt; &amp; 更准 · 每周一读</title>" in page
    assert "<b>" not in page


def test_missing_page_links_from_the_base_address_since_it_is_shown_at_any_depth() -> None:
    page = pages(site())["404.html"]
    assert {a for a in _ADDRESS.findall(page) if not a.startswith(("/digest/", "#"))} == set()


def test_missing_page_without_a_base_address_links_as_from_the_top_folder() -> None:
    page = pages(site(base_url=None))["404.html"]
    assert '<a href="index.html">' in page


def test_page_without_a_base_address_names_no_canonical_one() -> None:
    assert not [p for p in pages(site(base_url=None)).values() if "canonical" in p]


def test_canonical_address_of_an_index_is_its_folder() -> None:
    made = pages(site())
    assert f'<link rel="canonical" href="{BASE}">' in made["index.html"]
    assert f'<link rel="canonical" href="{BASE}topics/">' in made["topics/index.html"]
    assert f'<link rel="canonical" href="{BASE}{ENTRY}">' in made[ENTRY]


def test_home_shows_the_newest_and_a_month_known_entry_after_the_days_of_its_month() -> None:
    made = pages(site(newest=4))
    assert _TITLE.findall(made["index.html"]) == [
        "某公司融资一亿元",
        "WhisperX 0.3：&lt;b&gt;更快&lt;/b&gt; &amp; 更准",
        "A small search engine",
        "一种新方法",
    ]
    assert '<h2><a href="archive/2023/12.html">2023年12月</a></h2>' in made["index.html"]
    assert "<h3>日子不详</h3>" in made["index.html"]


def test_long_list_is_cut_into_pages_that_lead_to_each_other() -> None:
    made = pages(site(*many(5)))
    lists = [f"categories/{name}.html" for name in ("tools", "tools/2", "tools/3")]
    assert [_TITLE.findall(made[path]) for path in lists] == [
        ["第1条", "第2条"],
        ["第3条", "第4条"],
        ["第5条"],
    ]
    assert "<title>工具（第 2 页） · 每周一读</title>" in made["categories/tools/2.html"]
    assert 'href="../../categories/tools.html" rel="prev"' in made["categories/tools/2.html"]
    assert 'href="../../categories/tools/3.html" rel="next"' in made["categories/tools/2.html"]
    assert "categories/tools/4.html" not in made


def test_fifty_rows_are_a_light_page() -> None:
    long = "一个相当长的标题，说清楚这一条讲的是什么，读者一眼就知道要不要打开它来看一看"
    rows = [tagged(entry(long, at=n, id=f"{n:010d}", when=when("2024-03-05"))) for n in range(50)]
    files = render(site(*rows, page_size=50, newest=50), [TEMPLATES])
    assert len(files["categories/tools.html"]) < 40_000
    assert len(files["index.html"]) < 40_000


def test_entry_leads_to_its_newer_and_older_neighbour() -> None:
    made = pages(site(*many(3)))
    page = made["entries/2024/03/2-id002.html"]
    assert 'href="../../../entries/2024/03/1-id001.html" rel="prev"' in page
    assert 'href="../../../entries/2024/03/3-id003.html" rel="next"' in page


def test_site_without_entries_says_so() -> None:
    empty = site()
    files = render(
        type(empty)(config=empty.config, taxonomy=empty.taxonomy, tagged=(), reads=(), bodies={}),
        [TEMPLATES],
    )
    for path in ("index.html", "archive/index.html", "notes/index.html", "categories/tools.html"):
        assert "这里还没有条目。" in files[path].decode(), path


def test_note_page_lowers_the_headings_of_its_entries_bodies() -> None:
    page = pages(site())[f"notes/{DECEMBER}.html"]
    assert "<h3><a href" in page
    assert "<h4>用法</h4>" in page


def test_note_keeps_its_own_section_headings_outermost_first() -> None:
    made = pages(site())
    (path,) = [path for path in made if path.startswith("notes/") and path.count("/") == 2]
    assert "<h2>上半月 / 工具</h2>" in made[path]
    assert f"<h1>{WEEKLY}</h1>" in made[path]


def test_control_characters_stay_out_of_pages() -> None:
    odd = tagged(entry("退格\x08符\ufffe"))
    made = pages(site(odd))
    assert '<h1 lang="zh">退格符</h1>' in made["entries/undated/abc123.html"]


def test_own_template_takes_the_place_of_its_namesake(tmp_path: Path) -> None:
    (tmp_path / "404.html").write_text("{{ site.title }}: {{ words.missing }}\n")
    files = render(site(), [tmp_path, TEMPLATES])
    assert files["404.html"].decode() == "每周一读: 没有这一页\n"
    assert files["index.html"].startswith(b"<!doctype html>")


@pytest.mark.parametrize(
    ("template", "line", "fact"),
    [
        ("one\n{{ page.colour }}\n", 2, "'digest.render.views.Page object' has no attribute"),
        ("{% if %}\n", 1, "Expected an expression"),
        ("\n\n{{ 1 / 0 }}", 3, "division by zero"),
    ],
)
def test_fault_in_a_template_is_told_with_its_line(
    tmp_path: Path, template: str, line: int, fact: str
) -> None:
    (tmp_path / "404.html").write_text(template)
    with pytest.raises(TemplateFault) as fault:
        render(site(), [tmp_path, TEMPLATES])
    found = fault.value.diagnostic
    assert found.code.name == "S003"
    assert found.span.path == str(tmp_path / "404.html")
    assert found.span.line == line
    assert fact in found.message


def test_template_that_is_missing_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault) as fault:
        render(site(), [tmp_path])
    assert fault.value.diagnostic.span.path == "home.html"
    assert fault.value.diagnostic.message == "template is missing"
