from __future__ import annotations

import pytest

from tests.render.bodies import flow, link


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**重点。**后文", "<strong>重点。</strong>后文"),
        ("前文**「重点」**后文", "前文<strong>「重点」</strong>后文"),
        ("**注意：**https://a.org/b", f"<strong>注意：</strong>{link('https://a.org/b')}"),
        ("前**，中**后", "前<strong>，中</strong>后"),
        ("评测 **：甲与乙**", "评测 <strong>：甲与乙</strong>"),
        ("他说**“好”**就走", "他说<strong>“好”</strong>就走"),
        ("**开源🎉**后文", "<strong>开源🎉</strong>后文"),
        ("**用`代码`**和**[链](https://a.org)**后", None),
        ("这是*重点。*后文", "这是<em>重点。</em>后文"),
        ("~~旧版。~~新版", "<s>旧版。</s>新版"),
        ("**テスト。**テスト", "<strong>テスト。</strong>テスト"),
        ("**이것은 (강조)**입니다", "<strong>이것은 (강조)</strong>입니다"),
        ("**葛\U000e0100**。后", "<strong>葛\U000e0100</strong>。后"),
        ("前“\ufe01**(a)**后", "前“\ufe01<strong>(a)</strong>后"),
    ],
)
def test_emphasis_works_beside_chinese_text_and_punctuation(
    written: str, shown: str | None
) -> None:
    if shown is None:
        linked = link("https://a.org", "链")
        shown = f"<strong>用<code>代码</code></strong>和<strong>{linked}</strong>后"
    assert flow(written) == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    "written",
    [
        "** 未配对",
        "未配对**",
        "2 * 3 * 4",
        "尺寸 512*512*3 像素",
        "Q* 与 A* 算法",
        "Q*算法和A*算法",
        "Q*，A*，都是",
        "变量 a_b_c 与 snake_case_名",
        "3~5 天，1~2 次",
    ],
)
def test_marks_that_mean_no_emphasis_stay_as_written(written: str) -> None:
    assert flow(written) == f"<p>{written}</p>"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*a* **b** ***c*** _d_ __e__", "<em>a</em> <strong>b</strong> <em><strong>c</strong></em> <em>d</em> <strong>e</strong>"),  # noqa: E501 - one line of Markdown
        ("foo*bar*baz", "foo<em>bar</em>baz"),
        ('a*"foo"*', 'a*"foo"*'),
        ("foo_bar_baz", "foo_bar_baz"),
        ("_(bar)_.", "<em>(bar)</em>."),
        ("foo-_(bar)_", "foo-<em>(bar)</em>"),
        ("**Gomphocarpus (*Gomphocarpus physocarpus*)**", "<strong>Gomphocarpus (<em>Gomphocarpus physocarpus</em>)</strong>"),  # noqa: E501 - one line of Markdown
        ("**foo*", "*<em>foo</em>"),
        ("**foo**bar", "<strong>foo</strong>bar"),
        ("**foo.**bar", "**foo.**bar"),
    ],
)  # fmt: skip
def test_english_emphasis_is_that_of_commonmark(written: str, shown: str) -> None:
    assert flow(written) == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    "written",
    ["$a_i * b_i$", "$x*y*z$", r"$\frac{a}{b}$", r"$\{a\}$", "$$\\sum_i x_i * y_i\\\\$$"],
)
def test_a_formula_is_shown_as_written(written: str) -> None:
    assert flow(f"设 {written} 为") == f"<p>设 {written} 为</p>"


def test_sums_of_money_are_no_formula() -> None:
    assert flow("从 $20 涨到 **$30**，US$5_000 起") == (
        "<p>从 $20 涨到 <strong>$30</strong>，US$5_000 起</p>"
    )
