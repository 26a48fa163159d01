from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from digest.cli import main
from digest.crew import FEWEST, shared

if TYPE_CHECKING:
    from pathlib import Path


def test_results_stand_in_the_order_of_the_work() -> None:
    assert shared(lambda at: at * at, 2 * FEWEST + 1, 2) == [n * n for n in range(2 * FEWEST + 1)]


def test_work_is_done_elsewhere() -> None:
    assert os.getpid() not in shared(lambda _: os.getpid(), 2 * FEWEST, 2)


@pytest.mark.parametrize(("count", "jobs"), [(2 * FEWEST, 1), (2 * FEWEST - 1, 8), (0, 8)])
def test_little_work_needs_no_other_process(count: int, jobs: int) -> None:
    assert shared(lambda at: at, count, jobs) == []


def test_fault_in_another_process_is_told_here() -> None:
    with pytest.raises(ZeroDivisionError):
        shared(lambda at: 1 // (at - 150), 2 * FEWEST, 2)


def test_more_processes_make_the_same_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("digest.crew.FEWEST", 5)
    notes = tmp_path / "entries"
    notes.mkdir()
    (notes / "2024-03.md").write_text(
        "# AI: 2024.03\n\n# 1. 工具\n"
        + "".join(
            f"\n## 1.{n}. [工具 {n}](https://example.org/{n})\n\n第 {n} 段。\n\n![](no{n}.png)\n"
            for n in range(1, 31)
        ),
        encoding="utf-8",
    )
    for jobs in ("1", "3"):
        main(["build", "--quiet", "--no-cache", "--jobs", jobs, "--output", f"site{jobs}"])
    one, three = (
        {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
        for site in (tmp_path / "site1", tmp_path / "site3")
    )
    assert one == three
    assert len(one) > 30
