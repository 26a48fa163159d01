from __future__ import annotations

import json
from dataclasses import replace

import pytest

from digest.diagnostics import (
    CATALOGUE,
    Diagnostic,
    Severity,
    as_github,
    as_json,
    as_text,
    cells,
    diagnostic,
    exit_code,
    in_order,
    nearest,
    place,
    summary,
)
from digest.source import Span

LINE = "* 7、 https://example.org/s/abc"
SPAN = Span(path="2024-03.md", line=41, column=6, end_column=len(LINE) + 1)
UNTITLED = diagnostic(
    "R104", SPAN, "entry has a link but no title", "write a few words before the link"
)
UNREADABLE = diagnostic(
    "R001",
    Span(path="notes", line=0),
    "there is no such folder",
    "name the folder that holds your notes: `--notes DIR`",
)


def text(found: Diagnostic, line: str | None) -> str:
    return as_text([found], lambda _path, _line: line)


def test_text_shows_the_line_with_a_caret_under_the_place() -> None:
    assert text(UNTITLED, LINE) == (
        "2024-03.md:41:6: warning[R104]: entry has a link but no title\n"
        "   41 | * 7、 https://example.org/s/abc\n"
        "      |       ^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "      = hint: write a few words before the link"
    )


@pytest.mark.parametrize(
    ("line", "start", "end", "marks"),
    [
        ("# 三月 2024", 2, 4, "  ^^^^"),
        ("资讯：甲", 3, 4, "      ^^"),
        ("\tab", 1, 2, " ^"),
        ("a\u200bb", 2, 3, " ^"),
        ("e\u0301x", 2, 3, " ^"),
        ("ab", 2, 2, "  ^"),
        ("ab", 5, 9, "  ^"),
    ],
)
def test_caret_stands_under_wide_and_unseen_characters(
    line: str, start: int, end: int, marks: str
) -> None:
    span = Span(path="a.md", line=1, column=start + 1, end_column=end + 1)
    shown = text(replace(UNTITLED, span=span), line).split("\n")
    assert shown[2] == f"      | {marks}"


def test_long_line_is_cut_around_the_place() -> None:
    line = "字" * 100 + "这里" + "尾" * 100
    span = Span(path="a.md", line=1, column=101, end_column=103)
    _, source, carets, _ = text(replace(UNTITLED, span=span), line).split("\n")
    assert source == f"    1 | …{'字' * 48}这里…"
    assert carets == f"      | {' ' * 97}^^^^"


def test_whole_file_has_neither_line_nor_caret() -> None:
    assert text(UNREADABLE, "never asked for") == (
        "notes: error[R001]: there is no such folder\n"
        "      = hint: name the folder that holds your notes: `--notes DIR`"
    )


def test_line_that_cannot_be_shown_is_left_out() -> None:
    assert text(UNTITLED, None) == (
        "2024-03.md:41:6: warning[R104]: entry has a link but no title\n"
        "      = hint: write a few words before the link"
    )


def test_many_of_one_kind_are_capped_and_the_rest_counted() -> None:
    many = [replace(UNTITLED, span=replace(SPAN, line=number)) for number in range(1, 14)]
    other = replace(UNTITLED, span=replace(SPAN, path="b.md"))
    rows = as_text([*many, other], lambda _path, _line: None).split("\n")
    assert sum(row.startswith("2024-03.md:") and "warning" in row for row in rows) == 10
    assert "b.md:41:6: warning[R104]: entry has a link but no title" in rows
    assert rows[-1] == "2024-03.md: 3 more of R104: entry has no title"


def test_json_holds_all_of_them_with_every_field() -> None:
    many = [replace(UNTITLED, span=replace(SPAN, line=number)) for number in range(1, 14)]
    rows = json.loads(as_json(many))
    assert [row["line"] for row in rows] == list(range(1, 14))
    assert rows[0] == {
        "code": "R104",
        "severity": "warning",
        "file": "2024-03.md",
        "line": 1,
        "column": 6,
        "end_column": len(LINE) + 1,
        "message": "entry has a link but no title",
        "hint": "write a few words before the link",
    }


def test_json_keeps_chinese_readable() -> None:
    assert "三月.md" in as_json([replace(UNTITLED, span=replace(SPAN, path="三月.md"))])


def test_github_annotates_the_place() -> None:
    assert as_github([UNTITLED]) == (
        "::warning file=2024-03.md,line=41,col=6,title=R104::"
        "entry has a link but no title. write a few words before the link"
    )


def test_github_escapes_what_its_commands_are_made_of() -> None:
    odd = replace(UNTITLED, span=replace(SPAN, path="a,b:c%.md"), message="100%\nlost")
    assert as_github([odd]) == (
        "::warning file=a%2Cb%3Ac%25.md,line=41,col=6,title=R104::"
        "100%25%0Alost. write a few words before the link"
    )


def test_github_puts_a_whole_file_on_its_first_line() -> None:
    assert as_github([UNREADABLE]).startswith("::error file=notes,line=1,col=1,title=R001::")


def test_order_is_by_place_then_code_and_each_stands_once() -> None:
    first = replace(UNTITLED, span=replace(SPAN, line=2))
    second = diagnostic("R110", SPAN, "unknown word `x`", "known: id")
    later = replace(UNTITLED, span=replace(SPAN, path="b.md", line=1))
    assert in_order([later, second, UNTITLED, first, second]) == (first, UNTITLED, second, later)


@pytest.mark.parametrize(
    ("found", "strict", "code"),
    [
        ([], False, 0),
        ([], True, 0),
        ([UNTITLED], False, 0),
        ([UNTITLED], True, 1),
        ([UNTITLED, UNREADABLE], False, 1),
    ],
)
def test_errors_fail_and_strictly_warnings_too(
    found: list[Diagnostic], code: int, *, strict: bool
) -> None:
    assert exit_code(found, strict=strict) == code


def test_summary_counts_by_severity() -> None:
    other = replace(UNTITLED, span=replace(SPAN, line=1))
    assert summary([UNTITLED, UNREADABLE, other]) == "1 error, 2 warnings"
    assert summary([]) == ""


def test_place_of_a_whole_file_is_its_path() -> None:
    assert place(SPAN) == "2024-03.md:41:6"
    assert place(UNREADABLE.span) == "notes"


def test_nearest_name_forgives_case_and_slips() -> None:
    assert nearest("Categry", ["category", "topics"]) == "category"
    assert nearest("zzz", ["category", "topics"]) is None


def test_cells_count_wide_characters_twice_and_marks_not_at_all() -> None:
    assert [cells(text) for text in ("ab", "中，", "e\u0301", "\u200b", "ｱ", "Ａ")] == [
        2,
        4,
        1,
        0,
        1,
        2,
    ]


def test_code_that_the_catalogue_lacks_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        diagnostic("R999", SPAN, "", "")


def test_codes_stand_in_their_blocks_and_errors_below_a_hundred() -> None:
    for name, code in CATALOGUE.items():
        assert name == code.name
        assert name[0] in "CRTSFD"
        assert (int(name[1:]) < 100) == (code.severity is Severity.ERROR)
