from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.render import urls
from digest.render.people import gather
from digest.render.sources import gather as gather_hosts
from tests.factories import entry, link, tagged, when
from tests.render.test_pages import pages
from tests.render.tiny import site

if TYPE_CHECKING:
    from digest.model import Tagged

_LIST = re.compile(r'<li><a href="([^"]*)">([^<]*)</a>(?: <span class="meta">([^<]*)</span>)?')


def by(author: str | None, handle: str | None, name: str = "a") -> Tagged:
    return tagged(entry(name, id=name, author=author, handle=handle))


def found(*entries: Tagged) -> list[tuple[str, str, str, list[str]]]:
    return [
        (one.key, one.name, one.handle, [member.entry.id for member in one.entries])
        for one in gather(entries).persons
    ]


def test_handle_in_any_case_is_one_person_with_the_name_written_most() -> None:
    assert found(
        by("小王", "Wang", "a"),
        by("王某", "wang", "b"),
        by("小王", "wang", "c"),
        by(None, "WANG", "d"),
    ) == [("@wang", "小王", "wang", ["a", "b", "c", "d"])]


def test_name_alone_is_the_person_of_the_one_handle_it_goes_with() -> None:
    assert found(by("Ann Lee", None, "a"), by("ann  lee", "annlee", "b")) == [
        ("@annlee", "Ann Lee", "annlee", ["a", "b"])
    ]


def test_name_that_goes_with_two_handles_is_nobody_elses() -> None:
    assert found(by("小王", "w1", "a"), by("小王", "w2", "b"), by("小王", None, "c")) == [
        ("@w1", "小王", "w1", ["a"]),
        ("@w2", "小王", "w2", ["b"]),
        ("小王", "小王", "", ["c"]),
    ]


def test_people_stand_by_their_number_of_entries_and_entries_of_nobody_are_no_ones() -> None:
    assert found(
        by("乙", None, "a"), by(None, None, "b"), by("甲", None, "c"), by("甲", None, "d")
    ) == [
        ("甲", "甲", "", ["c", "d"]),
        ("乙", "乙", "", ["a"]),
    ]


def test_addresses_of_people_depend_on_their_keys_alone_and_never_meet() -> None:
    keys = ["@dotey", "dotey", "@index", "宝玉", "song ma", "@a.html", "@_x"]
    paths = [urls.person_path(key) for key in keys]
    assert paths[0] == "people/dotey.html"
    assert len({path.casefold() for path in paths}) == len(keys)
    assert "people/index.html" not in paths
    assert urls.person_path("@dotey", 2) == "people/dotey/2.html"
    assert all(re.fullmatch(r"people/[\w.\-]+\.html", path, re.ASCII) for path in paths)


def test_index_of_people_leads_to_their_lists() -> None:
    page = pages(site())["people/index.html"]
    assert _LIST.findall(page)[-2:] == [
        ("../people/li.html", "@li", ""),
        ("../people/wang.html", "小王", "@wang"),
    ]
    assert "2023年12月起" in page


def test_page_of_a_person_has_their_rows_and_the_topics_they_bring() -> None:
    page = pages(site())["people/wang.html"]
    assert "<h1>小王</h1>" in page
    assert "@wang · 2023年12月起" in page
    assert '<a href="../topics/audio.html">语音</a> <span class="count">1</span>' in page


def test_entry_leads_to_its_person() -> None:
    made = pages(site())
    assert (
        '<a href="../../../people/li.html">@li</a>'
        in made["entries/2023/12/a-small-search-engine-1f00aa0002.html"]
    )


def linked(name: str, *addresses: str) -> Tagged:
    links = tuple(link(address) for address in addresses)
    return tagged(entry(name, id=name, links=links, when=when("2024-03-05")))


def test_entry_counts_once_for_a_host_that_it_links_to_twice() -> None:
    hosts = gather_hosts(
        [
            linked("a", "https://www.b.org/1", "https://b.org/2"),
            linked("b", "https://B.org/", "https://a.org/"),
        ]
    )
    assert [(host.name, [one.entry.id for one in host.entries]) for host in hosts] == [
        ("b.org", ["a", "b"]),
        ("a.org", ["b"]),
    ]


def test_host_with_a_single_entry_leads_to_it_and_has_no_page() -> None:
    made = pages(
        site(linked("a", "https://b.org/1"), linked("b", "https://b.org/2", "https://a.org/"))
    )
    index = made["sources/index.html"]
    assert '<a href="../sources/b.org.html">b.org</a>' in index
    assert '<a href="../entries/2024/03/b-b.html">a.org</a>' in index
    assert [path for path in made if path.startswith("sources/")] == [
        "sources/index.html",
        "sources/b.org.html",
    ]
