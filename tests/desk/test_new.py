"""``build.py new`` as a curator uses it: a command or a conversation, and one entry more."""

from __future__ import annotations

import datetime as dt
import io
import os
import stat
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from digest.cli import main
from digest.desk.editor import command_for
from tests.desk.terminals import ROOT, Terminal
from tests.readers.factories import read_note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOTE = """\
# AI: 2024.03

# 1. 工具

## 1.1. [甲：第一件](https://example.org/a?utm_source=feed)

正文甲。
"""
TOLD = ("--category", "tools", "--date", "2024-03-05")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a curator's folder with one note of one entry."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "2024-03.md").write_text(NOTE, encoding="utf-8")
    return tmp_path


class Done(NamedTuple):
    """How a command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


def run(*arguments: str, typed: bytes = b"", **variables: str) -> Done:
    """Run the command away from a terminal."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed)))
        for name, value in variables.items():
            patch.setenv(name, value)
        code = main(["new", *arguments])
    return Done(code, out.getvalue(), err.getvalue())


def note(name: str = "2024-03.md") -> str:
    return Path("entries", name).read_bytes().decode()


def test_a_command_adds_the_entry_and_says_where(desk: Path) -> None:
    del desk
    url = ("--url", "example.org/b")
    done = run(
        "乙：第二件",
        *url,
        *TOLD,
        "--topic",
        "Agents,rag",
        "--body",
        "-",
        typed="正文\r\n乙。\n".encode(),
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "entries/2024-03.md:9  1.2  乙：第二件\n"
    assert note() == NOTE + (
        "\n## 1.2. [乙：第二件](https://example.org/b)\n"
        "<!-- digest: topics=agents,rag date=2024-03-05 -->\n"
        "\n正文\n乙。\n"
    )


def test_marks_in_a_title_are_read_back_as_they_were_typed(desk: Path) -> None:
    del desk
    title = "[Draft] *args, **kwargs and __init__ in <b> ~~ 🚀"
    done = run(title, "--url", "https://example.org/b", *TOLD)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"entries/2024-03.md:9  1.2  {title}\n"


def test_a_months_first_entry_makes_its_note_and_today_is_its_date(desk: Path) -> None:
    before = dt.datetime.now(tz=dt.UTC).astimezone().date()
    done = run(
        "乙", "--category", "论文", "--draft", "--pick", "--author", "林 晚", "--handle", "@lin"
    )
    after = dt.datetime.now(tz=dt.UTC).astimezone().date()
    assert done.returncode == 0
    made = next(path for path in (desk / "entries").iterdir() if path.name != "2024-03.md")
    assert made.name in {f"{day:%Y-%m}.md" for day in (before, after)}
    assert done.stdout == f"entries/{made.name}:11  1.1  乙, a new note\n"
    (entry,) = read_note(made.read_text(encoding="utf-8"), made.name).entries
    assert entry.when is not None
    assert entry.when.iso in {before.isoformat(), after.isoformat()}
    assert (entry.author, entry.handle, entry.draft, entry.pick) == ("林 晚", "lin", True, True)
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(made.stat().st_mode) == 0o666 & ~umask


def test_a_story_that_is_there_is_told_with_its_place_and_not_added(desk: Path) -> None:
    del desk
    done = run("另一个题目", "--url", "http://www.example.org/a/", *TOLD)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "entries/2024-03.md:5:1: warning[D101]: this link is in the digest already: 甲：第一件\n"
        "    5 | ## 1.1. [甲：第一件](https://example.org/a?utm_source=feed)\n"
        "      | ^\n"
        "      = hint: `--force` adds it all the same\n"
        "Nothing was written.\n"
    )
    done = run("甲：第一件！", *TOLD)
    assert "5:1: warning[D101]: nearly the same title is in the digest already: 甲" in done.stderr
    assert note() == NOTE
    assert run("甲：第一件！", *TOLD, "--force").returncode == 0
    assert "## 1.2. 甲：第一件！\n" in note()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), 'give a title, as in `build.py new "A title" --category tools`'),
        (("乙",), "name the category with `--category`: tools, models, papers"),
        ((" \t", *TOLD), "the title is empty"),
        (("乙", "--category", "tolls"), "`tolls` is no category; did you mean `tools`?"),
        (
            ("乙", "--category", "资讯 / 观点"),
            "means several categories; choose one of news, opinions",
        ),
        (("乙", *TOLD, "--topic", "agnets"), "`agnets` is no topic; did you mean `agents`?"),
        (("乙", *TOLD, "--url", "mailto:a@b.org"), "mailto:a@b.org is not a web address"),
        (("乙", *TOLD, "--date", "2024-02-30"), "`2024-02-30` is not a date"),
        (("乙", *TOLD, "--author", 'a" -->'), "--author cannot hold quotes"),
        (("乙", *TOLD, "--note-file", "../a.md"), "../a.md is no note in entries"),
        (("乙", *TOLD, "--note-file", "a.doc"), "a.doc is no note in entries"),
        (("乙", *TOLD, "--edit"), "no editor is named; set one"),
    ],
)
def test_wrong_usage_is_told_and_nothing_written(
    desk: Path, arguments: tuple[str, ...], message: str
) -> None:
    del desk
    done = run(*arguments, VISUAL="", EDITOR="")
    assert (done.returncode, done.stdout) == (2, "")
    assert message in " ".join(done.stderr.split())
    assert note() == NOTE


def test_text_that_would_be_read_as_another_entry_is_refused(desk: Path) -> None:
    done = run("乙", *TOLD, "--body", "## 1.3. [丙](https://example.org/c)")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("entries/2024-03.md: error[D001]: it would read as 2 entries\n")
    assert [path.name for path in (desk / "entries").iterdir()] == ["2024-03.md"]
    assert note() == NOTE


def test_input_that_is_not_utf_8_is_told(desk: Path) -> None:
    del desk
    done = run("乙", *TOLD, "--body", "-", typed=b"ab\xff")
    assert done.returncode == 2
    assert "byte 3 of standard input is not UTF-8" in done.stderr


def test_a_note_kept_otherwise_stays_where_its_habit_cannot_hold_the_entry(desk: Path) -> None:
    bullets = "# 3.4 周1\n* 1、乙第二件  某号  https://example.org/b\n"
    (desk / "entries" / "2024-03.md").write_text(bullets, encoding="utf-8")
    done = run("丙", "--category", "news", "--date", "2024-03")
    assert done.returncode == 0
    assert done.stdout == "entries/2024-03-new.md:11  1.1  丙, a new note\n"
    assert done.stderr == (
        "2024-03.md was left as it is: its entries stand under days, and this date is a month\n"
    )
    assert note() == bullets
    assert run("丁", "--category", "news", "--date", "2024-03").stdout.endswith("1.2  丁\n")


def test_a_note_can_be_named_from_here_or_from_its_folder(desk: Path) -> None:
    (desk / "notes").mkdir()
    told = (*TOLD, "--notes", "notes")
    assert run("乙", *told, "--note-file", "notes/a/b.md").stdout.startswith("notes/a/b.md:11  ")
    assert run("丙", *told, "--note-file", "a/b.md").stdout == "notes/a/b.md:14  1.2  丙\n"


def test_a_folder_that_is_not_there_is_an_error(desk: Path) -> None:
    del desk
    done = run("乙", *TOLD, "--notes", "nowhere")
    assert done.returncode == 1
    assert "nowhere: error[R001]: there is no such folder" in done.stderr


def test_permissions_and_links_stay(desk: Path) -> None:
    file = desk / "entries" / "2024-03.md"
    real = desk / "real.md"
    file.rename(real)
    real.chmod(0o640)
    file.symlink_to(real)
    assert run("乙", *TOLD).returncode == 0
    assert file.is_symlink()
    assert "1.2. 乙" in real.read_text(encoding="utf-8")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_many_at_once_lose_nothing(desk: Path) -> None:
    names = [f"第{word}件不同的事" for word in "甲乙丙丁戊己"]
    running = [
        subprocess.Popen(  # noqa: S603 - our own command
            [
                sys.executable,
                str(ROOT / "build.py"),
                "new",
                name,
                "--force",
                *TOLD[:2],
                "--date",
                day,
            ],
            stdout=subprocess.DEVNULL,
        )
        for name, day in zip(names, ["2024-03-05", "2024-04-01"] * 3, strict=True)
    ]
    assert [process.wait(timeout=60) for process in running] == [0] * len(names)
    texts = [path.read_text(encoding="utf-8") for path in sorted((desk / "entries").iterdir())]
    assert texts[0].startswith(NOTE)
    reads = [read_note(text, "2024-03.md") for text in texts]
    numbers = [[entry.number for entry in read.entries] for read in reads]
    assert numbers == [["1.1", "1.2", "1.3", "1.4"], ["1.1", "1.2", "1.3"]]
    assert {entry.title for read in reads for entry in read.entries} >= set(names)


def test_the_editor_opens_at_the_entry(desk: Path) -> None:
    script = desk / "my editor"
    script.write_text('#!/bin/sh\nprintf "%s|" "$@" > seen\n', encoding="utf-8")
    script.chmod(0o755)
    done = run("乙", *TOLD, "--edit", VISUAL="", EDITOR=f"'{script}' --wait")
    assert done.returncode == 0
    assert (desk / "seen").read_text(encoding="utf-8") == "--wait|+9|entries/2024-03.md|"
    done = run("丙丙", *TOLD, "--edit", VISUAL="false", EDITOR="")
    assert (done.returncode, done.stderr) == (1, "false ended with code 1\n")
    done = run("丁丁", *TOLD, "--edit", VISUAL="/no/such/editor", EDITOR="")
    assert "/no/such/editor cannot be opened: No such file or directory" in done.stderr


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        ("vim", ["vim", "+9", "a.md"]),
        ("emacsclient -t", ["emacsclient", "-t", "+9", "a.md"]),
        ("code --wait", ["code", "--wait", "--goto", "a.md:9"]),
        ("/usr/bin/hx", ["/usr/bin/hx", "a.md:9"]),
    ],
)
def test_each_editor_is_told_the_line_in_its_own_way(editor: str, words: list[str]) -> None:
    assert command_for(editor, Path("a.md"), 9) == words


@pytest.fixture
def start(desk: Path) -> Iterator[Callable[..., Terminal]]:
    del desk
    started: list[Terminal] = []

    def begin(*arguments: str) -> Terminal:
        started.append(Terminal("new", *arguments, TERM="dumb"))
        return started[-1]

    yield begin
    for terminal in started:
        terminal.close()


def test_on_a_terminal_everything_is_asked_for(start: Callable[..., Terminal]) -> None:
    terminal = start("--date", "2024-03-05")
    terminal.type("Title: ", "")
    terminal.expect("An entry needs a title.")
    terminal.type("Title: ", "乙：第二件")
    terminal.type("Link (Enter: none): ", "not a link")
    terminal.expect("it looks like https://example.org/page")
    terminal.type("Link (Enter: none): ", "https://arxiv.org/abs/2403.00001")
    shown = terminal.type("Which (Enter: papers)? ", "x")
    assert "[1] tools  工具" in shown
    terminal.type("Which (Enter: papers)? ", "３")
    terminal.type("Topics, with commas between, Tab completes (Enter: none): ", "agnets")
    terminal.expect("did you mean `agents`?")
    terminal.type("Topics, with commas between, Tab completes (Enter: none): ", "agents")
    terminal.type("a line with `.` alone ends it:", "第一行")
    os.write(terminal.master, "\n第二行\n.\n".encode())
    terminal.expect("entries/2024-03.md:11  2.1  乙：第二件")
    assert terminal.end() == 0
    assert note() == NOTE + (
        "\n# 2. 论文\n\n## 2.1. [乙：第二件](https://arxiv.org/abs/2403.00001)\n"
        "<!-- digest: topics=agents date=2024-03-05 -->\n\n第一行\n\n第二行\n"
    )


def test_on_a_terminal_tab_completes_a_topic(start: Callable[..., Terminal]) -> None:
    terminal = start("--category", "tools", "--date", "2024-03-05")
    terminal.type("Title: ", "乙")
    terminal.type("Link (Enter: none): ", "")
    terminal.type("(Enter: none): ", "multimo\t")
    terminal.type("alone ends it:", ".")
    terminal.expect("1.2  乙")
    assert terminal.end() == 0
    assert "topics=multimodal " in note()


def test_on_a_terminal_a_story_that_is_there_is_asked_about(
    start: Callable[..., Terminal],
) -> None:
    terminal = start("甲：第一件", *TOLD)
    terminal.expect("nearly the same title is in the digest already")
    terminal.type("Add it all the same (y/N)? ", "")
    terminal.expect("Nothing was written.")
    assert terminal.end() == 1
    assert note() == NOTE
    terminal = start("甲：第一件", *TOLD)
    terminal.type("Add it all the same (y/N)? ", "y")
    terminal.expect("1.2  甲：第一件")
    assert terminal.end() == 0


@pytest.mark.parametrize("way", ["Ctrl-C", "Ctrl-D"])
def test_on_a_terminal_ctrl_c_and_ctrl_d_write_nothing(
    start: Callable[..., Terminal], way: str
) -> None:
    terminal = start()
    terminal.type("Title: ", "乙")
    terminal.expect("Link (Enter: none): ")
    if way == "Ctrl-C":
        terminal.interrupt()
    else:
        os.write(terminal.master, b"\x04")
    shown = terminal.expect("stopped")
    assert "Traceback" not in shown
    assert terminal.end() == 1
    assert note() == NOTE


def test_new_is_among_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "Add an entry to this month's note" in capsys.readouterr().out
