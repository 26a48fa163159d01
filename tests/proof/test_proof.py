"""What proof-reading finds in a note, and the note as it is mended."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from digest.proof import difference, mended, proof
from digest.readers import Setting, read_bytes
from digest.taxonomy import load

TAXONOMY, _ = load("taxonomy.yaml", Path("taxonomy.yaml").read_text(encoding="utf-8"))
assert TAXONOMY is not None
SETTING = Setting(taxonomy=TAXONOMY, latest_year=2026)
TODAY = dt.date(2026, 5, 1)


def found(note: str, path: str = "2024-03.md") -> list[tuple[str, int, str]]:
    """Return the code, line and message of each finding of a note."""
    read = read_bytes(path, note.encode(), SETTING)
    assert read.dialect, read.diagnostics
    return [
        (f.diagnostic.code.name, f.diagnostic.span.line, f.diagnostic.message)
        for f in proof(read, TODAY)
    ]


def mend(note: str, path: str = "2024-03.md") -> str:
    return mended(path, note.encode(), SETTING, TODAY).decode()


NOTE = """\
# AI: 2024.03

# 1. 工具

## 1.1. [尺子：量一量提示词](https://example.org/ruler)

一句话。
"""


def test_a_sound_note_has_no_findings_and_stays_as_it_is() -> None:
    assert found(NOTE) == []
    assert mend(NOTE) == NOTE


def test_invisible_characters_are_found_and_taken_out_but_joined_signs_stay() -> None:
    note = NOTE.replace("一句话。", "零\u200b宽，家庭 👩\u200d👩\u200d👧，控制\x07符\ufeff。")
    assert found(note) == [("R201", 7, "invisible character: zero width space and 2 more")]
    assert mend(note) == NOTE.replace("一句话。", "零宽，家庭 👩\u200d👩\u200d👧，控制符。")


def test_a_joiner_between_letters_is_invisible_like_any_other() -> None:
    assert mend(NOTE.replace("一句话", "一\u200d句a\u200db话")) == NOTE.replace(
        "一句话", "一句ab话"
    )


def test_a_number_that_runs_into_the_title_gets_its_space() -> None:
    note = NOTE.replace("1.1. [", "1.1.[")
    assert found(note) == [("R202", 5, "no space between the number 1.1. and the title")]
    assert mend(note) == NOTE


def test_an_address_without_scheme_gets_one_in_text_and_in_links() -> None:
    note = NOTE.replace("一句话。", "见 github.com/example/ruler 和 [这里](www.example.org/a)。")
    fact = "the address has no scheme: "
    assert found(note) == [
        ("R203", 7, f"{fact}github.com/example/ruler"),
        ("R203", 7, f"{fact}www.example.org/a"),
    ]
    assert mend(note) == NOTE.replace(
        "一句话。", "见 https://github.com/example/ruler 和 [这里](https://www.example.org/a)。"
    )


@pytest.mark.parametrize("scheme", ["htps://", "ttps://", "http:/", "https//", "https：//"])
def test_a_link_with_a_misspelt_scheme_is_told_and_not_guessed_at(scheme: str) -> None:
    note = NOTE.replace("一句话。", f"见 [这里]({scheme}example.org/a)。")
    fact = f"`{scheme}` is no scheme, so the link leads nowhere"
    assert found(note) == [("R212", 7, fact)]
    assert mend(note) == note


def test_other_schemes_and_relative_links_are_no_misspelling() -> None:
    for address in ("mailto:lin@example.org", "#here", "../http/a.md", "https.md", "/tps/a"):
        assert found(NOTE.replace("一句话。", f"见 [这里]({address})。")) == []


def test_an_address_in_code_is_left_alone() -> None:
    assert found(NOTE.replace("一句话。", "`github.com/example/ruler`")) == []
    assert found(NOTE.replace("一句话。", "```\ncurl github.com/example/ruler\n```")) == []


@pytest.mark.parametrize(
    ("address", "column", "fact"),
    [
        (
            "[a](https://example.org/a，)",
            24,
            "the address ends in `，`, which is hardly part of it",
        ),
        ("[a](https://example.org/a%E3%80%82)", 24, "the address ends in `%E3%80%82`"),
        ("https://example.org/ahttps://example.org/b", 20, "a second address begins inside"),
    ],
)
def test_what_a_paste_leaves_at_an_address_is_told(address: str, column: int, fact: str) -> None:
    read = read_bytes("2024-03.md", NOTE.replace("一句话。", address).encode(), SETTING)
    (one,) = proof(read, TODAY)
    assert one.diagnostic.code.name == "R204"
    assert (one.diagnostic.span.line, one.diagnostic.span.column) == (7, column + 2)
    assert one.diagnostic.message.startswith(fact)
    assert one.edits == ()


@pytest.mark.parametrize(
    "address",
    [
        "https://web.archive.org/web/2024/https://example.org/a",
        "https://example.org/go?to=https://example.org/a",
        "https://example.org/a_(b)",
        "https://example.org/a/",
        "https://zh.wikipedia.org/wiki/%E5%9B%BE",
    ],
)
def test_an_address_that_ends_oddly_but_rightly_is_not_told(address: str) -> None:
    assert found(NOTE.replace("https://example.org/ruler", address)) == []


SECOND = "\n## 1.1. [第二把尺子](https://example.org/second)\n\n又一句。\n"


def test_a_number_taken_twice_in_a_section_is_told_at_the_second_entry() -> None:
    assert found(NOTE + SECOND) == [("R205", 9, "the number 1.1 stands at line 5 too")]


def test_the_same_number_in_two_sections_or_days_is_no_fault() -> None:
    day = "# 3.{} 周{}\n* 1、一把尺子 https://example.org/{}\n"
    assert found(day.format(4, 1, "a") + day.format(5, 2, "b")) == []


def test_a_date_later_than_its_note_is_told_where_it_is_written() -> None:
    note = NOTE.replace("\n\n一句话", "\n<!-- digest: date=2024-04-02 -->\n\n一句话")
    assert found(note) == [
        ("R206", 6, "2024-04-02 is later than the note, which ends with 2024-03-31")
    ]


def test_a_date_after_today_is_told_once_a_note() -> None:
    note = NOTE.replace("2024.03", "2026.06")
    assert found(note, "notes.md") == [("R207", 1, "2026-06 is later than today, 2026-05-01")]
    assert found(NOTE.replace("2024.03", "2026.05"), "notes.md") == []


def test_an_entry_of_a_title_alone_is_empty() -> None:
    note = NOTE + "\n## 1.2. 只有一个标题\n"
    assert found(note) == [("R208", 9, "the entry is empty")]


LIST = """\
- [AI: 2024.03](#ai-202403)
- [1. 工具](#1-工具)
  - [1.1. 尺子：量一量提示词](#11-尺子量一量提示词)

"""


def test_a_contents_list_in_step_is_no_finding() -> None:
    assert found(LIST + NOTE) == []


def test_a_contents_list_that_lacks_an_entry_gets_it_in_its_place() -> None:
    more = "\n## 1.2. [第二把尺子](https://example.org/second)\n\n又一句。\n"
    assert found(LIST + NOTE + more) == [("R209", 3, "the contents list lacks 1.2. 第二把尺子")]
    listed = LIST.rstrip() + "\n  - [1.2. 第二把尺子](#12-第二把尺子)\n\n"
    assert mend(LIST + NOTE + more) == listed + NOTE + more


def test_a_contents_list_that_names_a_heading_that_is_gone_loses_it() -> None:
    stale = LIST.replace("  - [1.1.", "  - [1.0. 旧尺子](#10-旧尺子)\n  - [1.1.")
    assert found(stale + NOTE) == [
        ("R209", 3, "the contents list names what is no heading: 1.0. 旧尺子")
    ]
    assert mend(stale + NOTE) == LIST + NOTE


def test_an_anchor_that_leads_nowhere_is_mended_and_no_other_item_changes() -> None:
    wrong = LIST.replace("#1-工具", "#1工具").replace("尺子：量", r"尺子\：量")
    assert found(wrong + NOTE) == [
        ("R209", 2, "the contents list leads to an anchor that is not there")
    ]
    assert mend(wrong + NOTE) == wrong.replace("#1工具", "#1-工具") + NOTE


def test_anchors_as_another_program_makes_them_are_left_alone() -> None:
    other = "\n".join(line.replace("(#", "(#h_") for line in LIST.split("\n"))
    assert found(other + NOTE) == []


def test_the_contents_list_is_mended_after_the_headings() -> None:
    tight = LIST.replace("1.1. 尺", "1.1.尺").replace("#11-", "#11")
    assert mend(tight + NOTE.replace("1.1. [", "1.1.[")) == tight.replace("#11", "#11-") + NOTE


def test_mending_keeps_every_other_byte() -> None:
    note = b"\xef\xbb\xbf" + NOTE.replace("1.1. [", "1.1.[").replace("\n", "\r\n").encode()
    assert mended("2024-03.md", note, SETTING, TODAY) == note.replace(b"1.1.[", b"1.1. [")
    assert (
        mended("2024-03.md", note.rstrip(), SETTING, TODAY)
        == note.replace(b"1.1.[", b"1.1. [").rstrip()
    )


def test_a_difference_shows_what_cannot_be_seen() -> None:
    before = "一\u200b句\n".encode()
    assert difference("a.md", before, "一句\n".encode()).split("\n")[3:] == [
        "-一<U+200B>句",
        "+一句",
        " ",
    ]
