from __future__ import annotations

from itertools import combinations

import pytest

from digest.likeness.canonical import canonical, names_a_page

# The key, and addresses that all lead to what it stands for.
SAME: dict[str, tuple[str, ...]] = {
    # what RFC 3986 calls equivalent, and what links pick up on their way
    "example.org/a": (
        "https://example.org/a",
        "http://example.org/a/",
        "HTTPS://WWW.Example.ORG:443/a",
        "http://m.example.org:80/a#part-two",
        "https://example.org./a#:~:text=part%20two",
        "https://example.org/b/../a/index.html",
        "https://example.org/./a?utm_source=x&fbclid=1",
        "https://mobile.example.org/%61?spm=1.2&gclid=3&utm_sourc",
    ),
    "example.org/~li/%E8%AF%BE?a=1&b=%2F": (
        "https://example.org/~li/课?b=%2f&a=1",
        "https://example.org/%7Eli/%e8%af%be?a=1&b=%2F&utm_medium=social",
    ),
    "xn--fsqu00a.example/a": ("https://例子.example/a", "https://XN--FSQU00A.example/a/"),
    "app.example.org#/notes/3": ("https://app.example.org/#/notes/3/",),
    "en.wikipedia.org/wiki/Transformer": (
        "https://en.m.wikipedia.org/wiki/Transformer",
        "https://en.wikipedia.org/wiki/Transformer#History",
    ),
    # papers
    "arxiv.org/abs/2312.11514": (
        "https://arxiv.org/abs/2312.11514",
        "https://arxiv.org/abs/2312.11514v2",
        "http://arxiv.org/pdf/2312.11514",
        "https://arxiv.org/pdf/2312.11514v1.pdf#page=3",
        "https://arxiv.org/html/2312.11514v3/",
        "https://browse.arxiv.org/pdf/2312.11514.pdf",
        "https://ar5iv.labs.arxiv.org/html/2312.11514",
        "https://ar5iv.org/abs/2312.11514",
        "https://www.alphaxiv.org/abs/2312.11514v2",
        "https://www.alphaxiv.org/overview/2312.11514",
        "https://huggingface.co/papers/2312.11514",
        "https://papers.cool/arxiv/2312.11514",
        "https://doi.org/10.48550/arXiv.2312.11514",
    ),
    "arxiv.org/abs/cs/9901001": (
        "https://arxiv.org/abs/cs/9901001v1",
        "http://arxiv.org/pdf/cs/9901001",
    ),
    "doi.org/10.1000/abc.7": ("https://doi.org/10.1000/ABC.7", "http://dx.doi.org/10.1000/abc.7"),
    "openreview.net/forum?id=aB_1-c": (
        "https://openreview.net/forum?id=aB_1-c",
        "https://openreview.net/pdf?id=aB_1-c",
        "https://openreview.net/forum?id=aB_1-c&noteId=zz&referrer=%5Bx%5D",
    ),
    "aclanthology.org/2023.acl-long.1": (
        "https://aclanthology.org/2023.acl-long.1/",
        "https://www.aclanthology.org/2023.acl-long.1.pdf",
    ),
    # code and models
    "github.com/example/tool": (
        "https://github.com/example/tool",
        "http://www.github.com/Example/Tool/",
        "https://github.com/example/tool.git",
        "https://github.com/example/tool/tree/main",
        "https://github.com/example/tool/tree/main/?tab=readme-ov-file#install",
        "https://github.com/example/tool/blob/master/README_zh-CN.md",
        "https://raw.githubusercontent.com/example/tool/main/README.md",
    ),
    "github.com/example/tool/tree/HEAD/docs/A.md": (
        "https://github.com/example/tool/blob/main/docs/A.md#L3-L9",
        "https://github.com/Example/tool/tree/master/docs/A.md",
        "https://raw.githubusercontent.com/example/tool/refs/heads/main/docs/A.md",
    ),
    "github.com/example/tool/issues/7": (
        "https://github.com/example/tool/issues/7#issuecomment-1",
        "https://github.com/example/tool/pull/7/files",
    ),
    "huggingface.co/example/tiny-1b": (
        "https://huggingface.co/example/tiny-1b",
        "https://hf.co/example/tiny-1b/tree/main",
        "https://hf-mirror.com/example/tiny-1b/blob/main/README.md",
    ),
    # videos
    "youtube.com/watch?v=aB-3_x": (
        "https://www.youtube.com/watch?v=aB-3_x",
        "https://youtu.be/aB-3_x?si=share&t=42",
        "https://m.youtube.com/watch?feature=share&v=aB-3_x&list=PL1&index=2",
        "https://www.youtube.com/shorts/aB-3_x",
        "https://www.youtube-nocookie.com/embed/aB-3_x?start=4",
        "https://youtube.com/live/aB-3_x",
    ),
    "bilibili.com/video/BV1x": (
        "https://www.bilibili.com/video/BV1x/?spm_id_from=333&vd_source=f",
        "https://m.bilibili.com/video/BV1x?p=1",
    ),
    # posts
    "x.com/i/status/1740": (
        "https://x.com/someone/status/1740?s=20",
        "https://twitter.com/someone/status/1740/photo/1",
        "https://mobile.twitter.com/i/web/status/1740?t=a&s=09",
        "https://nitter.net/someone/status/1740#m",
        "https://fxtwitter.com/anyone/statuses/1740",
    ),
    "mp.weixin.qq.com/s?__biz=MzI=&idx=1&mid=22&sn=3f": (
        "https://mp.weixin.qq.com/s?__biz=MzI=&mid=22&idx=1&sn=3f",
        "http://mp.weixin.qq.com/s?sn=3f&__biz=MzI=&mid=22&idx=1&chksm=9&scene=21&lang=zh_CN#rd",
    ),
    "mp.weixin.qq.com/s/aB-3_x": (
        "https://mp.weixin.qq.com/s/aB-3_x",
        "http://mp.weixin.qq.com/s/aB-3_x?scene=1&poc_token=9#wechat_redirect",
    ),
    "zhuanlan.zhihu.com/p/62": ("https://zhuanlan.zhihu.com/p/62?utm_psn=1&s_r=0",),
    "zhihu.com/answer/9": (
        "https://www.zhihu.com/question/4/answer/9?utm_id=0",
        "https://www.zhihu.com/answer/9",
    ),
    "reddit.com/comments/1ab": (
        "https://old.reddit.com/r/LocalModels/comments/1ab/a_title/?ref=share",
        "https://redd.it/1ab",
    ),
    "chatgpt.com/g/g-uB": ("https://chat.openai.com/g/g-uB", "https://chatgpt.com/g/g-uB"),
    "docs.google.com/document/d/abcdefghij0123456789": (
        "https://docs.google.com/document/d/abcdefghij0123456789/edit?usp=sharing#heading=h.1",
        "https://docs.google.com/document/d/abcdefghij0123456789/view",
    ),
    # copies and gateways
    "example.org/b?q=1": (
        "https://web.archive.org/web/20230405060708/https://example.org/b?q=1",
        "https://web.archive.org/web/2023id_/http://www.example.org/b?q=1",
        "http://web.archive.org/web/example.org/b?q=1",
        "https://archive.ph/20230405/https://example.org/b?q=1",
        "https://archive.is/newest/https://example.org/b?q=1",
        "https://r.jina.ai/https://example.org/b?q=1",
        "https://link.zhihu.com/?target=https%3A//example.org/b%3Fq%3D1",
        "https://www.google.com/url?sa=t&q=https%3A%2F%2Fexample.org%2Fb%3Fq%3D1",
        "https://r.jina.ai/https://web.archive.org/web/2023/https://example.org/b?q=1",
    ),
}

# Neighbours that are not one thing.
APART: tuple[tuple[str, ...], ...] = (
    ("https://www.youtube.com/watch?v=a", "https://www.youtube.com/watch?v=b"),
    ("https://www.youtube.com/watch?v=a", "https://www.youtube.com/watch?v=A"),
    ("https://www.youtube.com/playlist?list=a", "https://www.youtube.com/playlist?list=b"),
    ("https://www.bilibili.com/video/BV1x?p=2", "https://www.bilibili.com/video/BV1x"),
    (
        "https://github.com/example/tool",
        "https://github.com/example/tool/tree/main/docs",
        "https://github.com/example/tool/tree/v2/docs",
        "https://github.com/example/tool/releases/tag/v2",
        "https://github.com/example/tool/issues",
        "https://github.com/example/tool/issues/1",
        "https://github.com/example/tools",
        "https://github.com/example",
        "https://gist.github.com/example/tool",
    ),
    (
        "https://arxiv.org/list/cs.CL/recent",
        "https://arxiv.org/list/cs.AI/recent",
        "https://arxiv.org/abs/2312.11514",
        "https://arxiv.org/abs/2312.11515",
        "https://huggingface.co/papers",
    ),
    ("https://huggingface.co/datasets/example/a", "https://huggingface.co/example/a"),
    (
        "https://mp.weixin.qq.com/s?__biz=M&mid=1&idx=1&sn=a",
        "https://mp.weixin.qq.com/s?__biz=M&mid=1&idx=2&sn=b",
    ),
    ("https://mp.weixin.qq.com/s/aB", "https://mp.weixin.qq.com/s/ab"),
    ("https://x.com/someone/status/1", "https://x.com/someone/status/2", "https://x.com/someone"),
    ("https://example.org/a?id=1", "https://example.org/a?id=2", "https://example.org/a"),
    ("https://example.org/A", "https://example.org/a"),
    ("https://example.org/a%2Fb", "https://example.org/a/b"),
    ("https://example.org:8080/a", "https://example.org/a"),
    ("https://app.example.org/#/a", "https://app.example.org/#/b", "https://app.example.org/"),
    ("https://www.zhihu.com/question/4/answer/9", "https://www.zhihu.com/question/4"),
    ("https://archive.ph/AbCdE", "https://archive.ph/AbCdF"),
    ("https://news.example.org/item?id=1", "https://news.example.org/item?id=2"),
    ("https://blog.example.org/a", "https://example.org/a"),
    ("https://xm.example.org/a", "https://xexample.org/a"),
    ("https://m.org/a", "https://www.org/a", "https://org.example/a"),
)


@pytest.mark.parametrize(("key", "url"), [(key, url) for key, urls in SAME.items() for url in urls])
def test_addresses_of_one_thing_share_a_key(key: str, url: str) -> None:
    assert canonical(url) == key


@pytest.mark.parametrize("urls", APART, ids=lambda urls: urls[0])
def test_neighbours_stay_apart(urls: tuple[str, ...]) -> None:
    alike = [pair for pair in combinations(urls, 2) if canonical(pair[0]) == canonical(pair[1])]
    assert alike == []


@pytest.mark.parametrize("key", SAME)
def test_key_is_its_own_key(key: str) -> None:
    assert canonical(f"https://{key}") == key


@pytest.mark.parametrize(
    "written", ["", "no address", "https://", "https://[::1", "https://example.org:port/a"]
)
def test_what_is_no_address_comes_back_as_it_is(written: str) -> None:
    assert canonical(written) == written


def test_front_page_names_no_page() -> None:
    fronts = ("https://example.org", "http://www.example.org/?utm_source=a", "https://a.dev/#top")
    assert [names_a_page(canonical(url)) for url in fronts] == [False, False, False]


@pytest.mark.parametrize("rest", ["a", "?id=3", "#/a"])
def test_anything_beyond_the_front_page_names_a_page(rest: str) -> None:
    assert names_a_page(canonical(f"https://example.org/{rest}"))
