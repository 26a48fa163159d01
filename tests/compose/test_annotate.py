"""The comment that an answer becomes: where it goes, and that nothing else moves."""

from __future__ import annotations

import os
import random
import re
import stat
from typing import TYPE_CHECKING, Any

import pytest
from markdown_it import MarkdownIt

from digest.compose.annotate import set_directive
from digest.desk.notefile import ChangedMeanwhileError, WriteError, writing
from digest.model import Entry, Origin
from digest.readers import read_bytes
from tests.readers.factories import SETTING
from tests.readers.shared import NOTES, SHARED, shared

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from digest.model import Read

COMMENT = "<!-- digest: category=papers -->"
BOTH = {"category": "papers", "topics": "rag,agents"}

SECTIONS = """\
# AI: 2024.03

# 1. 工具

## 1.1. [甲：第一件](https://example.org/1)
正文紧接标题。

## 1.2. [乙：第二件](https://example.org/2)

- 一
  - 二
## 1.3. 丙：没有正文
## 1.4. [丁：代码](https://example.org/4)
    indented code
##\u30001.5. [戊：全角空格](https://example.org/5)
正文
"""
FLAT = """\
# AI资讯: 2024.03

# 01. `论文` [甲：第一件](https://example.org/1)

| a | b |
| - | - |
| 1 | 2 |
# 02. `工具`：[乙：第二件](https://example.org/2)
> 引用
"""
POSTS = """\
### 01
林晚 @lin_wan 2024-03-05

正文甲说的是一件新事。
### 02

2024-03-06

林晚

@lin_wan

- 正文乙第一点很要紧
- 第二点
### 03
Ann Lee @ann_lee 2024-03-06
https://example.org/3

### 04
林晚 @lin_wan 2024-03-07

看下面的代码，很短：

```py
x = 1
"""
BULLETS = """\
# 3.5 周二
* 1、甲第一件  甲号  https://example.org/1 \\
  下文一 \\
  下文二
* 2、(**值得看看**)乙第二件  乙号  https://example.org/2 \\
*3、丙没有空格  甲号  https://example.org/3
* 4、![](chart.png)
* 5、丁第四件  甲号  https://example.org/4

另起一段

  * 子项
* 6、戊第五件  乙号  https://example.org/5
  ```
  code
  ```

# 3.6 周三
-   7、己第六件  甲号  https://example.org/6

    第二段
* 8、庚第七件  乙号  https://example.org/7
  ~~~
  open
* 9、辛第八件  乙号  https://example.org/8"""
DOTS = """\
# 3.5 周二
• 1、甲第一件  甲号  https://example.org/1
• 2、乙第二件  乙号  https://example.org/2
下文
• 3、丙第三件  乙号  https://example.org/3
"""
REPORT = """\
大模型日报（3月 14日）

# 论文

### 甲的方法

贡献人：@林晚

链接：https://example.org/1

把数值当语言。

## 乙在邻近的级
链接：https://example.org/2
正文
### 丙以代码收尾
https://example.org/3

```py
x = 1

---

声明：仅供学习
"""
INVENTED = {
    "sections": SECTIONS,
    "flat": FLAT,
    "posts": POSTS,
    "bullets": BULLETS,
    "bullets of dots": DOTS,
    "report": REPORT,
}
STYLES = {
    "LF": lambda text: text.encode(),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "mixed": lambda text: text.replace("\n\n", "\r\n\n").encode(),
    "mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "no final newline": lambda text: text.rstrip("\n").encode(),
    "odd characters": lambda text: text.replace("件", "件\u2028\x0c\t ").encode(),
}


def read(data: bytes) -> Read:
    return read_bytes("2024-03.md", data, SETTING)


def annotated(text: str, index: int = 0, changes: Mapping[str, str] | None = None) -> str:
    data = text.encode()
    entry = read(data).entries[index]
    return set_directive(data, entry, changes or {"category": "papers"}).decode()


def gist(entry: Entry) -> dict[str, Any]:
    """Return all of an entry but its place, its comment and what the comment says."""
    return {
        "title": entry.title,
        "number": entry.number,
        "date": entry.when and (entry.when.iso, entry.when.basis),
        "who": (entry.author, entry.handle),
        "labels": [w.text for w in entry.labels if w.origin is not Origin.DIRECTIVE],
        "rating": (entry.note, entry.pick, entry.draft),
        "links": [(link.url, link.text, link.kind) for link in entry.links],
        "title_links": [link.url for link in entry.title_links],
        "images": [(image.address, image.alt) for image in entry.images],
        "body": [line.text for line in entry.body],
        "layout": (entry.layout, entry.language),
        "lines": sum(not line.blank for line in entry.written),
    }


def assert_only_labels_differ(data: bytes, index: int) -> bytes:
    """Label an entry and return the note, which reads as before but for that entry's labels."""
    before = read(data)
    new = set_directive(data, before.entries[index], BOTH)
    after = read(new)
    gists = [gist(entry) for entry in before.entries]
    if len(after.source.lines) > len(before.source.lines):
        gists[index]["lines"] += 1
    assert [gist(entry) for entry in after.entries] == gists
    entry = after.entries[index]
    words = [label.text for label in entry.labels if label.origin is Origin.DIRECTIVE]
    assert words == ["papers"]
    assert [label.text for label in entry.topic_labels] == ["rag", "agents"]
    codes = [(d.code, d.message) for d in before.diagnostics]
    assert [(d.code, d.message) for d in after.diagnostics] == codes
    return new


def assert_nothing_else_was_written(data: bytes, new: bytes) -> None:
    """The comment is the one stretch of bytes that is new, but for its newline and indentation."""
    line = rb"[ \t]*<!-- digest: category=papers topics=rag,agents -->"
    match = re.search(rb"(?:\r\n|\n|\r)" + line + rb"(?=\r|\n|$)", new)
    assert match is not None
    assert new[: match.start()] + new[match.end() :] == data


_SEEN = MarkdownIt("commonmark").enable("table")
_COMMENTS = re.compile(r"[ \t]*<!-- digest:.*?-->")
_AROUND_TAGS = re.compile(r"\s*(<[^>]*>)\s*")


def seen(data: bytes) -> str:
    """Return what a plain CommonMark viewer shows of a note."""
    html = _COMMENTS.sub("", _SEEN.render(data.decode("utf-8-sig")))
    return _AROUND_TAGS.sub(r"\1", re.sub(r"\s+", " ", html))


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("dialect", INVENTED)
def test_a_label_changes_nothing_but_the_label(dialect: str, style: str) -> None:
    data = STYLES[style](INVENTED[dialect])
    found = read(data)
    assert found.dialect == dialect.partition(" ")[0]
    for index in range(len(found.entries)):
        new = assert_only_labels_differ(data, index)
        assert_nothing_else_was_written(data, new)


@pytest.mark.parametrize("dialect", INVENTED)
def test_no_viewer_shows_a_label_nor_breaks_a_list_or_a_paragraph_for_it(dialect: str) -> None:
    data = INVENTED[dialect].encode()
    for entry in read(data).entries:
        assert seen(set_directive(data, entry, BOTH)) == seen(data), entry.title


@pytest.mark.parametrize("dialect", INVENTED)
def test_all_entries_of_a_note_can_be_labelled_one_after_the_other(dialect: str) -> None:
    data = INVENTED[dialect].encode()
    before = [gist(entry)["title"] for entry in read(data).entries]
    for index in range(len(before)):
        data = assert_only_labels_differ(data, index)
    assert [entry.title for entry in read(data).entries] == before
    assert data.count(b"<!-- digest: category=papers topics=rag,agents -->") == len(before)


@shared
@pytest.mark.parametrize("path", NOTES)
def test_a_label_changes_nothing_else_in_real_notes(path: str) -> None:
    data = (SHARED / path).read_bytes()
    count = len(read(data).entries)
    before = seen(data)
    for index in random.Random(7).sample(range(count), 3):  # noqa: S311 - a sample, no secret
        new = assert_only_labels_differ(data, index)
        assert_nothing_else_was_written(data, new)
        after = seen(new)
        assert after == before or "&lt;!-- digest" in after  # below a fence that nobody closed


def test_in_sections_the_comment_stands_below_the_heading() -> None:
    assert annotated(SECTIONS).split("\n")[4:7] == [
        "## 1.1. [甲：第一件](https://example.org/1)",
        COMMENT,
        "正文紧接标题。",
    ]


def test_in_posts_the_comment_ends_the_post_so_that_the_header_stays_whole() -> None:
    assert annotated(POSTS).split("\n")[:6] == [
        "### 01",
        "林晚 @lin_wan 2024-03-05",
        "",
        "正文甲说的是一件新事。",
        COMMENT,
        "### 02",
    ]


def test_in_bullets_the_comment_stays_in_the_list_item() -> None:
    assert annotated(BULLETS).split("\n")[3:6] == [
        "  下文二",
        f"  {COMMENT}",
        "* 2、(**值得看看**)乙第二件  乙号  https://example.org/2 \\",
    ]


def test_in_a_report_the_comment_ends_the_entry_so_that_its_address_stays_on_top() -> None:
    assert annotated(REPORT, 1).split("\n")[12:16] == [
        "## 乙在邻近的级",
        "链接：https://example.org/2",
        "正文",
        COMMENT,
    ]


def test_a_fence_that_nobody_closed_does_not_swallow_the_comment() -> None:
    assert annotated(POSTS, 3).split("\n")[-5:] == ["", COMMENT, "```py", "x = 1", ""]
    assert annotated(BULLETS, 7).split("\n")[-5:] == [
        "* 8、庚第七件  乙号  https://example.org/7",
        f"  {COMMENT}",
        "  ~~~",
        "  open",
        "* 9、辛第八件  乙号  https://example.org/8",
    ]


ENTRY = "# AI: 2024.03\n\n# 1. 工具\n\n## 1.1. [甲](https://example.org/1)\n\n{}\n\n正文\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<!-- digest: pick -->", "<!-- digest: category=papers pick -->"),
        ("<!--digest:pick-->", "<!--digest: category=papers pick-->"),
        ("<!-- digest: -->", "<!-- digest: category=papers -->"),
        ("<!-- digest: category=tools pick -->", "<!-- digest: category=papers pick -->"),
        ('<!-- digest: Category = "tools"\tid=a -->', "<!-- digest: category=papers\tid=a -->"),
        ("<!-- digest: id=a category= -->", "<!-- digest: id=a category=papers -->"),
        (
            "<!-- digest: topics=rag, category=tools -->",
            "<!-- digest: topics=rag, category=papers -->",
        ),
        (
            "字 <!-- digest: category=tools --> <!-- digest: category=news --> 字",
            "字 <!-- digest: category=tools --> <!-- digest: category=papers --> 字",
        ),
    ],
)
def test_a_comment_that_is_there_is_changed_in_place(before: str, after: str) -> None:
    assert annotated(ENTRY.format(before)) == ENTRY.format(after)
    assert read(ENTRY.format(after).encode()).entries[0].labels[0].text == "papers"


@pytest.mark.parametrize(
    "code",
    ["`<!-- digest: category=tools -->`", "```\n<!-- digest: category=tools -->\n```"],
)
def test_a_comment_in_code_is_code(code: str) -> None:
    note = ENTRY.format(code)
    heading = "(https://example.org/1)\n"
    assert annotated(note) == note.replace(heading, f"{heading}{COMMENT}\n")


def test_the_same_answer_twice_leaves_the_note_as_it_is() -> None:
    once = annotated(SECTIONS, 2, BOTH)
    assert annotated(once, 2, BOTH) == once


def test_a_note_of_one_line_gets_a_second_and_no_final_newline() -> None:
    note = "---\ndate: 2024-03\n---\n## [甲](https://example.org/1)"
    assert annotated(note) == f"{note}\n{COMMENT}"


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "2024-03.md"
    path.write_bytes(b"old")
    return path


def write(note: Path) -> None:
    with writing(note.parent) as pen:
        pen.replace(note.name, b"new", b"old")


def test_writing_replaces_the_note_and_leaves_no_other_file(note: Path) -> None:
    write(note)
    assert note.read_bytes() == b"new"
    assert [path.name for path in note.parent.iterdir()] == ["2024-03.md"]


def test_writing_keeps_the_permissions(note: Path) -> None:
    note.chmod(0o640)
    write(note)
    assert stat.S_IMODE(note.stat().st_mode) == 0o640


def test_a_note_that_an_editor_saved_meanwhile_is_kept(note: Path) -> None:
    note.write_bytes(b"saved by the editor")
    with pytest.raises(ChangedMeanwhileError, match="it was changed meanwhile"):
        write(note)
    assert note.read_bytes() == b"saved by the editor"
    assert [path.name for path in note.parent.iterdir()] == ["2024-03.md"]


def test_a_note_behind_a_symbolic_link_is_written_where_it_is(note: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.md"
    link.symlink_to(note)
    write(link)
    assert link.is_symlink()
    assert note.read_bytes() == b"new"


def test_a_note_that_is_gone_is_an_error_and_stays_gone(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="cannot write: No such file or directory"):
        write(tmp_path / "gone.md")
    assert [*tmp_path.iterdir()] == []


def test_a_read_only_note_is_an_error(note: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # as the superuser may write all
    with pytest.raises(WriteError, match="cannot write: the file is read-only"):
        write(note)
    assert note.read_bytes() == b"old"


def test_a_full_disk_costs_nothing(note: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WriteError, match="cannot write: No space left on device"):
        write(note)
    assert note.read_bytes() == b"old"
    assert [path.name for path in note.parent.iterdir()] == ["2024-03.md"]
