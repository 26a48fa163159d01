"""A note that is read again after an edit is read as if for the first time."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from tests.readers.factories import read_note
from tests.readers.records import cases_in

FOLDER = Path(__file__).parent / "cases"
EDITS = 300
LINES = (
    "",
    "```",
    "~~~ text",
    "---",
    "# 2. 论文",
    "## 1.2. [标题](https://example.org/new)",
    "### 07",
    "# 6.3 周6",
    "* 3、一条 https://example.org/b",
    "李四 @lisi 2023-12-05",
    "@lisi",
    "2023-12-05",
    "一句话，[链接](https://example.org/c) 和 `代码`。",
    "A sentence with ![a picture](pictures/a.png).",
    "<!-- digest: category=papers topics=rag draft -->",
    "<!-- digest: nonsense -->",
    "https://x.com/lisi/status/12345",
    "date: 2024-05",
)


def edited(lines: list[str], dice: random.Random) -> list[str]:
    """Do what a curator, or a slip of a curator, might do to some lines."""
    at, other = dice.randrange(len(lines) + 1), dice.randrange(len(lines) + 1)
    first, last = sorted((at, min(other, at + 3)))
    return dice.choice(
        (
            lambda: [*lines[:at], dice.choice(LINES), *lines[at:]],
            lambda: lines[:first] + lines[last:],
            lambda: lines[:at] + lines[first:last] + lines[at:],
            lambda: [*lines[:first], *(f"{line} 改" for line in lines[first:last]), *lines[last:]],
            lambda: [*lines[:first], *(line[1:] for line in lines[first:last]), *lines[last:]],
            lambda: [*lines[:first], *(f"  {line}" for line in lines[first:last]), *lines[last:]],
        )
    )()


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
