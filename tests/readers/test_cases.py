from __future__ import annotations

from pathlib import Path

import pytest

from digest.readers import DIALECTS
from tests.readers.factories import read_note
from tests.readers.records import Case, cases_in, show

FOLDER = Path(__file__).parent / "cases"
CASES = [
    pytest.param(case, id=f"{file.stem}: {case.title}")
    for file in sorted(FOLDER.glob("*.txt"))
    for case in cases_in(file)
]


def test_every_dialect_has_a_case_file() -> None:
    assert {dialect.name for dialect in DIALECTS} <= {file.stem for file in FOLDER.glob("*.txt")}


@pytest.mark.parametrize("case", CASES)
def test_note_is_read_as_its_case_says(case: Case) -> None:
    assert show(read_note(case.note, case.path)) == case.expected
