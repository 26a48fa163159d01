"""Lighthouse (mobile) on one page of each kind: 100 for each of its four categories.

Performance is reckoned from times, so that a busy machine takes points from a page that lost none:
what is short of 100 is told with its causes, and is a finding from 90 down, where Lighthouse itself
no longer calls a page fast.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from tools.judge.browser import CHROMIUM, FLAGS

CLI = Path(__file__).parent / "node_modules" / "lighthouse" / "cli" / "index.js"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
WANTED = 100
FAST = 90
ATTEMPTS = 3  # a busy machine costs performance points that the page did not lose


def judge(site: Path, base: str) -> list[str]:
    """Return a line for each category of each page below 100, with the audits that cost points."""
    node = shutil.which("node")
    if node is None or not CLI.exists() or not CHROMIUM.exists():
        return ["could not run: needs node, chromium and lighthouse (make judge)"]
    found = []
    for path in _pages(site):
        lines: list[tuple[str, int]] = []
        for _ in range(ATTEMPTS):
            lines = _judged(node, f"{base}{path}")
            if not lines:
                break
        for line, points in lines:
            if points < FAST or not line.startswith("performance"):
                found.append(f"{path}: {line}")
            else:
                print(f"    told, not counted: {path}: {line}")
    return found


def _pages(site: Path) -> list[str]:
    """Choose the home page, the longest entry, the largest topic and the search page."""

    def largest(pattern: str) -> str:
        pages = sorted(site.glob(pattern))
        return max(pages, key=lambda page: page.stat().st_size).relative_to(site).as_posix()

    return ["index.html", largest("entries/**/*.html"), largest("topics/[!i]*.html"), "search.html"]


def _judged(node: str, address: str) -> list[tuple[str, int]]:
    """Return what is short of 100, each as a line and its points."""
    flags = " ".join(["--headless", *FLAGS])
    command = [node, str(CLI), address, "--output=json", "--quiet", f"--chrome-flags={flags}"]
    command += [f"--only-categories={','.join(CATEGORIES)}"]
    ran = subprocess.run(  # noqa: S603  # a list, no shell
        command, capture_output=True, check=False, env={"CHROME_PATH": str(CHROMIUM)}
    )
    try:
        report = json.loads(ran.stdout)
    except ValueError:
        return [(f"could not run: {ran.stderr.decode(errors='replace')[-500:]}", 0)]
    scores = {name: _points(report["categories"][name]["score"]) for name in CATEGORIES}
    return [
        (f"{name} {points}: {_causes(report, name)}", points)
        for name, points in scores.items()
        if points < WANTED
    ]


def _points(score: float | None) -> int:
    return round((score or 0) * 100)


def _causes(report: dict[str, dict[str, dict[str, object]]], category: str) -> str:
    """Name the audits of a category that cost it points."""
    refs = report["categories"][category]["auditRefs"]
    assert isinstance(refs, list)  # noqa: S101  # Lighthouse's format
    audits = [report["audits"][ref["id"]] for ref in refs if ref["weight"]]
    return ", ".join(
        f"{audit['title']} ({audit.get('displayValue') or audit['score']})"
        for audit in audits
        if audit["score"] != 1
    )
