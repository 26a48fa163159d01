from __future__ import annotations

import pytest

from digest.model import Layout
from tests.render.bodies import body, flow, link, posted


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("https://github.com/o/r，这个", link("https://github.com/o/r") + "，这个"),
        ("见https://a.org/b。", "见" + link("https://a.org/b") + "。"),
        ("（https://a.org/b）", "（" + link("https://a.org/b") + "）"),
        ("(https://a.org/b_(c))", "(" + link("https://a.org/b_(c)") + ")"),
        ("Read https://a.org/b, then", "Read " + link("https://a.org/b") + ", then"),
        ("github.com/o/r 开源", link("https://github.com/o/r", "github.com/o/r") + " 开源"),
        ("https://a.org/\u200bb\u200b 好", link("https://a.org/b") + "\u200b 好"),
        ("https://a.org/a_b_c*d*e", link("https://a.org/a_b_c*d*e")),
        ("https://a.org/?x=[1]", link("https://a.org/?x=%5B1%5D", "https://a.org/?x=[1]")),
        ("https://a.org/?x=1&y=2", link("https://a.org/?x=1&amp;y=2")),
        ("**https://a.org/b**：好", "<strong>" + link("https://a.org/b") + "</strong>：好"),
        ("~~https://a.org/b~~", "<s>" + link("https://a.org/b") + "</s>"),
        ("https://a.org/b[图](//b.org)", link("https://a.org/b") + link("https://b.org", "图")),
        ("https://a.org](https://b.org/c", link("https://a.org") + "](" + link("https://b.org/c")),
        ("<https://a.org/文>", link("https://a.org/%E6%96%87", "https://a.org/文")),
        ("a@b.org <a@b.org>", 'a@b.org <a href="mailto:a@b.org">a@b.org</a>'),
    ],
)  # fmt: skip
def test_bare_url_is_a_link_and_ends_where_the_url_ends(written: str, shown: str) -> None:
    assert flow(written) == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[源码](github.com/o/r)", link("https://github.com/o/r", "源码")),
        ("[源码](//github.com/o/r)", link("https://github.com/o/r", "源码")),
        ("[https://a.org/b](https://a.org/b)", link("https://a.org/b")),
        ("[见 https://a.org/b 页](https://c.org)", link("https://c.org", "见 https://a.org/b 页")),
        ('[甲](https://a.org "题")', '<a href="https://a.org" rel="external" title="题">甲</a>'),
        ("[](https://a.org/b)", link("https://a.org/b")),
        ('<a href="github.com/o/r" onclick="x()">甲</a>', link("https://github.com/o/r", "甲")),
        ('<a href="https://a.org">https://b.org/c</a>', link("https://a.org", "https://b.org/c")),
        ("`https://a.org/b`", "<code>https://a.org/b</code>"),
    ],
)
def test_written_links_keep_their_text_and_get_absolute_addresses(written: str, shown: str) -> None:
    assert flow(written) == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[甲](javascript:alert(1))", "甲 (javascript:alert(1))"),
        ('<a href="javascript:alert(1)">甲</a>', "甲 (javascript:alert(1))"),
        ("[甲](other.md)", "甲 (other.md)"),
        ("[1. 工具](#1-工具)", "1. 工具"),
        ("[甲](site:/index.html)", "甲 (site:/index.html)"),
        ("[甲](https://a b)", "[甲](https://a b)"),
        ("[甲](https://a.org`<b>)", "甲 (https://a.org`&lt;b&gt;)"),
        ("<std::vector> <javascript:x>", "&lt;std::vector&gt; &lt;javascript:x&gt;"),
    ],
)
def test_a_link_that_leads_nowhere_leaves_its_words_and_address(written: str, shown: str) -> None:
    assert flow(written) == f"<p>{shown}</p>"


def test_backslash_after_a_url_breaks_the_line_and_is_not_part_of_it() -> None:
    assert posted("论文：https://a.org/b \\\n代码：https://c.org/d\\ \n完") == (
        f"<p>论文：{link('https://a.org/b')}<br>\n代码：{link('https://c.org/d')}<br>\n完</p>"
    )


def test_a_definition_that_no_link_uses_is_shown() -> None:
    made = body("见 [甲][1]。\n\n[1]: https://a.org/one\n[2]: https://a.org/two")
    assert made.html == (
        f"<p>见 {link('https://a.org/one', '甲')}。</p>\n<p>[2]: {link('https://a.org/two')}</p>\n"
    )
    assert made.text == "见 甲 (https://a.org/one)。\n\n[2]: https://a.org/two"


def test_text_tells_a_links_address_once() -> None:
    made = body(
        "[甲](https://a.org/文) https://b.org/c [d.org/e](https://d.org/e) <https://f.org>"
        " [邮](mailto:g@h.org) <g@h.org>",
        layout=Layout.LINES,
    )
    assert made.text == (
        "甲 (https://a.org/文) https://b.org/c d.org/e https://f.org 邮 (g@h.org) g@h.org"
    )


def test_a_link_around_a_wordless_picture_has_a_name() -> None:
    assert flow("[![image](https://a.org/p.png)](https://www.b.org/c)") == (
        '<p><a href="https://www.b.org/c" rel="external"><img src="https://a.org/p.png" alt="b.org"'
        ' loading="lazy" decoding="async" referrerpolicy="no-referrer"></a></p>'
    )
