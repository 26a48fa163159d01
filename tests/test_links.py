from __future__ import annotations

import pytest

from digest.links import absolute, find_bare_urls, host_of, kind_of
from digest.model import LinkKind


def written_and_urls(text: str) -> list[tuple[str, str]]:
    """Return each bare URL of a text as it is written and as it is linked."""
    return [(text[bare.start : bare.end], bare.url) for bare in find_bare_urls(text)]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("见 https://github.com/example/tool，这个项目", "https://github.com/example/tool"),
        ("地址：https://example.org/a。", "https://example.org/a"),
        ("（https://example.org/a）", "https://example.org/a"),
        ("《https://example.org/a》", "https://example.org/a"),
        ("https://example.org/a这是正文", "https://example.org/a"),
        ("https://example.org/a、b", "https://example.org/a"),
    ],
)
def test_bare_url_ends_where_chinese_text_begins(text: str, url: str) -> None:
    assert written_and_urls(text) == [(url, url)]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("(https://example.org/a)", "https://example.org/a"),
        ("see https://example.org/a.", "https://example.org/a"),
        ("https://example.org/a, and", "https://example.org/a"),
        ("https://example.org/a...", "https://example.org/a"),
        ("**https://example.org/a**", "https://example.org/a"),
        ("<https://example.org/a>", "https://example.org/a"),
        ('"https://example.org/a"', "https://example.org/a"),
        ("https://example.org/a \\", "https://example.org/a"),
        ("https://example.org/a?", "https://example.org/a"),
    ],
)
def test_punctuation_around_a_bare_url_is_not_part_of_it(text: str, url: str) -> None:
    assert written_and_urls(text) == [(url, url)]


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/wiki/A_(b)",
        "https://example.org/?q=a&b=c;d=%E4%BD%A0#:~:text=x,y",
        "https://example.org:8080/a/",
        "https://example.org/a_",
        "https://example.org/web/2020/https://example.com/",
        "HTTPS://EXAMPLE.ORG/A",
    ],
)
def test_all_that_a_url_may_hold_is_part_of_it(url: str) -> None:
    assert written_and_urls(f"{url}，见此") == [(url, url)]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("github.com/example/tool，这个项目", "github.com/example/tool"),
        ("在 www.example.org 上", "www.example.org"),
        ("example.github.io/Demo/ 试用", "example.github.io/Demo/"),
    ],
)
def test_host_without_scheme_gets_one(text: str, written: str) -> None:
    assert written_and_urls(text) == [(written, f"https://{written}")]


@pytest.mark.parametrize(
    "text",
    [
        "node.js/express",
        "README.md/说明",
        "run.py",
        "fast.ai",
        "1.5/2.0",
        "and/or",
        "me@example.org/a",
        "U.S./China",
        "ftp://example.org/a",
        "http://localhost:8000/a",
        "https://",
        "https://例子.中国/路径",
    ],
)
def test_what_only_resembles_a_url_is_none(text: str) -> None:
    assert find_bare_urls(text) == []


def test_several_bare_urls_are_found_in_order() -> None:
    text = "一 https://example.org/a, 二 github.com/b/c；三 https://example.org/d"
    assert [bare.url for bare in find_bare_urls(text)] == [
        "https://example.org/a",
        "https://github.com/b/c",
        "https://example.org/d",
    ]


def test_unseen_characters_in_a_url_are_dropped_from_its_target() -> None:
    written = "https://example.org/\u200ba\ufeffb"
    assert written_and_urls(f"{written} 见此") == [(written, "https://example.org/ab")]


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("https://example.org/a", "https://example.org/a"),
        (" https://example.org ", "https://example.org"),
        ("github.com/a", "https://github.com/a"),
        ("//example.org/a", "https://example.org/a"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/中文", "https://example.org/中文"),
    ],
)
def test_target_becomes_absolute(written: str, url: str) -> None:
    assert absolute(written) == url


@pytest.mark.parametrize(
    "written",
    [
        "",
        "#notes",
        "a.md",
        "./a.png",
        "mailto:me@example.org",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https:///a",
        "https:example.org",
        "https://localhost/a",
        "https://example.org:99999/",
        "https://[::1/a",
    ],
)
def test_target_that_is_no_web_address_has_no_absolute_form(written: str) -> None:
    assert absolute(written) is None


def test_host_is_lower_case_and_without_www() -> None:
    assert host_of("https://WWW.Example.org:8080/a") == "example.org"


@pytest.mark.parametrize(
    ("kind", "urls"),
    [
        (
            LinkKind.PAPER,
            [
                "https://arxiv.org/abs/2401.00001",
                "https://arxiv.org/pdf/2401.00001.pdf",
                "https://openreview.net/forum?id=a",
                "https://huggingface.co/papers/2401.00001",
            ],
        ),
        (LinkKind.CODE, ["https://github.com/a/b", "https://gist.github.com/a/1"]),
        (LinkKind.MODEL, ["https://huggingface.co/a/b", "https://ollama.com/library/a"]),
        (LinkKind.DATASET, ["https://huggingface.co/datasets/a/b"]),
        (LinkKind.DEMO, ["https://huggingface.co/spaces/a/b", "https://chat.openai.com/g/g-a"]),
        (LinkKind.VIDEO, ["https://www.youtube.com/watch?v=a", "https://m.bilibili.com/video/a"]),
        (LinkKind.POST, ["https://x.com/a/status/1", "https://mobile.twitter.com/a"]),
        (
            LinkKind.ARTICLE,
            [
                "https://mp.weixin.qq.com/s/a",
                "https://huggingface.co/blog/a",
                "https://example.org/2024/05/06/a",
                "https://example.org/blog/a",
            ],
        ),
        (LinkKind.DOCUMENT, ["https://docs.python.org/3/", "https://example.org/a.pdf?x=1"]),
        (
            LinkKind.SITE,
            ["https://example.org", "https://example.org/pricing", "https://x.company"],
        ),
    ],
)
def test_kind_is_told_by_host_and_path(kind: LinkKind, urls: list[str]) -> None:
    assert {url: kind_of(url) for url in urls} == dict.fromkeys(urls, kind)
