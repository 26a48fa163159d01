from __future__ import annotations

import json
import re
from typing import Any

from tests.readers.shared import NOTES, SHARED, read_shared, shared

Row = dict[str, Any]
LEAST_TITLES = 0.95
LEAST_AUTHORS = 0.995


def gold() -> dict[str, Row]:
    """Return the labelled entries by their id, ``NOTE:LINE``."""
    files = sorted((SHARED / "gold").glob("*.jsonl"))
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    return {row["id"]: row for row in rows}


def found() -> dict[str, Row]:
    """Return what is read of the real notes, by the same ids."""
    rows: dict[str, Row] = {}
    for path in NOTES:
        name = path.rpartition("/")[2].removesuffix(".md")
        note = name if path.endswith(".md") else name[:3]
        for entry in read_shared(path).entries:
            rows[f"{note}:{entry.place.line}"] = {
                "date": entry.when.iso if entry.when else None,
                "handle": entry.handle,
                "author": entry.author,
                "title": entry.title,
            }
    return rows


def differing(field: str) -> dict[str, tuple[object, object]]:
    """Return the entries whose field is not as labelled: what is wanted, what is read."""
    read = found()
    return {
        key: (row[field], read[key][field])
        for key, row in gold().items()
        if row[field] != read[key][field]
    }


def agree(wanted: str, read: str) -> bool:
    """Whether two titles differ in nothing but where they are cut."""
    short, long = sorted((letters(wanted), letters(read)), key=len)
    return long.startswith(short) and len(short) * 2 >= len(long)


def letters(title: str) -> str:
    return re.sub(r"[\W_]+", "", title).casefold()


@shared
def test_all_entries_are_read() -> None:
    counts = {path: len(read_shared(path).entries) for path in NOTES}
    assert sum(n for path, n in counts.items() if path.startswith("notes/")) == 450
    assert sum(n for path, n in counts.items() if path.startswith("notes-more/")) == 540


@shared
def test_labelled_entries_stand_at_their_lines() -> None:
    assert len(gold()) == 874
    assert sorted(gold().keys() - found().keys()) == []


@shared
def test_dates_and_handles_are_as_labelled() -> None:
    assert differing("date") == {}
    assert differing("handle") == {}


@shared
def test_authors_are_as_labelled() -> None:
    assert len(differing("author")) <= 874 * (1 - LEAST_AUTHORS)


@shared
def test_titles_differ_in_where_they_are_cut() -> None:
    others = {key: pair for key, pair in differing("title").items() if not agree(*map(str, pair))}
    assert len(others) <= 874 * (1 - LEAST_TITLES), others


@shared
def test_a_mangled_date_and_a_post_without_words_are_all_that_is_reported() -> None:
    reported = {
        path: [found.code.name for found in read_shared(path).diagnostics]
        for path in NOTES
        if read_shared(path).diagnostics
    }
    assert reported == {"notes/002_b23210c0eddb66cb.txt": ["R107", "R104"]}
