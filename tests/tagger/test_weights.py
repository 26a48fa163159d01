from __future__ import annotations

import pytest

from digest.tagger.weights import BIAS, Learned, dump, parse

TEXT = """\
# learned from a few entries
# and from some more
category\ttools\tmodels\tnews
bias\t-.25\t.5\t-1
host:arxiv.org\t\t1.25\t
title:how to\t.05\t\t-2
title:综述\t\t-.5\t20
topic\trag\tdata
bias\t-1.2\t-.75
body:检索\t3\t
"""


def test_weights_are_read_from_a_table_that_a_person_can_read() -> None:
    learned = parse(TEXT)
    assert learned.notes == ("learned from a few entries", "and from some more")
    assert learned.categories == {
        BIAS: (("tools", -0.25), ("models", 0.5), ("news", -1.0)),
        "host:arxiv.org": (("models", 1.25),),
        "title:how to": (("tools", 0.05), ("news", -2.0)),
        "title:综述": (("models", -0.5), ("news", 20.0)),
    }
    assert learned.topics == {
        BIAS: (("rag", -1.2), ("data", -0.75)),
        "body:检索": (("rag", 3.0),),
    }


def test_weights_that_are_read_and_written_are_the_same_text() -> None:
    assert dump(parse(TEXT)) == TEXT


def test_weights_that_are_written_and_read_are_the_same() -> None:
    learned = Learned(
        categories={
            BIAS: (("tools", -0.25), ("news", 1.5)),
            "title:b": (("tools", 0.333),),
            "title:a": (("tools", -12.5), ("news", 0.004)),
        },
        topics={BIAS: (("rag", -1.0),)},
        notes=("a note",),
    )
    again = parse(dump(learned))
    assert again.notes == learned.notes
    assert again.topics == learned.topics
    assert list(again.categories.items()) == [
        (BIAS, (("tools", -0.25), ("news", 1.5))),
        ("title:a", (("tools", -12.5),)),
        ("title:b", (("tools", 0.33),)),
    ]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "category\ntopic\n"])
def test_a_file_without_weights_says_nothing(text: str) -> None:
    learned = parse(text)
    assert (learned.categories, learned.topics) == ({}, {})


@pytest.mark.parametrize(
    ("damaged", "line"),
    [
        ("category\ttools\nbias\tmuch\n", 2),
        ("# note\ncategory\ttools\tnews\nbias\t1\t2\ntitle:a\t1\n", 4),
        ("category\ttools\nbias\t1\ntitle:a\t1\t2\n", 3),
        ("title:a\t1\ncategory\ttools\n", 1),
        ("category\ttools\nbias\t1\n\ntopic\trag\nbias\t1,5\n", 5),
        ("category\ttools\nbias 1\n", 2),
    ],
)
def test_a_damaged_line_is_named(damaged: str, line: int) -> None:
    with pytest.raises(ValueError, match="weights") as raised:
        parse(damaged)
    assert str(raised.value) == f"line {line} of the weights does not fit the head of its table"
