from __future__ import annotations

import pytest

from digest.permalinks.ledger import Row, State, dump, parse
from tests.readers.records import show_diagnostic

ROWS = (
    Row(id="b2", path="entries/2024/03/b2.html", note="2024-03.md", number="2", title="“乙”"),
    Row(id="b2", path="entries/2024/03/old.html", state=State.MOVED, was="b1"),
    Row(
        id="a1",
        path="entries/2024/03/whisper-a1.html",
        note="2024-03.md",
        number="1",
        title="Whisper",
        link="https://example.org/a",
        date="2024-03",
        state=State.GONE,
    ),
)
TEXT = (
    '{"id": "a1", "path": "entries/2024/03/whisper-a1.html", "note": "2024-03.md", "number": "1",'
    ' "title": "Whisper", "link": "https://example.org/a", "date": "2024-03", "state": "gone"}\n'
    '{"id": "b2", "path": "entries/2024/03/b2.html", "note": "2024-03.md", "number": "2",'
    ' "title": "“乙”", "state": "live"}\n'
    '{"id": "b2", "path": "entries/2024/03/old.html", "state": "moved", "was": "b1"}\n'
)


def told(text: str) -> list[str]:
    return [show_diagnostic(found) for found in parse("notes/permalinks.jsonl", text)[1]]


def test_file_is_one_sorted_line_an_address_whatever_the_order_of_the_rows() -> None:
    assert dump(ROWS) == dump(reversed(ROWS)) == TEXT


def test_what_was_written_is_read_back() -> None:
    rows, found = parse("permalinks.jsonl", TEXT)
    assert found == ()
    assert dump(rows) == TEXT
    assert [row.line for row in rows] == [1, 2, 3]


def test_lines_in_any_order_with_blank_ones_a_mark_and_other_newlines_are_read() -> None:
    lines = TEXT.split("\n")
    rows, found = parse("permalinks.jsonl", "\ufeff" + "\r\n".join([*lines[::-1], "", " "]))
    assert found == ()
    assert dump(rows) == TEXT


MEND = " -> mend the line, or bring back the file's last version"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{]", "1-3 S005 the line is not JSON: it breaks off or goes wrong at character 2"),
        ("[1]", "1-4 S005 the line is not an object of texts"),
        ('{"id": 1}', "1-10 S005 the line is not an object of texts"),
        ('{"id": "a", "url": "b"}', "1-24 S005 unknown field `url`"),
        (
            '{"id": "a", "path": "../a.html"}',
            "1-33 S005 the line has no `id`, or its `path` is not that of an entry's page",
        ),
        (
            '{"id": "a", "path": "entries/../a.html"}',
            "1-41 S005 the line has no `id`, or its `path` is not that of an entry's page",
        ),
        (
            '{"path": "entries/a.html"}',
            "1-27 S005 the line has no `id`, or its `path` is not that of an entry's page",
        ),
        (
            '{"id": "a", "path": "entries/a.html", "state": "lost"}',
            "1-55 S005 `state` is one of live, gone, moved",
        ),
    ],
)
def test_line_that_is_no_address_is_reported_where_it_stands(line: str, said: str) -> None:
    assert told(TEXT + line) == [f"notes/permalinks.jsonl:4:{said}{MEND}"]


def test_marks_of_a_merge_are_reported_with_what_to_do() -> None:
    first, second, third, _ = TEXT.split("\n")
    text = f"{first}\n<<<<<<< ours\n{second}\n=======\n{third}\n>>>>>>> theirs\n"
    said = (
        "S005 a merge has left its mark here -> keep the lines of both sides and delete the"
        " marks: the next build puts them in order"
    )
    assert told(text) == [
        f"notes/permalinks.jsonl:2:1-13 {said}",
        f"notes/permalinks.jsonl:4:1-8 {said}",
        f"notes/permalinks.jsonl:6:1-15 {said}",
    ]


def test_an_id_or_a_path_told_twice_is_a_warning_and_equal_lines_are_one() -> None:
    first = '{"id": "a", "path": "entries/a.html", "title": "甲"}\n'
    mended = '{"id": "a", "path": "entries/a.html", "title": "甲，改过"}\n'
    other = '{"id": "b", "path": "entries/a.html", "title": "乙"}\n'
    hint = " -> the next build makes one line of the two, and no address is lost"
    assert told(first + first) == []
    assert told(first + mended) == [
        f"notes/permalinks.jsonl:2:1-1 S105 line 1 has the id `a` too{hint}"
    ]
    assert told(first + other) == [
        f"notes/permalinks.jsonl:2:1-1 S105 line 1 has the path `entries/a.html` too{hint}"
    ]
