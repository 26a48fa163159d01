"""The documents say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from digest.diagnostics import CATALOGUE
from digest.readers import Setting, read
from digest.source import from_text
from digest.taxonomy import load

ROOT = Path(__file__).parent.parent
_ROW = re.compile(r"^\| (?P<code>[CDRTSF]\d{3}) \| (?P<severity>\w+) \| \S", re.MULTILINE)


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


_EXAMPLE = re.compile(r"^```markdown\n(?P<note>.*?)^```$", re.MULTILINE | re.DOTALL)


def test_each_example_note_of_the_readme_is_read_in_its_dialect_without_a_complaint() -> None:
    taxonomy, _ = load("taxonomy.yaml", (ROOT / "taxonomy.yaml").read_text(encoding="utf-8"))
    assert taxonomy is not None
    setting = Setting(taxonomy=taxonomy, latest_year=2026)
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    notes = [read(from_text("2024-03.md", m["note"]), setting) for m in _EXAMPLE.finditer(text)]
    assert [(note.dialect, [entry.title for entry in note.entries]) for note in notes] == [
        (
            "sections",
            [
                "whisper.cpp: speech recognition without Python",
                "Ollama runs models behind one command",
                "The Bitter Lesson",
            ],
        ),
        ("flat", ["BitNet b1.58", "llamafile"]),
        ("posts", ["Anthropic 发布 Claude 3，分三档"]),
        ("bullets", ["Claude 3 三档齐发", "TripoSR: a mesh from one picture"]),
        ("report", ["Chronos：把时间序列当语言来学"]),
    ]
    assert [found for note in notes for found in note.diagnostics] == []
    assert all(entry.when is not None for note in notes for entry in note.entries)
