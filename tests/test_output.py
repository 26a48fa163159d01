from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from digest.output import MARKER, NotOurs, OutputError, Written, write

PAGES = {"index.html": b"home", "entries/2024/a.html": b"a", "feed.xml": b"<rss/>"}


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MARKER
    }


def beside(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.parent.iterdir())


def fail_on_rename_to(monkeypatch: pytest.MonkeyPatch, name: str, code: int) -> None:
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if target.name == name and self.name.endswith(".new-digest"):
            raise OSError(code, os.strerror(code), str(self))
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)


def test_first_site_makes_its_folder_and_the_folders_above(tmp_path: Path) -> None:
    site = tmp_path / "out" / "site"
    written = write(PAGES, site)
    assert contents(site) == PAGES
    assert beside(site) == ["site"]
    assert written == Written(new=tuple(sorted(PAGES)), changed=(), unchanged=(), removed=())


def test_next_site_replaces_the_last_and_tells_what_differs(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(PAGES, site)
    pages = {"index.html": b"new home", "feed.xml": b"<rss/>", "entries/2024/b.html": b"b"}
    assert write(pages, site) == Written(
        new=("entries/2024/b.html",),
        changed=("index.html",),
        unchanged=("feed.xml",),
        removed=("entries/2024/a.html",),
    )
    assert contents(site) == pages
    assert beside(site) == ["site"]


def test_unchanged_file_keeps_its_time_and_changed_one_of_the_same_size_does_not(
    tmp_path: Path,
) -> None:
    site = tmp_path / "site"
    write(PAGES, site)
    for name in PAGES:
        os.utime(site / name, (1_000_000_000, 1_000_000_000))
    write({**PAGES, "index.html": b"HOME"}, site)
    assert (site / "feed.xml").stat().st_mtime == 1_000_000_000
    assert (site / "index.html").stat().st_mtime > 1_000_000_000


def test_file_system_without_hard_links_gets_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_new: Path, _old: Path) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    site = tmp_path / "site"
    write(PAGES, site)
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    write(PAGES, site)
    assert contents(site) == PAGES


def test_empty_folder_is_taken_and_its_mode_kept(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir(mode=0o750)
    write(PAGES, site)
    assert contents(site) == PAGES
    assert site.stat().st_mode & 0o777 == 0o750


def test_new_folder_can_be_read_by_a_web_server(tmp_path: Path) -> None:
    last = os.umask(0o022)
    try:
        write(PAGES, tmp_path / "site")
    finally:
        os.umask(last)
    assert (tmp_path / "site").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "site" / "index.html").stat().st_mode & 0o777 == 0o644


def test_folder_with_other_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    thesis = tmp_path / "site" / "thesis.txt"
    thesis.parent.mkdir()
    thesis.write_text("years of work")
    with pytest.raises(NotOurs, match="site is not empty and was not written by Digest") as refusal:
        write(PAGES, tmp_path / "site")
    assert refusal.value.place == tmp_path / "site"
    assert refusal.value.hint == "name another folder with --output, or empty this one yourself"
    assert thesis.read_text() == "years of work"
    assert beside(tmp_path / "site") == ["site"]


@pytest.mark.parametrize("name", ["CNAME", ".git/config", "entries/2024/notes.txt"])
def test_own_file_put_into_the_site_is_never_removed(tmp_path: Path, name: str) -> None:
    site = tmp_path / "site"
    write(PAGES, site)
    (site / name).parent.mkdir(exist_ok=True)
    (site / name).write_text("mine")
    with pytest.raises(NotOurs, match=f"{name} was not written by Digest"):
        write({"index.html": b"new"}, site)
    assert (site / name).read_text() == "mine"
    assert (site / "index.html").read_bytes() == b"home"


def test_link_to_a_folder_put_into_the_site_is_never_removed(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(PAGES, site)
    (tmp_path / "photos").mkdir()
    (site / "photos").symlink_to(tmp_path / "photos")
    with pytest.raises(NotOurs, match="photos was not written by Digest"):
        write(PAGES, site)


def test_what_a_desktop_leaves_behind_does_not_count(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(PAGES, site)
    (site / ".DS_Store").write_bytes(b"\0")
    write(PAGES, site)
    assert contents(site) == PAGES


def test_broken_marker_makes_the_folder_not_ours(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(PAGES, site)
    (site / MARKER).write_bytes(b"\xff")
    with pytest.raises(NotOurs, match=r"entries/2024/a\.html was not written by Digest"):
        write(PAGES, site)


def test_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file")
    with pytest.raises(OutputError, match=r"^site is a file$") as refusal:
        write(PAGES, tmp_path / "site")
    assert refusal.value.place == tmp_path / "site"
    assert refusal.value.hint == "move it away, or name another folder with --output"


@pytest.mark.parametrize("dangling", [True, False])
def test_symbolic_link_in_place_of_the_folder_is_refused(tmp_path: Path, *, dangling: bool) -> None:
    real = tmp_path / "real"
    if not dangling:
        real.mkdir()
    (tmp_path / "site").symlink_to(real)
    with pytest.raises(OutputError, match=r"^site is a symbolic link$") as refusal:
        write(PAGES, tmp_path / "site")
    assert refusal.value.hint == f"name the folder itself: --output {real}"


def test_file_in_place_of_a_folder_above_is_explained(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OutputError, match="cannot write") as refusal:
        write(PAGES, tmp_path / "out" / "site")
    assert refusal.value.hint.startswith("a file stands where a folder should be")


def test_root_of_the_file_system_is_refused() -> None:
    with pytest.raises(NotOurs, match="root of the file system"):
        write(PAGES, Path("/"))


def test_parent_that_cannot_be_written_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    write(PAGES, site)
    real = Path.mkdir

    def mkdir(self: Path, mode: int = 0o777, parents: bool = False, exist_ok: bool = False) -> None:  # noqa: FBT001, FBT002 - pathlib's own
        if self.name == ".site.new-digest":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self))
        real(self, mode, parents, exist_ok)

    monkeypatch.setattr(Path, "mkdir", mkdir)
    with pytest.raises(OutputError, match="cannot write: Permission denied") as refusal:
        write({"index.html": b"new"}, site)
    assert refusal.value.place == tmp_path / ".site.new-digest"
    assert refusal.value.hint.startswith("give yourself the right to write there")
    assert contents(site) == PAGES


def test_full_disk_leaves_the_last_site_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    write(PAGES, site)

    def no_room(self: Path, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self))

    monkeypatch.setattr(Path, "write_bytes", no_room)
    with pytest.raises(OutputError, match="No space left") as refusal:
        write({"index.html": b"new"}, site)
    monkeypatch.undo()
    assert refusal.value.hint == "make room on the disk"
    assert contents(site) == PAGES
    assert beside(site) == ["site"]


def test_swap_that_fails_half_way_brings_the_last_site_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    write(PAGES, site)
    fail_on_rename_to(monkeypatch, "site", errno.EBUSY)
    with pytest.raises(OutputError, match="cannot write") as refusal:
        write({"index.html": b"new"}, site)
    assert refusal.value.hint.startswith("a mounted folder cannot be replaced")
    assert contents(site) == PAGES
    assert beside(site) == ["site"]


def test_interrupted_run_leaves_the_last_site_and_no_folder_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    write(PAGES, site)

    def interrupted(_self: Path, _data: bytes) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write({"index.html": b"new"}, site)
    monkeypatch.undo()
    assert contents(site) == PAGES
    assert beside(site) == ["site"]


def test_leftovers_of_a_killed_run_are_cleared(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(PAGES, site)
    for name in (".site.new-digest", ".site.old-digest"):
        (tmp_path / name / "entries").mkdir(parents=True)
        (tmp_path / name / "entries" / "half.html").write_bytes(b"half")
    write(PAGES, site)
    assert contents(site) == PAGES
    assert beside(site) == ["site"]


def test_site_that_a_killed_run_had_put_aside_comes_back_before_anything_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    write(PAGES, site)
    site.rename(tmp_path / ".site.old-digest")
    fail_on_rename_to(monkeypatch, "site", errno.EACCES)
    with pytest.raises(OutputError):
        write({"index.html": b"new"}, site)
    assert contents(site) == PAGES


@pytest.mark.parametrize(
    "path",
    ["../up.html", "/root.html", "a/../../b.html", "a//b", "", "a\\b.html", "a\0b", "a\nb", MARKER],
)
def test_path_that_does_not_stay_inside_is_a_fault_of_the_program(
    tmp_path: Path, path: str
) -> None:
    with pytest.raises(ValueError, match="not a path inside the site"):
        write({path: b""}, tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_path_that_is_both_file_and_folder_is_a_fault_of_the_program(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"'a' is a file and a folder of 'a/b\.html'"):
        write({"a": b"", "a/b.html": b""}, tmp_path / "site")


def test_names_in_chinese_and_with_odd_separators_come_back_the_same(tmp_path: Path) -> None:
    site = tmp_path / "site"
    pages = {"图/一 二.png": b"1", "a\u2028b.html": b"2"}
    write(pages, site)
    assert write(pages, site).unchanged == tuple(sorted(pages))
    assert contents(site) == pages
