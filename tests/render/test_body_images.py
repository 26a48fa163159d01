from __future__ import annotations

from dataclasses import astuple

import pytest

from digest.render.markdown import rebase
from digest.source import Span
from tests.render.bodies import body, flow

LATER = 'loading="lazy" decoding="async"'
REMOTE = f'{LATER} referrerpolicy="no-referrer"'


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("![架构](https://a.org/p.png)", f'<img src="https://a.org/p.png" alt="架构" {REMOTE}>'),
        ("![](https://a.org/p.png)", f'<img src="https://a.org/p.png" alt="" {REMOTE}>'),
        ("![](i.a.org/p.png)", f'<img src="https://i.a.org/p.png" alt="" {REMOTE}>'),
        (
            '![图](https://a.org/p.png "说明")',
            f'<img src="https://a.org/p.png" alt="图" title="说明" {REMOTE}>',
        ),
        (
            "![](https://a.org/p:0:q75.image#?w=1080&h=811&s=9&e=png)",
            (
                '<img src="https://a.org/p:0:q75.image#?w=1080&amp;h=811&amp;s=9&amp;e=png" alt=""'
                f' width="1080" height="811" {REMOTE}>'
            ),
        ),
        (
            "![](https://a.org/p?width=40&height=30)",
            (
                '<img src="https://a.org/p?width=40&amp;height=30" alt="" width="40" height="30"'
                f" {REMOTE}>"
            ),
        ),
        (
            '<img src="https://a.org/p.png" alt="流程" width="600px" height=400 align="left">',
            f'<img src="https://a.org/p.png" alt="流程" width="600" height="400" {REMOTE}>',
        ),
        (
            '<img src="https://a.org/p#?w=1200&h=800" width="600">',
            (
                '<img src="https://a.org/p#?w=1200&amp;h=800" alt="" width="600" height="400"'
                f" {REMOTE}>"
            ),
        ),
        (
            '<img width="50%" src="https://a.org/p.png">',
            f'<img src="https://a.org/p.png" alt="" {REMOTE}>',
        ),
    ],
)
def test_remote_images_load_late_and_keep_their_place(written: str, shown: str) -> None:
    assert flow(written) == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    "alternative",
    [
        "image",
        "Image",
        "img_2",
        "图片",
        "截图 2024-01-02",
        "p7.png",
        "p7",
        "0f3a5b6c-12d4-4e5f-9a01",
        "",
    ],
)
def test_alternative_text_that_an_editor_filled_in_is_left_out(alternative: str) -> None:
    made = body(f"![{alternative}](https://a.org/p7.png)")
    assert made.html == f'<p><img src="https://a.org/p7.png" alt="" {REMOTE}></p>\n'
    assert made.text == ""


@pytest.mark.parametrize("alternative", ["图 3：*训练*曲线", "image of a cat", "GPT-4 vs Q*"])
def test_alternative_text_that_a_writer_wrote_is_kept(alternative: str) -> None:
    words = alternative.replace("*训练*", "训练")
    made = body(f"![{alternative}](https://a.org/p7.png)")
    assert made.html == f'<p><img src="https://a.org/p7.png" alt="{words}" {REMOTE}></p>\n'
    assert made.text == words


def test_an_image_beside_the_note_is_one_of_the_site() -> None:
    made = body(
        "![](../图/a b.png) ![](<../图/a b.png>) [![](c.png)](c.png)",
        images={"../图/a b.png": "images/1f-图.png", "c.png": "images/2e-c.png"},
    )
    first = f'<img src="site:/images/1f-%E5%9B%BE.png" alt="" {LATER}>'
    second = f'<img src="site:/images/2e-c.png" alt="2e-c.png" {LATER}>'
    assert made.html == (
        f'<p>![](../图/a b.png) {first} <a href="site:/images/2e-c.png">{second}</a></p>\n'
    )
    assert made.diagnostics == ()
    assert rebase(made.html, "../../").count('"../../images/') == 3
    assert 'src="https://h.org/x/images/2e-c.png"' in rebase(made.html, "https://h.org/x/")


def test_rebase_leaves_the_words_of_the_writer_alone() -> None:
    html = flow('写作 <img src="site:/a"> 与 `<img src="site:/b">`')
    assert rebase(html, "../") == html


def test_a_missing_image_is_told_and_its_words_and_address_are_shown() -> None:
    made = body("甲\n![曲线](img/a.png)\n\n- 乙 ![](img/a.png)")
    assert made.html == (
        '<p>甲\n<span class="missing-image">曲线 <code>img/a.png</code></span></p>\n<ul>\n<li>乙'
        ' <span class="missing-image"><code>img/a.png</code></span></li>\n</ul>\n'
    )
    assert made.text == "甲 曲线 img/a.png\n\n- 乙 img/a.png"
    assert [(d.code.name, d.span, d.message, d.hint) for d in made.diagnostics] == [
        (
            "S101",
            Span(path="notes/2024-03.md", line=number, column=column, end_column=column + 9),
            "image img/a.png is not there",
            "put the file at notes/img/a.png, or correct the path",
        )
        for number, column in ((12, 7), (14, 9))
    ]


def test_an_image_inside_the_text_or_on_one_computer_is_missing() -> None:
    made = body("![甲](data:image/png;base64,iVBOR) ![](C:/x.png) ![乙](<>)")
    assert made.html == (
        '<p><span class="missing-image">甲 <code>data:image/png;base64</code></span>'
        ' <span class="missing-image"><code>C:/x.png</code></span>'
        ' <span class="missing-image">乙</span></p>\n'
    )
    hint = "save the image beside the note and write its relative path"
    assert [(d.message, d.hint) for d in made.diagnostics] == [
        ("image data:image/png;base64 cannot be shown", hint),
        ("image C:/x.png cannot be shown", hint),
        ("image without an address cannot be shown", hint),
    ]
    assert [astuple(d.span)[1:] for d in made.diagnostics] == [
        (11, 6, 33),
        (11, 39, 47),
        (11, 1, 57),
    ]
