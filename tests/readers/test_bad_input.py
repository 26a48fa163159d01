from __future__ import annotations

import pytest

from digest.readers import read_bytes
from tests.readers.factories import SETTING
from tests.readers.records import show_diagnostic


def problems(data: bytes, path: str = "2024-03.md") -> list[str]:
    """Return what is reported of a note that gives no entries."""
    read = read_bytes(path, data, SETTING)
    assert read.entries == ()
    return [show_diagnostic(found) for found in read.diagnostics]


def test_binary_file_is_reported_at_its_first_nul() -> None:
    assert problems(b"# AI\n\x89PNG\r\n\0\0") == [
        "2024-03.md:3:1-2 R002 this is a binary file, not a note -> move it out of the notes folder"
    ]


def test_nul_after_bytes_that_are_not_utf_8_is_binary_all_the_same() -> None:
    assert problems(b"\xff\xd8\xff\xe0\0\x10JFIF") == [
        "2024-03.md:1:5-6 R002 this is a binary file, not a note -> move it out of the notes folder"
    ]


def test_byte_that_is_not_utf_8_is_reported_at_its_line_and_column() -> None:
    data = (
        "# AI: 2024.03\r\n\r\n## 1.1. 论文 ".encode() + b"\xe4\xb8" + b" [a](https://example.org)\n"
    )
    assert problems(data) == [
        "2024-03.md:3:12-13 R003 byte 0xe4 is not UTF-8 -> save the file as UTF-8"
    ]


def test_legacy_chinese_encoding_is_named() -> None:
    data = "# 三月摘录\n\n这一份笔记是旧软件保存的。\n".encode("gb18030")
    assert problems(data) == [
        (
            "2024-03.md:1:3-4 R003 byte 0xc8 is not UTF-8 (it looks like GB18030)"
            " -> save the file as UTF-8"
        )
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le-bom", "utf-16-be-bom"])
def test_utf_16_is_named(encoding: str) -> None:
    text = "# AI: 2024.03\n"
    marks = {"utf-16-le-bom": b"\xff\xfe", "utf-16-be-bom": b"\xfe\xff"}
    data = (
        marks[encoding] + text.encode(encoding.removesuffix("-bom"))
        if encoding in marks
        else text.encode(encoding)
    )
    assert problems(data) == ["2024-03.md:1:1-2 R003 the file is UTF-16 -> save it as UTF-8"]


def test_file_without_a_byte_is_empty() -> None:
    assert problems(b"") == ["2024-03.md R101 the note is empty -> write an entry, or delete it"]


@pytest.mark.parametrize("data", [b"\n", b" \t\r\n\r\n", "\ufeff\u200b\n\u3000\n".encode()])
def test_note_of_blank_lines_is_empty(data: bytes) -> None:
    assert problems(data) == [
        "2024-03.md:1:1-1 R101 the note is empty -> write an entry, or delete it"
    ]
