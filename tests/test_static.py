"""The files that every page loads: one stylesheet, small scripts."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from digest.pipeline import Request, gather, render
from tests.colours import contrast, tokens

ROOT = Path(__file__).parent.parent
SCRIPTS = sorted((ROOT / "static").glob("**/*.js"))
BUDGET = 30_000  # bytes before compression, for all stylesheets and for all scripts


def static_files(tmp_path: Path, **own: str) -> dict[str, bytes]:
    """Build the site of someone with these static files; return the files of its top folder."""
    notes, static = tmp_path / "entries", tmp_path / "static"
    for folder in (notes, static):
        folder.mkdir()
    (notes / "2024-03.md").write_text("# 2024年3月\n\n## 工具\n\n### 1. 一个工具\n\n一句话。\n")
    for name, text in own.items():
        (static / name.replace("_", ".")).write_text(text)
    request = Request(
        notes=notes,
        config=None,
        taxonomy=ROOT / "taxonomy.yaml",
        weights=ROOT / "digest" / "tagger" / "weights.tsv",
        templates=(ROOT / "templates",),
        static=(static, ROOT / "static"),
        latest_year=2024,
    )
    files = render(gather(request), request).files
    return {path: data for path, data in files.items() if "/" not in path}


def test_all_styles_are_one_file_within_thirty_kilobytes(tmp_path: Path) -> None:
    files = static_files(tmp_path)
    assert [path for path in files if path.endswith(".css")] == ["style.css"]
    css = files["style.css"].decode()
    assert css.startswith("/* style.css */\n")
    assert "\n/* highlight.css */\n.highlight {\n" in css
    assert len(files["style.css"]) < BUDGET


def test_own_stylesheet_has_the_last_word_and_a_namesake_takes_our_place(tmp_path: Path) -> None:
    css = static_files(tmp_path, a_css="b{}", highlight_css="i{}", b_css="u{}")[
        "style.css"
    ].decode()
    assert css.endswith("\n/* a.css */\nb{}\n/* b.css */\nu{}\n")
    assert css.count("\n/* highlight.css */\ni{}\n/*") == 1
    assert ".highlight {" not in css


def test_all_scripts_are_within_thirty_kilobytes() -> None:
    assert {script.name for script in SCRIPTS} >= {"theme.js", "site.js"}
    assert sum(script.stat().st_size for script in SCRIPTS) < BUDGET


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_script_is_well_formed(script: Path) -> None:
    run = subprocess.run(  # noqa: S603 - our own script
        [shutil.which("node") or "", "--check", script], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("colour", "grounds", "least"),
    [
        ("--ink", ("--paper", "--sunk", "--wash"), 4.5),
        ("--soft", ("--paper", "--sunk", "--wash"), 4.5),
        ("--accent", ("--paper", "--sunk", "--wash"), 4.5),
        ("--edge", ("--paper",), 3),
    ],
)
def test_colours_stand_apart_as_wcag_asks(
    colour: str, grounds: tuple[str, ...], least: float, scheme: int
) -> None:
    named = tokens()
    faint = [
        ground
        for ground in grounds
        if contrast(named[colour][scheme], named[ground][scheme]) < least
    ]
    assert faint == []


def test_nothing_on_a_page_moves_unasked() -> None:
    styles = "".join(sheet.read_text() for sheet in (ROOT / "static").glob("*.css"))
    assert "animation" not in styles
    assert "transition" not in styles
    assert "scroll-behavior" not in styles
