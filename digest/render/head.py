"""What machines read of a page: its policies, address, Open Graph, icons, feeds and linked data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from digest.render import linked_data, urls
from digest.render.feeds.items import picture_of
from digest.render.markdown import rebase
from digest.render.views import EntryView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.model import Tagged
    from digest.render.feeds.channels import Channels
    from digest.render.shelf import Shelf
    from digest.render.views import Page

# What a page may load: our own files, and pictures that notes link to; nothing inline. No page asks
# for more; `serve` (for changes) and Lighthouse (for robots.txt) do in a page's name. And, apart,
# where it may lead. A browser keeps to both. The Nu checker reads the last one only, and would take
# our own files for foreign ones where it reads a page from disk. What a policy in a page cannot say
# (frame-ancestors) is for the server to send.
POLICIES = (
    Markup(
        "default-src 'none'; script-src 'self'; style-src 'self'; "
        "connect-src 'self'; img-src 'self' https: http: data:; manifest-src 'self'"
    ),
    Markup("base-uri 'none'; form-action 'self'"),
)
_TERRITORIES = {"zh-CN": "zh_CN", "en": "en_US"}  # Open Graph asks for one


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTag:
    """A ``<link>`` to a file of the site; ``type`` and ``title`` may be empty."""

    rel: str
    href: str
    type: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What templates see as ``head``. What needs the site's address is empty where none is known.

    ``properties`` are Open Graph's names and contents, ``data`` is JSON-LD that is safe in a
    ``script`` element.
    """

    policies: tuple[Markup, ...]
    canonical: str
    properties: tuple[tuple[str, str], ...]
    card: str
    icons: tuple[LinkTag, ...]
    feeds: tuple[LinkTag, ...]
    data: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What heads are made from: the shelf, its feeds, and the entry of each entry's page."""

    on: Shelf
    feeds: Channels
    entries: Mapping[str, Tagged]


def desk(on: Shelf, feeds: Channels) -> Desk:
    """Prepare for the heads of a site's pages."""
    entries = {urls.entry_path(one.entry): one for one in on.tagged}
    return Desk(on=on, feeds=feeds, entries=entries)


def head_of(desk: Desk, page: Page) -> Head:
    """Return the head of a page."""
    on = desk.on
    one = desk.entries.get(page.path) if isinstance(page.view, EntryView) else None
    picture = _picture(on, one) if one else ""
    return Head(
        policies=POLICIES,
        canonical=page.canonical,
        properties=_open_graph(on, page, one, picture),
        card="summary_large_image" if picture else "summary",
        icons=_icons(on),
        feeds=tuple(
            LinkTag(
                rel="alternate",
                href=urls.quoted(path),
                type=kind,
                title=f"{channel.title} ({form})",
            )
            for channel in desk.feeds.of_page(page.path)
            for form, kind, path in channel.formats
        ),
        data=linked_data.script(linked_data.data_of(on, page, one, picture)),
    )


def _picture(on: Shelf, one: Tagged) -> str:
    """Return the absolute address of an entry's first picture, or nothing."""
    base = on.site.config.base_url or ""
    found = picture_of(rebase(on.site.bodies[one.entry.id].html, base))
    return found if found.startswith(("https:", "http:")) else ""


def _open_graph(
    on: Shelf, page: Page, one: Tagged | None, picture: str
) -> tuple[tuple[str, str], ...]:
    """Tell a page to those who show links to it (ogp.me)."""
    config = on.site.config
    told = [
        ("og:type", "article" if one else "website"),
        ("og:site_name", config.title),
        ("og:title", page.title or config.title),
        ("og:description", page.description or config.title),
        ("og:locale", _TERRITORIES[on.words.lang]),
        ("og:url", page.canonical),
        ("og:image", picture or _site_picture(on)),
    ]
    if one:
        day = one.entry.when.iso if one.entry.when and one.entry.when.day else ""
        told += [
            ("article:published_time", day),
            ("article:section", on.term_text(one.category)),
            *(("article:tag", on.term_text(name)) for name in one.topics),
        ]
    return tuple((name, content) for name, content in told if content)


def _site_picture(on: Shelf) -> str:
    base = on.site.config.base_url
    return base + urls.LARGE_ICON if base and urls.LARGE_ICON in on.site.assets else ""


def _icons(on: Shelf) -> tuple[LinkTag, ...]:
    """Link to the icons that there are.

    The manifest is for a site with an address: a browser may not read one from disk, and says so.
    """
    links = (
        LinkTag(rel="icon", href=urls.ICON, type="image/svg+xml"),
        LinkTag(rel="apple-touch-icon", href=urls.TOUCH_ICON),
    )
    found = tuple(link for link in links if link.href in on.site.assets)
    if on.site.config.base_url is None:
        return found
    return (*found, LinkTag(rel="manifest", href=urls.MANIFEST))
