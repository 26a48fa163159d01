"""The file as a curator meets it: begun, kept by builds, merged, damaged."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from digest.cli import main

NOTE = """\
# AI: 2024.03

# 1. 工具

## 1.1. [一个文件就能跑的模型](https://github.com/example/onefile)

模型和程序装在同一个文件里。

## 1.2. [会写诗的小模型](https://example.org/poems)

一亿个参数。
"""


@pytest.fixture
def note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the one note of a curator's folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "site.yaml").write_text(
        "title: Desk\nlanguage: en\nbase_url: https://example.org/\n", encoding="utf-8"
    )
    path = tmp_path / "entries" / "2024-03.md"
    path.parent.mkdir()
    path.write_text(NOTE, encoding="utf-8")
    return path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def kept(note: Path) -> dict[str, str]:
    """Return the paths in the file by title."""
    lines = (note.parent / "permalinks.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return {row["title"]: row["path"] for row in rows if row["state"] == "live"}


def test_build_without_the_file_says_what_it_would_write_and_writes_none(
    note: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build"]) == 0
    said = "`build.py permalinks` would keep 2 addresses in entries/permalinks.jsonl"
    assert said in capsys.readouterr().out
    assert sorted(path.name for path in note.parent.iterdir()) == ["2024-03.md"]


def test_permalinks_begins_the_file_and_says_so(
    note: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["permalinks"]) == 0
    assert capsys.readouterr().out == "entries/permalinks.jsonl keeps 2 addresses (2 new)\n"
    assert list(kept(note)) == ["会写诗的小模型", "一个文件就能跑的模型"]
    assert main(["permalinks"]) == 0
    said = "entries/permalinks.jsonl keeps 2 addresses (as they were)\n"
    assert capsys.readouterr().out == said


def test_build_keeps_the_addresses_of_what_was_edited_and_adds_what_is_new(
    note: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["permalinks"]) == 0
    before = kept(note)
    edit(note, "会写诗的小模型](https://example.org/poems)", "会写诗的模型](https://e.org/verse)")
    edit(note, "一亿个参数。\n", "一亿个参数。\n\n## 1.3. 没有链接的一条\n")
    assert main(["build"]) == 0
    assert (
        "entries/permalinks.jsonl keeps 3 addresses (1 new, 1 edited)"
    ) in capsys.readouterr().out.splitlines()
    after = kept(note)
    assert after["会写诗的模型"] == before["会写诗的小模型"]
    assert all(Path("site", path).is_file() for path in after.values())


@pytest.mark.parametrize("command", ["check", "export", "explain"])
def test_commands_that_only_look_write_nothing(note: Path, command: str) -> None:
    assert main(["permalinks"]) == 0
    file = note.parent / "permalinks.jsonl"
    before = file.read_bytes()
    edit(note, "会写诗的小模型", "会写诗的模型")
    arguments = ["explain", "2024-03.md:5"] if command == "explain" else [command]
    assert main(arguments) == 0
    assert file.read_bytes() == before


def test_old_address_leads_to_the_new_one_and_stays_out_of_the_site_map(note: Path) -> None:
    assert main(["permalinks"]) == 0
    old = kept(note)["会写诗的小模型"]
    edit(note, "poems)\n", "poems) <!-- digest: slug=poems -->\n")
    assert main(["build"]) == 0
    assert kept(note)["会写诗的小模型"] == "entries/2024/03/poems.html"
    page = Path("site", old).read_text(encoding="utf-8")
    target = "../../../entries/2024/03/poems.html"
    assert f'<meta http-equiv="refresh" content="0; url={target}">' in page
    assert '<link rel="canonical" href="https://example.org/entries/2024/03/poems.html">' in page
    assert f'<a href="{target}"' in page
    sitemap = Path("site/sitemap.xml").read_text(encoding="utf-8")
    assert sitemap.count("entries/2024/03/poems.html") == 1
    assert old not in sitemap


def test_feed_id_stays_when_a_title_is_mended(note: Path) -> None:
    assert main(["permalinks"]) == 0
    assert main(["build"]) == 0
    ids = re.compile(r"<guid[^>]*>[^<]*</guid>")
    before = ids.findall(Path("site/feed.xml").read_text(encoding="utf-8"))
    edit(note, "会写诗的小模型](https://example.org/poems)", "会写诗的模型](https://e.org/verse)")
    assert main(["build"]) == 0
    assert ids.findall(Path("site/feed.xml").read_text(encoding="utf-8")) == before


def test_damaged_file_is_told_and_leaves_the_last_site_and_the_file(
    note: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["permalinks"]) == 0
    assert main(["build"]) == 0
    file = note.parent / "permalinks.jsonl"
    file.write_text("<<<<<<< ours\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    damaged = file.read_bytes()
    edit(note, "会写诗的小模型", "会写诗的模型")
    page = Path("site/index.html").read_bytes()
    capsys.readouterr()
    for command in ("build", "permalinks"):
        assert main([command]) == 1
        assert capsys.readouterr().err.startswith(
            "entries/permalinks.jsonl:1:1: error[S005]: a merge has left its mark here\n"
            "    1 | <<<<<<< ours\n"
        )
    assert file.read_bytes() == damaged
    assert Path("site/index.html").read_bytes() == page


def test_file_that_cannot_be_read_is_told(note: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = note.parent / "permalinks.jsonl"
    file.write_bytes(b'{"id": "\xff"}\n')
    assert main(["check"]) == 1
    assert "error[S005]: byte 9 is not UTF-8" in capsys.readouterr().out
    file.unlink()
    file.mkdir()
    assert main(["check"]) == 1
    assert "error[S005]: cannot read: Is a directory" in capsys.readouterr().out


def test_file_that_cannot_be_written_is_a_warning_and_the_site_is_built(
    note: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["permalinks"]) == 0
    file = note.parent / "permalinks.jsonl"
    before = file.read_bytes()
    capsys.readouterr()
    monkeypatch.setattr("digest.files.os.access", lambda path, _: path.name != file.name)
    edit(note, "会写诗的小模型", "会写诗的模型")
    assert main(["build"]) == 0
    told = capsys.readouterr()
    assert "warning[S106]: cannot write: the file is read-only" in told.err
    assert "permalinks.jsonl keeps" not in told.out
    assert main(["permalinks"]) == 1
    assert "Nothing was written." in capsys.readouterr().err
    assert file.read_bytes() == before
    assert Path("site/index.html").is_file()


def test_slip_in_front_matter_that_costs_the_date_costs_no_address(
    note: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dated = "---\ndate: 2024-03\n---\n" + NOTE.replace("# AI: 2024.03\n", "# AI\n")
    note.write_text(dated, encoding="utf-8")
    main(["permalinks"])
    before = kept(note)
    note.write_text(dated.replace("2024-03", "[2024-03"), encoding="utf-8")
    for _ in range(2):
        assert main(["build"]) == 1
        assert "entries/permalinks.jsonl keeps 2 addresses" in capsys.readouterr().out
        assert kept(note) == before
    assert all(Path("site", path).is_file() for path in before.values())


def test_note_that_cannot_be_read_loses_no_address_to_another(note: Path) -> None:
    assert main(["permalinks"]) == 0
    file = note.parent / "permalinks.jsonl"
    before = set(file.read_text(encoding="utf-8").splitlines())
    note.write_bytes(b"\x00\x01\x02")
    (note.parent / "2024-04.md").write_text(NOTE.replace("2024.03", "2024.04"), encoding="utf-8")
    assert main(["build"]) == 1
    after = set(file.read_text(encoding="utf-8").splitlines())
    assert before < after
    assert len(after) == 4
