from __future__ import annotations

import pytest

from digest.render.highlight import highlight_css
from digest.source import Span
from tests.colours import PAIR, contrast, tokens
from tests.render.bodies import body, flow

PRE = '<pre class="highlight" tabindex="0"><code>'
END = "</code></pre>"


@pytest.mark.parametrize("language", [" JSON", "json", "{.json}", "json {1,3}"])
def test_code_of_a_named_language_is_marked_with_classes(language: str) -> None:
    assert flow(f'```{language}\n{{"a": 1}}\n```') == (
        f'{PRE}<span class="p">{{</span><span class="nt">"a"</span><span class="p">:</span>'
        f'<span class="w"> </span><span class="mi">1</span><span class="p">}}</span>\n{END}'
    )


@pytest.mark.parametrize("language", ["", "nosuch", "text"])
def test_other_code_is_plain_and_verbatim(language: str) -> None:
    made = body(f"```{language}\n\n  a <b> & **c** \\\n\n\thttps://a.org\n```")
    assert made.html == f"{PRE}\n  a &lt;b&gt; &amp; **c** \\\n\n\thttps://a.org\n{END}\n"
    assert made.text == "  a <b> & **c** \\\n\n\thttps://a.org"
    assert made.diagnostics == ()


@pytest.mark.parametrize(
    ("info", "caption"),
    [("提示词", "提示词"), ("python 例 1", "例 1"), ("app.py 主程序", "app.py 主程序")],
)
def test_words_behind_the_fence_are_shown_above_the_code(info: str, caption: str) -> None:
    made = body(f"```{info}\n12\n```")
    assert made.html.startswith(f"<p>{caption}</p>\n{PRE}")
    assert made.text == f"{caption}\n\n12"


@pytest.mark.parametrize(
    "written", ["```\na\n\n## b\n``", "~~~\na\n\n## b\n```", "- ```\n  a\n\n  ## b"]
)
def test_a_fence_that_is_never_closed_is_told(written: str) -> None:
    made = body(f"甲\n\n{written}")
    (found,) = made.diagnostics
    opening = written.partition("\n")[0]
    marks = opening.removeprefix("- ")
    assert found.code.name == "R108"
    assert found.span == Span(
        path="notes/2024-03.md", line=13, column=1, end_column=len(opening) + 1
    )
    assert found.message == "code fence is never closed"
    assert found.hint == f"close it with {marks} before the next entry"
    assert f"{PRE}a\n\n## b" in made.html


@pytest.mark.parametrize(
    "written", ["```\na\n```", "> ```\n> a\n> ```", "- ```\n  a\n  ````", "```\n```"]
)
def test_a_closed_fence_is_fine(written: str) -> None:
    assert body(written).diagnostics == ()


def test_indented_text_is_no_code() -> None:
    assert flow("    甲\n\n- 乙\n\n        丙") == (
        "<p>甲</p>\n<ul>\n<li>\n<p>乙</p>\n<p>丙</p>\n</li>\n</ul>"
    )


def test_stylesheet_gives_each_look_of_code_one_rule_for_both_schemes() -> None:
    first, *rules, last = highlight_css().splitlines()
    assert (first, last) == (".highlight {", "}")
    looks = [rule.partition("{")[2] for rule in rules]
    assert len(set(looks)) == len(rules)
    keyword = next(rule for rule in rules if ".k," in rule)
    assert keyword.endswith("{color:light-dark(#008000,#ff7b72);font-weight:bold}")
    assert all(rule.startswith(".") for rule in rules)
    assert ".err" not in "".join(rules)


def test_every_colour_of_code_can_be_read_on_its_ground() -> None:
    grounds = tokens()["--sunk"]
    pairs = PAIR.findall(highlight_css())
    assert pairs
    faint = [
        (colour, ground, round(contrast(colour, ground), 2))
        for pair in pairs
        for colour, ground in zip(pair, grounds, strict=True)
        if colour != "currentcolor" and contrast(colour, ground) < 4.5
    ]
    assert faint == []
