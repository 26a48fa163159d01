"""When two links are one: the key that an address shares with all other addresses of its page.

A key is host, path and query without a scheme, such as ``arxiv.org/abs/2312.11514``: it is made to
be compared, not opened. First RFC 3986 §6.2.2 (case, percent-encoding, dot segments), then what the
tables below know of the web. Where a table knows nothing, addresses stay apart.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlsplit

# More than 300 lines: tables that are read side by side, and little else.

REMEMBERED = 65_536  # keys kept in memory; a digest of ten thousand entries has fewer links


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Hosts under which a site is known as well; `www.`, `m.` and `mobile.` are off by then.
_OTHER_HOSTS = {
    "browse.arxiv.org": "arxiv.org",
    "cn.arxiv.org": "arxiv.org",
    "export.arxiv.org": "arxiv.org",
    "ar5iv.labs.arxiv.org": "ar5iv.org",
    "dx.doi.org": "doi.org",
    "hf.co": "huggingface.co",
    "hf-mirror.com": "huggingface.co",
    "raw.githubusercontent.com": "raw.github.com",
    "youtube-nocookie.com": "youtube.com",
    "music.youtube.com": "youtube.com",
    "twitter.com": "x.com",
    "fxtwitter.com": "x.com",
    "vxtwitter.com": "x.com",
    "fixupx.com": "x.com",
    "nitter.net": "x.com",
    "nitter.poast.org": "x.com",
    "xcancel.com": "x.com",
    "old.reddit.com": "reddit.com",
    "new.reddit.com": "reddit.com",
    "chat.openai.com": "chatgpt.com",
    "ollama.ai": "ollama.com",
    "weibo.cn": "weibo.com",
}

# Parameters that say how a reader came, not what is shown: whole names, and beginnings of names.
_TRACKING = _names(
    "spm fbclid gclid dclid gbraid wbraid msclkid yclid twclid ttclid igsh igshid mc_cid mc_eid "
    "_ga _gl _hsenc _hsmi __twitter_impression cmpid isappinstalled nsukey ref ref_src ref_url "
    "referrer share_id share_source share_token trk trkcampaign vd_source"
)
_TRACKING_STARTS = ("utm_", "spm_", "mtm_", "pk_", "hsa_", "vero_")
# The same, where the name means something elsewhere; a sub-domain follows its domain.
_TRACKING_AT = {
    "github.com": _names("tab readme"),
    "medium.com": _names("gi sk source"),
    "notion.site": _names("pvs"),
    "notion.so": _names("pvs"),
    "substack.com": _names("isFreemail r s showWelcomeOnShare triedRedirect"),
    "weibo.com": _names("from mod type"),
    "zhihu.com": _names("edition from s_r share_code"),
}
# Hosts that add a dozen parameters of their own: the ones that name the page.
_NAMING_AT = {
    "bilibili.com": _names("keyword p"),
    "mp.weixin.qq.com": _names("__biz action album_id idx mid sn"),
    "openreview.net": _names("id noteId"),
    "x.com": _names("q"),
    "youtube.com": _names("list search_query v"),
}

# Copies of other pages, by host: what stands in the path before the address of the original.
_WRAPPERS = {
    # /web/2023id_/https://…   /save/https://…
    "web.archive.org": re.compile(r"/(?:web|save)/(?:\d*[a-z_*]*/)?(?=\w)"),
    **dict.fromkeys(
        (f"archive.{top}" for top in ("fo", "is", "li", "md", "ph", "today", "vn")),
        # /20230405/https://…   /newest/https://…, but not /AbCdE
        re.compile(r"/(?:\d+/|newest/|o/\w+/)?(?=https?:)"),
    ),
    **dict.fromkeys(
        ("12ft.io", "freedium.cfd", "r.jina.ai", "scribe.rip"), re.compile(r"/(?=https?:)")
    ),
    "google.com": re.compile(r"/amp/s/(?=\w)"),
}
# The same, where the address is a parameter: link.zhihu.com/?target=https%3A//example.org/a
_WRAPPED_IN = {
    "12ft.io/proxy": "q",
    "google.com/url": "q",
    "l.facebook.com/l.php": "u",
    "link.csdn.net/": "target",
    "link.juejin.cn/": "target",
    "link.segmentfault.com/": "url",
    "link.zhihu.com/": "target",
}
_MOST_WRAPPERS = 3

_ARXIV_ID = r"(?P<id>\d{4}\.\d{4,5}|[a-z\-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?"  # 2312.11514v2
_REPOSITORY = r"(?P<owner>[\w.\-]+)/(?P<name>[\w.\-]+?)(?:\.git)?"  # m-bain/whisperX.git
_HEAD = r"(?:main|master|HEAD)"
_README = r"(?i:readme[\w.\-]*)"  # README.md   README_zh-CN.md


class _Shape(NamedTuple):
    """Addresses of one thing: a pattern for all of path and query, and the key it leads to.

    ``folded`` names groups whose letter case does not matter there.
    """

    pattern: re.Pattern[str]
    key: str
    folded: frozenset[str]


def _shape(pattern: str, key: str, *folded: str) -> _Shape:
    return _Shape(re.compile(pattern), key, frozenset(folded))


_ARXIV = "arxiv.org/abs/{id}"
_GITHUB = "github.com/{owner}/{name}"
_VIDEO = "youtube.com/watch?v={id}"
_TWEET = "x.com/i/status/{id}"
_ANSWER = "zhihu.com/answer/{id}"
_THREAD = "reddit.com/comments/{id}"
_REST = r"(?:[/?].*)?"

# What a host's paths mean, for those with more than one address a thing. The first that fits
# decides; where none fits, path and query stand as they are.
_SHAPES: dict[str, tuple[_Shape, ...]] = {
    "arxiv.org": (
        _shape(rf"/(?:abs|pdf|html|format|ps|e-print|src)/{_ARXIV_ID}(?:\.pdf)?{_REST}", _ARXIV),
    ),
    "alphaxiv.org": (_shape(rf"/(?:abs|pdf|html|overview)/{_ARXIV_ID}(?:\.pdf)?{_REST}", _ARXIV),),
    "ar5iv.org": (_shape(rf"/(?:abs|html|pdf)/{_ARXIV_ID}{_REST}", _ARXIV),),
    "papers.cool": (_shape(rf"/arxiv/{_ARXIV_ID}{_REST}", _ARXIV),),
    "doi.org": (
        _shape(rf"/10\.48550/(?i:arxiv)\.{_ARXIV_ID}", _ARXIV),
        _shape(r"/(?P<id>10\..+)", "doi.org/{id}", "id"),
    ),
    "openreview.net": (
        _shape(r"/(?:forum|pdf)\?id=(?P<id>[\w\-]+)(?:&.*)?", "openreview.net/forum?id={id}"),
    ),
    "aclanthology.org": (
        _shape(r"/(?P<id>[A-Z0-9][\w.\-]*?)(?:\.pdf|\.bib)?", "aclanthology.org/{id}"),
    ),
    "huggingface.co": (
        _shape(rf"/papers/{_ARXIV_ID}", _ARXIV),
        _shape(
            rf"/(?P<id>(?:(?:datasets|spaces)/)?[\w.\-]+/[\w.\-]+)"
            rf"(?:/(?:tree|blob)/{_HEAD}(?:/{_README})?)?",
            "huggingface.co/{id}",
        ),
    ),
    "github.com": (
        _shape(
            rf"/{_REPOSITORY}(?:/tree/[^/?]+|/(?:tree|blob)/[^/?]+/{_README})?",
            _GITHUB,
            "owner",
            "name",
        ),
        _shape(
            rf"/{_REPOSITORY}/(?:tree|blob|raw)/{_HEAD}/(?P<rest>[^?]+){_REST}",
            _GITHUB + "/tree/HEAD/{rest}",
            "owner",
            "name",
        ),
        _shape(
            rf"/{_REPOSITORY}/(?:issues|pull|discussions)/(?P<id>\d+){_REST}",
            _GITHUB + "/issues/{id}",
            "owner",
            "name",
        ),
        _shape(
            rf"/{_REPOSITORY}(?P<rest>[/?].+)", _GITHUB + "{rest}", "owner", "name"
        ),
    ),
    "raw.github.com": (
        _shape(rf"/{_REPOSITORY}/(?:refs/heads/)?[^/]+/{_README}", _GITHUB, "owner", "name"),
        _shape(
            rf"/{_REPOSITORY}/(?:refs/heads/)?{_HEAD}/(?P<rest>.+)",
            _GITHUB + "/tree/HEAD/{rest}",
            "owner",
            "name",
        ),
    ),
    "youtube.com": (
        _shape(r"/watch\?(?:list=[^&]*&)?v=(?P<id>[\w\-]+)", _VIDEO),
        _shape(rf"/(?:shorts|embed|live|v)/(?P<id>[\w\-]+){_REST}", _VIDEO),
    ),
    "youtu.be": (_shape(rf"/(?P<id>[\w\-]+){_REST}", _VIDEO),),
    "bilibili.com": (_shape(r"/video/(?P<id>\w+)\?p=1", "bilibili.com/video/{id}"),),
    "x.com": (_shape(rf"/(?:i/web|\w+)/status(?:es)?/(?P<id>\d+){_REST}", _TWEET),),
    "mp.weixin.qq.com": (
        _shape(r"/s/(?P<id>[\w\-]+)(?:\?.*)?", "mp.weixin.qq.com/s/{id}"),
    ),
    "zhihu.com": (
        _shape(rf"/(?:question/\d+/)?answer/(?P<id>\d+){_REST}", _ANSWER),
        _shape(rf"/(?P<id>question/\d+){_REST}", "zhihu.com/{id}"),
    ),
    "zhuanlan.zhihu.com": (_shape(rf"/p/(?P<id>\d+){_REST}", "zhuanlan.zhihu.com/p/{id}"),),
    "weibo.com": (_shape(rf"/(?:status|detail)/(?P<id>\w+){_REST}", "weibo.com/detail/{id}"),),
    "reddit.com": (
        _shape(r"/(?:r/\w+/)?comments/(?P<id>\w+)(?:/[^/?]*)?(?:\?.*)?", _THREAD),
    ),
    "redd.it": (_shape(r"/(?P<id>\w+)", _THREAD),),
    "docs.google.com": (
        _shape(rf"/(?P<kind>\w+)/d/(?P<id>[\w\-]{{20,}}){_REST}", "docs.google.com/{kind}/d/{id}"),
    ),
}  # fmt: skip

# www.a.org   m.a.org, but not m.org
_LEFT_OFF = re.compile(r"^(?:www\d?|m|mobile|wap)\.(?=[^.]+\.)")
_MOBILE_INSIDE = re.compile(r"\.m\.(?=wikipedia\.org$)")  # en.m.wikipedia.org
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")  # %7E
_UNRESERVED = re.compile(r"[A-Za-z0-9\-._~]")  # RFC 3986 §2.3
_AS_THEY_ARE = "%/:@!$&'()*+,;=~?[]"  # RFC 3986 §3.3, and brackets, which many leave unescaped
_FRONT_PAGE = re.compile(r"/index\.html?$")  # /docs/index.html
_SCHEME = re.compile(r"(?i:https?:)/{1,2}")  # https://, and http:/ as wrappers leave it
_BEYOND_THE_HOST = re.compile(r"[/?#]+[^/?#]")  # the /a of example.org/a
# x.com/someone   github.com/example   youtube.com/@someone   zhihu.com/people/someone
_ACCOUNT = re.compile(
    r"(?:gitee\.com|github\.com|huggingface\.co|weibo\.com|x\.com)/[^/?]+"
    r"|(?:bsky\.app/profile|medium\.com|t\.me|youtube\.com(?:/(?:c|channel|user))?"
    r"|weibo\.com/u|zhihu\.com/(?:people|org))/@?[\w.\-]+"
)
_USUAL_PORTS = frozenset({None, 80, 443})


@lru_cache(maxsize=REMEMBERED)
def canonical(url: str) -> str:
    """Return the key of an absolute http(s) URL; those with equal keys lead to one page.

    What cannot be taken apart comes back as it is. Keys may change from version to version: they
    are compared, and not stored.
    """
    for _ in range(_MOST_WRAPPERS):
        url = _unwrapped(url)
    try:
        parts = urlsplit(url)
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        return url
    if not host:
        return url
    path = _FRONT_PAGE.sub("", _without_dots(_encoded(parts.path))).rstrip("/")
    query = _query(host, parts.query)
    shown = f"{path}?{query}" if query else path
    for shape in _SHAPES.get(host, ()):
        match = shape.pattern.fullmatch(shown)
        if match:
            return shape.key.format_map(_folded(match.groupdict(), shape.folded))
    away = "" if port in _USUAL_PORTS else f":{port}"
    route = _encoded(parts.fragment).rstrip("/") if parts.fragment[:1] in {"/", "!"} else ""
    return f"{host}{away}{shown}" + (f"#{route}" if route else "")


def names_a_page(key: str) -> bool:
    """Whether a key leads to one thing, not to a front page or an account with all behind it."""
    return _BEYOND_THE_HOST.search(key) is not None and _ACCOUNT.fullmatch(key) is None


def _unwrapped(url: str) -> str:
    """Return the address that a copy was made of, or the address itself."""
    bare = _SCHEME.sub("", url.strip(), count=1)
    name, slash, rest = bare.partition("/")
    host = name.lower().removeprefix("www.")
    wrapper = _WRAPPERS.get(host)
    match = wrapper.match(slash + rest) if wrapper else None
    if match:
        inner = rest[match.end() - 1 :]
        return "https://" + _SCHEME.sub(
            "", unquote(inner) if "%3A" in inner[:8] else inner, count=1
        )
    path, _, query = rest.partition("?")
    parameter = _WRAPPED_IN.get(f"{host}/{path}")
    inner = dict(parse_qsl(query)).get(parameter, "") if parameter else ""
    return inner if _SCHEME.match(inner) else url


def _host(name: str) -> str:
    """Return the one name of a host that has several; other than ASCII as punycode."""
    name = name.rstrip(".")
    if not name.isascii():
        name = name.encode("idna").decode()
    name = _MOBILE_INSIDE.sub(".", _LEFT_OFF.sub("", name, count=1))
    return _OTHER_HOSTS.get(name, name)


def _encoded(text: str) -> str:
    """Give percent-encoding its one form (RFC 3986 §6.2.2)."""
    if "%" not in text and text.isascii() and " " not in text:
        return text
    return quote(_ESCAPE.sub(_one_escape, text), safe=_AS_THEY_ARE)


def _one_escape(match: re.Match[str]) -> str:
    escape = match.group().upper()
    character = chr(int(escape[1:], 16))
    return character if _UNRESERVED.match(character) else escape


def _without_dots(path: str) -> str:
    """Take ``.`` and ``..`` out of a path (RFC 3986 §5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del kept[max(len(kept) - 1, 1) :]
        elif part != ".":
            kept.append(part)
    return "/".join(kept)


def _query(host: str, query: str) -> str:
    """Return the parameters that name the page, in order of their names."""
    if not query:
        return ""
    domain = ".".join(host.split(".")[-2:])
    naming = _NAMING_AT.get(host)
    tracking = _TRACKING | _TRACKING_AT.get(host, _TRACKING_AT.get(domain, frozenset()))
    kept = []
    for part in _encoded(query).split("&"):
        name = part.partition("=")[0]
        counts = name not in tracking and not name.startswith(_TRACKING_STARTS)
        if part and (counts if naming is None else name in naming):
            kept.append(part)
    return "&".join(sorted(kept))


def _folded(found: dict[str, str], names: frozenset[str]) -> dict[str, str]:
    return {name: text.lower() if name in names else text for name, text in found.items()}
