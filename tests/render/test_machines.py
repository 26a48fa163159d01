"""What machines read of a site: heads of pages, the site map, and the files for crawlers."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from digest.render.markdown import Body
from digest.render.pages import render
from tests.factories import entry, tagged, when
from tests.render.tiny import BASE, METHOD, TEMPLATES, site

ENTRY = "entries/2023/12/whisperx-0-3-b-b-1f00aa0001.html"
MONTH_KNOWN = "entries/2023/12/method.html"
LOADING = (
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "connect-src 'self'; img-src 'self' https: http: data:; manifest-src 'self'"
)
SITEMAP = etree.XMLSchema(etree.parse(Path(__file__).parents[1] / "schemas" / "sitemap.xsd"))
_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
_PROPERTY = re.compile(r'<meta property="([^"]*)" content="([^"]*)">')
_ALTERNATE = re.compile(r'<link rel="alternate" type="([^"]*)" title="([^"]*)" href="([^"]*)">')


def pages(**settings: Any) -> dict[str, str]:  # noqa: ANN401 - any setting
    files = render(site(**settings), [TEMPLATES])
    return {path: data.decode() for path, data in files.items() if not path.endswith(".png")}


def data_of(page: str) -> Any:  # noqa: ANN401 - JSON
    (found,) = _DATA.findall(page)
    return json.loads(found)


def properties(page: str) -> dict[str, str]:
    return {name: html.unescape(content) for name, content in _PROPERTY.findall(page)}


def test_entry_is_a_posting_with_every_field() -> None:
    posting, crumbs = data_of(pages()[ENTRY])["@graph"]
    description = posting.pop("description")
    assert description.startswith("听 一小时 只要一分钟。")
    assert posting == {
        "@type": "BlogPosting",
        "headline": "WhisperX 0.3：<b>更快</b> & 更准",
        "url": BASE + ENTRY,
        "mainEntityOfPage": BASE + ENTRY,
        "datePublished": "2023-12-03",
        "inLanguage": "zh-CN",
        "author": {"@type": "Person", "name": "小王", "url": f"{BASE}people/wang.html"},
        "editor": {"@type": "Person", "name": "王编辑"},
        "articleSection": "工具",
        "keywords": ["语音", "检索增强"],
        "isBasedOn": ["https://github.com/example/whisperx"],
        "image": f"{BASE}images/wave.png",
        "isPartOf": {"@type": "WebSite", "name": "每周一读", "url": BASE},
    }
    assert [(step["name"], step["item"]) for step in crumbs["itemListElement"]] == [
        ("首页", BASE),
        ("工具", f"{BASE}categories/tools.html"),
        ("WhisperX 0.3：<b>更快</b> & 更准", BASE + ENTRY),
    ]


def test_list_names_its_entries_in_order() -> None:
    page, crumbs = data_of(pages()["categories/tools/2.html"])["@graph"]
    assert (page["@type"], page["url"]) == ("CollectionPage", f"{BASE}categories/tools/2.html")
    assert page["mainEntity"] == {
        "@type": "ItemList",
        "numberOfItems": 1,
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": 1,
                "name": "一种新方法",
                "url": BASE + MONTH_KNOWN,
            }
        ],
    }
    assert [step["name"] for step in crumbs["itemListElement"]][:2] == ["首页", "分类"]


def test_home_is_the_site_with_a_way_to_search_it() -> None:
    assert data_of(pages()["index.html"]) == {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": "每周一读",
        "url": BASE,
        "description": "一个人读到的东西",
        "inLanguage": "zh-CN",
        "publisher": {"@type": "Person", "name": "王编辑"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{BASE}search.html?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def test_every_page_but_the_missing_one_has_linked_data() -> None:
    found = {path: page for path, page in pages().items() if path.endswith(".html")}
    for path, page in found.items():
        assert len(_DATA.findall(page)) == (path != "404.html"), path
        for found_data in _DATA.findall(page):
            assert json.loads(found_data)["@context"] == "https://schema.org", path


@pytest.mark.parametrize(
    "title",
    [
        "</script><b>x",
        "<!--<script>",
        "]]> & &amp;",
        "\u2028\u2029",
        "👩‍👩‍👧 𠮷",
        "前\x08\ufffe后\x00",
    ],
)
def test_title_neither_ends_the_data_nor_is_changed_by_it(title: str) -> None:
    made = site(tagged(entry(title, author=title, when=when("2024-03-05"))), title=title)
    shown = re.sub("[\x00\x08\ufffe]", "", title)
    for path, data in render(made, [TEMPLATES]).items():
        if path.startswith("entries/"):
            page = data.decode()
            posting = data_of(page)["@graph"][0]
            assert posting["headline"] == posting["author"]["name"] == shown
            assert posting["isPartOf"]["name"] == shown
            assert properties(page)["og:title"] == shown
            assert "<b>" not in page


def test_open_graph_of_an_entry() -> None:
    page = pages()[ENTRY]
    found = properties(page)
    assert found.pop("og:description").startswith("听 一小时")
    assert found == {
        "og:type": "article",
        "og:site_name": "每周一读",
        "og:title": "WhisperX 0.3：<b>更快</b> & 更准",
        "og:locale": "zh_CN",
        "og:url": BASE + ENTRY,
        "og:image": f"{BASE}images/wave.png",
        "article:published_time": "2023-12-03",
        "article:section": "工具",
        "article:tag": "检索增强",  # the last of two
    }
    assert '<meta name="twitter:card" content="summary_large_image">' in page


def test_page_without_a_picture_shows_the_icon_and_a_small_card() -> None:
    made = site(METHOD, assets={"icon-512.png": b"png", "favicon.svg": b"<svg/>"})
    page = render(made, [TEMPLATES])[MONTH_KNOWN].decode()
    assert properties(page)["og:image"] == f"{BASE}icon-512.png"
    assert "article:published_time" not in properties(page)
    assert '<meta name="twitter:card" content="summary">' in page


def test_picture_on_another_host_is_told_as_it_is() -> None:
    address = "https://img.example.org/a.png?w=1&h=2"
    made = site(tagged(entry("标题", when=when("2024-03-05"))))
    body = Body(html=f'<p><img src="{html.escape(address)}" alt=""></p>', text="", diagnostics=())
    page = render(replace(made, bodies={"abc123": body}), [TEMPLATES])
    assert properties(page["entries/2024/03/abc123.html"].decode())["og:image"] == address


def test_without_an_address_nothing_is_told_that_needs_one() -> None:
    made = pages(base_url=None)
    assert "sitemap.xml" not in made
    assert made["robots.txt"] == "User-agent: *\nAllow: /\n"
    for path, page in made.items():
        if path.endswith(".html"):
            assert "og:url" not in page, path
            assert "og:image" not in page, path
            assert 'rel="canonical"' not in page, path
            assert 'rel="manifest"' not in page, path
            assert "localhost" not in page, path
    posting = data_of(made[ENTRY])["@graph"][0]
    assert posting["headline"] == "WhisperX 0.3：<b>更快</b> & 更准"
    assert {"url", "mainEntityOfPage", "image"} & posting.keys() == set()
    assert "potentialAction" not in data_of(made["index.html"])


@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("categories/tools.html", "categories/tools"),
        ("categories/tools/2.html", "categories/tools"),
        ("topics/rag.html", "topics/rag"),
        ("people/wang.html", "people/wang"),
    ],
)
def test_page_names_its_own_feeds_first_and_then_the_site_s(path: str, own: str) -> None:
    root = "../" * path.count("/")
    found = _ALTERNATE.findall(pages()[path])
    assert [address.removeprefix(root) for _, _, address in found] == [
        *(f"{own}.xml", f"{own}.atom.xml", f"{own}.json"),
        *("feed.xml", "atom.xml", "feed.json"),
    ]
    assert [kind for kind, _, _ in found[:3]] == [
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
    ]


@pytest.mark.parametrize("path", ["index.html", ENTRY, "archive/index.html", "subscribe.html"])
def test_other_pages_name_the_site_s_feeds(path: str) -> None:
    found = _ALTERNATE.findall(pages()[path])
    assert [title for _, title, _ in found] == [
        "每周一读 (RSS)",
        "每周一读 (Atom)",
        "每周一读 (JSON Feed)",
    ]


def test_policies_stand_before_all_that_they_govern_and_allow_nothing_inline() -> None:
    for path, page in pages().items():
        if path.endswith(".html"):
            found = list(re.finditer('"Content-Security-Policy" content="([^"]*)"', page))
            assert [policy[1] for policy in found] == [
                LOADING,
                "base-uri 'none'; form-action 'self'",
            ]
            first = min(page.index(tag) for tag in ("<link", "<script", "<style") if tag in page)
            assert found[-1].start() < first, path


def test_site_map_is_valid_and_names_every_page_once_with_its_newest_day() -> None:
    made = pages()
    root = etree.fromstring(made["sitemap.xml"].encode())
    assert SITEMAP.validate(root), SITEMAP.error_log.last_error
    found = {url[0].text: url[1].text if len(url) > 1 else None for url in root}
    named = [BASE + re.sub("(^|/)index.html$", r"\1", path) for path in made
             if path.endswith(".html") and path != "404.html"]  # fmt: skip
    unquoted = {path: day for path, day in found.items() if path and "%" not in path}
    assert len(found) == len(named)
    assert set(unquoted) <= set(named)
    assert found[BASE] == found[f"{BASE}categories/news.html"] == "2023-12-05"
    assert found[BASE + ENTRY] == "2023-12-03"
    assert found[BASE + MONTH_KNOWN] is None


def test_robots_are_let_in_and_told_of_the_site_map() -> None:
    assert pages()["robots.txt"] == (f"User-agent: *\nAllow: /\n\nSitemap: {BASE}sitemap.xml\n")


def test_manifest_names_the_icons_that_are_there() -> None:
    assets = dict.fromkeys(("favicon.svg", "icon-192.png", "icon-maskable.png"), b"")
    manifest = json.loads(render(site(assets=assets), [TEMPLATES])["site.webmanifest"])
    assert (manifest["name"], manifest["lang"], manifest["start_url"]) == (
        "每周一读",
        "zh-CN",
        "index.html",
    )
    assert [(icon["src"], icon["purpose"]) for icon in manifest["icons"]] == [
        ("favicon.svg", "any"),
        ("icon-192.png", "any"),
        ("icon-maskable.png", "maskable"),
    ]


def test_language_models_are_told_what_is_here() -> None:
    text = pages(language="en", title="Read [weekly]")["llms.txt"]
    assert text.startswith(
        "# Read \\[weekly\\]\n\n> 一个人读到的东西\n\n5 entries · en\n\n## Data\n"
    )
    assert f"- [data/entries.jsonl]({BASE}data/entries.jsonl): every entry as a line" in text
    assert f"- [Tools]({BASE}categories/tools.html): 拿来就能用的东西\n" in text
    title = "WhisperX 0.3：<b>更快</b> & 更准"
    assert f"- [{title}]({BASE}{ENTRY}): Tools · 2023-12-03\n" in text
    relative = pages(base_url=None)["llms.txt"]
    assert f"- [{title}]({ENTRY}): 工具 · 2023-12-03\n" in relative
    assert "sitemap" not in relative


def test_page_about_feeds_lists_every_feed_and_says_what_works() -> None:
    made = pages()
    page = made["subscribe.html"]
    linked = set(re.findall(r'href="([^":#]+\.(?:xml|json|opml))"', page))
    assert linked == {
        path for path in made if path.endswith((".xml", ".json", ".opml")) and path != "sitemap.xml"
    }
    notice = "这个网站还没有设定发布地址"
    assert notice not in page
    assert notice in pages(base_url=None)["subscribe.html"]


def test_entry_without_a_person_has_no_author() -> None:
    posting = data_of(pages()[MONTH_KNOWN])["@graph"][0]
    assert "author" not in posting
    assert posting["datePublished"] == "2023-12"
