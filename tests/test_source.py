from __future__ import annotations

import pytest

from digest.source import Line, Source, Span, Undecodable, decode, from_text


def texts(source: Source | Undecodable) -> list[str]:
    assert isinstance(source, Source)
    return [line.text for line in source.lines]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_end_at_the_newlines_of_every_system(newline: str) -> None:
    source = from_text("a.md", newline.join(["one", "", "three", ""]))
    assert source.lines == (
        Line(number=1, text="one"),
        Line(number=2, text=""),
        Line(number=3, text="three"),
    )


def test_mixed_newlines_count_as_an_editor_counts_them() -> None:
    assert texts(from_text("a.md", "a\r\nb\rc\n\r\nd")) == ["a", "b", "c", "", "d"]


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x1e"])
def test_only_newlines_split_lines(character: str) -> None:
    assert texts(from_text("a.md", f"a{character}b\nc")) == [f"a{character}b", "c"]


def test_text_without_final_newline_has_the_same_lines() -> None:
    assert from_text("a.md", "a\nb").lines == from_text("a.md", "a\nb\n").lines


def test_empty_text_has_no_lines() -> None:
    assert from_text("a.md", "").lines == ()
    assert texts(from_text("a.md", "\n\n")) == ["", ""]


@pytest.mark.parametrize("text", ["", " \t", "\u3000", "\xa0", "\u200b\u200d \ufeff", "\x0c"])
def test_line_with_nothing_to_see_is_blank(text: str) -> None:
    assert Line(number=1, text=text).blank


@pytest.mark.parametrize("text", ["。", "-", "\u200ba", "&nbsp;"])
def test_line_with_a_mark_on_it_is_not_blank(text: str) -> None:
    assert not Line(number=1, text=text).blank


def test_byte_order_mark_is_dropped() -> None:
    assert texts(decode("a.md", "\ufeff# 甲\n".encode())) == ["# 甲"]


def test_span_counts_characters_from_one() -> None:
    source = from_text("n/a.md", "甲乙丙丁")
    assert source.span(1, 1, 3) == Span(path="n/a.md", line=1, column=2, end_column=4)
    assert source.span(1) == Span(path="n/a.md", line=1, column=1, end_column=5)
    assert source.span(1, 4) == Span(path="n/a.md", line=1, column=5, end_column=5)
    assert source.span(1, 3, 1) == Span(path="n/a.md", line=1, column=4, end_column=4)


def test_place_that_cannot_be_decoded_counts_characters_not_bytes() -> None:
    found = decode("a.md", "甲\r\n乙丙".encode() + b"\xff")
    assert found == Undecodable(
        span=Span(path="a.md", line=2, column=3, end_column=4),
        kind="not-utf-8",
        byte=0xFF,
        looks_like=None,
    )


def test_bytes_of_another_encoding_are_not_named_without_much_chinese() -> None:
    found = decode("a.md", b"caf\xe9 au lait, s'il vous pla\xeet; " * 3)
    assert isinstance(found, Undecodable)
    assert found.looks_like is None


def test_text_is_the_note_with_line_feeds() -> None:
    assert from_text("a.md", "a\r\nb\r\n").text == "a\nb"
