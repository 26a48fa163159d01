"""``build.py label`` as a curator uses it: keys in, notes and words on the screen out."""

from __future__ import annotations

import io
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from digest.cli import main
from digest.desk.ask import keys_of
from digest.desk.label import label, least_certain
from digest.desk.notefile import writing
from digest.model import Evidence, Origin
from digest.readers import read_bytes
from digest.taxonomy import Taxonomy
from tests import factories
from tests.desk.terminals import Terminal
from tests.readers.factories import SETTING, TAXONOMY, term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from digest.model import Tagged

POSTS = """\
### 01
林晚 @lin_wan 2024-03-05

正文甲说的是一件新事。

### 02
林晚 @lin_wan 2024-03-06

正文乙说的是另一件事。

### 03
林晚 @lin_wan 2024-03-07

正文丙说的是第三件事。
"""
FIRST, SECOND, THIRD = "正文甲说的是一件新事。", "正文乙说的是另一件事。", "正文丙说的是第三件事。"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a curator's folder with a note of three posts that nobody has labelled."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "posts.md").write_text(POSTS, encoding="utf-8")
    return tmp_path


def note(name: str = "posts.md") -> str:
    return Path("entries", name).read_bytes().decode()


def labelled(text: str, line: str, words: str) -> str:
    """Return a note with a comment below one of its lines."""
    return text.replace(f"{line}\n", f"{line}\n<!-- digest: {words} -->\n")


def queue(*margins: float, category: str = "tools") -> list[Tagged]:
    """Return the desk's entries as a tagger that is as sure as told would hand them over."""
    read = read_bytes("posts.md", note().encode(), SETTING)
    return [
        factories.tagged(entry, category=category, runner_up="papers", margin=margin)
        for entry, margin in zip(read.entries, margins, strict=False)
    ]


def answer(
    monkeypatch: pytest.MonkeyPatch, *lines: str, tagged: list[Tagged] | None = None
) -> None:
    """Run a session of the desk's entries on lines of input."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    ask(tagged)


def ask(tagged: list[Tagged] | None = None) -> None:
    reads = [read_bytes("posts.md", POSTS.encode(), SETTING)]
    label(queue(0.1, 0.2, 0.3) if tagged is None else tagged, reads, Path("entries"), SETTING)


class Typist:
    """Input whose lines are typed after something was done elsewhere, such as in an editor."""

    def __init__(self, *steps: tuple[Callable[[], object], str]) -> None:  # noqa: D107 - see above
        self.steps = [*steps]

    def isatty(self) -> bool:
        return False

    def readline(self) -> str:
        if not self.steps:
            return ""
        act, line = self.steps.pop(0)
        act()
        return f"{line}\n"


def nothing() -> None:
    pass


def test_a_session_shows_what_is_needed_to_decide_and_tells_what_it_wrote(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    del desk
    evidence = (
        Evidence(choice="papers", signal="body:正文", weight=1.25, line=4),
        Evidence(choice="tools", signal="shape:bare", weight=1.0, line=1),
        Evidence(choice="rag", signal="body:检索", weight=0.5, line=4),
    )
    read = read_bytes("posts.md", note().encode(), SETTING)
    one = factories.tagged(
        read.entries[0],
        category="papers",
        runner_up="tools",
        margin=0.25,
        evidence=evidence,
        topics=("rag",),
    )
    answer(monkeypatch, "3", tagged=[one])
    assert capsys.readouterr().out == (
        "1/1  正文甲说的是一件新事\n"
        "  entries/posts.md:1 · 2024-03-05 · 林晚\n"
        "  | 正文甲说的是一件新事。\n"
        "  papers, next tools, 0.25 behind\n"
        "    +1.25 papers  body:正文\n"
        "    +1.00 tools  shape:bare\n"
        "  topics: rag\n"
        "[1] tools  [2] models  [3] papers  [4] tutorials  [5] news  [6] opinions\n"
        "[Enter] accept  [t] topics  [s] skip  [u] undo  [q] quit\n"
        "> category=papers, written\n\n"
        "Labelled 1 entry:\n"
        "  entries/posts.md  1\n"
        "`python build.py train` learns from them.\n"
    )
    assert note() == labelled(POSTS, FIRST, "category=papers")


def test_the_least_certain_come_first_and_what_a_curator_fixed_is_left_out(desk: Path) -> None:
    del desk
    first, second, third = queue(0.5, 0.1, 0.3)
    fixed = factories.tagged(fixed_by=factories.label("论文", Origin.TAG), margin=0.0)
    assert least_certain([first, fixed, second, third], 20) == [second, third, first]
    assert least_certain([first, fixed, second, third], 2) == [second, third]


def test_several_labels_in_one_note_each_find_their_entry_though_lines_move(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    del desk
    answer(monkeypatch, "1", "news", "")
    whole = labelled(POSTS, FIRST, "category=tools")
    whole = labelled(whole, SECOND, "category=news")
    assert note() == labelled(whole, THIRD, "category=tools")
    out = capsys.readouterr().out
    assert "entries/posts.md:1 ·" in out
    assert "entries/posts.md:7 ·" in out
    assert "entries/posts.md:13 ·" in out
    assert "Labelled 3 entries:\n  entries/posts.md  3\n" in out


def test_skip_and_quit_write_nothing(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    del desk
    answer(monkeypatch, "s", "q")
    assert note() == POSTS
    assert capsys.readouterr().out.endswith("> quit\nNothing was labelled.\n")


def test_the_end_of_the_input_quits(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    del desk
    answer(monkeypatch, "2")
    assert note() == labelled(POSTS, FIRST, "category=models")
    assert "Labelled 1 entry:" in capsys.readouterr().out


def test_an_unknown_key_is_asked_for_again(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    del desk
    answer(monkeypatch, "9", "2", "q")
    assert "> no such key\n> category=models, written\n" in capsys.readouterr().out
    assert note() == labelled(POSTS, FIRST, "category=models")


def test_undo_goes_back_answer_by_answer_and_restores_every_byte(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    del desk
    data = POSTS.replace("\n", "\r\n").encode()
    Path("entries/posts.md").write_bytes(data)
    answer(monkeypatch, "1", "s", "u", "u", "u", "q")
    assert Path("entries/posts.md").read_bytes() == data
    out = capsys.readouterr().out
    assert out.count("> undone\n") == 2
    assert "> nothing to undo\n" in out
    assert out.endswith("Nothing was labelled.\n")


def test_topics_are_checked_and_written_and_the_category_is_still_asked_for(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    del desk
    answer(monkeypatch, "t", "agent, xyzzy", "agents，检索、Agents,", "6", "q")
    out = capsys.readouterr().out
    assert "`agent` is no topic; did you mean `agents`?\n" in out
    assert "`xyzzy` is no topic; known: rag, agents\n" in out
    assert "topics=agents,rag, written\n" in out
    assert "topics: agents, rag\n" in out
    assert note() == labelled(POSTS, FIRST, "category=opinions topics=agents,rag")
    assert "Labelled 1 entry:" in out


def test_no_topics_leave_the_note_as_it_is(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del desk
    answer(monkeypatch, "t", "", "q")
    assert note() == POSTS


def test_a_note_saved_while_the_key_is_awaited_is_kept_and_asked_about_again(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    edited = f"# 三月\n\n{POSTS}"
    file = desk / "entries" / "posts.md"
    steps = ((lambda: file.write_text(edited, encoding="utf-8"), "1"), (nothing, "2"))
    monkeypatch.setattr(sys, "stdin", Typist(*steps, (nothing, "q")))
    ask()
    out = capsys.readouterr().out
    assert "entries/posts.md was changed meanwhile; nothing was written\n\n1/3" in out
    assert "entries/posts.md:3 ·" in out
    assert note() == labelled(edited, FIRST, "category=models")


def test_an_answer_that_was_edited_since_is_not_undone(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = desk / "entries" / "posts.md"
    edited = labelled(POSTS, FIRST, "category=tools") + "\n结尾\n"
    steps = ((nothing, "1"), (lambda: file.write_text(edited, encoding="utf-8"), "u"))
    monkeypatch.setattr(sys, "stdin", Typist(*steps, (nothing, "q")))
    ask()
    assert "posts.md has been changed since; nothing was undone\n" in capsys.readouterr().out
    assert note() == edited


def test_an_entry_that_was_settled_or_removed_meanwhile_is_passed_over(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tagged = queue(0.1, 0.2, 0.3)
    head, _, _ = POSTS.partition("### 03")
    edited = labelled(head, FIRST, "category=news")
    (desk / "entries" / "posts.md").write_text(edited, encoding="utf-8")
    answer(monkeypatch, "1", tagged=tagged)
    out = capsys.readouterr().out
    assert "正文甲说的是一件新事 has its category by now\n" in out
    assert "正文丙说的是第三件事 is no longer in entries/posts.md\n" in out
    assert note() == labelled(edited, SECOND, "category=tools")


def test_a_note_that_is_gone_is_told_of_and_the_session_goes_on(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = desk / "entries" / "posts.md"
    monkeypatch.setattr(sys, "stdin", Typist((file.unlink, "s")))
    ask()
    out = capsys.readouterr().out
    assert out.count("entries/posts.md cannot be read: No such file or directory\n") == 2
    assert out.endswith("Nothing was labelled.\n")


def test_a_read_only_note_is_told_of_and_stays_as_it_is(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    del desk
    monkeypatch.setattr(os, "access", lambda *_: False)
    answer(monkeypatch, "1", "q")
    assert "posts.md: cannot write: the file is read-only\n" in capsys.readouterr().out
    assert note() == POSTS


def test_text_that_would_steer_the_terminal_is_shown_without_doing_so(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = POSTS.replace("新事。", "新事。\x1b[2J清屏")
    (desk / "entries" / "posts.md").write_text(text, encoding="utf-8")
    answer(monkeypatch, "q")
    assert "\x1b" not in capsys.readouterr().out


def test_a_new_category_gets_a_key_and_no_category_takes_that_of_a_command() -> None:
    more = tuple(term(f"kind-{n}", "类", "Kind") for n in range(26))
    taxonomy = Taxonomy(categories=(*TAXONOMY.categories, *more), topics=())
    keys = keys_of(taxonomy)
    assert list(keys.items())[5:8] == [("6", "opinions"), ("7", "kind-0"), ("8", "kind-1")]
    assert list(keys.values()) == [one.name for one in taxonomy.categories]
    assert set("stuq").isdisjoint(keys)


# A note of each dialect: what stands above the comment that is written, the comment, the rest.
NOTES = {
    "sections": (
        "# AI: 2024.03\r\n\r\n# 1. 杂记\r\n\r\n## 1.1. [甲](https://example.org/1)\r\n",
        "<!-- digest: category=papers -->\r\n",
        "正文\r\n",
    ),
    "flat": (
        "\ufeff# AI资讯: 2024.03\n\n# 01. [甲](https://example.org/1)",
        "\n<!-- digest: category=papers -->",
        "",
    ),
    "posts": (
        "### 01\n林晚 @lin_wan 2024-03-05\n\n正文甲说的是一件新事。  ",
        "\n<!-- digest: category=papers -->",
        "",
    ),
    "bullets": (
        "# 3.5 周二\n* 1、甲第一件  甲号  https://example.org/1 \\\n  下文\n",
        "  <!-- digest: category=papers -->\n",
        "\n# 3.6 周三\n",
    ),
    "report": (
        "AI日报（3月 14日）\n\n# 今日\n\n### 甲的方法\n\n贡献人：@林晚\n\n正文\n",
        "<!-- digest: category=papers -->\n",
        "\n---\n\n声明：仅供学习\n",
    ),
}


@pytest.mark.parametrize("dialect", NOTES)
def test_the_command_labels_a_note_of_any_dialect_and_explain_names_the_comment(
    desk: Path,
    dialect: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    above, comment, below = NOTES[dialect]
    (desk / "entries" / "posts.md").unlink()
    file = desk / "entries" / "2024-03.md"
    file.write_bytes(f"{above}{below}".encode())
    monkeypatch.setattr(sys, "stdin", io.StringIO("3\n"))
    assert main(["label"]) == 0
    assert file.read_bytes().decode() == f"{above}{comment}{below}"
    line = 1 + (above + comment).partition("<!--")[0].count("\n")
    capsys.readouterr()
    assert main(["explain", f"2024-03.md:{line}"]) == 0
    told = f"category  papers, fixed by the comment `papers` on line {line}\n"
    assert told in capsys.readouterr().out
    assert main(["label"]) == 0
    assert capsys.readouterr().out == (
        "Nothing to label: every category is fixed by its curator.\n"
    )


def test_limit_ends_the_session(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    del desk
    monkeypatch.setattr(sys, "stdin", io.StringIO("1\n1\n1\n"))
    assert main(["label", "--limit", "2"]) == 0
    assert note().count("<!-- digest: category=tools -->") == 2
    assert "Labelled 2 entries:" in capsys.readouterr().out


def test_notes_and_settings_may_be_elsewhere(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "entries").rename(desk / "mine")
    (desk / "set").mkdir()
    (desk / "set" / "site.yaml").write_text("title: Desk\n", encoding="utf-8")
    taxonomy = "categories:\n  one: {zh: 一, en: One}\n  two: {zh: 二, en: Two}\n"
    (desk / "set" / "taxonomy.yaml").write_text(taxonomy, encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.StringIO("2\n"))
    assert main(["label", "--notes", "mine", "--config", "set/site.yaml"]) == 0
    assert "[1] one  [2] two\n" in capsys.readouterr().out
    assert (desk / "mine" / "posts.md").read_text(encoding="utf-8").count("category=two") == 1


def test_a_folder_without_notes_is_reported_and_not_a_session(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del desk
    assert main(["label", "--notes", "nowhere"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "nowhere: error[R001]: there is no such folder" in err


@pytest.fixture
def terminal(desk: Path) -> Iterator[Terminal]:
    del desk
    started = Terminal("label")
    yield started
    started.close()


def test_on_a_terminal_one_key_answers_undoes_and_quits(terminal: Terminal) -> None:
    terminal.press("3")
    terminal.expect("category=papers, written")
    assert note().count("<!-- digest: category=papers -->") == 1
    terminal.press("u")
    terminal.expect("undone")
    assert note() == POSTS
    terminal.press("\r")
    terminal.expect(", written")
    accepted = note()
    assert accepted.count("<!-- digest: category=") == 1
    terminal.press("\x1b[A")
    terminal.expect("no such key")
    terminal.press("５")  # a Chinese input method's 5
    terminal.expect("category=news, written")
    terminal.press("u")
    terminal.expect("undone")
    assert note() == accepted
    terminal.press("q")
    terminal.expect("Labelled 1 entry:")
    assert terminal.end() == 0


def test_on_a_terminal_topics_are_typed_as_a_line(terminal: Terminal) -> None:
    terminal.press("t")
    terminal.expect("leave them): ")
    os.write(terminal.master, b"rag\n")
    terminal.expect("topics=rag, written")
    assert note().count("<!-- digest: topics=rag -->") == 1
    terminal.press("1")
    terminal.expect("category=tools, written")
    assert note().count("<!-- digest: category=tools topics=rag -->") == 1
    terminal.press("q")
    assert terminal.end() == 0


def test_an_answer_waits_while_another_run_writes_into_the_notes(terminal: Terminal) -> None:
    with writing(Path("entries")):
        terminal.press("3")
        time.sleep(0.3)
        assert note() == POSTS
    terminal.expect("category=papers, written")
    assert note().count("<!-- digest: category=papers -->") == 1
    terminal.press("q")
    assert terminal.end() == 0


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_on_a_terminal_ctrl_c_and_the_end_of_input_quit_like_q(
    terminal: Terminal, key: str
) -> None:
    terminal.press("1")
    terminal.press(key)
    shown = terminal.expect("learns from them.")
    assert "Labelled 1 entry:" in shown
    assert "Traceback" not in shown
    assert terminal.end() == 0
    assert note().count("<!-- digest: category=tools -->") == 1


def test_there_is_colour_on_a_terminal(terminal: Terminal) -> None:
    shown = terminal.expect("quit")
    assert "\x1b[1m1/3  正文" in shown
    assert "\x1b[1;36m[1]\x1b[0m tools" in shown
    terminal.press("q")
    assert terminal.end() == 0
