"""Drafts stay out of the site, in every dialect; what is dated later than today does not."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest

from digest.cli import main

if TYPE_CHECKING:
    from pathlib import Path

HIDDEN = "秘密"
DRAFTS = {
    "2024-03.md": (
        "# AI: 2024.03\n\n# 1. 工具\n\n## 1.1. [甲一](https://example.org/a)\n\n"
        "## 1.2. [秘密甲](https://example.org/hidden)\n<!-- digest: draft -->\n\n秘密的正文\n"
    ),
    "flat.md": (
        "# AI资讯: 2024.01\n\n# 01. `资讯` [乙一](https://example.org/b)\n\n"
        "# 02. `资讯` [秘密乙](https://example.org/hidden)\n\n秘密的正文\n\n"
        "<!-- digest: draft -->\n"
    ),
    "posts.md": (
        "### 01\n\n林 @lin 2024-02-03\n\n丙一说的是一件新事。\n\n"
        "### 02\n\n林 @lin 2024-02-04\n\n秘密丙说的是一件新事。\n\n<!-- digest: draft -->\n"
    ),
    "2024/4月.md": (
        "# 4.1 周1\n* 1、丁一的新作  某号  https://example.org/d\n"
        "* 2、秘密丁的新作  某号  https://example.org/hidden \\\n  秘密的正文\n"
        "  <!-- digest: draft -->\n"
    ),
    "2024-05-06.md": (
        "AI日报（5月 6日）\n\n# 论文\n\n### 戊一的方法\n\n链接：https://example.org/e\n\n"
        "### 秘密戊的方法\n\n链接：https://example.org/hidden\n\n秘密的正文\n\n"
        "<!-- digest: draft -->\n"
    ),
    "whole.md": (
        "---\ndraft: true\ntitle: 秘密的题目\n---\n\n# AI: 2024.06\n\n# 1. 工具\n\n"
        "## 1.1. [秘密己](https://example.org/hidden)\n"
    ),
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a curator's folder without notes."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "entries" / "2024").mkdir(parents=True)
    site = "title: D\nlanguage: zh\nbase_url: https://example.org/\n"
    (tmp_path / "site.yaml").write_text(site, encoding="utf-8")
    return tmp_path


def write(desk: Path, notes: dict[str, str]) -> None:
    for name, text in notes.items():
        (desk / "entries" / name).write_text(text, encoding="utf-8")


def holding(folder: Path, text: str) -> list[str]:
    """Return the files of a site that hold a text."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    wanted = text.encode()
    return [path.relative_to(folder).as_posix() for path in files if wanted in path.read_bytes()]


def test_a_draft_of_any_dialect_leaves_no_trace_in_the_site(desk: Path) -> None:
    write(desk, DRAFTS)
    assert main(["build", "--quiet"]) == 0
    assert holding(desk / "site", HIDDEN) == []
    assert holding(desk / "site", "example.org/hidden") == []
    assert len(holding(desk / "site" / "entries", "<article")) == 5


@pytest.mark.parametrize(
    "front", ["draft: yes", "draft: [true]", "title: [broken\ndraft: true", "draft: true\ntags: a"]
)
def test_a_slip_in_front_matter_publishes_no_draft(desk: Path, front: str) -> None:
    note = f"---\n{front}\n---\n\n# 1. 工具\n\n## 1.1. [{HIDDEN}](https://example.org/hidden)\n"
    write(desk, {"2024-03.md": note})
    assert main(["build", "--quiet"]) == 1
    assert holding(desk / "site", HIDDEN) == []


def test_with_drafts_each_is_on_its_pages_and_marked_and_in_no_feed(desk: Path) -> None:
    write(desk, DRAFTS)
    assert main(["build", "--quiet", "--drafts"]) == 0
    site = desk / "site"
    lines = (site / "data" / "entries.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    drafts = [row for row in rows if row["draft"]]
    assert [row["source"]["file"] for row in drafts] == sorted(DRAFTS)
    assert all(HIDDEN in row["title"] for row in drafts)
    mark = '<span class="draft"'
    for row in rows:
        page = (site / row["path"]).read_text(encoding="utf-8")
        facts = page.partition('<div class="facts">')[2].partition("\n")[0]
        assert (mark in facts) == row["draft"], row["path"]
    assert (site / "index.html").read_text(encoding="utf-8").count(mark) >= len(drafts)
    feeds = [name for name in holding(site, HIDDEN) if name.endswith((".xml", ".json"))]
    assert [name for name in feeds if "sitemap" not in name] == []


def test_a_date_to_come_is_built_in_every_dialect(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    day = dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=40)
    year, month = day.year, day.month
    title = f"{year}.{month:02}"
    heading = f"{year}年{month}月{day.day}日"
    bullet = "* 1、丁的新作  某号  https://example.org/d"
    notes = {
        "a.md": f"# AI: {title}\n\n# 1. 工具\n\n## 1.1. 甲\n<!-- digest: date={day} -->\n",
        "b.md": f"# AI资讯: {title}\n\n# 01. `资讯` 乙\n\n正文\n",
        "c.md": f"### 01\n\n林 @lin {day}\n\n丙说的是一件新事。\n",
        f"{year}-{month:02}-d.md": f"# {month}.{day.day}\n{bullet}\n",
        "e.md": f"AI日报（{heading}）\n\n# 论文\n\n### 戊的方法\n\n贡献人：@林\n\n正文\n",
    }
    write(desk, notes)
    assert main(["build", "--quiet"]) == 0
    capsys.readouterr()
    assert main(["export"]) == 0
    out, err = capsys.readouterr()
    dates = [json.loads(line)["date"] for line in out.splitlines()]
    month_alone = f"{year}-{month:02}"
    assert sorted(dates) == sorted([month_alone, *[day.isoformat()] * 4])
    assert "R10" not in err
    assert len(holding(desk / "site" / "entries", "<article")) == 5
