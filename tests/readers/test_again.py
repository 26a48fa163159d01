"""A note that is read again after an edit is read as if for the first time."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from tests.readers.edits import edited
from tests.readers.factories import read_note
from tests.readers.records import cases_in

FOLDER = Path(__file__).parent / "cases"
EDITS = 300


def history(name: str) -> list[str]:
    """Return a note through a long day of edits, among which it is now and then as it was."""
    notes = [case.note for case in cases_in(FOLDER / f"{name}.txt")]
    dice = random.Random(name)  # noqa: S311 - the same edits in every run
    texts: list[str] = []
    lines: list[str] = []
    for number in range(EDITS):
        if number % 10 == 0:
            lines = [line for note in dice.choices(notes, k=2) for line in note.split("\n")]
        elif number % 10 == 5:
            lines = texts[-3].split("\n")
        else:
            lines = edited(lines, dice)
        texts.append("\n".join(lines))
    return texts


def forget() -> None:
    """Forget all that readers remember."""
    for name, module in list(sys.modules.items()):
        if name.startswith("digest."):
            for part in vars(module).values():
                if hasattr(part, "cache_clear"):
                    part.cache_clear()


@pytest.mark.parametrize("name", ["any", "bullets", "flat", "posts", "report", "sections"])
def test_note_that_was_edited_is_read_as_if_for_the_first_time(name: str) -> None:
    texts = history(name)
    afresh = []
    for text in texts:
        forget()
        afresh.append(read_note(text))
    forget()
    assert [read_note(text) for text in texts] == afresh
    assert sum(len(read.entries) for read in afresh) > EDITS
    assert len({found.code.name for read in afresh for found in read.diagnostics}) > 1
