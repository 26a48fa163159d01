"""What counts as a link in a note, and what kind of thing is behind it.

A bare URL is a run of the ASCII characters that RFC 3986 allows, so that it ends where Chinese
text or full-width punctuation begins. A host without a scheme counts when its top-level domain is
on the IANA list (as shipped by linkify-it-py) and a path follows, or when it starts with ``www.``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from linkify_it.tlds import TLDS

from digest.model import LinkKind
from digest.source import INVISIBLE

_URL_CHARACTER = rf"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%{INVISIBLE}]"
# https://github.com/m-bain/whisperX，这个项目 → https://github.com/m-bain/whisperX
_WITH_SCHEME = rf"(?i:https?)://[A-Za-z0-9\-._~:@%{INVISIBLE}]+(?:[/?#]{_URL_CHARACTER}*)?"
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
_FILE_ENDINGS = frozenset(
    {"md", "py", "sh", "rs", "pl", "so", "cc", "ps", "zip", "mov", "tf", "mm"}
)
_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))
_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.\-]*:")  # https:  mailto:


# How many lines and entries the readers remember, so that a note that is read again costs what
# changed in it.
LINES_KEPT = 1 << 15
ENTRIES_KEPT = 1 << 12


class BareUrl(NamedTuple):
    """A bare URL in a text: where it stands (0-based, end exclusive) and its absolute form."""

    start: int
    end: int
    url: str


def find_bare_urls(text: str) -> list[BareUrl]:
    """Return the bare URLs of a text, in order, never overlapping."""
    if "/" not in text and "www." not in text.casefold():
        return []  # most lines: neither a scheme nor a path
    return list(_bare_urls(text))


@lru_cache(maxsize=LINES_KEPT)
def _bare_urls(text: str) -> tuple[BareUrl, ...]:
    found: list[BareUrl] = []
    for match in _BARE.finditer(text):
        end = match.start() + len(_without_tail(match.group()))
        written = text[match.start() : end]
        if match["short"] and not _is_host_and_path(written):
            continue
        url = absolute(written)
        if url is not None:
            found.append(BareUrl(match.start(), end, url))
    return tuple(found)


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
    url = written.strip().translate(_INVISIBLE)
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


@lru_cache(maxsize=LINES_KEPT)
def host_of(url: str) -> str:
    """Return a URL's host in lower case, without a leading ``www.``."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


# What a host and path begin with (``www.``, ``m.`` and ``mobile.`` left off). Ordered: the first
# line that fits decides.
_KINDS: tuple[tuple[LinkKind, tuple[str, ...]], ...] = (
    (
        LinkKind.PAPER,
        (
            r"(?:[\w\-]+\.)*(?:arxiv|openreview|aclanthology|biorxiv|medrxiv|doi|jmlr)\.(?:net|org)",
            r"(?:[\w\-]+\.)*(?:thecvf\.com|mlr\.press|semanticscholar\.org|ssrn\.com)",
            r"(?:papers|proceedings)\.",
            r"(?:dl\.acm\.org|ieeexplore\.ieee\.org|link\.springer\.com|direct\.mit\.edu)",
            r"nature\.com/articles/s",
            r"(?:science|pnas)\.org/doi",
            r"(?:huggingface|hf)\.co/papers",
            r"paperswithcode\.com/paper",
            r"cdn\.openai\.com/papers",
        ),
    ),
    (LinkKind.DATASET, (r"(?:huggingface\.co|hf\.co|modelscope\.cn|kaggle\.com)/datasets/",)),
    (
        LinkKind.DEMO,
        (
            r"(?:huggingface|hf)\.co/spaces",
            r"(?:chat\.openai|chatgpt)\.com/g/",
            r"modelscope\.cn/studios",
            r"(?:poe|replicate)\.com/.",
            r"[\w.\-]+\.(?:hf\.space|gradio\.app|gradio\.live|streamlit\.app)",
            r"(?:demo|chat)\.",
        ),
    ),
    (LinkKind.ARTICLE, (r"(?:huggingface|hf)\.co/blog",)),
    (LinkKind.DOCUMENT, (r"(?:huggingface|hf)\.co/(?:docs|learn)",)),
    (
        LinkKind.MODEL,
        (
            r"(?:huggingface|hf)\.co/[\w.\-]+/[\w.\-]+",
            r"modelscope\.cn/models/",
            r"ollama\.(?:com|ai)/library/",
            r"civitai\.com/models/",
        ),
    ),
    (
        LinkKind.CODE,
        (
            r"(?:gist\.)?github\.com",
            r"gitlab\.",
            r"(?:gitee\.com|bitbucket\.org|codeberg\.org|git\.sr\.ht)",
            r"colab\.research\.google\.com",
            r"pypi\.org/project",
            r"npmjs\.com/package",
        ),
    ),
    (
        LinkKind.VIDEO,
        (
            r"(?:youtube\.com|youtu\.be|bilibili\.com|b23\.tv|vimeo\.com|v\.qq\.com|loom\.com)",
            r"(?:v\.youku\.com|ted\.com/talks)",
        ),
    ),
    (
        LinkKind.POST,
        (
            r"(?:twitter\.com|x\.com|t\.co|weibo\.com|weibo\.cn|threads\.net|bsky\.app|t\.me)(?:/|$)",
            r"mastodon\.",
            r"(?:old\.)?reddit\.com",
            r"news\.ycombinator\.com",
            r"okjike\.com",
            r"linkedin\.com/(?:posts|feed)",
            r"zhihu\.com/(?:question|pin)",
            r"(?:v2ex\.com/t|xiaohongshu\.com|lobste\.rs/s)/",
        ),
    ),
    (
        LinkKind.DOCUMENT,
        (
            r".*\.(?:pdf|pptx?|docx?|epub|ipynb)(?:$|\?)",
            r"docs\.",
            r"(?:[\w\-]+\.)?(?:notion\.so|notion\.site|feishu\.cn|yuque\.com|readthedocs\.io)",
            r".*/docs?/",
        ),
    ),
    (
        LinkKind.ARTICLE,
        (
            r"mp\.weixin\.qq\.com",
            r"zhuanlan\.zhihu\.com",
            r"(?:[\w\-]+\.)?(?:medium\.com|towardsdatascience\.com|substack\.com)/.",
            r"(?:juejin\.cn|cnblogs\.com|jianshu\.com|36kr\.com|jiqizhixin\.com|qbitai\.com)/.",
            r"(?:ithome\.com|sspai\.com|techcrunch\.com|theverge\.com|wired\.com|cnbc\.com)/.",
            r"(?:nytimes\.com|reuters\.com|ft\.com|bloomberg\.com|economist\.com)/.",
            r"(?:openai\.com|anthropic\.com)/(?:index|blog|news|research|engineering)",
            r"(?:deepmind\.google|mistral\.ai/news|ai\.meta\.com/blog)/.",
            r"(?:[\w\-]+\.)*blogs?\.",
            r".*/(?:blogs?|news|posts?|articles?|story|stories|p|translations)/.",
            r".*/20\d\d[/-](?:0\d|1[0-2])[/-]",
        ),
    ),
)
_KIND_PATTERNS = tuple((kind, re.compile("|".join(patterns))) for kind, patterns in _KINDS)


@lru_cache(maxsize=LINES_KEPT)
def kind_of(url: str) -> LinkKind:
    """Return what a reader finds behind an absolute URL, judged by its host and path."""
    parts = urlsplit(url)
    host = re.sub(r"^(?:m|mobile)\.", "", host_of(url))
    target = host + parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
    return next((kind for kind, pattern in _KIND_PATTERNS if pattern.match(target)), LinkKind.SITE)
