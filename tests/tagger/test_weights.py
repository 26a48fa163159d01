from __future__ import annotations

import pytest

from digest.tagger import tag
from digest.tagger.score import weights_of
from digest.tagger.weights import BIAS, dump, parse, with_added
from digest.taxonomy import load
from tests.factories import entry, learned, lines, weighs

TEXT = """\
# learned from a few entries
# and from some more
category\ttools\tmodels\tnews
bias\t-25\t50\t0
host:arxiv.org\t\t125
title:how to\t5\t\t-200
title:综述\t\t-50\t2000
topic\trag\tdata
bias\t-120\t-75
body:检索\t300
"""


def test_weights_are_read_from_a_table_that_a_person_can_read() -> None:
    read = parse(TEXT)
    assert read.notes == ("learned from a few entries", "and from some more")
    assert read.categories.names == ("tools", "models", "news")
    assert {signal: weighs(read.categories, signal) for signal in read.categories.rows} == {
        BIAS: {"tools": -0.25, "models": 0.5},
        "host:arxiv.org": {"models": 1.25},
        "title:how to": {"tools": 0.05, "news": -2.0},
        "title:综述": {"models": -0.5, "news": 20.0},
    }
    assert read.topics.row("body:检索") == (300, 0)
    assert read.topics.row("body:向量") is None


def test_a_word_of_any_place_counts_in_the_title_and_less_in_the_body() -> None:
    read = learned(
        {BIAS: {"tools": 0.0}},
        {BIAS: {"data": -1.0}, "title:表格": {"data": 0.5}, "word:表格": {"data": 2.0}},
    )
    terms, _ = load("taxonomy.yaml", "categories: {tools: {}}\ntopics: {data: {}}\n")
    assert terms is not None
    rows = weights_of(terms, read).topics
    assert (rows["title:表格"], rows["body:表格"], rows["title:别"]) == ((250,), (80,), ())
    assert [
        tag(entry(title, body=lines(body, 2)), terms, read).topics
        for title, body in (("一份表格", "正文"), ("题", "一份表格，再一份"), ("题", "正文"))
    ] == [("data",), ("data",), ()]


def test_weights_that_are_read_and_written_are_the_same_text() -> None:
    assert dump(parse(TEXT)) == TEXT


def test_weights_are_written_in_order_and_rounded_to_hundredths() -> None:
    made = learned(
        {
            BIAS: {"tools": -0.25, "news": 1.5},
            "title:b": {"tools": 0.333},
            "title:a": {"tools": -12.5, "news": 0.004},
            "title:c": {"news": 0.004},
        },
        {BIAS: {"rag": -1.0}},
        "a note",
    )
    assert dump(made) == (
        "# a note\ncategory\ttools\tnews\nbias\t-25\t150\ntitle:a\t-1250\ntitle:b\t33\n"
        "topic\trag\nbias\t-100\n"
    )


def test_numbers_are_added_to_rows_and_new_names_stand_behind_the_others() -> None:
    before = parse("category\ttools\tnews\nbias\t-25\t50\ntitle:b\t\t10\ntitle:d\t3\n").categories
    added = {"title:b": [0, -10, 0], "title:c": [0, 0, 7], BIAS: [5, 0, -90], "title:d": [1, 0, 0]}
    after = with_added(before, ("tools", "news", "jobs"), added)
    assert after.names == ("tools", "news", "jobs")
    assert list(after.rows.items()) == [
        (BIAS, "-20\t50\t-90"),
        ("title:c", "\t\t7"),
        ("title:d", "4"),
    ]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "category\ntopic\n"])
def test_a_file_without_weights_says_nothing(text: str) -> None:
    read = parse(text)
    assert (read.categories.rows, read.topics.rows) == ({}, {})


@pytest.mark.parametrize(
    ("damaged", "line"),
    [
        ("category\ttools\nbias\tmuch\n", 2),
        ("# note\ncategory\ttools\tnews\nbias\t1\t2\ntitle:a\n", 4),
        ("category\ttools\nbias\t1\ntitle:a\t1\t2\n", 3),
        ("title:a\t1\ncategory\ttools\n", 1),
        ("category\ttools\nbias\t1\n\ntopic\trag\nbias\t1.5\n", 5),
        ("category\ttools\n# note\nbias\t1-2\n", 3),
        ("category\ttools\nbias\t-\n", 2),
        ("category\ttools\nbias\t٣\n", 2),
        ("category\ttools\nbias 1\n", 2),
    ],
)
def test_a_damaged_line_is_named(damaged: str, line: int) -> None:
    with pytest.raises(ValueError, match="weights") as raised:
        parse(damaged)
    assert str(raised.value) == f"line {line} of the weights does not fit the head of its table"
