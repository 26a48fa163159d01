from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.permalinks.identity import identify
from tests.readers.factories import read_note
from tests.readers.records import show_diagnostic

if TYPE_CHECKING:
    from digest.model import Entry

NOTE = """# AI: 2024.03

# 1. 工具

## 1.1. [甲](https://example.org/a)

## 1.2. [乙](https://example.org/b)

## 1.3. 没有链接的丙
"""


def entries(text: str = NOTE, path: str = "2024-03.md") -> tuple[Entry, ...]:
    return read_note(text, path).entries


def ids(*groups: tuple[Entry, ...]) -> list[str]:
    return [entry.id for entry in identify(entry for group in groups for entry in group)[0]]


def test_ids_are_ten_hex_digits_and_differ() -> None:
    assert ids(entries()) == ["e4b0fb14b9", "1420a434a1", "82f725b9e4"]


def test_id_depends_neither_on_the_note_nor_on_the_place_nor_on_the_words_of_a_linked_title() -> (
    None
):
    moved = (
        "# AI: 2024.03\n\n# 1. 工具\n\n## 1.7. [甲，换了标题](https://example.org/a)\n\n正文。\n"
    )
    assert ids(entries(moved, "other.md")) == ids(entries())[:1]


def test_id_changes_with_the_date() -> None:
    assert not set(ids(entries(NOTE.replace("2024.03", "2024.04")))) & set(ids(entries()))


def test_entries_alike_are_told_apart_by_their_order() -> None:
    first, second = ids(entries()), ids(entries(), entries(path="b.md"))
    assert second == first + [f"{name}-2" for name in first]


def test_order_of_the_entries_given_changes_nothing() -> None:
    forward = identify([*entries(), *entries(path="b.md")])
    assert identify(reversed([*entries(), *entries(path="b.md")])) == forward


def test_id_that_the_curator_fixed_stays() -> None:
    fixed = NOTE.replace(
        "(https://example.org/a)", "(https://example.org/a) <!-- digest: id=jia -->"
    )
    assert ids(entries(fixed)) == ["jia", *ids(entries())[1:]]


def test_made_id_gives_way_to_a_fixed_one() -> None:
    made = ids(entries())[1]
    first, *rest = entries()
    named = (replace(first, id=made), *rest)
    assert ids(named) == [made, f"{made}-2", ids(entries())[2]]


def test_id_given_twice_is_reported_at_the_second_place() -> None:
    fixed = NOTE.replace(")\n", ") <!-- digest: id=same -->\n")
    named, found = identify(entries(fixed))
    assert [entry.id for entry in named] == ["same", *ids(entries())[1:]]
    assert [show_diagnostic(problem) for problem in found] == [
        (
            "2024-03.md:7:1-1 S002 the id `same` is taken by the entry at 2024-03.md:5:1"
            " -> give one of the two another id"
        )
    ]
