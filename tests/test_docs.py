"""The documents say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from digest.diagnostics import CATALOGUE

ROOT = Path(__file__).parent.parent
_ROW = re.compile(r"^\| (?P<code>[CRTSF]\d{3}) \| (?P<severity>\w+) \| \S", re.MULTILINE)


def test_every_diagnostic_has_its_line_and_severity_in_the_documents() -> None:
    text = (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8")
    listed = [(row["code"], row["severity"]) for row in _ROW.finditer(text)]
    assert listed == sorted(listed)
    assert dict(listed) == {name: str(code.severity) for name, code in CATALOGUE.items()}


def test_every_diagnostic_is_tested() -> None:
    tests = "".join(
        path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "tests").rglob("*"))
        if path.suffix in {".py", ".txt", ".md"} and path != Path(__file__)
    )
    assert [name for name in CATALOGUE if name not in tests] == []


def test_no_file_names_a_registry_host_or_a_path_of_a_machine() -> None:
    named = re.compile(
        "pypi" + r"\.org|pythonhosted|registry\." + "npm" + r"js|deb\.debian|/home/|/root/"
    )
    own_text = {
        "entries",
        "training",
        "tests",
        ".git",
        ".venv",
        ".venv-lock",
        "site",
        "node_modules",
    }
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in sorted(ROOT.rglob("*"))
        if path.is_file()
        and not own_text & set(path.relative_to(ROOT).parts)
        and path.suffix in {".txt", ".toml", ".yaml", ".md", ".cfg", ".json", ""}
        and (match := named.search(path.read_text(encoding="utf-8", errors="replace")))
    ]
    assert found == []
