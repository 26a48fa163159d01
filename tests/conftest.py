"""What all tests share: golden files, which only ``pytest --update-golden`` changes; a browser."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Browser

GOLDEN = Path(__file__).parent / "golden"
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--update-golden``."""
    parser.addoption(
        "--update-golden", action="store_true", help="write what was made as the new golden files"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuse ``--update-golden`` in CI, where a change of a golden file must be seen."""
    if config.getoption("--update-golden") and os.environ.get("CI"):
        message = "--update-golden is refused when CI is set: update here, look, and commit"
        raise pytest.UsageError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Golden:
    """Compares whole sets of files with a folder under ``tests/golden``."""

    update: bool

    def check(self, name: str, made: Mapping[str, bytes]) -> None:
        """Fail with the first file of ``made`` that differs from the golden folder ``name``."""
        folder = GOLDEN / name
        if self.update:
            _replace(folder, made)
        kept = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        assert sorted(made) == sorted(kept)
        for path in sorted(made):
            assert made[path].decode() == kept[path].decode(), f"{name}/{path} has changed"


def _replace(folder: Path, made: Mapping[str, bytes]) -> None:
    for path in folder.rglob("*"):
        if path.is_file() and path.relative_to(folder).as_posix() not in made:
            path.unlink()
    for name, data in made.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Give the golden files of this run."""
    return Golden(update=bool(request.config.getoption("--update-golden")))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium."""
    if not CHROMIUM.exists():
        pytest.skip("needs Debian's chromium at /usr/bin/chromium")
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415  # only where Chromium is

    expect.set_options(timeout=30_000)  # a busy machine is slow, not wrong

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield started
        started.close()
