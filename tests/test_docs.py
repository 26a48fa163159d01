"""The documents say what the code does."""

from __future__ import annotations

import datetime as dt
import re
import shlex
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from digest.cli import command_named, main
from digest.config import load as load_config
from digest.diagnostics import CATALOGUE
from digest.proof import proof
from digest.readers import DIALECTS, Setting, read
from digest.source import from_text
from digest.taxonomy import load
from tools.reference import renewed

if TYPE_CHECKING:
    from digest.model import Read

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


_CODE = re.compile(r"^```.*?^```$|``.+?``|`[^`\n]+`", re.MULTILINE | re.DOTALL)  # a block, `a span`
_EXAMPLE = re.compile(r"^```markdown\n(?P<note>.*?)^```$", re.MULTILINE | re.DOTALL)


def notes_of(document: str) -> list[Read]:
    """Read the example notes of a document."""
    taxonomy, _ = load("taxonomy.yaml", (ROOT / "taxonomy.yaml").read_text(encoding="utf-8"))
    assert taxonomy is not None
    setting = Setting(taxonomy=taxonomy, latest_year=2026)
    text = (ROOT / document).read_text(encoding="utf-8")
    return [read(from_text("2024-03.md", m["note"]), setting) for m in _EXAMPLE.finditer(text)]


SECTIONS = (
    "sections",
    [
        "whisper.cpp: speech recognition without Python",
        "Ollama runs models behind one command",
        "The Bitter Lesson",
    ],
)
OTHERS = [
    ("flat", ["BitNet b1.58", "llamafile"]),
    ("posts", ["Anthropic 发布 Claude 3，分三档"]),
    ("bullets", ["Claude 3 三档齐发", "TripoSR: a mesh from one picture"]),
    ("report", ["Chronos：把时间序列当语言来学"]),
]


@pytest.mark.parametrize(
    ("document", "dialects"), [("README.md", [SECTIONS]), ("docs/writing.md", [SECTIONS, *OTHERS])]
)
def test_each_example_note_is_read_in_its_dialect_without_a_complaint(
    document: str, dialects: list[tuple[str, list[str]]]
) -> None:
    notes = notes_of(document)
    found = [(note.dialect, [entry.title for entry in note.entries]) for note in notes]
    assert found == dialects
    assert [d for note in notes for d in note.diagnostics] == []
    assert all(entry.when is not None for note in notes for entry in note.entries)
    assert [f for note in notes for f in proof(note, dt.date(2026, 1, 1))] == []


def test_each_dialect_has_its_example() -> None:
    assert [note.dialect for note in notes_of("docs/writing.md")] == [d.name for d in DIALECTS]


@pytest.mark.parametrize("path", sorted((ROOT / "docs").glob("*.md")), ids=lambda path: path.name)
def test_what_the_code_itself_knows_stands_in_the_documents(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert renewed(text) == text, "run `python -m tools.reference`"


def blocks(document: str, language: str) -> list[str]:
    """Return the code blocks of one language in a document."""
    text = (ROOT / document).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_the_example_settings_are_understood() -> None:
    site, taxonomy = blocks("docs/configuration.md", "yaml")
    config, diagnostics = load_config("site.yaml", site)
    assert config is not None
    assert (config.title, config.base_url, diagnostics) == (
        "AI Digest",
        "https://example.org/digest/",
        [],
    )
    terms, found = load("taxonomy.yaml", taxonomy)
    assert terms is not None
    assert ([c.name for c in terms.categories], found) == (["tools", "events"], [])
    (published,) = (text for text in blocks("docs/publishing.md", "yaml") if "base_url" in text)
    assert load_config("site.yaml", published)[1] == []


def test_the_example_theme_changes_what_it_says_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("plain", "themed"):
        desk = tmp_path / name
        (desk / "entries").mkdir(parents=True)
        (desk / "entries" / "2024-03.md").write_text(
            blocks("README.md", "markdown")[0], encoding="utf-8"
        )
        (desk / "site.yaml").write_text("title: Desk\nlanguage: en\n", encoding="utf-8")
    themed = tmp_path / "themed"
    for folder, name, language in (
        ("templates", "base.html", "jinja"),
        ("static", "mine.css", "css"),
    ):
        (themed / folder).mkdir()
        (text,) = blocks("docs/templates.md", language)
        (themed / folder / name).write_text(text, encoding="utf-8")
    for name in ("plain", "themed"):
        monkeypatch.chdir(tmp_path / name)
        assert main(["build", "--quiet"]) == 0
    plain = (tmp_path / "plain" / "site" / "index.html").read_text(encoding="utf-8").split("\n")
    lines = (themed / "site" / "index.html").read_text(encoding="utf-8").split("\n")
    assert [line for line in lines if line not in plain] == ["<p>Set by hand in Shanghai.</p>"]
    assert [line for line in plain if line not in lines] == []
    assert "#0b5c8a" in (themed / "site" / "style.css").read_text(encoding="utf-8")


def test_the_example_workflows_can_be_parsed_and_run_what_there_is() -> None:
    workflow = yaml.safe_load(next(t for t in blocks("docs/publishing.md", "yaml") if "jobs" in t))
    steps = workflow["jobs"]["publish"]["steps"]
    runs = [step["run"] for step in steps if "run" in step]
    (netlify,) = map(tomllib.loads, blocks("docs/publishing.md", "toml"))
    runs += netlify["build"]["command"].split(" && ")
    runs += blocks("docs/publishing.md", "sh")[0].split(" && ")[:1]
    for run in runs:
        words = shlex.split(run)
        if words[0] == "python":
            assert words[1] == "build.py"
            name = words[2] if len(words) > 2 else "build"
            context = command_named(name).make_context(name, words[3:])
            assert context.params
        else:
            assert words[:3] == ["pip", "install", "--require-hashes"]
            assert (ROOT / words[-1]).is_file()


def test_every_document_is_linked_from_the_readme_and_every_link_leads_to_a_file() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for path in (ROOT / "docs").glob("*.md"):
        assert f"(docs/{path.name})" in readme
    for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for link in re.findall(r"\]\(([^)#\s]+)", _CODE.sub("", path.read_text(encoding="utf-8"))):
            assert "://" in link or (path.parent / link).exists(), f"{path.name}: {link}"
