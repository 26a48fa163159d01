from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from digest.learn.examples import by_group, group_of, own, shipped
from digest.model import LinkKind, Origin
from tests.factories import entry, label, lines, when
from tests.learn.samples import example, taxonomy

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("folds", [2, 3, 8])
def test_a_group_is_never_split_and_each_judged_example_is_dealt_once(folds: int) -> None:
    sizes = (7, 1, 4, 2, 5, 1, 3)
    examples = [
        example("标题", "tools", at=number, group=f"day {group}", judged=number % 4 != 0)
        for group, size in enumerate(sizes)
        for number in range(size)
    ]
    dealt = by_group(examples, folds)
    judged = [position for position, one in enumerate(examples) if one.judged]
    assert sorted(position for fold in dealt for position in fold) == judged
    groups = [{examples[position].group for position in fold} for fold in dealt]
    assert sum(map(len, groups)) == len(set().union(*groups))
    assert by_group(examples, folds) == dealt


def test_groups_are_dealt_so_that_folds_are_about_as_large() -> None:
    examples = [
        example("标题", "tools", at=number, group=name)
        for name, size in (("a", 4), ("b", 3), ("c", 2), ("d", 1))
        for number in range(size)
    ]
    assert by_group(examples, 2) == [[0, 1, 2, 3, 9], [4, 5, 6, 7, 8]]


def test_there_are_no_more_folds_than_groups() -> None:
    examples = [example("标题", "tools", group="a"), example("标题", "tools", group="b")]
    assert by_group(examples, 8) == [[0], [1]]


def test_a_curators_own_labels_are_those_of_comments_alone() -> None:
    words = (
        (label("工具", Origin.DIRECTIVE),),
        (label("工具", Origin.FRONT_MATTER),),
        (label("工具", Origin.TAG),),
        (label("工具", Origin.SECTION),),
        (label("论文", Origin.DIRECTIVE), label("工具", Origin.SECTION)),
        (label("杂项", Origin.DIRECTIVE),),
        (label("工具 / 论文", Origin.DIRECTIVE),),
        (),
    )
    entries = [
        entry(str(number), at=number, labels=labels) for number, labels in enumerate(words, start=1)
    ]
    found = own(entries, taxonomy())
    assert [(one.entry.title, one.category, one.judged) for one in found] == [
        ("1", "tools", True),
        ("5", "papers", True),
    ]


def test_the_topics_of_a_comment_come_along() -> None:
    made = entry(
        labels=(label("工具", Origin.DIRECTIVE),),
        topic_labels=(label("数据", Origin.DIRECTIVE), label("杂项", Origin.DIRECTIVE)),
    )
    assert [one.topics for one in own([made], taxonomy())] == [("data",)]


def test_a_group_is_a_day_or_else_a_section_of_a_note() -> None:
    section = (
        label("工具", Origin.SECTION),
        label("大全", Origin.SECTION),
        label("热", Origin.TAG),
    )
    assert [
        group_of(entry(path="a.md", when=when("2024-03-05"), labels=section)),
        group_of(entry(path="a.md", when=when("2024-03"), labels=section)),
        group_of(entry(path="a.md")),
    ] == ["a.md|2024-03-05", "a.md|工具/大全", "a.md|"]


def test_shipped_examples_are_read_line_by_line(tmp_path: Path) -> None:
    row = (
        '{"dialect": "posts", "title": "题", "body": "一\\n二", "urls": ["https://arxiv.org/abs/'
        '2401.00001", "https://github.com/a/b"], "category": "papers", "also": ["tools"], '
        '"topics": ["data"]}'
    )
    (tmp_path / "b.jsonl").write_text(f"\n{row}\n", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no example", encoding="utf-8")
    (found,) = shipped(tmp_path)
    assert (found.category, found.also, found.topics) == ("papers", ("tools",), ("data",))
    assert (found.group, found.judged) == ("b.jsonl:2", False)
    assert found.entry.place.dialect == "posts"
    assert found.entry.body == (*lines("一", 2), *lines("二", 2))
    assert [one.kind for one in found.entry.links] == [LinkKind.PAPER, LinkKind.CODE]
    assert found.entry.title_links == found.entry.links[:1]


def test_entries_of_the_folder_topics_come_last_and_teach_topics_alone(tmp_path: Path) -> None:
    row = (
        '{"dialect": "bullets", "title": "题", "body": "", "urls": [], "category": "papers", '
        '"also": [], "topics": ["data"]}'
    )
    (tmp_path / "topics").mkdir()
    for name in ("topics/a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text(row, encoding="utf-8")
    assert [(one.entry.place.path, one.for_topics_alone) for one in shipped(tmp_path)] == [
        ("b.jsonl", False),
        ("a.jsonl", True),
    ]
