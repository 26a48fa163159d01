"""What the tests of the preview share: one that they may ask but not change, and one to work in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.serve.desk import Serving, folder, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """Serve a folder that nobody changes."""
    with serving(folder(tmp_path_factory.mktemp("calm") / "desk"), "--port", "0") as running:
        yield running


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Serving]:
    """Serve a folder to work in."""
    with serving(folder(tmp_path / "desk"), "--port", "0") as running:
        yield running
