"""``build.py export``: each form as the programs that read it expect it."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from digest.cli import main
from digest.compose.body import contained, with_breaks
from digest.exporting.tables import as_csv
from tests.readers.shared import SHARED, shared

if TYPE_CHECKING:
    from pathlib import Path

# A note of each dialect, with texts that look like the structure of a note in sections.
NOTES = {
    "2024-03.md": """\
# AI: 2024.03

# 1. 工具

## 1.1. [`llamafile`：一个文件 [beta] a*b](https://github.com/a/llamafile)
<!-- digest: topics=inference pick note="值得看看" -->

### 1.9 不是条目

#### 小标题

```md
# 2. 论文
## 2.1. [代码里的](https://example.org/code)
```

# 2. 论文

## 2.1. [BitNet](https://example.org/a_(b))
<!-- digest: draft date=2024-03-05 author="林 晚" handle=lin -->
""",
    "posts.md": """\
### 01

Mara @mara 2024-02-03

第一行说的是一件事。
第二行紧跟着。
#话题 不是标题
## 也像标题
- 一点
- 两点
  https://example.org/p
```sh
ls
ls -l
""",
    "2024/4月.md": """\
# 4.1 周1
* 1、(**必读**)甲号的新作  甲号  https://example.org/1 \\
  论文：https://example.org/2
  #1 榜首
""",
    "flat.md": "# AI资讯: 2024.01\n\n# 01. `资讯` =SUM(A1) 的来历\n\n<!-- 一句旁白 -->\n正文。\n",
    "2024-05-06.md": "AI日报（5月 6日）\n\n# 论文\n\n### 乙的方法\n\n链接：https://example.org/r\n\n正文\n",
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a curator's folder with a note of each dialect."""
    monkeypatch.chdir(tmp_path)
    for name, text in NOTES.items():
        file = tmp_path / "entries" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (tmp_path / "site.yaml").write_text(
        "title: Desk\nlanguage: en\nauthor: Mara\nbase_url: https://example.org/\n",
        encoding="utf-8",
    )
    return tmp_path


def run(capsysbinary: pytest.CaptureFixture[bytes], *arguments: str) -> bytes:
    capsysbinary.readouterr()
    assert main(["export", *arguments]) == 0
    return capsysbinary.readouterr().out


def titles(data: bytes) -> list[str]:
    return [json.loads(line)["title"] for line in data.decode().splitlines()]


def test_json_holds_the_same_objects_as_json_lines(
    desk: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    del desk
    lines = run(capsysbinary, "--drafts")
    assert run(capsysbinary, "--drafts", "--format", "jsonl") == lines
    rows = json.loads(run(capsysbinary, "--drafts", "--format", "json"))
    assert rows == [json.loads(line) for line in lines.decode().splitlines()]
    assert len(rows) == 6


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (("--since", "2024-04"), ["乙的方法", "甲号的新作"]),
        (("--since", "2024-04-02"), ["乙的方法"]),
        (("--since", "2024-03-31", "--category", "tools"), ["llamafile：一个文件 [beta] a*b"]),
        (("--category", "资讯", "--since", "2024-01"), ["=SUM(A1) 的来历"]),
        (("--topic", "inference"), ["llamafile：一个文件 [beta] a*b"]),
    ],
)
def test_entries_are_chosen_by_date_category_and_topic(
    desk: Path,
    arguments: tuple[str, ...],
    wanted: list[str],
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    del desk
    # An entry known to its month counts when a day of it does.
    assert titles(run(capsysbinary, *arguments)) == wanted


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--since", "yesterday"), "`yesterday` is not a date; write `--since 2024-03-05`"),
        (("--category", "tolls"), "`tolls` is no category; did you mean `tools`?"),
        (("--topic", "xyzzy"), "`xyzzy` is no topic; known: "),
        (
            ("--topic", "agnets，xyzzy"),
            "`agnets` is no topic; did you mean `agents`? `xyzzy` is no topic; known: ",
        ),
        (("--format", "pdf"), "'pdf' is not one of 'jsonl', 'json', 'csv', 'opml', 'markdown'"),
    ],
)
def test_wrong_choices_are_wrong_usage(
    desk: Path, arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    del desk
    assert main(["export", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in " ".join(err.split())


def test_csv_opens_in_a_spreadsheet_and_runs_no_formula(
    desk: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    del desk
    data = run(capsysbinary, "--drafts", "--format", "csv")
    assert data.startswith(b"\xef\xbb\xbfdate,title,category,topics,url,kind,")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    by_title = {row["title"]: row for row in rows}
    assert by_title["'=SUM(A1) 的来历"]["category"] == "news"
    row = by_title["llamafile：一个文件 [beta] a*b"]
    assert (row["date"], row["pick"], row["note"], row["draft"]) == (
        "2024-03",
        "yes",
        "值得看看",
        "",
    )
    assert "\n# 2. 论文\n" in row["text"]
    bare = data.replace(b"\r\n", b"")
    assert b"\r" not in bare
    assert len(rows) == 6


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "＝"])
def test_a_cell_that_looks_like_a_formula_is_text(start: str) -> None:
    source = {"file": "a.md", "line": 3}
    row: dict[str, object] = {"topics": [], "links": [], "source": source}
    row["title"] = f'{start}1+"2"\0'
    row |= dict.fromkeys(("date", "category", "author", "handle", "text", "note"), None)
    row |= dict.fromkeys(("pick", "draft", "language", "path", "id"), "")
    cells = next(csv.reader(io.StringIO(as_csv([row]).decode().split("\r\n")[1])))
    assert cells[1] == f'\'{start}1+"2"'


def test_opml_lists_the_entries_as_links_by_category(
    desk: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    del desk
    root = ET.fromstring(run(capsysbinary, "--format", "opml", "--since", "2024-04-02"))  # noqa: S314  # our own
    assert root.attrib == {"version": "2.0"}
    assert [(e.tag, e.text) for e in root.findall("head/*")] == [
        ("title", "Desk"),
        ("ownerName", "Mara"),
    ]
    (group,) = root.findall("body/outline")
    assert group.attrib == {"text": "Papers"}
    (outline,) = group
    category = outline.attrib.pop("category")
    assert category.split(",")[0] == "/papers"
    assert outline.attrib == {
        "text": "乙的方法",
        "type": "link",
        "url": "https://example.org/r",
        "created": "Mon, 06 May 2024 00:00:00 GMT",
    }


SAME = ("title", "date", "category", "topics", "text", "author", "handle", "note", "pick", "draft")


def read_back(desk: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> list[list[dict[str, Any]]]:
    """Return the entries before, and after a way through Markdown, by their titles."""
    before = run(capsysbinary, "--drafts").decode().splitlines()
    note = run(capsysbinary, "--drafts", "--format", "markdown")
    (desk / "again").mkdir()
    (desk / "again" / "all.md").write_bytes(note)
    after = run(capsysbinary, "--drafts", "--notes", "again").decode().splitlines()
    return [
        sorted((json.loads(line) for line in lines), key=lambda e: (e["title"], e["text"]))
        for lines in (before, after)
    ]


def test_markdown_is_read_back_to_the_same_entries(
    desk: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    before, after = read_back(desk, capsysbinary)
    for old, new in zip(before, after, strict=True):
        assert {key: old[key] for key in SAME} == {key: new[key] for key in SAME}
        assert [link["url"] for link in old["links"]] == [link["url"] for link in new["links"]]


@shared
@pytest.mark.shared
def test_real_notes_are_read_back_to_the_same_entries(
    desk: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["export", "--notes", str(SHARED / "notes"), "--format", "markdown"]) in {0, 1}
    (desk / "again").mkdir()
    (desk / "again" / "all.md").write_bytes(capsysbinary.readouterr().out)
    old = _by_key(capsysbinary, str(SHARED / "notes"))
    new = _by_key(capsysbinary, "again")
    keys = [key for key in SAME if key != "topics"]
    assert [[row[key] for key in keys] for row in old] == [
        [row[key] for key in keys] for row in new
    ]
    assert [sorted(link["url"] for link in row["links"]) for row in old] == [
        sorted(link["url"] for link in row["links"]) for row in new
    ]
    # Where the tagger found none, it may find one in another habit; those that it found stay.
    assert all(a["topics"] == b["topics"] for a, b in zip(old, new, strict=True) if a["topics"])


def _by_key(capsysbinary: pytest.CaptureFixture[bytes], notes: str) -> list[dict[str, Any]]:
    rows = map(json.loads, run(capsysbinary, "--notes", notes).decode().splitlines())
    return sorted(rows, key=lambda row: (row["category"], row["title"], row["text"]))


def test_what_looks_like_structure_is_contained_and_no_word_lost() -> None:
    text = "# a\n#6.1 b\n##### c\n<!-- digest: draft -->\n```\n# code\n```\n~~~\n# open"
    assert contained(text.split("\n"), 3) == [
        "### a",
        "\\#6.1 b",
        "##### c",
        "\\<!\\-- digest: draft -->",
        "```",
        "# code",
        "```",
        "~~~",
        "# open",
        "~~~",
    ]


def test_lines_that_stand_on_their_own_keep_apart() -> None:
    text = "a\nb\n\nc \\\nd  \ne\n```\nx\ny\n```\nf"
    assert with_breaks(text.split("\n")) == [
        *("a  ", "b", "", "c \\", "d  ", "e  ", "```", "x", "y", "```", "f"),
    ]
    assert with_breaks([]) == []
