"""Every feed of a site by the rules of its format, whatever its entries hold."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from jsonschema import Draft202012Validator
from lxml import etree

from digest.render import feeds
from digest.render.feeds.syndication import Element
from digest.render.markdown import Body
from digest.render.pages import render
from tests.factories import entry, link, tagged, when
from tests.feed_rules import ATOM, atom_faults, rss_faults
from tests.render.tiny import BASE, FUNDING, METHOD, SEARCH, TEMPLATES, THOUGHT, WHISPER, site

if TYPE_CHECKING:
    from digest.render.feeds.items import Item
    from digest.render.views import Site

SCHEMAS = Path(__file__).parents[1] / "schemas"
HOSTILE = (
    "</script><script>alert(1)</script>",
    "]]> <![CDATA[ & &amp; &lt;",
    "👩‍👩‍👧 \U0001f9ea 漢字𠮷",
    "前\ufffe后\x08\x00\x1b尾",
    "--> <!-- \u2028 \u2029 \"' `",
)
RELAX_NG = etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
JSON_FEED = Draft202012Validator(json.loads((SCHEMAS / "jsonfeed.json").read_text("utf-8")))


def hostile(**settings: Any) -> Site:  # noqa: ANN401 - any setting
    """Make a site of entries that hold what breaks feeds."""
    ones = [
        tagged(
            entry(
                title,
                at=number,
                id=f"{number} {title}",
                author=title,
                when=when("2024-03-05"),
                title_links=(link(f"https://example.org/?a=1&b={number}<"),),
            ),
            topics=("rag",),
        )
        for number, title in enumerate(HOSTILE, start=1)
    ]
    made = site(*ones, title=HOSTILE[0], author=HOSTILE[1], **settings)
    bodies = {
        one.entry.id: Body(html=f"<p>{number}\x0b</p>", text=one.entry.title, diagnostics=())
        for number, one in enumerate(ones)
    }
    return replace(made, bodies=bodies)


SITES = [
    pytest.param(site(feed_size=9), id="tiny"),
    pytest.param(site(language="en", base_url=None, author=None), id="without-address"),
    pytest.param(hostile(feed_size=9), id="hostile"),
    pytest.param(replace(site(), tagged=(), bodies={}), id="empty"),
]


def files(made: Site) -> dict[str, bytes]:
    return render(made, [TEMPLATES])


def address(made: Site, path: str) -> str:
    return (made.config.base_url or feeds.PREVIEW) + path


def is_rss(path: str) -> bool:
    return path.endswith(".xml") and not is_atom(path) and path != "sitemap.xml"


def is_atom(path: str) -> bool:
    return path.endswith("atom.xml")


def is_json(path: str) -> bool:
    return path.endswith(".json")


@pytest.mark.parametrize("made", SITES)
def test_every_rss_feed_keeps_the_rules_of_the_w3c(made: Site) -> None:
    found = {
        path: rss_faults(data, address(made, path))
        for path, data in files(made).items()
        if is_rss(path)
    }
    assert len(found) >= 6
    assert [fault for faults in found.values() for fault in faults] == []


@pytest.mark.parametrize("made", SITES)
def test_every_atom_feed_is_valid_by_the_schema_of_rfc_4287(made: Site) -> None:
    faults: list[str] = []
    for path, data in files(made).items():
        if is_atom(path):
            if not RELAX_NG.validate(etree.fromstring(data)):
                faults.append(f"{path}: {RELAX_NG.error_log.last_error}")
            faults += atom_faults(data, address(made, path))
    assert faults == []


@pytest.mark.parametrize("made", SITES)
def test_every_json_feed_is_valid_by_its_schema(made: Site) -> None:
    found = {path: json.loads(data) for path, data in files(made).items() if is_json(path)}
    assert len(found) >= 6
    errors = [error for feed in found.values() for error in JSON_FEED.iter_errors(feed)]
    assert errors == []
    assert {path: feed["feed_url"] for path, feed in found.items()} == {
        path: address(made, path) for path in found
    }


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<pubDate>Tue, 05", "<pubDate>Mon, 05", "not that weekday"),
        ('isPermaLink="false"', 'isPermaLink="true"', "guid is not a valid URN"),
        (":1f00aa0003<", ":1f00aa0001<", "stands 2 times"),
        (">https://ai.example.org/digest/entries", ">/entries", "item's link is not absolute"),
        ("href=&quot;https", "href=&quot;x?https", "relative URL reference"),
        ("&lt;em&gt;", "&lt;script&gt;", "should not contain script tag"),
        ("<language>zh-cn</language>", "", "channel without a language"),
        ("/digest/feed.xml", "/feed.xml", "does not match the document's location"),
        ("<dc:creator>小王</dc:creator>", "<author>小王</author>", "not an e-mail address"),
        ("<guid", "<ttl>9</ttl><guid", "undefined item element: ttl"),
    ],
)
def test_checker_of_rss_sees_what_is_wrong(old: str, new: str, fault: str) -> None:
    feed = files(site(FUNDING, WHISPER))["feed.xml"].decode().replace('"&gt;', "&quot;&gt;")
    feed = feed.replace('href="https://arxiv', "href=&quot;https://arxiv")
    assert old in feed
    faults = rss_faults(feed.replace(old, new).encode(), f"{BASE}feed.xml")
    assert any(fault in found for found in faults), faults


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<content type="html">', '<content type="CDATA">'),
        ("<updated>2023-12-05T12:00:00+00:00</updated>", ""),
        ("T12:00:00+00:00<", "<"),
        (' href="https://github.com/example/whisperx"', ""),
    ],
)
def test_schema_of_atom_refuses_what_is_wrong(old: str, new: str) -> None:
    feed = files(site(FUNDING, WHISPER))["atom.xml"].decode()
    assert old in feed
    broken = feed.replace(old, new).removeprefix("<?xml version='1.0' encoding='UTF-8'?>\n")
    assert not RELAX_NG.validate(etree.fromstring(broken))


def test_schema_of_json_feed_refuses_what_is_wrong() -> None:
    feed = json.loads(files(site())["feed.json"])
    assert JSON_FEED.is_valid(feed)
    for wrong in ({"version": "1.1"}, {"title": ""}, {"items": [{"id": "a"}]}, {"feed_url": "/"}):
        assert not JSON_FEED.is_valid({**feed, **wrong})


def test_atom_entry_read_back_has_every_field() -> None:
    found: Any = feedparser.parse(files(site(WHISPER))["atom.xml"])
    assert not found.bozo
    assert found.version == "atom10"
    assert (found.feed.id, found.feed.title, found.feed.subtitle) == (
        "urn:digest:feed",
        "每周一读",
        "一个人读到的东西",
    )
    assert (found.feed.author, found.feed.language, found.feed.updated) == (
        "王编辑",
        "zh-CN",
        "2023-12-03T12:00:00+00:00",
    )
    (item,) = found.entries
    page = f"{BASE}entries/2023/12/whisperx-0-3-b-b-1f00aa0001.html"
    assert (item.id, item.title, item.link) == (
        "urn:digest:1f00aa0001",
        "WhisperX 0.3：<b>更快</b> & 更准",
        page,
    )
    assert item.author_detail == {"name": "小王", "href": f"{BASE}people/wang.html"}
    assert item.published == item.updated == "2023-12-03T12:00:00+00:00"
    assert [(tag.term, tag.label, tag.scheme) for tag in item.tags] == [
        ("tools", "工具", f"{BASE}categories/"),
        ("audio", "语音", f"{BASE}topics/"),
        ("rag", "检索增强", f"{BASE}topics/"),
    ]
    assert item.summary.startswith("听 一小时 只要一分钟。")
    assert (item.content[0].type, item.content[0].language) == ("text/html", "zh-CN")
    assert "<h2>用法</h2>" in item.content[0].value


def test_json_item_has_every_field_and_no_empty_one() -> None:
    feed = json.loads(files(site(WHISPER, SEARCH))["feed.json"])
    assert (feed["title"], feed["language"], feed["home_page_url"], feed["authors"]) == (
        "每周一读",
        "zh-CN",
        BASE,
        [{"name": "王编辑"}],
    )
    whole, bare = feed["items"]
    assert {name: whole[name] for name in whole if name not in {"content_html", "summary"}} == {
        "id": "urn:digest:1f00aa0001",
        "url": f"{BASE}entries/2023/12/whisperx-0-3-b-b-1f00aa0001.html",
        "external_url": "https://github.com/example/whisperx",
        "title": "WhisperX 0.3：<b>更快</b> & 更准",
        "image": f"{BASE}images/wave.png",
        "date_published": "2023-12-03T12:00:00+00:00",
        "authors": [{"name": "小王", "url": f"{BASE}people/wang.html"}],
        "tags": ["工具", "语音", "检索增强"],
        "language": "zh-CN",
    }
    assert whole["content_html"].startswith("<p>听 <em>一小时</em> 只要一分钟。</p>")
    assert "external_url" not in bare
    assert "image" not in bare


def test_link_of_an_atom_entry_keeps_its_relation() -> None:
    feed = ET.fromstring(files(site(WHISPER))["atom.xml"])  # noqa: S314 - our own feed
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    assert [link.attrib for link in entry.findall(f"{ATOM}link")] == [
        {
            "href": f"{BASE}entries/2023/12/whisperx-0-3-b-b-1f00aa0001.html",
            "rel": "alternate",
            "type": "text/html",
        },
        {"href": "https://github.com/example/whisperx", "rel": "via"},
    ]


def test_all_formats_hold_the_same_entries_newest_first() -> None:
    made = files(site(feed_size=4))
    wanted = ["urn:digest:1f00aa0003", "urn:digest:1f00aa0001", "urn:digest:1f00aa0002"]
    wanted.append("urn:digest:method")
    for path in ("feed.xml", "atom.xml"):
        assert [item.id for item in feedparser.parse(made[path]).entries] == wanted, path
    assert [item["id"] for item in json.loads(made["feed.json"])["items"]] == wanted


def test_month_is_an_atom_date_without_being_published_and_no_date_an_early_one() -> None:
    undated = tagged(entry("无日期", id="x"))
    for one, day in ((METHOD, "2023-12-01"), (undated, "1990-01-01")):
        updated = f"{day}T12:00:00+00:00"
        feed: Any = feedparser.parse(files(site(one))["atom.xml"])
        assert feed.entries[0].updated == updated
        assert "published" not in feed.entries[0]
        assert feed.feed.updated == updated
        assert "date_published" not in json.loads(files(site(one))["feed.json"])["items"][0]


def test_entries_of_a_day_are_a_second_apart_so_that_readers_keep_their_order() -> None:
    ones = [tagged(entry(f"{n}", at=n, id=f"{n}", when=when("2024-03-05"))) for n in (1, 2, 3)]
    feed = json.loads(files(site(*ones))["feed.json"])
    assert [(item["id"], item["date_published"][11:19]) for item in feed["items"]] == [
        ("urn:digest:1", "12:00:00"),
        ("urn:digest:2", "11:59:59"),
        ("urn:digest:3", "11:59:58"),
    ]


@pytest.mark.parametrize(
    "moved", [{"base_url": "http://other.example.net/"}, {"base_url": None}, {"title": "别的名字"}]
)
def test_ids_of_feeds_and_entries_survive_a_change_of_title_domain_and_scheme(
    moved: dict[str, Any],
) -> None:
    here, there = files(site()), files(site(**moved))
    pattern = re.compile(rb"<id>([^<]*)</id>")
    for path in filter(is_atom, here):
        assert pattern.findall(here[path]) == pattern.findall(there[path]) != []


def test_id_of_an_entry_survives_a_mended_title() -> None:
    mended = replace(WHISPER, entry=replace(WHISPER.entry, title="WhisperX 0.3"))
    for path in ("feed.xml", "atom.xml"):
        before, after = (feedparser.parse(files(site(one))[path]) for one in (WHISPER, mended))
        assert before.entries[0].id == after.entries[0].id
        assert before.entries[0].link != after.entries[0].link


def test_draft_is_in_no_feed() -> None:
    made = files(site(THOUGHT, METHOD))
    for path, data in made.items():
        if is_rss(path) or is_atom(path) or is_json(path):
            assert "没有日期的想法" not in data.decode(), path
    assert "没有日期的想法" in made["categories/papers.html"].decode()


def test_plain_text_that_looks_like_markup_is_escaped_where_readers_expect_html() -> None:
    made = site(tagged(entry("标题", when=when("2024-03-05"))))
    body = Body(html="<p>用 &lt;b&gt; 加粗</p>", text="用 <b> 加粗", diagnostics=())
    feeds = files(replace(made, bodies={"abc123": body}))
    item = ET.fromstring(feeds["feed.xml"]).find("channel/item")  # noqa: S314 - our own feed
    assert item is not None
    assert item.findtext("description") == "用 &lt;b&gt; 加粗"
    assert json.loads(feeds["feed.json"])["items"][0]["summary"] == "用 <b> 加粗"


def test_page_that_a_title_links_to_is_named_where_the_body_does_not() -> None:
    page = link("https://example.org/a?b=1&c=2")
    bare = tagged(entry("标题", title_links=(page,), when=when("2024-03-05")))
    html = json.loads(files(site(bare))["feed.json"])["items"][0]["content_html"]
    named = '<a href="https://example.org/a?b=1&amp;c=2">'
    assert html == f"<p>网站：{named}example.org/a</a></p>\n"
    body = Body(html=f"<p>{named}这里</a></p>", text="这里", diagnostics=())
    told = files(replace(site(bare), bodies={"abc123": body}))["feed.json"]
    assert json.loads(told)["items"][0]["content_html"].count("<a ") == 1


def test_content_carries_no_class_and_no_attribute_of_our_own_pages() -> None:
    html = json.loads(files(site(WHISPER))["feed.json"])["items"][0]["content_html"]
    assert "<pre><code>whisperx a.wav\n</code></pre>" in html
    assert f'<img src="{BASE}images/wave.png" alt="波形">' in html


def test_entry_is_made_once_for_all_feeds_that_hold_it(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    class Counted(Element):
        def __init__(self, item: Item) -> None:
            made.append(item.id)
            super().__init__(item)

    monkeypatch.setattr(feeds, "Element", Counted)
    files(site(WHISPER, SEARCH))
    assert sorted(made) == ["urn:digest:1f00aa0001", "urn:digest:1f00aa0002"]


def test_opml_names_every_feed_once_under_its_heading() -> None:
    made = files(site())
    root = ET.fromstring(made["feeds.opml"])  # noqa: S314 - our own list
    assert (root.get("version"), root.findtext("head/title")) == ("2.0", "每周一读")
    outlines = [one.attrib for one in root.iter("outline")]
    named = [one["xmlUrl"].removeprefix(BASE) for one in outlines if "xmlUrl" in one]
    assert sorted(named) == sorted(path for path in made if is_rss(path))
    assert [one["text"] for one in outlines if "xmlUrl" not in one] == ["分类", "主题", "人物"]
    assert outlines[2] == {
        "type": "rss",
        "text": "工具 · 每周一读",
        "title": "工具 · 每周一读",
        "description": "拿来就能用的东西",
        "xmlUrl": f"{BASE}categories/tools.xml",
        "htmlUrl": f"{BASE}categories/tools.html",
    }
