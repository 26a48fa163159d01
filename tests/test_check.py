"""``build.py check`` as a curator uses it: what it says, mends, and asks the network."""

from __future__ import annotations

import datetime as dt
import json
import os
import pty
import re
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from digest.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
NOTE = """\
- [AI: 2024.03](#ai-202403)
- [1. 工具](#1-工具)

# AI: 2024.03

# 1. 工具

## 1.1.[尺子](github.com/example/ruler)

零\u200b宽。
"""
MENDED = """\
- [AI: 2024.03](#ai-202403)
- [1. 工具](#1-工具)

# AI: 2024.03

# 1. 工具

## 1.1. [尺子](https://github.com/example/ruler)

零宽。
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a curator's folder with a note that has three faults, all mechanical."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "2024-03.md").write_text(NOTE, encoding="utf-8")
    (tmp_path / "site.yaml").write_text(
        "title: Desk\nbase_url: https://example.org/\n", encoding="utf-8"
    )
    return tmp_path


def note() -> str:
    return Path("entries", "2024-03.md").read_text(encoding="utf-8")


def test_check_tells_what_a_reader_reads_past_and_changes_nothing(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del desk
    assert main(["check"]) == 0
    out = capsys.readouterr().out
    assert re.findall(r"^\S+: warning\[\w+\]", out, re.MULTILINE) == [
        "entries/2024-03.md:8:4: warning[R202]",
        "entries/2024-03.md:8:13: warning[R203]",
        "entries/2024-03.md:10:2: warning[R201]",
    ]
    assert note() == NOTE


def test_a_build_does_not_tell_what_check_tells(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del desk
    assert main([]) == 0
    assert "R20" not in "".join(capsys.readouterr())


def test_fix_shows_the_difference_and_writes_nothing_where_nobody_can_agree(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del desk
    main(["check", "--fix"])
    out = capsys.readouterr().out
    assert "-零<U+200B>宽。\n+零宽。" in out
    assert "Nothing was written; `check --fix --yes` writes without asking." in out
    assert note() == NOTE


def test_fix_yes_mends_all_that_is_mechanical_and_checks_what_is_left(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del desk
    assert main(["check", "--fix", "--yes", "--strict"]) == 0
    assert note() == MENDED
    out = capsys.readouterr().out
    assert "1 note mended." in out
    assert "R20" not in out


def test_fix_of_sound_notes_says_so(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del desk
    main(["check", "--fix", "--yes"])
    capsys.readouterr()
    assert main(["check", "--fix", "--yes"]) == 0
    assert "Nothing to mend." in capsys.readouterr().out


def test_fix_leaves_standard_output_to_the_json(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del desk
    for said in ("1 note mended.", "Nothing to mend."):
        assert main(["check", "--fix", "--yes", "--format", "json"]) == 0
        out, err = capsys.readouterr()
        assert json.loads(out) == []
        assert said in err


@pytest.mark.parametrize(("answer", "after"), [("y", MENDED), ("n", NOTE)])
def test_fix_asks_in_a_terminal_and_does_as_told(desk: Path, answer: str, after: str) -> None:
    del desk
    keyboard, terminal = pty.openpty()
    with subprocess.Popen(  # noqa: S603  # our own command, a list, no shell
        [sys.executable, str(ROOT / "build.py"), "check", "--fix"],
        stdin=terminal,
        stdout=subprocess.PIPE,
    ) as running:
        os.close(terminal)
        os.write(keyboard, f"{answer}\n".encode())
        out, _ = running.communicate(timeout=60)
    os.close(keyboard)
    assert "Write these changes into 1 note?" in out.decode()
    assert note() == after


def test_a_note_that_cannot_be_written_stays_and_is_named(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = desk / "entries" / "2024-03.md"
    access = os.access
    monkeypatch.setattr(
        "os.access",
        lambda file, mode: access(file, mode) and not (Path(file) == path and mode == os.W_OK),
    )
    assert main(["check", "--fix", "--yes"]) == 1
    assert "entries/2024-03.md: cannot write: the file is read-only" in capsys.readouterr().err
    assert note() == NOTE


@pytest.fixture
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a folder with one page, ``there.html``."""
    folder = tmp_path_factory.mktemp("web")
    (folder / "there.html").write_text("here", encoding="utf-8")

    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(folder))  # type: ignore[arg-type]  # as the server calls it

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_links_tells_the_dead_ones_at_their_place_and_keeps_the_answers(
    desk: Path, web: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = desk / "entries" / "2024-03.md"
    text = MENDED.replace("https://github.com/example/ruler", f"{web}/there.html")
    path.write_text(text.replace("零宽", f"{web}/gone.html"), encoding="utf-8")
    assert main(["check", "--links"]) == 0
    out = capsys.readouterr().out
    assert "entries/2024-03.md:10:1: warning[R210]: the link is dead: the server answers 404" in out
    assert f"https://web.archive.org/web/202403/{web}/gone.html" in out
    assert "links: 1 alive, 1 dead; asked again in a week" in out
    kept = (desk / ".digest-cache" / "links.jsonl").read_text(encoding="utf-8")
    assert [line.split('"')[3] for line in kept.splitlines()] == [
        f"{web}/gone.html",
        f"{web}/there.html",
    ]
    assert dt.datetime.now().astimezone().date().isoformat() in kept


def test_links_offline_says_so_and_holds_it_against_no_link(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = desk / "entries" / "2024-03.md"
    path.write_text(MENDED.replace("github.com/example", "127.0.0.1:9"), encoding="utf-8")
    assert main(["check", "--links", "--strict"]) == 0
    assert "no host could be reached; are you offline?" in capsys.readouterr().out


def test_the_least_certain_entries_are_named_so_that_an_editor_finds_them(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    title = "尺" * 41
    (desk / "entries" / "2024-03.md").write_text(
        f"# 3.5 周二\n* 1、{title}  https://example.org/1\n", encoding="utf-8"
    )
    (desk / "taxonomy.yaml").write_text(
        "categories:\n  one: {signals: {尺: 1}}\n  two: {signals: {尺: 0.75}}\n", encoding="utf-8"
    )
    assert main(["check"]) == 0
    assert (
        "least certain         category  or   margin  title\n"
        f"entries/2024-03.md:2  one       two  0.25    {title[:40]}…\n"
        "`build.py label` settles them, a key each\n"
    ) in capsys.readouterr().out
