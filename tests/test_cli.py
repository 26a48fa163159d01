"""The commands as a curator uses them: notes in, files and messages out, and the exit code."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from digest.cli import main

ROOT = Path(__file__).parent.parent
NOTE = """\
# AI: 2024.03

# 1. 工具

## 1.1. [llamafile：一个文件就能跑](https://github.com/Mozilla-Ocho/llamafile)

模型和运行它的程序装在同一个文件里。

# 2. 论文

## 2.1. [BitNet b1.58](https://arxiv.org/abs/2402.17764)

权重只取三个值。
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a curator's folder with one note of two entries."""
    monkeypatch.chdir(tmp_path)
    notes = tmp_path / "entries"
    notes.mkdir()
    (notes / "2024-03.md").write_text(NOTE, encoding="utf-8")
    (tmp_path / "site.yaml").write_text(
        "title: Desk\nlanguage: en\nbase_url: https://example.org/\n", encoding="utf-8"
    )
    return tmp_path


def test_build_without_arguments_writes_the_site_and_says_where(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([]) == 0
    out, err = capsys.readouterr()
    assert (desk / "site" / "index.html").is_file()
    assert (desk / "site" / "feed.xml").is_file()
    assert "2 entries from 1 note ·" in out
    assert "Open site/index.html" in out
    assert err == ""


def test_export_prints_an_object_a_line_with_the_fields_scripts_rely_on(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del desk
    assert main(["export"]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first == {
        "id": first["id"],
        "path": f"entries/2024/03/llamafile-{first['id']}.html",
        "title": "llamafile：一个文件就能跑",
        "date": "2024-03",
        "author": None,
        "handle": None,
        "category": "tools",
        "topics": first["topics"],
        "evidence": first["evidence"],
        "links": [
            {
                "url": "https://github.com/Mozilla-Ocho/llamafile",
                "text": "llamafile：一个文件就能跑",
                "kind": "code",
            }
        ],
        "images": [],
        "source": {"file": "2024-03.md", "line": 5, "end_line": 7, "dialect": "sections"},
        "text": "模型和运行它的程序装在同一个文件里。",
        "draft": False,
        "note": None,
        "pick": False,
        "language": "zh",
    }
    assert first["evidence"][0]["for"] == "tools"
    assert set(first["evidence"][0]) == {"for", "signal", "weight", "line"}
    assert (second["category"], second["source"]["line"]) == ("papers", 11)


def test_the_site_holds_the_same_export(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["build", "--quiet"])
    capsys.readouterr()
    main(["export"])
    printed = capsys.readouterr().out
    assert (desk / "site" / "data" / "entries.jsonl").read_text(encoding="utf-8") == printed


@pytest.mark.parametrize("wanted", ["2024-03.md:7", "entries/2024-03.md:5", "./PAGE", "ID"])
def test_explain_finds_an_entry_by_line_page_or_id(
    desk: Path, capsys: pytest.CaptureFixture[str], wanted: str
) -> None:
    del desk
    main(["export"])
    row = json.loads(capsys.readouterr().out.splitlines()[0])
    wanted = wanted.replace("PAGE", row["path"]).replace("ID", row["id"])
    assert main(["explain", wanted]) == 0
    out = capsys.readouterr().out
    assert out.startswith("llamafile：一个文件就能跑\n")
    assert "date      2024-03 (known to the month), year from the note's heading" in out
    assert "category  tools, fixed by the section `工具` on line 3" in out


def test_explain_of_an_unknown_entry_is_wrong_usage(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del desk
    assert main(["explain", "2024-04.md:99"]) == 2
    assert "no entry is called 2024-04.md:99" in capsys.readouterr().err


def test_explain_of_a_line_between_entries_names_the_nearest(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del desk
    assert main(["explain", "entries/2024-03.md:3"]) == 2
    assert (
        "no entry stands at entries/2024-03.md:3; the nearest begins at entries/2024-03.md:5\n"
        in capsys.readouterr().err
    )


def test_check_accounts_for_every_line_and_writes_nothing(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"]) == 0
    out = capsys.readouterr().out
    assert out == (
        "note        dialect   entries  lines  in entries  furniture  unclaimed\n"
        "2024-03.md  sections        2      7           4          3          0\n"
        "nothing to report\n"
    )
    assert not (desk / "site").exists()


def test_a_bad_note_costs_itself_and_the_other_notes_are_built(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "entries" / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    (desk / "entries" / "legacy.txt").write_bytes("# 三月\n工具".encode("gb18030"))
    (desk / "entries" / "empty.md").write_text("\n\n", encoding="utf-8")
    (desk / "entries" / "diary.md").write_text("Dear diary,\n\nno entry here.\n", encoding="utf-8")
    assert main(["build"]) == 1
    out, err = capsys.readouterr()
    assert "2 entries from 1 note ·" in out
    assert "entries/picture.md:" in err
    assert "error[R002]: this is a binary file, not a note" in err
    assert (
        "entries/legacy.txt:1:3: error[R003]: byte 0xc8 is not UTF-8 (it looks like GB18030)" in err
    )
    assert "entries/empty.md:1:1: warning[R101]: the note is empty" in err
    assert "entries/diary.md:1:1: error[R004]: the note is in no dialect that is known" in err
    assert err.count("= hint: ") == 4
    assert "llamafile" in (desk / "site" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "front", ["tags: [a]", "title: [broken", "category: [a, b]", "title: one\ntitle: two"]
)
def test_front_matter_that_is_wrong_is_told_and_costs_no_site(
    desk: Path, capsys: pytest.CaptureFixture[str], front: str
) -> None:
    text = NOTE.replace("llamafile", "koboldcpp").replace("2402.17764", "2403.00001")
    (desk / "entries" / "2024-04.md").write_text(f"---\n{front}\n---\n{text}", encoding="utf-8")
    assert main(["build"]) == 1
    out, err = capsys.readouterr()
    assert "4 entries from 2 notes ·" in out
    assert "entries/2024-04.md:" in err
    assert "error[C00" in err


def test_wrong_settings_leave_the_last_site_as_it_was(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["build"])
    before = (desk / "site" / "index.html").read_bytes()
    (desk / "site.yaml").write_text("titel: Desk\n", encoding="utf-8")
    (desk / "entries" / "2024-03.md").write_text(NOTE.replace("三个值", "三种值"), encoding="utf-8")
    capsys.readouterr()
    assert main(["build"]) == 1
    err = capsys.readouterr().err
    assert "site.yaml:1:1: error[C003]: unknown key `titel`" in err
    assert "did you mean `title`?" in err
    assert "No site was written; site is as it was." in err
    assert (desk / "site" / "index.html").read_bytes() == before


def test_a_folder_that_does_not_exist_is_one_error(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--notes", "nowhere"]) == 1
    err = capsys.readouterr().err
    assert "nowhere: error[R001]: there is no such folder" in err
    assert "= hint: name the folder that holds your notes" in err
    assert err.endswith("\nNo site was written.\n")
    assert not (desk / "site").exists()


@pytest.mark.parametrize("command", [["explain", "2024-03.md:5"], ["train"]])
def test_a_folder_that_does_not_exist_is_told_before_anything_else(
    desk: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    del desk
    assert main([*command, "--notes", "nowhere"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "nowhere: error[R001]: there is no such folder\n"
        "      = hint: name the folder that holds your notes: `--notes DIR`\n"
    )


def test_quiet_leaves_out_notices_and_keeps_warnings(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "site.yaml").write_text("title: Desk\n", encoding="utf-8")
    (desk / "entries" / "empty.md").write_text("", encoding="utf-8")
    assert main(["build", "--quiet"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "entries/empty.md: warning[R101]: the note is empty\n"
        "      = hint: write an entry, or delete it\n"
    )


def test_a_folder_of_somebody_elses_files_is_not_replaced(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "site").mkdir()
    (desk / "site" / "thesis.txt").write_text("years of work", encoding="utf-8")
    assert main(["build"]) == 1
    assert "error[S004]" in capsys.readouterr().err
    assert (desk / "site" / "thesis.txt").read_text(encoding="utf-8") == "years of work"


def test_strict_turns_warnings_into_a_failure(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "entries" / "empty.md").write_text("", encoding="utf-8")
    assert main(["check"]) == 0
    assert main(["check", "--strict"]) == 1
    assert "1 warning" in capsys.readouterr().out


def test_diagnostics_as_json_hold_place_and_hint(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "entries" / "empty.md").write_text("", encoding="utf-8")
    assert main(["check", "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["code"], row["severity"], row["file"]) == ("R101", "warning", "entries/empty.md")
    assert row["hint"]


def test_diagnostics_for_github_annotate_the_line(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = NOTE.replace("## 2.1.", "### 2.1.")
    (desk / "entries" / "2024-03.md").write_text(note, encoding="utf-8")
    assert main(["check", "--format", "github"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(
        "::warning file=entries/2024-03.md,line=11,col=1,title=R109::entry heading has 3"
    )


def test_drafts_stay_out_until_they_are_asked_for(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = NOTE.replace("权重只取三个值。", "<!-- digest: draft -->\n权重只取三个值。")
    (desk / "entries" / "2024-03.md").write_text(note, encoding="utf-8")
    main(["export"])
    assert len(capsys.readouterr().out.splitlines()) == 1
    main(["export", "--drafts"])
    rows = [json.loads(row) for row in capsys.readouterr().out.splitlines()]
    assert [row["draft"] for row in rows] == [False, True]


def test_an_image_beside_the_note_is_copied_and_a_missing_one_is_told(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = NOTE + "\n![图](pictures/a.svg)\n\n![曲线](pictures/b.svg)\n"
    (desk / "entries" / "2024-03.md").write_text(note, encoding="utf-8")
    (desk / "entries" / "pictures").mkdir()
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
    (desk / "entries" / "pictures" / "a.svg").write_text(drawing, encoding="utf-8")
    assert main(["build"]) == 0
    assert "entries/2024-03.md:17:" in capsys.readouterr().err
    copied = list((desk / "site" / "images").iterdir())
    assert [path.read_text(encoding="utf-8") for path in copied] == [drawing]


def test_wrong_usage_has_its_own_exit_code(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del desk
    assert main(["build", "--colour"]) == 2
    assert "No such option" in capsys.readouterr().err
    assert main(["chek"]) == 2
    assert "No such command 'chek'. Did you mean 'check'?\n" in capsys.readouterr().err


def test_a_bug_of_ours_has_its_own_exit_code(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    del desk

    def broken(_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("digest.pipeline.gather", broken)
    assert main(["check"]) == 3
    assert "This is a bug of Digest" in capsys.readouterr().err


def test_a_full_disk_is_told_in_a_line_and_is_no_bug(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    del desk

    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("digest.pipeline.gather", full)
    assert main(["export"]) == 1
    assert capsys.readouterr() == ("", "cannot write: No space left on device\n")


def test_two_builds_of_the_same_notes_are_the_same_to_the_byte(desk: Path) -> None:
    main(["build", "--quiet", "--output", "one"])
    main(["build", "--quiet", "--output", "two"])
    one, two = desk / "one", desk / "two"
    names = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(two) for path in two.rglob("*") if path.is_file())
    assert all((one / name).read_bytes() == (two / name).read_bytes() for name in names)


def test_help_names_every_option_with_its_default() -> None:
    run = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, str(ROOT / "build.py"), "build", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    options = ("--notes", "--config", "--output", "--base-url", "--drafts", "--strict", "--format")
    for option in (*options, "--quiet"):
        assert option in run.stdout
    assert run.stdout.count("default") >= len(options)


def test_a_pipe_that_closes_early_is_no_error(desk: Path) -> None:
    run = subprocess.run(  # noqa: S602  # our own command, and a pipe is what is tested
        f"'{sys.executable}' '{ROOT / 'build.py'}' export | head -c 1",
        shell=True,
        cwd=desk,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "{"
    assert run.stderr == ""


def test_settings_that_are_not_there_are_told_by_name(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--config", "sites.yaml"]) == 1
    err = capsys.readouterr().err
    assert "sites.yaml: error[C001]: cannot read: No such file or directory" in err
    assert not (desk / "site").exists()


def test_a_file_in_the_place_of_the_site_is_kept(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "site").write_text("a file", encoding="utf-8")
    assert main(["build"]) == 1
    assert "error[S001]" in capsys.readouterr().err
    assert (desk / "site").read_text(encoding="utf-8") == "a file"


def test_an_id_given_twice_is_told_with_both_places(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = NOTE.replace("\n\n模型和", "\n<!-- digest: id=one -->\n\n模型和")
    note = note.replace("\n\n权重", "\n<!-- digest: id=one -->\n\n权重")
    (desk / "entries" / "2024-03.md").write_text(note, encoding="utf-8")
    assert main(["build"]) == 1
    err = capsys.readouterr().err
    assert "entries/2024-03.md:12:1: error[S002]: the id `one` is taken by the entry at " in err
    assert "2024-03.md:5:1" in err
    assert not (desk / "site").exists()


def test_a_folder_without_notes_is_told(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "empty").mkdir()
    assert main(["check", "--notes", "empty"]) == 0
    out = capsys.readouterr().out
    assert "empty: warning[R112]: the folder holds no notes" in out
    assert main(["build", "--notes", "empty"]) == 0
    assert "permalinks" not in capsys.readouterr().out


DOUBTFUL = """\
### 01

林晚 @digest_lin 2024-02-03

今天天气不错。
"""


def test_check_lists_the_least_certain_entries_and_explain_says_so(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "entries" / "posts.md").write_text(DOUBTFUL, encoding="utf-8")
    (desk / "taxonomy.yaml").write_text(
        "categories:\n  alpha: {signals: {天气: 1}}\n  beta: {signals: {不错: 0.8}}\n"
        "  tools: {labels: [工具], signals: {title:无: 1}}\n"
        "  papers: {labels: [论文]}\n",
        encoding="utf-8",
    )
    (desk / "weights.tsv").write_text(
        "category\talpha\tbeta\ttools\tpapers\nbias\t0\t0\t0\t0\ntopic\n", encoding="utf-8"
    )
    assert main(["check"]) == 0
    out = capsys.readouterr().out
    assert "\nentries/posts.md:1  alpha     beta  0.20    今天天气不错\n" in out
    assert "`build.py label` settles them, a key each" in out
    main(["explain", "posts.md:5"])
    out = capsys.readouterr().out
    assert "alpha, by its signals; next beta, 0.20 behind (unsure: `build.py label`" in out
    assert "title:天气                  alpha                1.00  5" in out


def test_an_unsure_category_is_marked_on_its_page_and_in_lists(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "entries" / "posts.md").write_text(DOUBTFUL, encoding="utf-8")
    (desk / "taxonomy.yaml").write_text(
        "categories:\n  alpha: {labels: [工具, 论文], signals: {天气: 1}}\n"
        "  beta: {signals: {不错: 0.8}}\n",
        encoding="utf-8",
    )
    (desk / "weights.tsv").write_text("category\talpha\tbeta\nbias\t0\t0\n", encoding="utf-8")
    assert main(["build"]) == 0
    capsys.readouterr()
    mark = (
        '<span class="unsure" role="img" aria-label="category unsure" title="category unsure">'
        "?</span>"
    )
    marked = [p for p in (desk / "site/entries").rglob("*.html") if mark in p.read_text("utf-8")]
    assert len(marked) == 1
    page = marked[0].read_text("utf-8")
    assert "今天天气不错" in page
    assert f"alpha</a>{mark}</p>" in page
    assert f"alpha{mark}</span>" in (desk / "site/index.html").read_text("utf-8")


def test_damaged_weights_are_told_and_leave_the_last_site(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "weights.tsv").write_text("category\ttools\nbias\t0\t1\n", encoding="utf-8")
    assert main(["build"]) == 1
    err = capsys.readouterr().err
    assert "weights.tsv: error[C007]: line 2 of the weights does not fit the head of" in err
    assert not (desk / "site").exists()


def test_training_asks_for_labels_first(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train"]) == 0
    assert "Fewer than 10 labels of your own" in capsys.readouterr().out
    assert not (desk / "weights.tsv").exists()
