"""How long a saved note takes to show: from the write to the frame in Chromium that has it.

    python -m tools.preview_latency NOTES [ROUNDS]

copies NOTES to a temporary folder, serves it, and edits entries spread over all of it; every
second edit also moves the lines below. Prints the median and the worst, in milliseconds.
"""

from __future__ import annotations

import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
# Writes down when the first frame with the mark of an edit is on screen, on the clock of the wall.
# A page may be another one by then, or the same with other content.
SHOWN = """
window.shownAt = {};
const look = () => {
  const marks = document.body?.textContent.match(/量\\d+/g) ?? [];
  for (const mark of marks.filter((one) => !(one in shownAt))) {
    shownAt[mark] = 0;
    requestAnimationFrame(() => requestAnimationFrame(() => {
      shownAt[mark] = performance.timeOrigin + performance.now();
    }));
  }
};
new MutationObserver(look).observe(document, { childList: true, subtree: true });
addEventListener('DOMContentLoaded', look);
"""


def main(notes: Path, rounds: int) -> None:
    """Measure, and print what came out."""
    with tempfile.TemporaryDirectory() as place:
        desk = Path(place)
        shutil.copytree(notes, desk / "entries")
        shutil.copy(ROOT / "site.yaml", desk)
        command = [sys.executable, str(ROOT / "build.py"), "serve", "--port", "0"]
        with subprocess.Popen(  # noqa: S603 - this very interpreter
            command, cwd=desk, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as process:
            try:
                times = _measured(process, desk, rounds)
            finally:
                process.terminate()
    shown = " ".join(f"{one:.0f}" for one in times)
    print(f"median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms of {shown}")


def _measured(process: subprocess.Popen[str], desk: Path, rounds: int) -> list[float]:
    assert process.stdout is not None  # noqa: S101 - a pipe was asked for
    address = ""
    while not address:
        found = re.search(r"Serving (\S+)", process.stdout.readline())
        address = found[1] if found else ""
    lines = (desk / "site/data/entries.jsonl").read_text(encoding="utf-8").strip().split("\n")
    long = [
        row for row in map(json.loads, lines) if row["source"]["end_line"] > row["source"]["line"]
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(bypass_csp=True)
        page.add_init_script(SHOWN)
        times = [
            _one(process, desk, page, address, long[number * len(long) // rounds]["id"], number)
            for number in range(rounds)
        ]
        browser.close()
    return times


def _one(  # one measurement and all that it stands on
    process: subprocess.Popen[str], desk: Path, page: Page, address: str, name: str, number: int
) -> float:
    rows = (desk / "site/data/entries.jsonl").read_text(encoding="utf-8").strip().split("\n")
    row = next(row for row in map(json.loads, rows) if row["id"] == name)
    page.goto(address + row["path"])
    page.wait_for_load_state("networkidle")
    path = desk / "entries" / row["source"]["file"]
    text = path.read_text(encoding="utf-8").split("\n")
    last = max(
        n for n in range(row["source"]["line"], row["source"]["end_line"]) if text[n].strip()
    )
    mark = f"量{number:03d}"
    text[last] += f" {mark}" + ("\n" if number % 2 else "")
    data = "\n".join(text).encode()
    started = time.time() * 1000
    path.write_bytes(data)
    # Seldom, so that looking for it takes no time from it.
    page.wait_for_function(f"window.shownAt['{mark}']", polling=100)
    shown = float(page.evaluate(f"window.shownAt['{mark}']"))
    assert process.stdout is not None  # noqa: S101 - a pipe was asked for
    process.stdout.readline()  # the build is done, and the machine is at rest
    return shown - started


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20)  # noqa: PLR2004
