from __future__ import annotations

import re
from html import unescape
from itertools import product

import pytest

from digest.model import Layout
from tests.render.bodies import body, flow, link, posted


def test_a_newline_inside_chinese_text_is_no_space() -> None:
    assert flow("甲甲，\n乙**乙**\n`丙`“\n丁") == (
        "<p>甲甲，乙<strong>乙</strong><code>丙</code>“丁</p>"
    )
    assert flow("甲\nLatin\nwords\n乙") == "<p>甲\nLatin\nwords\n乙</p>"
    assert flow("한국어\n텍스트") == "<p>한국어\n텍스트</p>"
    assert body("甲\nLatin\nwords\n乙\n丙").text == "甲 Latin words 乙丙"


def test_a_post_keeps_its_lines() -> None:
    made = body("甲\nLatin  \nwords\\\n  丙\n\n丁", layout=Layout.LINES)
    assert made.html == "<p>甲<br>\nLatin<br>\nwords<br>\n丙</p>\n<p>丁</p>\n"
    assert made.text == "甲\nLatin\nwords\n丙\n\n丁"


@pytest.mark.parametrize("end", ["\\", " \\", " \\ ", "\\\t"])
def test_a_backslash_at_a_lines_end_never_shows(end: str) -> None:
    assert posted(f"新功能：{end}\n* 甲{end}\n* 乙{end}") == (
        "<p>新功能：</p>\n<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>"
    )
    assert posted(f"甲{end}\n乙{end}\n\n## 丙{end}\n> 丁{end}") == (
        "<p>甲<br>\n乙</p>\n<h2>丙</h2>\n<blockquote>\n<p>丁</p>\n</blockquote>"
    )


def test_escaped_marks_are_text() -> None:
    assert posted(r"\## 格式 \\") == "<p>## 格式 \\</p>"


@pytest.mark.parametrize(
    "mark", ["• ", "◆ ", "1、", "1）", "（1）", "①", "#标签 ", "#群体智能# ", "+1 "]
)
def test_lines_that_begin_like_a_list_but_are_none_stay_lines(mark: str) -> None:
    assert posted(f"{mark}甲\n{mark}乙") == f"<p>{mark}甲<br>\n{mark}乙</p>"


@pytest.mark.parametrize("rule", ["---", "------------------", "***", "* * *", "___"])
@pytest.mark.parametrize("layout", Layout)
def test_a_row_of_dashes_is_a_rule_also_right_below_text(rule: str, layout: Layout) -> None:
    assert body(f"甲\n{rule}\n乙", layout=layout).html == "<p>甲</p>\n<hr>\n<p>乙</p>\n"


@pytest.mark.parametrize(
    ("levels", "top", "shown"),
    [
        ("1 2 3", 2, "2 3 4"),
        ("3 4 3", 2, "2 3 2"),
        ("1 3 6 2", 3, "3 4 5 4"),
        ("3 2 3", 2, "2 2 3"),
        ("1 2 3 4 5 6", 4, "4 5 6 6 6 6"),
    ],
)
def test_headings_fit_below_the_page_and_skip_no_level(levels: str, top: int, shown: str) -> None:
    written = "\n\n".join(f"{'#' * int(level)} 题" for level in levels.split())
    assert body(written, top=top).html == "".join(f"<h{n}>题</h{n}>\n" for n in shown.split())


def test_headings_and_paragraphs_without_content_are_left_out() -> None:
    assert body("##\n\n<br>\n\n\u200b\n\n## <!-- 甲 -->\n\n&nbsp;").html == ""


def test_lists_keep_the_numbers_that_were_written() -> None:
    made = body("6. 甲\n8. 乙\n9. 丙\n\n-\n1. 丁\n1. 戊\n\n甲\n\n2.")
    assert made.html == (
        '<ol start="6">\n<li>甲</li>\n<li value="8">乙</li>\n<li>丙</li>\n</ol>\n<ul>\n<li></li>\n'
        "</ul>\n<ol>\n<li>丁</li>\n<li>戊</li>\n</ol>\n<p>甲</p>\n"
        '<ol start="2">\n<li></li>\n</ol>\n'
    )
    assert made.text == "6. 甲\n8. 乙\n9. 丙\n\n1. 丁\n2. 戊\n\n甲\n\n2."


def test_a_table_scrolls_in_a_named_box_and_loses_no_cell() -> None:
    made = body("| 甲 | 乙 |\n|:--|--:|\n| a | b | c |d\n| e |", language="en")
    assert made.html == (
        '<div class="table" role="group" aria-label="Table" tabindex="0"><table>\n<thead>\n<tr>\n'
        '<th class="left">甲</th>\n<th class="right">乙</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n'
        '<td class="left">a</td>\n<td class="right">b | c | d</td>\n</tr>\n<tr>\n'
        '<td class="left">e</td>\n<td class="right"></td>\n</tr>\n</tbody>\n</table></div>\n'
    )
    assert made.text == "甲 | 乙\na | b | c | d\ne |"


def test_text_has_paragraphs_lists_and_code() -> None:
    written = (
        "# 甲\n\n乙*乙*\n\n- 丙\n\n  丙二\n  - 丁\n    1. 戊\n\n"
        "      ```\n      x\n        y\n      ```\n"
        "- 己\n\n> 庚\n\n---\n\n辛 &amp; &copy;"
    )
    assert body(written).text == (
        "甲\n\n乙乙\n\n- 丙\n  丙二\n  - 丁\n    1. 戊\n    x\n      y\n- 己\n\n庚\n\n辛 & ©"
    )


def test_control_characters_and_lone_surrogates_are_dropped() -> None:
    forbidden = (
        "".join(map(chr, (*range(9), *range(0x0B, 0x20), *range(0x7F, 0xA0)))) + "\ud83d\uffff"
    )
    made = body(f"甲{forbidden}乙\t丙 👩\u200d💻 &#8; ![{forbidden}图](https://a.org/p)")
    assert made.text == "甲乙\t丙 👩\u200d💻 \ufffd 图"
    assert made.html.startswith("<p>甲乙\t丙 👩\u200d💻 \ufffd <img ")


def test_nesting_beyond_reason_is_text() -> None:
    made = body(">" * 500 + " 甲\n\n" + "\n".join("  " * n + "- 乙" for n in range(120)))
    assert made.html.count("<blockquote>") == 60
    assert made.text.count("乙") == 120
    assert made.text.startswith(">" * 440 + " 甲")


PIECES = (
    *("<b>", "</b>", "<div>", "</div>", "<details>", "<summary>", "</td>", "<table>", "<script>"),
    *("</style>", "<!--", "]]>", "<![CDATA[", "<a href='#'>", "![", "[x](", "](y)", "](js:z)"),
    *(
        "```甲 ",
        "`",
        "~~~ 甲",
        "**",
        "~~",
        "_",
        "\\",
        "$",
        "|",
        "\n|-|-|\n",
        "\n\n",
        "\n> ",
        "\n1. ",
    ),
    *("\n# ", "\n---\n", "[1]: z\n", "&lt;", "https://a.org/", "「", "，"),
)
WORD = re.compile(r"w\d+")


@pytest.mark.parametrize("layout", Layout)
def test_no_word_vanishes_between_any_two_pieces_of_markup(layout: Layout) -> None:
    for first, second in product(PIECES, repeat=2):
        written = f"w1 {first} w2 {second} w3，w4{first}w5\n{second}w6\n\nw7"
        made = body(written, layout=layout)
        html = set(WORD.findall(unescape(made.html)))
        assert html == set(WORD.findall(written)), f"{written!r} became {made.html!r}"
        assert html == set(WORD.findall(made.text)), f"{written!r} became {made.text!r}"


def test_nothing_but_what_is_allowed_reaches_the_page() -> None:
    written = (
        '<a href="https://a.org" style="x" onmouseover="x" target="_blank" id="y">甲</a>'
        '<img src="https://a.org/p" onerror="x" style="y" class="z" srcset="q">'
        '<b class="k" id="x">乙</b>'
    )
    assert flow(written) == (
        f"<p>{link('https://a.org', '甲')}"
        '<img src="https://a.org/p" alt="" loading="lazy" decoding="async"'
        ' referrerpolicy="no-referrer"><b>乙</b></p>'
    )
