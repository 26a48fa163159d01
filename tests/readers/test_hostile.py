"""Lines that nobody types, but that a paste can bring, are read in time that grows with them."""

from __future__ import annotations

import time

import pytest

from digest.readers import account
from tests.readers.factories import read_note

LONG = 8000
BOUND = 5.0  # seconds; a linear reader takes some hundredths, a quadratic one minutes
MARKS = ("[", "[a](", "(", "**a", "`", "`a ", "![", " ", "#", "《a", "，", "\u200b")
WEB = ("https://", '<a href="', "<div>")
COMMENTS = ("<!-- ", "<!-- digest: ", "<!-- a -->", "<!-- digest: pick -->", "-->")
HEADS = (
    "### 01\n\n林晚 @digest_lin 2024-02-03\n\n",
    "# 6.1 周4\n* 1、",
    "# AI: 2024.01\n\n# 1. 工具\n\n## 1.1. ",
)


@pytest.mark.parametrize("head", HEADS, ids=["posts", "bullets", "sections"])
@pytest.mark.parametrize("piece", [*MARKS, *WEB, *COMMENTS])
def test_a_line_of_one_mark_over_and_over_is_read_in_time(head: str, piece: str) -> None:
    line = piece * (LONG // len(piece)) + "完"
    started = time.perf_counter()
    found = read_note(f"{head}{line}\n", path="2024-01.md")
    assert time.perf_counter() - started < BOUND
    assert len(found.entries) == 1
    assert account(found).unclaimed == ()
