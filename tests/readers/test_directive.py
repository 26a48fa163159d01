"""Comments as curators write them: joined by commas, with a colon, beside the words of an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from digest.readers import read_bytes
from tests.readers.factories import SETTING

if TYPE_CHECKING:
    from digest.model import Entry, Read

COMMENT = "<!-- digest: category=papers topics=rag -->"


def read(path: str, text: str) -> Read:
    return read_bytes(path, text.encode(), SETTING)


def words(entry: Entry) -> tuple[str, list[str], bool]:
    category = next((label.text for label in entry.labels if label.origin == "comment"), "")
    return category, [label.text for label in entry.topic_labels], entry.pick


@pytest.mark.parametrize(
    ("comment", "category", "topics", "pick"),
    [
        ("topics=rag, category=papers", "papers", ["rag"], False),
        ("topics=rag，category=papers", "papers", ["rag"], False),
        ("topics=rag, agents, category=papers, pick", "papers", ["rag", "agents"], True),
        ("category=papers; topics=rag、agents", "papers", ["rag", "agents"], False),
        ("category: papers, topics：rag", "papers", ["rag"], False),
        ("category=papers,pick", "papers", [], True),
        ("pick, topics=rag,", "", ["rag"], True),
        ("topics=picking, drafts", "", ["picking", "drafts"], False),
        ("category='papers', topics=\"rag, agents\"", "papers", ["rag", "agents"], False),
    ],
)
def test_words_of_a_comment_may_be_joined_as_in_prose(
    comment: str, category: str, topics: list[str], *, pick: bool
) -> None:
    text = f"# 1. 工具\n\n## 1.1. [甲](https://a.org/x)\n\n<!-- digest: {comment} -->\n\n正文\n"
    found = read("2024-03.md", text)
    assert found.diagnostics == ()
    assert words(found.entries[0]) == (category, topics, pick)


def test_a_comment_with_a_full_width_colon_is_read() -> None:
    text = "# 1. 工具\n\n## 1.1. [甲](https://a.org/x)\n\n<!-- digest：category=papers -->\n"
    assert words(read("2024-03.md", text).entries[0]) == ("papers", [], False)


POST = ["### 01", "", "王二 @wanger 2023-12-03", "", "一个看得见的模型", "", "https://b.org/x"]
OTHER_POST = "\n### 02\n\n李四 @lisi 2023-12-03\n\n别的标题\n\n正文\n"


@pytest.mark.parametrize("place", range(len(POST)))
def test_a_comment_anywhere_in_a_post_leaves_its_header_and_title_alone(place: int) -> None:
    rows = [f"{row} {COMMENT}".lstrip() if n == place else row for n, row in enumerate(POST)]
    found = read("2023-12.txt", "\n".join(rows) + "\n" + OTHER_POST)
    first = found.entries[0]
    assert found.diagnostics == ()
    assert (first.title, first.author, first.handle) == ("一个看得见的模型", "王二", "wanger")
    assert first.when is not None
    assert first.when.iso == "2023-12-03"
    assert words(first) == ("papers", ["rag"], False)


@pytest.mark.parametrize(
    ("bullet", "author", "url"),
    [
        (f"* 1.某团队提出新方法 {COMMENT}", None, ""),
        (
            f"* 1.某团队提出新方法  某某之声 {COMMENT} https://x.org/a",
            "某某之声",
            "https://x.org/a",
        ),
        (
            f"* 1.某团队提出新方法  某某之声  https://x.org/a {COMMENT}",
            "某某之声",
            "https://x.org/a",
        ),
        (
            f"* 1. {COMMENT} 某团队提出新方法  某某之声  https://x.org/a",
            "某某之声",
            "https://x.org/a",
        ),
        (
            f"* {COMMENT} 1.某团队提出新方法  某某之声  https://x.org/a",
            "某某之声",
            "https://x.org/a",
        ),
    ],
)
def test_a_comment_anywhere_in_a_bullet_leaves_its_title_alone(
    bullet: str, author: str | None, url: str
) -> None:
    text = f"# 10.1 Tue\n{bullet}\n* 2.另一条新闻  别家之声  https://y.org/b\n"
    found = read("2024-10.md", text)
    first = found.entries[0]
    assert found.diagnostics == ()
    assert (first.title, first.author) == ("某团队提出新方法", author)
    assert [link.url for link in first.links] == ([url] if url else [])
    assert words(first) == ("papers", ["rag"], False)
