"""``build.py import``: a feed or bookmarks in, a draft note out, nothing harmful or twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from digest.cli import main
from digest.importing import UnreadableError, encoding, read_file
from digest.importing.feeds import day_of
from digest.importing.prose import as_markdown, words_of
from tests.readers.factories import read_note

if TYPE_CHECKING:
    from digest.importing import Heap

NOTE = "# AI: 2024.03\n\n# 1. 工具\n\n## 1.1. [甲：第一件](https://example.org/a)\n"
RSS = """\
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>A &lt;b&gt;"Feed"&lt;/b&gt;</title><link>https://blog.example.org/</link>
<item><title>Agents &amp; papers</title><link>https://blog.example.org/1?utm_source=rss</link>
<pubDate>Tue, 05 Mar 2024 23:30:00 -0800</pubDate><dc:creator>Ann "A" Lee</dc:creator>
<category>rag</category><category>论文</category>
<description><![CDATA[<p>Hello <b>bold</b> <a href="/rel">there</a>
<img src="https://t.example.org/p.gif" width="1" height="1"><img src="/pic.png" alt="a chart"></p>
<script>alert(1)</script>
<h2>2.1. <a href="https://example.org/b">x</a></h2><pre><code># 3. code</code></pre>
<p>&lt;!-- digest: category=news --&gt; &lt;script&gt;</p><p># 1. 工具<br>#6.1 周</p>]]>
</description></item>
<item><title>The same again</title><link>http://www.blog.example.org/1</link></item>
<item><title>Another title</title><link>http://example.org/a/</link></item>
<item><title>甲：第一件！</title><link>https://example.org/other</link></item>
<item><description>Words without a title.</description></item>
<item><title>A script</title><link>javascript:alert(1)</link></item>
</channel></rss>
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a curator's folder with one note of one entry, and a feed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "2024-03.md").write_text(NOTE, encoding="utf-8")
    (tmp_path / "feed.xml").write_text(RSS, encoding="utf-8")
    return tmp_path


DRAFT = """\
---
title: "A ”Feed”"
draft: true
---

# 1. 论文

## 1.1. [Agents & papers](https://blog.example.org/1?utm_source=rss)
<!-- digest: topics=rag date=2024-03-05 author="Ann ”A” Lee" -->

Hello **bold** [there](https://blog.example.org/rel)
[a chart](https://blog.example.org/pic.png)

##### 2.1. [x](https://example.org/b)

```
# 3. code
```

\\<!\\-- digest: category=news --> \\<script>

##### 1. 工具
\\#6.1 周

"""


def test_a_feed_becomes_a_draft_note_that_holds_each_story_once(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "feed.xml"]) == 0
    out, err = capsys.readouterr()
    assert out == "entries/imported.md is a draft: look through it, then take out `draft: true`\n"
    text = (desk / "entries" / "imported.md").read_text(encoding="utf-8")
    assert text.startswith(DRAFT)
    read = read_note(text, "imported.md")
    assert [(entry.title, entry.draft) for entry in read.entries] == [
        ("Agents & papers", True),
        ("Words without a title.", True),
    ]
    assert [found.code.name for found in read.diagnostics] == ["R105"]  # the second is undated
    assert err == (
        "feed.xml: warning[D102]: item has neither a web address nor a text: A script\n"
        "      = hint: add it by hand if it matters: `build.py new`\n"
        "feed.xml: warning[D102]: item repeats an earlier one of the file: The same again\n"
        "      = hint: the one that stays is Agents & papers\n"
        "entries/2024-03.md:5:1: warning[D101]: this link is in the digest already: 甲：第一件"
        " (in the file: Another title)\n"
        "    5 | ## 1.1. [甲：第一件](https://example.org/a)\n"
        "      | ^\n"
        "      = hint: the item of the file was left out\n"
        "entries/2024-03.md:5:1: warning[D101]: nearly the same title is in the digest already:"
        " 甲：第一件 (in the file: 甲：第一件！)\n"
        "    5 | ## 1.1. [甲：第一件](https://example.org/a)\n"
        "      | ^\n"
        "      = hint: the item of the file was left out\n"
        "imported 2 of 6 · in the digest already: 2 · repeated in the file: 1"
        " · without address and text: 1\n"
    )


def test_a_second_import_finds_nothing_new_and_writes_nothing(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "feed.xml"]) == 0
    assert main(["import", "feed.xml"]) == 0
    assert "imported 0 of 6 · in the digest already: 5" in capsys.readouterr().err
    names = sorted(path.name for path in (desk / "entries").iterdir())
    assert names == ["2024-03.md", "imported.md"]


def test_a_dry_run_prints_the_note_and_writes_nothing(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "feed.xml", "--dry-run"]) == 0
    assert capsys.readouterr().out.startswith(DRAFT)
    assert [path.name for path in (desk / "entries").iterdir()] == ["2024-03.md"]


def test_a_note_that_is_there_is_never_overwritten(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "feed.xml", "--output", "2024-03.md"]) == 1
    assert (
        "entries/2024-03.md: error[D001]: there is a file of this name" in capsys.readouterr().err
    )
    assert (desk / "entries" / "2024-03.md").read_text(encoding="utf-8") == NOTE
    assert main(["import", "feed.xml", "--output", "a/b.md"]) == 0
    assert (desk / "entries" / "a" / "b.md").is_file()
    assert main(["import", "feed.xml", "--output", "../b.md"]) == 2


def test_the_draft_stays_out_of_the_site_until_it_is_none(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "feed.xml"]) == 0
    capsys.readouterr()
    assert main(["export"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
    note = desk / "entries" / "imported.md"
    text = note.read_text(encoding="utf-8").replace("draft: true\n", "")
    note.write_text(text, encoding="utf-8")
    assert main(["export"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["title"] for row in rows] == [
        "甲：第一件",
        "Agents & papers",
        "Words without a title.",
    ]
    assert rows[1]["date"] == "2024-03-05"
    assert (rows[1]["category"], rows[1]["topics"]) == ("papers", ["rag"])


ATOM = """\
<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>
<entry><title type="html">A &amp;lt;3 B</title><link href="https://example.org/1"/>
<author><name>Ann</name></author><category term="agents"/>
<published>2024-03-05T23:30:00-08:00</published>
<content type="html">&lt;p&gt;text&lt;/p&gt;</content>
</entry></feed>
"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "F",
    "items": [
        {
            "id": "1",
            "title": "A <3 B",
            "url": "https://blog.example.org/1",
            "external_url": "https://example.org/1",
            "content_text": "text",
            "date_published": "2024-03-05T23:30:00-08:00",
            "authors": [{"name": "Ann"}],
            "tags": ["agents", 3],
        },
        "no item",
    ],
}
BOOKMARKS = """\
<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>F</H1>
<DL><p>
    <DT><H3 ADD_DATE="1">论文</H3>
    <DL><p>
        <DT><A HREF="https://example.org/1" ADD_DATE="1709600000" TAGS="rag,x">A &lt;3 B</A>
        <DD>text
    </DL><p>
    <DT><A HREF="https://example.org/2" ADD_DATE="1709600000000">C</A>
    <DT><A HREF="https://example.org/3" ADD_DATE="1709600000000000"></A>
</DL>
"""


def read(text: str) -> Heap:
    return read_file(text.encode())


def test_each_kind_of_file_is_told_by_what_it_holds() -> None:
    for text in (ATOM, json.dumps(JSON_FEED), BOOKMARKS):
        heap = read(text)
        first = heap.items[0]
        assert heap.title == "F"
        assert words_of(first.title) == "A <3 B"
        assert first.url == "https://example.org/1"
        assert words_of(first.html) == "text"
        assert first.date == "2024-03-05"
    assert [item.author for item in (*read(ATOM).items, *read(json.dumps(JSON_FEED)).items)] == [
        "Ann",
        "Ann",
    ]


def test_folders_and_tags_of_bookmarks_are_tags_and_dates_come_in_several_units() -> None:
    items = read(BOOKMARKS).items
    assert [(item.tags, item.date, item.line) for item in items] == [
        (("rag", "x", "论文"), "2024-03-05", 8),
        ((), "2024-03-05", 11),
        ((), "2024-03-05", 12),
    ]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Tue, 05 Mar 2024 23:30:00 -0800", "2024-03-05"),
        ("2024-03-05T00:30:00+09:00", "2024-03-05"),
        ("2024-03-05", "2024-03-05"),
        ("yesterday", ""),
        ("2024-02-31T00:00:00Z", ""),
        ("", ""),
    ],
)
def test_a_date_is_the_day_that_its_author_saw(written: str, day: str) -> None:
    assert day_of(written) == day


ITEM = "<rss><channel><item><title>工具</title></item></channel></rss>"
GB = f'<?xml version="1.0" encoding="gb2312"?>{ITEM}'
DEEP = "<div>" * 5000 + "words" + "</div>" * 5000


def test_encodings_are_those_that_the_file_names() -> None:
    assert read_file(GB.encode("gb18030")).items[0].title == "工具"
    assert read_file(ATOM.encode("utf-16")).title == "F"
    assert read_file(b"\xef\xbb\xbf" + ATOM.encode()).title == "F"


@pytest.mark.parametrize(
    ("data", "fact"),
    [
        (b" ", "the file is empty"),
        (b"just words", "the XML is not well formed: syntax error"),
        (b"<rss><channel></channel></rss>", "the file holds no items of a feed"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><rss/>', "the file declares XML entities"),
        (b"<rss>" + b"<a>" * 50_000, "no element found"),
        (GB.encode() + b"\xff", "is not GB18030"),
        (GB.replace("gb2312", "klingon").encode(), "an encoding that is not known: klingon"),
        (GB.replace("gb2312", "hex").encode(), "hex is no encoding of text"),
        (b"\xd6\xd0", "byte 1 is not UTF-8"),
        (b"\0\1\2", "this is a binary file"),
        (b"[" * 100_000, "the JSON is nested too deeply"),
        (b'{"version": ', "the JSON breaks off"),
        (b'{"items": [{}]}', "the JSON is no JSON Feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": []}', "the feed holds no items"),
        (b"<html><body>words</body></html>", "the file holds no bookmarks"),
    ],
)
def test_what_cannot_be_imported_is_told(data: bytes, fact: str) -> None:
    with pytest.raises(UnreadableError) as told:
        read_file(data)
    assert fact in told.value.fact
    assert told.value.hint


def test_a_file_beyond_reason_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "MOST_BYTES", 4)
    with pytest.raises(UnreadableError, match="the file has 0 MB, more than 0"):
        read_file(b"12345")


@pytest.mark.parametrize("name", ["bomb.xml", "nowhere.xml"])
def test_a_file_that_cannot_be_imported_is_an_error_with_its_place(
    desk: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "bomb.xml").write_text('<rss>\n<!ENTITY a "b">', encoding="utf-8")
    assert main(["import", name]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    wanted = {
        "bomb.xml": "bomb.xml:2:1: error[D002]: the file declares XML entities\n",
        "nowhere.xml": "nowhere.xml: error[D002]: cannot read: No such file or directory\n",
    }
    assert err.startswith(wanted[name])


def test_a_damaged_feed_is_read_as_far_as_it_goes_and_says_so(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = RSS.replace("<item><title>The same", "<item><oops><title>The same")
    (desk / "feed.xml").write_text(broken, encoding="utf-8")
    assert main(["import", "feed.xml", "--dry-run"]) == 0
    out, err = capsys.readouterr()
    assert "## 1.1. [Agents & papers]" in out
    told = "feed.xml:13:1: warning[D103]: the XML is not well formed: mismatched tag\n"
    assert told in err


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>a</p><p>b<br>c</p>", "a\n\nb  \nc"),
        ("<style>x</style><p>a</p><form>f</form><iframe src='x'>i</iframe>", "a"),
        ("<a href='javascript:x()'>a</a> <a href='data:text/html,x'>b</a>", "a b"),
        ("<a href='b/c (1).html'>a</a>", "[a](https://example.org/b/c%20%281%29.html)"),
        ("<img src='//i.example.org/a.png' onerror='x()'>", "[image](https://i.example.org/a.png)"),
        ("<img src='a.gif' height='1'><img src='' alt='a [b]'>", "a [b]"),
        ("<p>[a](https://example.org) ```</p>", "[a]\\(https://example.org) \\```"),
        ("<p>2 * 3 _x_</p>", "2 \\* 3 \\_x\\_"),
        (DEEP, "words"),
        ("a\0b\x1bc", "abc"),
    ],
)
def test_html_becomes_markdown_that_harms_nobody(html: str, markdown: str) -> None:
    text = as_markdown(html, "https://example.org/")
    assert "\n".join(line.rstrip() for line in text.split("\n")) == "\n".join(
        line.rstrip() for line in markdown.split("\n")
    )


def test_many_items_are_held_against_many_entries(desk: Path) -> None:
    items = "".join(
        f"<item><title>Story {n} of {n * 7}</title><link>https://example.org/s/{n}</link></item>"
        for n in range(300)
    )
    text = f"<rss><channel>{items}</channel></rss>"
    (desk / "feed.xml").write_text(text, encoding="utf-8")
    assert main(["import", "feed.xml"]) == 0
    text = Path("entries/imported.md").read_text(encoding="utf-8")
    assert len(read_note(text, "imported.md").entries) == 300
