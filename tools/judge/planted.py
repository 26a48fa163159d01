"""A page with faults that each judge must find, so that "no findings" can be believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Planted faults</title>
<link rel="stylesheet" href="planted.css">
<script src="planted.js"></script>
<script src="https://elsewhere.example/script.js"></script>
</head>
<body>
<main>
<h1>Planted faults</h1>
<p class="faint">Too faint to read, and only in the dark.</p>
<img src="lost.png">
<p id="twice">Once</p>
<p id="twice">Again</p>
</main>
</body>
</html>
"""
STYLE = """
@media (prefers-color-scheme: dark) {
  body { background: #000; color: #fff; }
  .faint { color: #222; }
}
"""
SCRIPT = 'console.error("planted in the console"); missing();'
FAULTS = {
    "nu": ("must have an “alt” attribute", "Duplicate ID"),
    "browser": (
        "axe (light): image-alt",
        "axe (dark): color-contrast",
        "console: planted in the console",
        "script: missing is not defined",
        "404 for",
        "asks another host",
    ),
}


def write(site: Path) -> Path:
    """Write the page with its style and script into a new folder, and return the folder."""
    site.mkdir()
    for name, text in (("index.html", PAGE), ("planted.css", STYLE), ("planted.js", SCRIPT)):
        (site / name).write_text(text, encoding="utf-8")
    return site
