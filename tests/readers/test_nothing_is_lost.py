from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from digest.readers import account
from tests.readers.factories import read_note
from tests.readers.records import Case, cases_in
from tests.readers.shared import NOTES, read_shared, shared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.model import Read

FOLDER = Path(__file__).parent / "cases"
CASES = [
    pytest.param(case, id=f"{file.stem}: {case.title}")
    for file in sorted(FOLDER.glob("*.txt"))
    for case in cases_in(file)
]
# What covers a whole note that cannot be read.
WHOLE = {"R004", "R005", "R101", "R102"}
UNSEEN = ("\u200b", "\u200d", "\u2060", "\ufeff")


def lost_lines(read: Read) -> list[int]:
    """Return the lines that are in no entry, in no furniture and in no diagnostic."""
    codes = {found.code.name for found in read.diagnostics}
    if not read.entries and codes & WHOLE:
        return []
    reported = {d.span.line: d for d in read.diagnostics if d.code.name == "R103"}
    lost: list[int] = []
    covered = False
    for above, number in pairwise((0, *account(read).unclaimed)):
        between = read.source.lines[above : number - 1]
        goes_on = covered and all(line.blank for line in between)
        covered = goes_on or number in reported
        if not covered:
            lost.append(number)
    return lost


def check_whole(read: Read) -> None:
    """Fail where a line is lost, taken twice or changed."""
    assert lost_lines(read) == []
    for entry in read.entries:
        place = entry.place
        assert entry.written == read.source.lines[place.line - 1 : place.end_line]
        assert not entry.written[-1].blank
        numbers = [line.number for line in entry.body]
        assert numbers == sorted(numbers)
        assert all(place.line <= number <= place.end_line for number in numbers)
        assert entry.title.strip() == entry.title != ""
        spans = [link.span for link in entry.links] + [image.span for image in entry.images]
        for span in spans:
            assert place.line <= span.line <= place.end_line
            assert 1 <= span.column < span.end_column <= len(read.source.line(span.line).text) + 1
    for above, below in pairwise(read.entries):
        assert above.place.end_line < below.place.line
    taken = {n for e in read.entries for n in range(e.place.line, e.place.end_line + 1)}
    furniture = [n for f in read.furniture for n in range(f.line, f.end_line + 1)]
    assert taken.isdisjoint(furniture)
    assert len(furniture) == len(set(furniture))


def damaged(note: str) -> Iterator[str]:
    """Yield a note cut at every line, and changed as editors and hands change notes."""
    lines = note.split("\n")
    for index, line in enumerate(lines):
        above, below = lines[:index], lines[index + 1 :]
        unseen = UNSEEN[index % len(UNSEEN)]
        half = len(line) // 2
        yield "\n".join(above)
        yield "\n".join(above + below)
        changes: tuple[list[str], ...] = (
            [unseen + line, *below],
            [line[:half] + unseen + line[half:], *below],
            ["```", line, *below],
            [line[:half]],
        )
        yield "\n".join(above + changes[index % len(changes)])
    yield note.replace("\n", "\n\n")
    yield note.replace("\n\n", "\n")
    yield "\n".join(f"  {line}" for line in lines)
    yield "\n".join(f"> {line}" for line in lines)


@pytest.mark.parametrize("case", CASES)
def test_every_line_of_a_case_is_accounted_for(case: Case) -> None:
    check_whole(read_note(case.note, case.path))


@pytest.mark.parametrize("case", CASES)
def test_damaged_note_loses_nothing(case: Case) -> None:
    for note in damaged(case.note):
        check_whole(read_note(note, case.path))


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_newlines_of_other_systems_change_nothing(case: Case, newline: str) -> None:
    assert read_note(case.note.replace("\n", newline), case.path) == read_note(case.note, case.path)


@pytest.mark.parametrize("case", CASES)
def test_byte_order_mark_changes_nothing(case: Case) -> None:
    assert read_note(f"\ufeff{case.note}", case.path) == read_note(case.note, case.path)


@shared
@pytest.mark.parametrize("path", NOTES)
def test_every_line_of_a_real_note_is_accounted_for(path: str) -> None:
    read = read_shared(path)
    check_whole(read)
    assert account(read).unclaimed == ()
