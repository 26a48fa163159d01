from __future__ import annotations

import ast
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "digest"
# From the ground up; a module may import from the layers below its own. Modules of one layer do
# not import each other, except inside a package of their own (``readers``, ``render`` …), and there
# one way only, what is imported for its types included.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("__init__",),
    ("source", "files", "store", "crew"),
    ("diagnostics",),
    ("model",),
    ("links", "likeness"),
    ("yamlfile",),
    ("config", "taxonomy"),
    ("permalinks",),
    ("gallery", "inputs", "readers", "tagger", "render", "output", "cache"),
    ("stages", "settings"),
    ("pipeline", "learn"),
    ("compose", "linkcheck"),
    ("proof", "exporting", "importing"),
    ("terminal", "serve"),
    ("desk",),
    ("commands",),
    ("cli",),
)
HEIGHT = {name: height for height, names in enumerate(LAYERS) for name in names}


def room(module: str) -> str:
    """Return the room of a module: ``digest.readers.posts`` is in ``readers``."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def module_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and module of each import of our own package."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno} imports by a relative name"
            names = [_target(node.module or "", alias.name) for alias in node.names]
        else:
            continue
        yield from ((node.lineno, name) for name in names if name.split(".")[0] == "digest")


def _target(module: str, name: str) -> str:
    return f"{module}.{name}" if is_module(f"{module}.{name}") else module


def is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


MODULES = sorted(PACKAGE.rglob("*.py"))


def test_every_room_has_its_layer() -> None:
    assert sorted({room(module_of(file)) for file in MODULES} - HEIGHT.keys()) == []


def test_every_room_is_in_the_table_of_the_architecture() -> None:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rooms = {room(module_of(file)) for file in MODULES} - {"__init__"}
    told = re.findall(r"`(\w+)(?:\.py|/)`", page)
    assert sorted(rooms - set(told)) == []


@pytest.mark.parametrize("file", MODULES, ids=module_of)
def test_imports_point_down(file: Path) -> None:
    own = room(module_of(file))
    wrong = [
        f"{file.name}:{line} imports {name}"
        for line, name in imported(file)
        if room(name) != own and HEIGHT[room(name)] >= HEIGHT[own]
    ]
    assert wrong == []


def test_imports_never_lead_back_to_where_they_began() -> None:
    graph = {module_of(file): {name for _, name in imported(file)} for file in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(reversed(error.args[1])))


@pytest.mark.parametrize("file", MODULES, ids=module_of)
def test_modules_stay_short_or_tell_why_not(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    lines = text.count("\n")
    assert lines <= 300 or "300 lines" in text, f"{lines} lines and no reason given"


def functions_of(file: Path) -> Iterator[tuple[str, int]]:
    """Yield each function's name and lines, its signature and docstring aside."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            yield node.name, ((node.end_lineno or 0) - body[0].lineno + 1) if body else 0


@pytest.mark.parametrize("file", MODULES, ids=module_of)
def test_functions_stay_short(file: Path) -> None:
    assert [(name, lines) for name, lines in functions_of(file) if lines > 40] == []
