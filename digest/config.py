"""``site.yaml`` → ``Config``: the facts about the site, which ``SETTINGS`` lists and explains."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.diagnostics import Diagnostic, diagnostic
from digest.source import Span
from digest.yamlfile import Fields, parse

if TYPE_CHECKING:
    from collections.abc import Callable

LANGUAGES = ("zh", "en")
# https://example.org:8080/digest (the characters of RFC 3986, without query or fragment)
_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9.\-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~!$&'()*+,;=:@%\-]*)*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The facts about the site. ``base_url`` ends in ``/``; None where the writer gives none."""

    title: str = "Digest"
    description: str = ""
    language: str = "zh"
    base_url: str | None = None
    author: str | None = None
    feed_size: int = 50
    page_size: int = 50
    newest: int = 30
    repository: str | None = None
    repository_lines: str = "/blob/HEAD/{path}#L{first}-L{last}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A key of ``site.yaml``: what it takes, what it is without, and what it is for.

    ``read`` takes the key's value out of the fields and puts it into the configuration. Whatever
    is missing or wrong leaves the configuration as it is: at the default.
    """

    name: str
    kind: str
    zh: str
    en: str
    read: Callable[[Config, Fields], Config]
    required: bool = False

    @property
    def default(self) -> str | int | None:
        """The value without the key."""
        value: str | int | None = getattr(Config(), self.name)
        return value


def _title(config: Config, fields: Fields) -> Config:
    return replace(config, title=fields.text("title") or config.title)


def _language(config: Config, fields: Fields) -> Config:
    written = fields.scalar("language")
    if written is None or written.text in LANGUAGES:
        return replace(config, language=written.text if written else config.language)
    fact = f"`language` must be zh or en, found `{written.text}`"
    fields.wrong(written.span, fact, "write `language: zh` or `language: en`")
    return config


def _address(key: str, fields: Fields) -> str | None:
    written = fields.scalar(key)
    if written is None:
        return None
    found = address(written.text)
    if found is None:
        fact = f"`{key}` must be an absolute http(s) address, found `{written.text}`"
        fields.wrong(written.span, fact, f"write `{key}: https://example.org/`")
    return found


def _base_url(config: Config, fields: Fields) -> Config:
    found = _address("base_url", fields)
    return replace(config, base_url=None if found is None else with_slash(found))


def _repository_lines(config: Config, fields: Fields) -> Config:
    written = fields.scalar("repository_lines")
    if written is None:
        return config
    if written.text.startswith("/") and "{path}" in written.text:
        return replace(config, repository_lines=written.text)
    fact = f"`repository_lines` must start with `/` and hold `{{path}}`, found `{written.text}`"
    fields.wrong(written.span, fact, f"write `repository_lines: {config.repository_lines}`")
    return config


def _size(fields: Fields, key: str, default: int) -> int:
    return fields.number(key, default, least=1, most=500)


SETTINGS = (
    Setting(
        name="title",
        kind="text",
        zh="网站的名称",
        en="the name of the site",
        read=_title,
        required=True,
    ),
    Setting(
        name="description",
        kind="text",
        zh="一句话介绍，用于首页、订阅源与搜索引擎",
        en="one sentence about the site, for its home page, feeds and search engines",
        read=lambda config, fields: replace(config, description=fields.text("description")),
    ),
    Setting(
        name="language",
        kind="zh | en",
        zh="界面语言",
        en="the language of menus and dates",
        read=_language,
    ),
    Setting(
        name="base_url",
        kind="http(s) address",
        zh="网站发布后的绝对网址，订阅源与站点地图要用",
        en="where the site will be published; feeds and the sitemap need it",
        read=_base_url,
    ),
    Setting(
        name="author",
        kind="text",
        zh="订阅源中显示的作者",
        en="the name that feeds show as the author",
        read=lambda config, fields: replace(config, author=fields.text("author") or None),
    ),
    Setting(
        name="feed_size",
        kind="1–500",
        zh="每个订阅源的条目数",
        en="how many entries a feed holds",
        read=lambda config, fields: replace(
            config, feed_size=_size(fields, "feed_size", config.feed_size)
        ),
    ),
    Setting(
        name="page_size",
        kind="1–500",
        zh="列表每页的条目数",
        en="how many entries a page of a list holds",
        read=lambda config, fields: replace(
            config, page_size=_size(fields, "page_size", config.page_size)
        ),
    ),
    Setting(
        name="newest",
        kind="1–500",
        zh="首页的最新条目数",
        en="how many of the newest entries the home page shows",
        read=lambda config, fields: replace(config, newest=_size(fields, "newest", config.newest)),
    ),
    Setting(
        name="repository",
        kind="http(s) address",
        zh="笔记仓库的网址",
        en="the address of the notes' repository",
        read=lambda config, fields: replace(config, repository=_address("repository", fields)),
    ),
    Setting(
        name="repository_lines",
        kind="text",
        zh="仓库网址之后怎样写，才能看到笔记的某几行；默认是 GitHub 的写法，"
        "Codeberg 上写 `/src/branch/main/{path}#L{first}-L{last}`",
        en="what follows the repository's address to show lines of a note: GitHub's way by default,"
        " `/src/branch/main/{path}#L{first}-L{last}` on Codeberg",
        read=_repository_lines,
    ),
)


def load(path: str, text: str) -> tuple[Config | None, list[Diagnostic]]:
    """Check and type the text of ``site.yaml``; None where it cannot be read as YAML.

    A key that is missing or wrong has its default, so that all else can still be checked; only
    the title may not be missing. ``without_address`` reports what a build needs besides.
    """
    block, diagnostics = parse(path, text)
    if block is None:
        return None, diagnostics
    fields = Fields(block, diagnostics)
    config = Config()
    for setting in SETTINGS:
        config = setting.read(config, fields)
        if setting.required and fields.take(setting.name) is None:
            fact = f"`{setting.name}` is missing: {setting.en}"
            hint = f"add a line `{setting.name}: …`"
            diagnostics.append(diagnostic("C006", Span(path=path, line=0), fact, hint))
    fields.finish()
    return config, diagnostics


def address(written: str) -> str | None:
    """Return an absolute http(s) address as written, or None where it is not one."""
    if not _ADDRESS.fullmatch(written):
        return None
    try:
        host, port = urlsplit(written).hostname, urlsplit(written).port
    except ValueError:  # a port above 65535
        return None
    return written if host and port != 0 else None


def with_slash(url: str) -> str:
    """Return an address that ends in ``/``, so that a path can be put after it."""
    return url if url.endswith("/") else f"{url}/"


def without_address(config: Config, path: str) -> tuple[Diagnostic, ...]:
    """Report a missing ``base_url``, which a build needs for feeds that others can read."""
    if config.base_url is not None:
        return ()
    fact = "`base_url` is missing, and feeds need absolute addresses"
    hint = "write `base_url: https://…/` into that file, or build with `--base-url`"
    return (diagnostic("S102", Span(path=path, line=0), fact, hint),)
