"""Kept work changes no byte: builds with and without it, through a curator's day of edits."""

from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from digest.cache import flat, key_of, restored
from digest.cli import main
from digest.commands.request import HOME
from digest.diagnostics import diagnostic
from digest.model import Evidence
from digest.source import Span
from digest.store import NAME, Store
from tests.factories import entry, lines, link
from tests.serve.desk import APRIL, MARCH, folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WORK = ".digest-cache/" + NAME
PIXEL = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b"
)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with two notes."""
    place = folder(tmp_path / "desk")
    (place / "entries/pictures").mkdir()
    monkeypatch.chdir(place)
    return place


def files(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def built(
    capsys: pytest.CaptureFixture[str], *arguments: str, site: str = "site"
) -> tuple[str, str]:
    """Build; return what was said of the notes and of the build."""
    main(["build", "--format", "json", "--output", site, *arguments])
    said = capsys.readouterr()
    return said.out, said.err


def edits(desk: Path) -> list[Callable[[], object]]:
    """Return what a curator might do in a day, in order."""
    march, april = desk / "entries/2024-03.md", desk / "entries/2024-04.md"

    def change(path: Path, old: str, new: str) -> Callable[[], object]:
        def edit() -> None:
            text = path.read_text(encoding="utf-8")
            assert old in text
            path.write_text(text.replace(old, new, 1), encoding="utf-8")

        return edit

    def move() -> None:
        head, _, last = march.read_text(encoding="utf-8").partition("## 1.2.")
        march.write_text(head, encoding="utf-8")
        april.write_text(april.read_text(encoding="utf-8") + "\n## 1.2." + last, encoding="utf-8")

    return [
        change(march, "# 1. 工具\n", "\n\n# 1. 工具\n"),
        change(march, "同一个文件里。", "同一个文件里。\n\n![图](pictures/a.gif)\n\n```sh\nls"),
        change(april, "三个值。", "三个值。 <!-- digest: topics=nosuchtopic -->"),
        lambda: _picture(desk).write_bytes(PIXEL),
        change(march, "# AI: 2024.03", "# AI: 2024.03\n"),
        lambda: _picture(desk).unlink(),
        change(march, "\n```sh\nls", ""),
        move,
        lambda: april.rename(desk / "entries/april.md"),
        change(desk / "site.yaml", "title: Desk", "title: Table"),
        change(desk / "site.yaml", "language: en", "language: zh"),
        lambda: shutil.copytree(HOME / "templates", desk / "templates"),
        change(desk / "templates/404.html", "<h1>", "<h1>404: "),
        lambda: (desk / "site/index.html").write_text("not ours", encoding="utf-8"),
        (desk / "site/404.html").unlink,
        lambda: (desk / "entries/empty.md").write_text("\n", encoding="utf-8"),
        lambda: (desk / "entries/pasted.md").write_text(MARCH, encoding="utf-8"),
        lambda: march.write_text(APRIL, encoding="utf-8"),
    ]


def _picture(desk: Path) -> Path:
    return desk / "entries/pictures/a.gif"


def test_a_day_of_edits_gives_the_same_bytes_with_kept_work_and_without(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert built(capsys) == built(capsys, "--no-cache", site="fresh")
    for number, edit in enumerate(edits(desk)):
        edit()
        kept = built(capsys)
        assert kept == built(capsys, "--no-cache", site="fresh"), f"edit {number}"
        assert files(desk / "site") == files(desk / "fresh"), f"edit {number}"


def test_unchanged_notes_are_read_tagged_and_rendered_from_kept_work(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    built(capsys)
    for work in ("digest.tagger.tag", "digest.stages.render_body", "digest.render.html.fill"):
        monkeypatch.setattr(work, _refuse)
    before = files(desk / "site")
    built(capsys)
    assert files(desk / "site") == before


def _refuse(*_: object, **__: object) -> None:
    message = "this was done before"
    raise AssertionError(message)


def _garbage(work: Path) -> None:
    work.write_bytes(b"not a database at all, but long enough to look like one" * 100)


def _torn(work: Path) -> None:
    work.write_bytes(work.read_bytes()[:5000] + b"\xff" * 3000)


def _foreign(work: Path) -> None:
    work.unlink()
    with sqlite3.connect(work) as database:
        database.execute("CREATE TABLE work (name TEXT)")
    database.close()


def _tampered(work: Path) -> None:
    with sqlite3.connect(work) as database:
        database.execute("UPDATE work SET made = replace(made, '文件', '毒药')")
    database.close()


def _nothing(work: Path) -> None:
    work.write_bytes(b"")


def _folder(work: Path) -> None:
    work.unlink()
    work.mkdir()


@pytest.mark.parametrize("harm", [_garbage, _torn, _foreign, _tampered, _nothing, _folder])
def test_damaged_or_foreign_file_of_kept_work_is_passed_over(
    desk: Path, capsys: pytest.CaptureFixture[str], harm: Callable[[Path], None]
) -> None:
    said = built(capsys)
    before = files(desk / "site")
    harm(desk / WORK)
    shutil.rmtree(desk / "site")
    assert built(capsys) == said
    assert files(desk / "site") == before
    assert built(capsys) == said


def test_without_a_cache_no_folder_is_made(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    built(capsys, "--no-cache")
    assert not (desk / ".digest-cache").exists()


def test_folder_of_kept_work_stays_out_of_version_control(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    built(capsys)
    assert (desk / ".digest-cache/.gitignore").read_text(encoding="utf-8") == "*\n"


def test_work_of_other_code_is_not_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path)
    store.put(b"key", "made")
    store.save()
    assert Store(tmp_path).get(b"key") == "made"
    monkeypatch.setattr("digest.store.salt", lambda: b"another version")
    assert Store(tmp_path).get(b"key") is None


def test_work_that_no_run_asks_for_is_dropped_after_ten_more(tmp_path: Path) -> None:
    def runs(count: int) -> None:
        for number in range(count):
            store = Store(tmp_path)
            store.put(b"new %d" % number, "new")
            store.save()

    first = Store(tmp_path)
    first.put(b"old", "old")
    first.save()
    runs(10)
    assert Store(tmp_path).get(b"old") == "old"
    runs(1)
    assert Store(tmp_path).get(b"old") is None


def test_entry_that_only_moved_has_the_same_key() -> None:
    def at(line: int) -> bytes:
        return key_of(flat(entry("Title", at=line, body=lines("a\n\nb", line + 1)), line))

    assert at(1) == at(700)


def test_results_come_back_at_the_line_where_they_belong() -> None:
    found = (
        diagnostic("R108", Span(path="a.md", line=12, column=3), "a fact", "a hint"),
        diagnostic("R002", Span(path="a.md", line=0), "a fact", "a hint"),
        Evidence(choice="tools", signal="host:example.org", weight=0.1, line=14),
    )
    assert restored(flat(found, 10), 10) == found
    moved = restored(flat(found, 10), 110)
    assert [moved[0].span.line, moved[1].span.line, moved[2].line] == [112, 0, 114]


def test_only_records_that_results_are_made_of_come_back() -> None:
    with pytest.raises(ValueError, match="no record is called 'Path'"):
        restored(("Path", "/etc/passwd"))
    with pytest.raises(TypeError, match="a set cannot be kept"):
        flat({link("https://example.org/")})
