"""The real notes beside this checkout, for the tests that need them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from digest.readers import read_bytes
from tests.readers.factories import SETTING

if TYPE_CHECKING:
    from digest.model import Read

SHARED = Path(__file__).resolve().parents[3] / "shared"
NOTES = (
    "notes/000_86165273ecc2bef3.txt",
    "notes/001_870f5d85c9f0a542.txt",
    "notes/002_b23210c0eddb66cb.txt",
    "notes/003_3ed93489767b9067.txt",
    "notes/004_db5f5a55ade4b58a.txt",
    "notes-more/congyin-2023-09.md",
    "notes-more/congyin-2024-01.md",
    "notes-more/congyin-2024-06.md",
    "notes-more/congyin-2024-10.md",
    "notes-more/congyin-2025-01.md",
)


def shared(test: object) -> object:
    """Mark a test that needs ``../shared``; it is skipped, with the reason, where that is not."""
    skip = pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared, which is not here")
    marked: object = pytest.mark.shared(skip(test))
    return marked


@cache
def read_shared(path: str) -> Read:
    """Read a real note; its folder's name is no part of its path."""
    return read_bytes(path.rpartition("/")[2], (SHARED / path).read_bytes(), SETTING)
