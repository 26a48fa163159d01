from __future__ import annotations

import pytest

from digest.render.highlight import highlight_css
from digest.source import Span
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


def test_stylesheet_has_light_rules_and_dark_ones_for_system_and_choice() -> None:
    css = highlight_css()
    rules = css.splitlines()
    assert rules[1] == ".highlight { background: #f8f8f8; }"
    dark = rules.index("@media (prefers-color-scheme: dark) {")
    end = rules.index("}")
    assert rules[dark + 2] == (
        '  :root:not([data-theme="light"]) .highlight { background: #0d1117; color: #E6EDF3 }'
    )
    assert (
        rules[end + 2] == '[data-theme="dark"] .highlight { background: #0d1117; color: #E6EDF3 }'
    )
    assert ".err" not in css
    assert all(rule.endswith("}") or "*/" in rule for rule in rules[:dark])
