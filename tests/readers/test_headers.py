from __future__ import annotations

from itertools import permutations

import pytest

from digest.model import DateBasis
from tests.readers.factories import read_note
from tests.readers.records import show_diagnostic

DATE, NAME, HANDLE = "2024-03-05", "林舟", "@linzhou"
ADDRESS = "https://x.com/linzhou/status/1760000000000000000"
TEXT = "新的检索库支持混合搜索。"
ORDERS = list(permutations((DATE, NAME, HANDLE)))
# Where the post's own address may stand among the three.
WITH_ADDRESS = [(*order[:place], ADDRESS, *order[place:]) for order in ORDERS for place in range(4)]


def who_and_when(note: str) -> tuple[str | None, str | None, str | None, str]:
    """Return name, handle, day and title of a note's first post."""
    entry = read_note(note).entries[0]
    return entry.author, entry.handle, entry.when.iso if entry.when else None, entry.title


WANTED = ("林舟", "linzhou", "2024-03-05", "新的检索库支持混合搜索")


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("header", ORDERS + WITH_ADDRESS, ids=" ".join)
def test_header_lines_may_stand_in_any_order(header: tuple[str, ...], gap: str) -> None:
    assert who_and_when(f"### 1\n\n{gap.join(header)}\n\n{TEXT}\n") == WANTED
    assert who_and_when(f"### 1\n{gap.join(header)}\n{TEXT}\n") == WANTED


@pytest.mark.parametrize("order", ORDERS, ids=" ".join)
def test_header_on_one_line_may_stand_in_any_order(order: tuple[str, ...]) -> None:
    assert who_and_when(f"### 1\n\n{' '.join(order)}\n\n{TEXT}\n") == WANTED


@pytest.mark.parametrize("at", range(4))
def test_curators_comment_may_stand_anywhere_in_the_header(at: int) -> None:
    rows = [NAME, HANDLE, DATE]
    rows.insert(at, "<!-- digest: slug=search -->")
    assert who_and_when("\n".join(["### 1", *rows, TEXT, ""])) == WANTED


@pytest.mark.parametrize("header", [f"{NAME} {DATE}", f"{DATE} {NAME}", f"{NAME}\n{DATE}"])
def test_header_without_a_handle(header: str) -> None:
    assert who_and_when(f"### 1\n\n{header}\n\n{TEXT}\n") == ("林舟", None, *WANTED[2:])


@pytest.mark.parametrize("header", [f"{HANDLE} {DATE}", f"{DATE}\n{HANDLE}"])
def test_name_of_a_handle_is_known_from_the_other_posts(header: str) -> None:
    known = f"### 2\n\n{NAME} {HANDLE} {DATE}\n\n第二条。\n"
    assert who_and_when(f"### 1\n\n{header}\n\n{TEXT}\n\n{known}") == WANTED


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("203-03-05", "2024-03-05"),
        ("024-03-05", "2024-03-05"),
        ("24-03-05", "2024-03-05"),
        ("20244-03-05", "2024-03-05"),
        ("0204-03-05", "2024-03-05"),
        ("2204-03-05", "2024-03-05"),
    ],
)
def test_year_that_cannot_be_is_that_of_the_nearest_post(written: str, read: str) -> None:
    other = f"### 2\n\n{NAME} {HANDLE} 2024-03-06\n\n第二条。\n"
    found = read_note(f"### 1\n\n{NAME} {HANDLE} {written}\n\n{TEXT}\n\n{other}")
    when = found.entries[0].when
    assert when is not None
    assert (when.iso, when.basis, when.line) == (read, DateBasis.NEIGHBOURS, 3)
    end = len(f"{NAME} {HANDLE} {written}") + 1
    assert [show_diagnostic(d) for d in found.diagnostics] == [
        (
            f"note.md:3:1-{end} R107 the date is mangled; read as {read}, with the year of the"
            f" nearest post -> write `林舟 @linzhou {read}`"
        )
    ]


def test_digits_that_slipped_to_the_name_give_the_year_back() -> None:
    found = read_note(f"### 1\n\n2{NAME} {HANDLE} 024-03-05\n\n{TEXT}\n")
    when = found.entries[0].when
    assert when is not None
    assert (when.iso, when.basis) == ("2024-03-05", DateBasis.HEADER)
    assert found.entries[0].author == "林舟"
    assert [show_diagnostic(d) for d in found.diagnostics] == [
        (
            "note.md:3:1-23 R107 the date is mangled; read as 2024-03-05"
            " -> write `林舟 @linzhou 2024-03-05`"
        )
    ]


@pytest.mark.parametrize(
    "text", ["iOS 17.2.1 修好了", "会议在 2024-03-05 的上午", "谢谢 @linzhou 的分享"]
)
def test_first_line_that_only_resembles_a_header_is_text(text: str) -> None:
    entry = read_note(f"### 1\n\n{text}\n\n正文。\n").entries[0]
    assert (entry.author, entry.handle, entry.when) == (None, None, None)
    assert [line.text for line in entry.body] == [text, "", "正文。"]
