"""An entry goes into a note in the note's own habit, and no other byte of the note changes."""

from __future__ import annotations

import random

import pytest

from digest.compose import CannotFollowError, NewEntry, add
from digest.compose.contents import slug
from digest.compose.edit import Insertion, insert
from digest.compose.target import beside, first_lines, note_for
from digest.readers import DIALECTS, read_bytes
from tests.readers.factories import SETTING, read_note
from tests.readers.shared import NOTES, SHARED, shared

NEW = NewEntry(
    title="乙：第二件",
    url="https://example.org/2",
    category="tools",
    topics=("agents",),
    body="正文乙。\n\n- 一点\n- 又一点",
    date="2024-03-05",
)


def added(text: str, new: NewEntry = NEW, path: str = "2024-03.md") -> str:
    """Return a note's text with an entry added."""
    return add(path, text.encode(), new, SETTING, "zh").data.decode()


def lines_added(text: str, new: NewEntry = NEW, path: str = "2024-03.md") -> list[str]:
    """Return the lines that adding puts in, without the blank ones that keep them apart.

    The others stand around them unchanged.
    """
    now = added(text, new, path)
    old, fresh = text.split("\n"), now.split("\n")
    start = next(n for n in range(len(fresh)) if n == len(old) or old[n] != fresh[n])
    more = len(fresh) - len(old)
    assert fresh[:start] + fresh[start + more :] == old
    return "\n".join(fresh[start : start + more]).strip("\n").split("\n")


SECTIONS = """\
# AI: 2024.03

# 1. 工具

## 1.1. [甲：第一件](https://example.org/1)

正文甲。

# 2. 资讯 / 观点

## 2.1. `资讯` [丙：第三件](https://example.org/3)
"""


def test_in_sections_the_entry_ends_its_section_with_the_next_number() -> None:
    assert lines_added(SECTIONS) == [
        "## 1.2. [乙：第二件](https://example.org/2)",
        "<!-- digest: topics=agents date=2024-03-05 -->",
        "",
        "正文乙。",
        "",
        "- 一点",
        "- 又一点",
    ]


def test_in_a_section_of_several_categories_a_comment_tells_which() -> None:
    opinion = NewEntry(
        title="丁", category="opinions", date="2024-03-05", author="林 晚", pick=True
    )
    assert lines_added(SECTIONS, opinion) == [
        "## 2.2. 丁",
        '<!-- digest: category=opinions date=2024-03-05 author="林 晚" pick -->',
    ]


def test_a_category_without_a_section_gets_one_at_the_end() -> None:
    paper = NewEntry(title="丁", category="papers", date="2024-03")
    assert lines_added(SECTIONS, paper) == [
        "# 3. 论文",
        "",
        "## 3.1. 丁",
        "<!-- digest: date=2024-03 -->",
    ]


@pytest.mark.parametrize(
    ("section", "entry", "heading"),
    [
        ("# 1. 工具", "## 1.1. [甲](https://example.org/1)", "## 1.2. [乙"),
        ("# 1. 工具", "## 1.1 [甲](https://example.org/1)", "## 1.2 [乙"),
        ("# 1. 工具", "## 1.4.[甲](https://example.org/1)", "## 1.5. [乙"),
        ("## 1. 工具", "### 1.1. [甲](https://example.org/1)", "### 1.2. [乙"),
        ("# 工具", "## [甲](https://example.org/1)", "## [乙"),
        ("# 一、工具", "## 1.1. [甲](https://example.org/1)", "## 1.2. [乙"),
    ],
)
def test_the_heading_follows_those_of_the_note(section: str, entry: str, heading: str) -> None:
    lines = lines_added(f"# AI: 2024.03\n\n{section}\n\n{entry}\n")
    assert lines[0].startswith(heading)


@pytest.mark.parametrize(
    ("section", "heading"),
    [("# 2. 资讯", "# 3. 工具"), ("# 二、资讯", "# 三、工具"), ("# 资讯", "# 工具")],
)
def test_a_new_section_is_numbered_as_the_others_are(section: str, heading: str) -> None:
    text = f"# AI: 2024.03\n\n{section}\n\n## 2.1. [甲](https://example.org/1)\n"
    assert lines_added(text)[0] == heading


LISTED = """\
- [AI: 2024.03](#ai-202403)
- [1. 工具](#1-工具)
  - [1.1. 甲：第一件](#11-甲第一件)
- [2. 资讯](#2-资讯)
  - [2.1. 丙](#21-丙)

# AI: 2024.03

# 1. 工具

## 1.1. [甲：第一件](https://example.org/1)

# 2. 资讯

## 2.1. [丙](https://example.org/3)
"""


def test_the_contents_list_gets_the_entry_below_the_one_above_it() -> None:
    new = NewEntry(title="`Foo_Bar`: [beta] & more", category="tools", url="https://example.org/2")
    assert added(LISTED, new).split("\n")[2:5] == [
        "  - [1.1. 甲：第一件](#11-甲第一件)",
        "  - [1.2. `Foo_Bar`: \\[beta\\] & more](#12-foo_bar-beta--more)",
        "- [2. 资讯](#2-资讯)",
    ]


def test_the_contents_list_gets_a_new_section_and_its_entry() -> None:
    text = added(LISTED, NewEntry(title="丁", category="papers"))
    assert text.split("\n")[4:8] == [
        "  - [2.1. 丙](#21-丙)",
        "- [3. 论文](#3-论文)",
        "  - [3.1. 丁](#31-丁)",
        "",
    ]


def test_a_contents_list_of_sections_alone_stays_one() -> None:
    text = LISTED.replace("  - [1.1. 甲：第一件](#11-甲第一件)\n", "")
    text = text.replace("  - [2.1. 丙](#21-丙)\n", "")
    assert added(text).startswith(text.partition("# AI")[0] + "# AI")
    paper = added(text, NewEntry(title="丁", category="papers"))
    assert paper.split("\n")[2:5] == ["- [2. 资讯](#2-资讯)", "- [3. 论文](#3-论文)", ""]


def test_an_anchor_that_is_taken_gets_a_number() -> None:
    assert slug("1.2. Foo_Bar: [β] & C++", []) == "12-foo_bar-β--c"
    assert slug("甲", ["甲", "甲-1"]) == "甲-2"


def test_in_a_flat_note_the_entry_is_last_with_its_tag() -> None:
    text = "# AI资讯: 2024.03\n\n# 01. `资讯` [甲](https://example.org/1)\n\n正文甲。\n\n"
    assert lines_added(text)[:2] == [
        "# 02. `工具` [乙：第二件](https://example.org/2)",
        "<!-- digest: topics=agents date=2024-03-05 -->",
    ]


def test_in_posts_the_title_is_the_first_paragraph_and_the_header_says_who_and_when() -> None:
    text = "### 07\n\n林晚 @lin_wan 2024-03-01\n\n正文甲说的是一件新事。\n"
    new = NewEntry(
        title="乙是新的一件",
        url="https://example.org/2",
        category="news",
        date="2024-03-05",
        author="林晚",
        handle="lin_wan",
        body="细节。",
    )
    assert lines_added(text, new, "posts.md") == [
        "### 08",
        "",
        "林晚 @lin_wan 2024-03-05",
        "",
        "乙是新的一件",
        "",
        "细节。",
        "",
        "https://example.org/2",
        "",
        "<!-- digest: category=news -->",
    ]


BULLETS = """\
# 3.4 周1
* 1、甲第一件  甲号  https://example.org/1 \\
  下文

# 3.6 周3
* 2、丙第三件  甲号  https://example.org/3
"""


def test_in_bullets_a_new_day_gets_its_heading_between_those_around_it() -> None:
    new = NewEntry(
        title="乙第二件",
        url="https://example.org/2",
        category="tools",
        date="2024-03-05",
        author="乙号",
        body="一行\n又一行\n\n```sh\nls\n```",
    )
    assert lines_added(BULLETS, new) == [
        "# 3.5 周2",
        "* 3、乙第二件  乙号  https://example.org/2 \\",
        "  一行 \\",
        "  又一行",
        "",
        "  ```sh",
        "  ls",
        "  ```",
        "  <!-- digest: category=tools -->",
    ]


def test_in_bullets_a_day_that_is_there_gets_one_more() -> None:
    new = NewEntry(
        title="乙第二件", url="https://example.org/2", category="tools", date="2024-03-04"
    )
    assert lines_added(BULLETS, new) == [
        "* 2、乙第二件  https://example.org/2",
        "  <!-- digest: category=tools -->",
    ]


@pytest.mark.parametrize(
    ("heading", "wanted"),
    [
        ("# 3.4 周1", "# 3.7 周4"),
        ("# 3.4 星期一", "# 3.7 星期四"),
        ("## 3月4日（周一）", "## 3月7日（周四）"),
        ("# 2024-03-04", "# 2024-03-07"),
        ("# 03-04 Mon", "# 03-07 Thu"),
        ("# 3/4 Monday", "# 3/7 Thursday"),
    ],
)
def test_a_day_is_headed_as_the_others_are(heading: str, wanted: str) -> None:
    new = NewEntry(title="乙第二件", category="tools", date="2024-03-07")
    assert lines_added(f"{heading}\n* 1、甲第一件\n", new)[0] == wanted


def test_in_bullets_that_begin_with_the_newest_day_a_new_day_comes_first() -> None:
    text = "# 3.6 周3\n* 1、丙第三件\n\n# 3.4 周1\n* 1、甲第一件\n"
    new = NewEntry(title="乙第二件", category="tools", date="2024-03-07")
    assert lines_added(text, new)[0] == "# 3.7 周4"


def test_in_a_report_of_the_day_the_entry_has_contributor_and_address() -> None:
    text = (
        "AI日报（3月 5日）\n\n# 论文\n\n### 甲的方法\n\n贡献人：@林晚\n\n"
        "链接：https://example.org/1\n\n正文\n\n---\n\n声明：仅供学习\n"
    )
    new = NewEntry(
        title="乙的方法",
        url="https://example.org/2",
        category="papers",
        date="2024-03-05",
        author="林",
    )
    assert lines_added(text, new, "2024/day.md") == [
        "### 乙的方法",
        "",
        "贡献人：@林",
        "",
        "链接：https://example.org/2",
    ]
    with pytest.raises(CannotFollowError, match="it is the report of 2024-03-05"):
        add(
            "2024/day.md",
            text.encode(),
            NEW.__class__(title="丁", category="tools", date="2024-03-06"),
            SETTING,
            "zh",
        )


@pytest.mark.parametrize(
    ("title", "written", "read"),
    [
        ("`Foo` and snake_case ~ 1", "`Foo` and snake_case ~ 1", "Foo and snake_case ~ 1"),
        ("[beta] a*b*c <T>", "\\[beta\\] a\\*b\\*c \\<T>", "[beta] a*b*c <T>"),
        ("__init__ explained", "\\_\\_init\\_\\_ explained", "__init__ explained"),
        ("论文：怎么读", "论文：怎么读", "论文：怎么读"),
        ("C\\D", "C\\\\D", "C\\D"),
    ],
)
def test_a_title_is_read_back_as_it_was_given(title: str, written: str, read: str) -> None:
    new = NewEntry(title=title, category="tools", url="https://example.org/2")
    now = add("2024-03.md", SECTIONS.encode(), new, SETTING, "zh")
    assert now.entry.title == read
    assert f"## 1.2. [{written}](https://example.org/2)" in now.data.decode()


def test_a_title_that_the_heading_cannot_hold_stands_in_the_comment() -> None:
    new = NewEntry(title="www.example.org/a 上新", category="tools")
    now = add("2024-03.md", SECTIONS.encode(), new, SETTING, "zh")
    assert now.entry.title == "www.example.org/a 上新"
    assert '<!-- digest: title="www.example.org/a 上新" -->' in now.data.decode()


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (NewEntry(title="丁", category="tools", body="## 1.3. [戊](https://a.org/b)"), "2 entries"),
        (NewEntry(title="丁", category="tools", body="```\n没有结尾"), "other entries"),
        (NewEntry(title="丁", category="tools", body="<!-- digest: category=news -->"), "category"),
        (NewEntry(title="丁", category="tools", body="<!-- digest: titel=a -->"), "a complaint: "),
    ],
)
def test_what_would_not_be_read_as_meant_is_refused(new: NewEntry, why: str) -> None:
    with pytest.raises(CannotFollowError, match=why):
        added(SECTIONS, new)


def test_a_note_that_cannot_be_read_is_left_alone() -> None:
    with pytest.raises(CannotFollowError, match="binary"):
        add("2024-03.md", b"\0\1", NEW, SETTING, "zh")


@pytest.mark.parametrize("text", ["", "\n\n", "# AI: 2024.03\n", "---\ndate: 2024-03\n---\n"])
def test_an_empty_note_gets_the_recommended_habit(text: str) -> None:
    read = read_note(added(text), "2024-03.md")
    assert read.dialect == "sections"
    assert [entry.title for entry in read.entries] == ["乙：第二件"]


def test_headings_without_entries_are_sections() -> None:
    assert lines_added("# AI: 2024.03\n\n# 1. 工具\n\n# 2. 论文\n")[0].startswith("## 1.1. ")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ending", ["", "\n", "\n\n \n"])
@pytest.mark.parametrize("new", [NEW, NewEntry(title="丁", category="papers", date="2024-03")])
def test_every_byte_that_was_there_stays(
    newline: str, mark: str, ending: str, new: NewEntry
) -> None:
    before = (mark + SECTIONS.rstrip("\n") + ending).replace("\n", newline).encode()
    after = add("2024-03.md", before, new, SETTING, "zh").data
    start = next(n for n in range(len(before) + 1) if before[n : n + 1] != after[n : n + 1])
    assert before[start:] == after[len(after) - (len(before) - start) :]
    text = after.decode().removeprefix("\ufeff")
    assert set(text.replace(newline, "").split("\n")) == {text.replace(newline, "")}
    assert after.endswith(newline.encode()) == before.endswith(newline.encode())


def test_lines_end_as_those_above_them_do_in_a_note_of_mixed_newlines() -> None:
    data = insert(b"a\r\nb\nc", [Insertion(1, ("x",)), Insertion(2, ("y",)), Insertion(3, ("z",))])
    assert data == b"a\r\nx\r\nb\ny\nc\r\nz"


def test_there_is_a_writer_for_each_dialect() -> None:
    texts = {
        "sections": SECTIONS,
        "flat": "# AI: 2024.03\n\n# 01. `资讯` 甲\n",
        "posts": "### 01\n\n林 @lin 2024-03-01\n\n正文甲说的是新事。\n",
        "bullets": BULLETS,
        "report": "AI日报（3月 5日）\n\n# 论文\n\n### 甲的方法\n\n贡献人：@林晚\n\n正文\n",
    }
    assert sorted(texts) == sorted(dialect.name for dialect in DIALECTS)
    new = NewEntry(title="乙是新的一件", category="papers", date="2024-03-05", handle="lin")
    for dialect, text in texts.items():
        read = read_note(added(text, new), "2024-03.md")
        before = read_note(text, "2024-03.md")
        assert (before.dialect, read.dialect) == (dialect, dialect)
        assert len(read.entries) == len(before.entries) + 1


@shared
@pytest.mark.shared
@pytest.mark.parametrize("path", NOTES)
def test_real_notes_take_an_entry_anywhere_and_lose_nothing(path: str) -> None:
    data = (SHARED / path).read_bytes()
    read = read_bytes(path, data, SETTING)
    chosen = random.Random(7).sample(read.entries, 4)  # noqa: S311  # a sample, not a secret
    for entry in chosen:
        if entry.when is None:
            continue
        new = NewEntry(
            title="一件从来没有的新事",
            category="tools",
            date=_day_of(entry.when.iso),
            handle="nobody",
        )
        after = add(path, data, new, SETTING, "zh")
        assert after.entry.title == new.title
        assert len(after.data) > len(data)


def _day_of(iso: str) -> str:
    return iso if len(iso) > len("2024-03") else f"{iso}-02"


def test_the_note_of_a_month_is_the_one_that_holds_most_of_it() -> None:
    other = "# 3.4 周1\n* 1、甲第一件\n"
    notes = [read_note(SECTIONS, "2024-03.md"), read_note(other, "2024/3月.md")]
    assert note_for(notes, "2024-03-09") == "2024-03.md"
    assert note_for(notes[1:], "2024-03-09") == "2024/3月.md"
    assert note_for(notes, "2024-04-01") == "2024-04.md"


def test_drafts_reports_of_other_days_and_strays_are_no_months_note() -> None:
    draft = SECTIONS.replace("# AI", "---\ndraft: true\n---\n# AI", 1)
    report = "AI日报（2024年3月 5日）\n\n# 论文\n\n### 甲\n\n贡献人：@林晚\n\n正文\n"
    stray = SECTIONS.replace("正文甲。", "<!-- digest: date=2023-01-01 -->").replace("03", "02", 1)
    notes = [
        read_note(draft, "a.md"),
        read_note(report, "b.md"),
        read_note(stray, "c.md"),
    ]
    assert note_for(notes, "2024-03-06") == "2024-03.md"
    assert note_for(notes, "2024-03-05") == "b.md"


def test_a_months_first_note_is_named_as_the_one_before() -> None:
    assert note_for([read_note(SECTIONS, "monthly/2024-03.md")], "2024-04") == "monthly/2024-04.md"
    assert note_for([read_note(SECTIONS, "spring.md")], "2024-04") == "2024-04.md"
    assert note_for([read_note("# AI: 2024.04\n", "a/2024-04.md")], "2024-04") == "a/2024-04.md"
    assert beside("a/2024-04.md") == "a/2024-04-new.md"


def test_a_note_begins_with_its_month_in_the_digests_language() -> None:
    assert first_lines("2024-03", "zh").decode() == (
        "---\ntitle: 2024 年 3 月\nlanguage: zh\ndate: 2024-03\n---\n\n# AI: 2024.03\n"
    )
    assert "title: March 2024\nlanguage: en\n" in first_lines("2024-03", "en").decode()
