from __future__ import annotations

import pytest

from tests.render.bodies import body, flow, posted


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("替换标准的 <textarea /> 区域", "替换标准的 &lt;textarea /&gt; 区域"),
        ("如 <table>、<tr>、<i>、<b> 等", "如 &lt;table&gt;、&lt;tr&gt;、&lt;i&gt;、&lt;b&gt; 等"),
        ("用 <b> 和 </b> 包住", "用 &lt;b&gt; 和 &lt;/b&gt; 包住"),
        ("<div> 和 </div> 之间", "&lt;div&gt; 和 &lt;/div&gt; 之间"),
        ("<details> 标签", "&lt;details&gt; 标签"),
        ("<think>想</think>答", "&lt;think&gt;想&lt;/think&gt;答"),
        ("List<String> a<b 且 c>d", "List&lt;String&gt; a&lt;b 且 c&gt;d"),
        ("甲<script>alert(1)</script>乙", "甲&lt;script&gt;alert(1)&lt;/script&gt;乙"),
        ("<style>p{}</style>", "&lt;style&gt;p{}&lt;/style&gt;"),
        ('<iframe src="//a.org"></iframe>', '&lt;iframe src="//a.org"&gt;&lt;/iframe&gt;'),
        ("<b>**没有**", "&lt;b&gt;<strong>没有</strong>"),
        ("**<b>交错**</b>", "<strong>&lt;b&gt;交错</strong>&lt;/b&gt;"),
        ("<!DOCTYPE html> <?php ?>", "&lt;!DOCTYPE html&gt; &lt;?php ?&gt;"),
    ],
)
def test_tags_that_are_words_or_not_allowed_show_as_written(written: str, shown: str) -> None:
    assert flow(written) == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("H<sub>2</sub>O x<sup>2</sup>", "H<sub>2</sub>O x<sup>2</sup>"),
        ("按 <kbd>Ctrl</kbd>+<KBD>C</KBD>", "按 <kbd>Ctrl</kbd>+<kbd>C</kbd>"),
        ('<b style="color:red" onclick="x()">粗*斜*</b>', "<b>粗<em>斜</em></b>"),
        ('<font color="red">红</font><span class="k">字</span>', "红字"),
        ("<mark>亮</mark><strike>旧</strike>", "<mark>亮</mark><s>旧</s>"),
        ('<abbr title="Large Language Model">LLM</abbr>', '<abbr title="Large Language Model">LLM</abbr>'),  # noqa: E501 - one line of HTML
        ("<ruby>漢<rt>かん</rt></ruby>", "<ruby>漢<rt>かん</rt></ruby>"),
        ("甲<br>乙<br/>丙</br>丁", "甲<br>\n乙<br>\n丙<br>\n丁"),
        ("<b>外<i>内</i></b>", "<b>外<i>内</i></b>"),
    ],
)  # fmt: skip
def test_harmless_tags_that_are_closed_work(written: str, shown: str) -> None:
    assert flow(written) == f"<p>{shown}</p>"


def test_a_tag_closed_in_another_paragraph_is_text() -> None:
    assert flow("<b>甲\n\n乙</b>") == "<p>&lt;b&gt;甲</p>\n<p>乙&lt;/b&gt;</p>"


def test_details_hold_markdown_and_always_have_a_summary() -> None:
    written = "<details open>\n<summary>**更多**</summary>\n\n- 甲\n\n</details>\n后文"
    assert flow(written) == (
        '<details open="">\n<summary><strong>更多</strong></summary>\n<ul>\n<li>甲</li>\n</ul>\n'
        "</details>\n<p>后文</p>"
    )
    assert flow("<details>\n甲\n</details>") == (
        "<details>\n<summary>展开</summary>\n<p>甲</p>\n</details>"
    )
    english = body("<details>\nA\n</details>", language="en")
    assert english.html == "<details>\n<summary>Details</summary>\n<p>A</p>\n</details>\n"
    assert english.text == "A"


def test_boxes_for_looks_leave_what_they_hold() -> None:
    assert flow('<p align="center">\n甲\n</p>\n<div><b>乙</b></div>\n<center>丙</center>') == (
        "<p>甲</p>\n<p><b>乙</b></p>\n<p>丙</p>"
    )


def test_a_raw_table_is_a_table() -> None:
    made = body(
        '<table border="1">\n<tr><th colspan="2">甲</th></tr>\n'
        "<tr><td>乙</td><td>*丙*</td></tr>\n</table>"
    )
    assert made.html == (
        '<div class="table" role="group" aria-label="表格" tabindex="0"><table>\n<tbody><tr>\n'
        '<th colspan="2">甲</th>\n</tr>\n<tr>\n<td>乙</td>\n<td><em>丙</em></td>\n</tr>\n'
        "</tbody></table></div>\n"
    )
    assert made.text == "甲\n乙 | 丙"


@pytest.mark.parametrize(
    "written",
    [
        "<table>甲</table>",
        "<tr><td>甲</td></tr>",
        "<summary>甲</summary>",
        "<details>\n甲",
        "甲\n</div>",
        "<ul><li>甲</ul></li>",
        "<p>甲</p>，乙",
        "<div/>甲</div>",
    ],
)
def test_boxes_that_are_misplaced_or_open_show_as_written(written: str) -> None:
    shown = written.replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>\n")
    assert posted(written) == f"<p>{shown}</p>"


def test_a_line_that_pairs_with_a_dead_line_is_text_too() -> None:
    written = "<div>\n<details>\n\n甲\n\n</details></div>，乙"
    assert flow(written) == (
        "<p>&lt;div&gt;\n&lt;details&gt;</p>\n<p>甲</p>\n<p>&lt;/details&gt;&lt;/div&gt;，乙</p>"
    )


def test_comments_are_not_shown_and_swallow_nothing() -> None:
    assert flow("甲<!-- 一 -->乙") == "<p>甲乙</p>"
    assert flow("甲\n<!-- 一\n\n二 -->\n乙") == "<p>甲</p>\n<p>乙</p>"
    assert flow("<!-- 一 --> 乙") == "<p>乙</p>"
    assert flow("<!-- 一\n\n乙") == "<p>&lt;!-- 一</p>\n<p>乙</p>"
    assert flow("- <!-- 一\n\n乙 -->") == "<ul>\n<li>&lt;!-- 一</li>\n</ul>\n<p>乙 --&gt;</p>"
    assert body("<!-- 一 -->").html == ""


def test_tags_in_code_are_code() -> None:
    assert flow(
        "`<b>` 与\n\n```\n<div>\n</details>\n```\n\n<details>\n<summary>甲</summary>\n</details>"
    ) == (
        '<p><code>&lt;b&gt;</code> 与</p>\n<pre class="highlight" tabindex="0"><code>&lt;div&gt;\n'
        "&lt;/details&gt;\n</code></pre>\n<details>\n<summary>甲</summary>\n</details>"
    )
