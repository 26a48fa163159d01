from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import feedparser
import pytest

from digest.render.markdown import Body
from digest.render.pages import render
from tests.factories import entry, tagged, when
from tests.render.tiny import BASE, METHOD, TEMPLATES, WHISPER, site

if TYPE_CHECKING:
    from digest.render.views import Site


def feed_of(made: Site) -> bytes:
    return render(made, [TEMPLATES])["feed.xml"]


def parsed(made: Site) -> Any:  # noqa: ANN401 - feedparser has no types
    found = feedparser.parse(feed_of(made))
    assert not found.bozo, found.bozo_exception
    return found


def items(made: Site) -> list[ET.Element]:
    return list(ET.fromstring(feed_of(made)).iter("item"))  # noqa: S314 - our own feed


def test_feed_tells_what_the_site_is() -> None:
    found = parsed(site())
    assert found.version == "rss20"
    assert found.feed.title == "每周一读"
    assert found.feed.subtitle == "一个人读到的东西"
    assert found.feed.language == "zh-cn"
    assert found.feed.generator == "Digest"
    assert found.feed.link == BASE
    assert [link.href for link in found.feed.links if link.rel == "self"] == [f"{BASE}feed.xml"]


def test_newest_entries_come_first_and_no_more_than_asked_for() -> None:
    assert [item.title for item in parsed(site(feed_size=2)).entries] == [
        "某公司融资一亿元",
        "WhisperX 0.3：<b>更快</b> & 更准",
    ]


def test_item_tells_all_of_its_entry() -> None:
    (item,) = parsed(site(WHISPER)).entries
    assert item.title == "WhisperX 0.3：<b>更快</b> & 更准"
    assert item.link == f"{BASE}entries/2023/12/whisperx-0-3-b-b-1f00aa0001.html"
    assert item.id == "urn:digest:1f00aa0001"
    assert item.guidislink is False
    assert item.author == "小王"
    assert [tag.term for tag in item.tags] == ["工具", "语音", "检索增强"]
    assert item.published == "Sun, 03 Dec 2023 12:00:00 +0000"
    assert item.summary.startswith("听 一小时 只要一分钟。 用法 whisperx a.wav")
    assert item.content[0].type == "text/html"


def test_full_text_is_there_with_absolute_addresses_only() -> None:
    (item,) = items(site(WHISPER))
    content = item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded")
    assert content is not None
    assert content.startswith("<p>听 <em>一小时</em> 只要一分钟。</p>\n<h2>用法</h2>")
    addresses = re.findall(r'(?:src|href)="([^"]*)"', content)
    assert addresses == [
        f"{BASE}images/wave.png",
        "https://arxiv.org/abs/2303.00747",
        "https://github.com/example/whisperx",
    ]


def test_entry_known_to_the_month_gets_no_invented_day() -> None:
    (item,) = items(site(METHOD))
    assert item.find("pubDate") is None
    assert item.findtext("{http://purl.org/dc/elements/1.1/}date") == "2023-12"


def test_entry_without_a_date_gets_none() -> None:
    (item,) = items(site(tagged(entry("无日期"))))
    assert item.find("pubDate") is None
    assert item.find("{http://purl.org/dc/elements/1.1/}date") is None


def test_nothing_in_the_feed_is_stamped_with_the_clock() -> None:
    feed = feed_of(site(feed_size=4)).decode()
    assert re.findall(r"<(pubDate|lastBuildDate)>(.*?)<", feed) == [
        ("lastBuildDate", "Tue, 05 Dec 2023 12:00:00 +0000"),
        ("pubDate", "Tue, 05 Dec 2023 12:00:00 +0000"),
        ("pubDate", "Tue, 05 Dec 2023 12:00:00 +0000"),
        ("pubDate", "Sun, 03 Dec 2023 12:00:00 +0000"),
        ("pubDate", "Sun, 03 Dec 2023 11:59:59 +0000"),
    ]


def test_feed_without_any_day_has_no_date_at_all() -> None:
    feed = feed_of(site(METHOD))
    assert b"pubDate" not in feed
    assert b"lastBuildDate" not in feed


def test_ids_stay_when_the_site_moves() -> None:
    here, there = parsed(site()), parsed(site(base_url="https://other.example.net/"))
    assert [item.id for item in here.entries] == [item.id for item in there.entries]


def test_without_a_base_address_links_lead_to_the_preview() -> None:
    (item,) = parsed(site(WHISPER, base_url=None)).entries
    assert item.link.startswith("http://localhost:8000/entries/2023/12/")


@pytest.mark.parametrize("odd", ["\x00", "\x08", "\x0e", "\x1b", "\x9f", "\ufffe"])
def test_characters_that_xml_forbids_are_left_out(odd: str) -> None:
    made = site(tagged(entry(f"前{odd}后", author=f"作{odd}者", when=when("2024-03-05"))))
    body = Body(html=f"<p>一{odd}二</p>", text=f"一{odd}二", diagnostics=())
    (item,) = parsed(replace(made, bodies={"abc123": body})).entries
    assert (item.title, item.author, item.summary) == ("前后", "作者", "一二")
    assert item.content[0].value == "<p>一二</p>"


def test_text_that_looks_like_the_end_of_cdata_stays_text() -> None:
    body = Body(html="<p>a]]&gt;b</p><p>x[0]]]></p>", text="a]]>b", diagnostics=())
    made = site(tagged(entry("]]> & <i>", when=when("2024-03-05"))))
    (item,) = parsed(replace(made, bodies={"abc123": body})).entries
    assert item.title == "]]> & <i>"
    assert item.summary == "a]]&gt;b"  # HTML, as RSS reads it


def test_entry_without_a_body_is_described_by_its_title() -> None:
    (item,) = items(site(tagged(entry("只有标题"))))
    assert item.findtext("description") == "只有标题"


def test_id_that_a_curator_chose_is_percent_encoded() -> None:
    (item,) = parsed(site(tagged(entry("标题", id="我的 id")))).entries
    assert item.id == "urn:digest:%E6%88%91%E7%9A%84%20id"
