"""What counts as a link in a note, and what kind of thing is behind it.

A bare URL is a run of the ASCII characters that RFC 3986 allows, so that it ends where Chinese
text or full-width punctuation begins. A host without a scheme counts when its top-level domain is
on the IANA list (as shipped by linkify-it-py) and a path follows, or when it starts with ``www.``.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from linkify_it.tlds import TLDS

from digest.model import LinkKind
from digest.source import INVISIBLE

_URL_CHARACTER = rf"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%{INVISIBLE}]"
# https://github.com/m-bain/whisperX，这个项目 → https://github.com/m-bain/whisperX
_WITH_SCHEME = rf"https?://{_URL_CHARACTER}+"
# github.com/huggingface/diffusers   www.cloudskillsboost.google/paths/118
_WITHOUT_SCHEME = (
    r"(?<![A-Za-z0-9@./:_\-])"
    r"(?:(?:[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,24}(?::\d{2,5})?)"
    rf"(?:/{_URL_CHARACTER}*)?"
)
_BARE = re.compile(rf"(?P<full>{_WITH_SCHEME})|(?P<short>{_WITHOUT_SCHEME})")
_TRAILING = ".,;:!?'*"
_TOP_LEVEL = frozenset(name.casefold() for name in TLDS)
# Top-level domains that are far more often the ending of a file's name.
_FILE_ENDINGS = frozenset({"md", "py", "sh", "rs", "pl", "so", "cc", "ps", "zip", "mov", "tf", "mm"})
_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.\-]*:")  # https:  mailto:


class BareUrl(NamedTuple):
    """A bare URL in a text: where it stands (0-based, end exclusive) and its absolute form."""

    start: int
    end: int
    url: str


def find_bare_urls(text: str) -> list[BareUrl]:
    """Return the bare URLs of a text, in order, never overlapping."""
    found: list[BareUrl] = []
    for match in _BARE.finditer(text):
        end = match.start() + len(_without_tail(match.group()))
        written = text[match.start() : end]
        if match["short"] and not _is_host_and_path(written):
            continue
        url = absolute(written)
        if url is not None:
            found.append(BareUrl(match.start(), end, url))
    return found


def _without_tail(written: str) -> str:
    """Drop punctuation that ends the sentence and brackets that the URL did not open."""
    while written:
        last = written[-1]
        if (
            last in _TRAILING
            or last in INVISIBLE
            or (last == ")" and written.count(")") > written.count("("))
            or (last == "]" and written.count("]") > written.count("["))
            or last in "(["
        ):
            written = written[:-1]
        else:
            break
    return written


def _is_host_and_path(written: str) -> bool:
    return _has_top_level(written) and ("/" in written or written.casefold().startswith("www."))


def absolute(written: str) -> str | None:
    """Return a link target as an absolute http(s) URL, or None where it is not one.

    A target without scheme gets ``https://``; invisible characters are dropped.
    """
    url = written.strip().translate(dict.fromkeys(map(ord, INVISIBLE)))
    if url.startswith("//"):
        url = f"https:{url}"
    elif not _SCHEME.match(url):
        if not _has_top_level(url):
            return None
        url = f"https://{url}"
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme.casefold() not in {"http", "https"} or not host or "." not in host:
        return None
    return url.replace(" ", "%20")


def _has_top_level(url: str) -> bool:
    host = url.partition("/")[0].partition(":")[0].casefold()
    name, _, top = host.rpartition(".")
    return bool(name) and top in _TOP_LEVEL and top not in _FILE_ENDINGS


def host_of(url: str) -> str:
    """Return a URL's host in lower case, without a leading ``www.``."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


# Ordered: the first pattern that matches ``host/path`` decides.
_KINDS: tuple[tuple[LinkKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            LinkKind.PAPER,
            r"^(?:[\w.\-]*\b(?:arxiv\.org|openreview\.net|aclanthology\.org|biorxiv\.org|"
            r"medrxiv\.org|doi\.org|thecvf\.com|neurips\.cc/paper|nips\.cc/paper|mlr\.press|"
            r"jmlr\.org|semanticscholar\.org|ssrn\.com|dl\.acm\.org|ieeexplore\.ieee\.org|"
            r"link\.springer\.com|direct\.mit\.edu|science\.org/doi|pnas\.org/doi)|"
            r"nature\.com/articles/s|huggingface\.co/papers|hf\.co/papers|"
            r"paperswithcode\.com/paper|cdn\.openai\.com/papers|papers\.)",
        ),
        (LinkKind.DATASET, r"^(?:huggingface\.co|hf\.co|modelscope\.cn|kaggle\.com)/datasets/"),
        (
            LinkKind.DEMO,
            r"^(?:huggingface\.co/spaces|hf\.co/spaces|chat\.openai\.com/g/|chatgpt\.com/g/|"
            r"modelscope\.cn/studios|poe\.com/|replicate\.com/\w|"
            r"[\w.\-]+\.(?:hf\.space|gradio\.app|gradio\.live|streamlit\.app)\b|demo\.|chat\.)",
        ),
        (LinkKind.ARTICLE, r"^(?:huggingface\.co|hf\.co)/blog"),
        (LinkKind.DOCUMENT, r"^(?:huggingface\.co|hf\.co)/(?:docs|learn)"),
        (
            LinkKind.MODEL,
            r"^(?:(?:huggingface\.co|hf\.co)/[\w.\-]+/[\w.\-]+|modelscope\.cn/models/|"
            r"ollama\.(?:com|ai)/library/|civitai\.com/models/)",
        ),
        (
            LinkKind.CODE,
            r"^(?:gist\.)?(?:github\.com|gitlab\.|gitee\.com|bitbucket\.org|codeberg\.org|"
            r"colab\.research\.google\.com|pypi\.org/project|npmjs\.com/package|sr\.ht)",
        ),
        (
            LinkKind.VIDEO,
            r"^(?:m\.)?(?:youtube\.com|youtu\.be|bilibili\.com|b23\.tv|vimeo\.com|v\.qq\.com|"
            r"loom\.com|ted\.com/talks|v\.youku\.com)",
        ),
        (
            LinkKind.POST,
            r"^(?:m\.|mobile\.|old\.)?(?:twitter\.com|x\.com|t\.co|weibo\.(?:com|cn)|threads\.net|"
            r"mastodon\.|bsky\.app|reddit\.com|news\.ycombinator\.com|t\.me|m\.okjike\.com|"
            r"okjike\.com|linkedin\.com/(?:posts|feed)|zhihu\.com/(?:question|pin)|v2ex\.com/t/|"
            r"xiaohongshu\.com|lobste\.rs/s/)",
        ),
        (
            LinkKind.DOCUMENT,
            r"(?:\.(?:pdf|pptx?|docx?|epub|ipynb)(?:$|\?)|^docs\.|^(?:[\w\-]+\.)?notion\.(?:so|site)|"
            r"^[\w\-]+\.feishu\.cn|^(?:[\w\-]+\.)?yuque\.com|\.readthedocs\.io|/docs?/)",
        ),
        (
            LinkKind.ARTICLE,
            r"^(?:mp\.weixin\.qq\.com|zhuanlan\.zhihu\.com|juejin\.cn/post|(?:\w+\.)?medium\.com/.|"
            r"[\w\-]+\.substack\.com/p/|towardsdatascience\.com/.|(?:\w+\.)?blog\.csdn\.net|blog\.|"
            r"cnblogs\.com/.|jianshu\.com/p|36kr\.com/|jiqizhixin\.com/|qbitai\.com/|ithome\.com/|"
            r"sspai\.com/post|techcrunch\.com/.|theverge\.com/.|nytimes\.com/.|bloomberg\.com/news|"
            r"reuters\.com/.|ft\.com/content|wired\.com/story|cnbc\.com/.|economist\.com/.|"
            r"openai\.com/(?:index|blog|research)/|anthropic\.com/(?:news|research|engineering)/|"
            r"deepmind\.google/.|mistral\.ai/news/|ai\.meta\.com/blog|blogs?\.)|"
            r"/(?:blog|blogs|news|post|posts|article|articles|story|stories|p|translations)/.|"
            r"/20\d\d/(?:0\d|1[0-2])/|/20\d\d-(?:0\d|1[0-2])-\d\d",
        ),
    )
)


def kind_of(url: str) -> LinkKind:
    """Return what a reader finds behind an absolute URL, judged by its host and path."""
    parts = urlsplit(url)
    target = host_of(url) + parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
    return next((kind for kind, pattern in _KINDS if pattern.search(target)), LinkKind.SITE)
