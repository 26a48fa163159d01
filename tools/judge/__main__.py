"""``python -m tools.judge``: build the site of some notes, judge every page, tell what is wrong.

Exit code 0: no finding; 1: findings, or a judge that could not run. ``make judge`` installs what
the judges need from the npm registry.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from digest.cli import main as digest
from tools.judge import browser, http, lighthouse, nu, planted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parent.parent.parent
NOTES = (ROOT / "entries", ROOT.parent / "shared" / "notes")
SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """A judge by its name; it gets the site's folder and address and returns its findings."""

    name: str
    judge: Callable[[Path, str], list[str]]


JUDGES = (
    Judge(name="nu", judge=nu.judge),
    Judge(name="browser", judge=browser.judge),
    Judge(name="lighthouse", judge=lighthouse.judge),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge the sites and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.judge", description=__doc__)
    names = [judge.name for judge in JUDGES]
    parser.add_argument("--only", choices=names, action="append", help="run these judges only")
    parser.add_argument(
        "--notes", type=Path, action="append", help="notes to build (default: own and shared)"
    )
    chosen = parser.parse_args(arguments)
    count = _blind(set(chosen.only or names))
    for notes in chosen.notes or NOTES:
        if not notes.is_dir():
            print(f"{notes} is not there: its site could not be judged")
            count += 1
            continue
        with tempfile.TemporaryDirectory(prefix="judge-") as folder:
            count += _judged(notes, Path(folder), set(chosen.only or names))
    return 1 if count else 0


def _blind(names: set[str]) -> int:
    """Count the judges that do not see the faults planted for them: their word is worth nothing."""
    blind = 0
    with tempfile.TemporaryDirectory(prefix="judge-") as folder, http.serving(Path(folder)) as here:
        site = planted.write(Path(folder) / "digest")
        for judge in JUDGES:
            expected = planted.FAULTS.get(judge.name, ()) if judge.name in names else ()
            found = judge.judge(site, f"{here}digest/") if expected else []
            for fault in expected:
                if not any(fault in line for line in found):
                    print(f"{judge.name} does not see a planted fault: {fault}; it said {found}")
                    blind += 1
    return blind


def _judged(notes: Path, folder: Path, names: set[str]) -> int:
    """Judge the site of some notes, served under a sub-path; return the number of findings."""
    count = 0
    with http.serving(folder) as address:
        site, base = folder / "digest", f"{address}digest/"
        options = ["--quiet", "--notes", str(notes), "--output", str(site), "--base-url", base]
        if digest(["build", *options, "--config", str(ROOT / "site.yaml")]) != 0:
            print(f"{notes}: the site was not built")
            return 1
        print(f"{notes}: {len(list(site.rglob('*.html')))} pages")
        for judge in JUDGES:
            if judge.name not in names:
                continue
            started = time.perf_counter()
            found = judge.judge(site, base)
            seconds = time.perf_counter() - started
            print(f"  {judge.name}: {len(found)} findings · {seconds:.0f} s")
            for line in found[:SHOWN]:
                print(f"    {line}")
            if len(found) > SHOWN:
                print(f"    and {len(found) - SHOWN} more")
            count += len(found)
    return count


if __name__ == "__main__":
    sys.exit(main())
