from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from digest.diagnostics import place
from digest.yamlfile import Block, Fields, Scalar, parse
from tests.told import told

if TYPE_CHECKING:
    from digest.diagnostics import Diagnostic


def fields_of(text: str) -> tuple[Fields, list[Diagnostic]]:
    block, found = parse("site.yaml", text)
    assert block is not None
    return Fields(block, found), found


@pytest.mark.parametrize("typed", ["no", "12:30", "1.10", "2025-02-30", "0x1F", "1_000", "on"])
def test_what_the_writer_typed_stays_as_typed(typed: str) -> None:
    fields, found = fields_of(f"title: {typed}\n")
    assert fields.text("title") == typed
    assert found == []


def test_values_know_where_they_stand_even_after_wide_characters() -> None:
    block, found = parse("notes/a.md", "标题: 甲\nlist: [一, 'no']\n", first_line=2)
    assert found == []
    assert block is not None
    assert place(block.keys["标题"]) == "notes/a.md:2:1"
    fields = Fields(block, found)
    assert place(fields.span_of("标题")) == "notes/a.md:2:5"
    assert [(word.text, word.quoted, place(word.span)) for word in fields.words("list")] == [
        ("一", False, "notes/a.md:3:8"),
        ("no", True, "notes/a.md:3:11"),
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "# a comment alone\n"])
def test_an_empty_document_is_an_empty_block(text: str) -> None:
    block, found = parse("site.yaml", text)
    assert block is not None
    assert dict(block.values) == {}
    assert place(block.span) == "site.yaml"
    assert found == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "title: AI: news\n",
            (
                "site.yaml:1:10-11 C002 YAML: mapping values are not allowed in this context"
                " (put the text after the first `: ` in quotes)"
            ),
        ),
        (
            "title: `x`\n",
            (
                "site.yaml:1:8-9 C002 YAML: found character that cannot start any token"
                " (put the value in quotes; indent with spaces, never tabs)"
            ),
        ),
        (
            'title: "x\n',
            "site.yaml:2:1-2 C002 YAML: found unexpected end of stream (close the quotes)",
        ),
        (
            "topics: [a,\nb: 1\n",
            (
                "site.yaml:3:1-2 C002 YAML: did not find expected ',' or ']'"
                " (check the indentation, brackets and quotes on this line and above it)"
            ),
        ),
        (
            "title: **粗**\n",
            (
                "site.yaml:1:9-10 C002 YAML: did not find expected alphabetic or numeric character"
                " (put the value in quotes)"
            ),
        ),
        (
            "a: 1\n标题: 甲\x07乙\n",
            "site.yaml:2:6-7 C002 YAML does not allow the character U+0007 (remove the character)",
        ),
        (
            "a: 1\n---\nb: 2\n",
            "site.yaml:2:1-4 C002 a second document begins (remove this line)",
        ),
        (
            f"a: {'[' * 100_000}",
            "site.yaml:1:16-17 C002 values are nested more than 12 deep (nest less, or use quotes)",
        ),
        (
            "- a\n- b\n",
            (
                "site.yaml:1:1-2 C005 expected a block of keys, found a list"
                " (write `key: value` lines)"
            ),
        ),
        (
            "只是一句话\n",
            (
                "site.yaml:1:1-6 C005 expected a block of keys, found a single value"
                " (write `key: value` lines)"
            ),
        ),
    ],
)
def test_a_text_that_is_no_block_of_keys_is_reported_where_it_fails(
    text: str, expected: str
) -> None:
    block, found = parse("site.yaml", text)
    assert block is None
    assert told(found) == [expected]


def test_the_first_of_two_equal_keys_is_kept() -> None:
    fields, found = fields_of("title: 甲\nauthor: 乙\ntitle: 丙\n")
    assert fields.text("title") == "甲"
    assert told(found) == [
        "site.yaml:3:1-6 C004 `title` stands twice; the first is on line 1 (keep one of the two)"
    ]


def test_signs_that_change_a_values_meaning_are_asked_to_be_quoted() -> None:
    fields, found = fields_of("a: *star\nb: &and x\nc: !important\nd: '*star'\n? [e]\n: f\n")
    hint = "(put the value in quotes)"
    assert told(found) == [
        f"site.yaml:1:4-9 C005 a value that begins with `*` has a special meaning in YAML {hint}",
        f"site.yaml:2:4-10 C005 a value that begins with `&` has a special meaning in YAML {hint}",
        f"site.yaml:3:4-14 C005 a value that begins with `!` has a special meaning in YAML {hint}",
        "site.yaml:5:3-6 C005 a key must be a single word, found a list (write `key: value`)",
    ]
    assert fields.text("d") == "*star"


def test_an_alias_that_contains_itself_is_reported_once() -> None:
    _, found = fields_of("a: &loop [*loop]\n")
    assert [place(d.span) for d in found] == ["site.yaml:1:4", "site.yaml:1:11"]


@pytest.mark.parametrize("separator", ["\x85", "\u2028", "\u2029"])
def test_only_line_feeds_count_as_line_ends(separator: str) -> None:
    fields, found = fields_of(f"title: 甲{separator}乙\nauthor: 丙\n")
    assert fields.text("title") == "甲 乙"
    assert fields.span_of("author").line == 2
    assert found == []


def test_a_left_out_value_is_a_missing_one() -> None:
    fields, found = fields_of("a:\nb: ~\nc: null\nd: ''\ne: 'null'\n")
    assert [fields.text(key, "default") for key in "abcdef"] == [
        "default",
        "default",
        "default",
        "",
        "null",
        "default",
    ]
    assert found == []


def test_numbers_and_flags_are_never_guessed() -> None:
    fields, found = fields_of(
        "a: 050\nb: 1.10\nc: 12:30\nd: 501\ne: 99999999999999999999\nf: no\ng: true\nh: 50\n"
        "i: 1e3\nj: .inf\nk: -1.5\nl: ５\n"
    )
    numbers = [fields.number(key, 7, least=1, most=500) for key in "abcdehl"]
    assert numbers == [7, 7, 7, 7, 7, 50, 7]
    assert [fields.decimal(key, 2.5, least=-2, most=3) for key in "bijk"] == [1.1, 2.5, 2.5, -1.5]
    assert [fields.flag("f"), fields.flag("g"), fields.flag("z", default=True)] == [
        False,
        True,
        True,
    ]
    whole = "must be a whole number from 1 to 500, found"
    assert told(found) == [
        f"site.yaml:1:4-7 C005 `a` {whole} `050` (write `a: 7`)",
        f"site.yaml:2:4-8 C005 `b` {whole} `1.10` (write `b: 7`)",
        f"site.yaml:3:4-9 C005 `c` {whole} `12:30` (write `c: 7`)",
        f"site.yaml:4:4-7 C005 `d` {whole} `501` (write `d: 7`)",
        f"site.yaml:5:4-24 C005 `e` {whole} `99999999999999999999` (write `e: 7`)",
        f"site.yaml:12:4-5 C005 `l` {whole} `５` (write `l: 7`)",
        "site.yaml:9:4-7 C005 `i` must be a number from -2 to 3, found `1e3` (write `i: 2.5`)",
        "site.yaml:10:4-8 C005 `j` must be a number from -2 to 3, found `.inf` (write `j: 2.5`)",
        (
            "site.yaml:6:4-6 C005 `f` must be true or false, found `no`"
            " (write `f: true` or `f: false`)"
        ),
    ]


def test_every_value_of_the_wrong_kind_is_reported_at_once() -> None:
    fields, found = fields_of("a: [x, y]\nb: x\nc:\n  d: x\ne: [x, [y], ]\nf: [x, ~, z]\n")
    assert fields.text("a") == ""
    assert fields.block_of("b") is None
    assert [word.text for word in fields.words("c")] == []
    assert [word.text for word in fields.words("e")] == ["x"]
    assert [word.text for word in fields.words("f")] == ["x", "z"]
    assert [word.text for word in fields.words("b")] == ["x"]
    assert told(found) == [
        "site.yaml:1:4-10 C005 `a` must be a single value, found a list (write `a: …` on one line)",
        (
            "site.yaml:2:4-5 C005 `b` must be a block of keys, found a single value"
            " (write indented `key: value` lines under it)"
        ),
        (
            "site.yaml:4:3-4 C005 `c` must be a list of words, found a block of keys"
            " (write `c: [one, two]`)"
        ),
        "site.yaml:5:8-11 C005 `e` must be a list of words, found a list (write `e: [one, two]`)",
        (
            "site.yaml:6:8-9 C005 `f` must be a list of words, found an empty one"
            " (write `f: [one, two]`)"
        ),
    ]


def test_a_key_that_nobody_asked_for_is_reported_with_the_nearest_one() -> None:
    fields, found = fields_of("titel: 甲\n颜色: 红\nauthor: 乙\n")
    fields.text("title")
    fields.text("author")
    fields.finish()
    assert told(found) == [
        "site.yaml:1:1-6 C003 unknown key `titel` (did you mean `title`?)",
        "site.yaml:2:1-3 C003 unknown key `颜色` (known: author, title)",
    ]


def test_nested_blocks_keep_their_order_and_places() -> None:
    block, found = parse("a.yaml", "x:\n  b: 1\n  a: 2\n")
    assert found == []
    assert block is not None
    inner = block.values["x"]
    assert isinstance(inner, Block)
    assert list(inner.values) == ["b", "a"]
    value = inner.values["a"]
    assert isinstance(value, Scalar)
    assert (value.text, place(value.span)) == ("2", "a.yaml:3:6")
