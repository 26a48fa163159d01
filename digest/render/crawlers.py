"""Files for who reads the whole site: ``sitemap.xml``, ``robots.txt``, ``llms.txt``, manifest."""

from __future__ import annotations

import json
import re
from functools import partial
from html import escape as escape_html
from typing import TYPE_CHECKING

from digest.render import urls
from digest.render.home import HomeView
from digest.render.html import printable
from digest.render.moved import MovedView
from digest.render.views import EntryView, ListView, NoteView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from digest.render.feeds.channels import Channels
    from digest.render.shelf import Shelf
    from digest.render.views import Group, Page, Row

# XML 1.0, 2.4, where text stands in an element; xml.sax.saxutils would import all of urllib.
escape = partial(escape_html, quote=False)
DAY = len("2023-12-03")
NEWEST = 20
ENTRIES_FILE = "data/entries.jsonl"
PAPER = "#fdfcfa"  # the page's colour in style.css
_MARKS = re.compile(r"([\\\[\]])")  # the brackets of "[Demo] a title"


def crawler_files(on: Shelf, pages: Sequence[Page], feeds: Channels) -> dict[str, bytes]:
    """Return the files by their path; a site map asks for the site's address."""
    files = {
        "robots.txt": robots(on),
        "llms.txt": llms(on, feeds),
        urls.MANIFEST: manifest(on),
    }
    return files | ({urls.SITEMAP: sitemap(pages)} if on.site.config.base_url else {})


def sitemap(pages: Iterable[Page]) -> bytes:
    """List the pages that have an address (sitemaps.org/protocol.html), with a day if one is known.

    The day is the newest of the entries on the page; the protocol knows no months.
    """
    rows = [
        f"<url><loc>{escape(page.canonical)}</loc>{_last_change(page)}</url>\n"
        for page in sorted(pages, key=lambda page: page.path)
        if page.canonical and not isinstance(page.view, MovedView)
    ]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    opening = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{opening}{''.join(rows)}</urlset>\n".encode()


def _last_change(page: Page) -> str:
    days = [row.date_iso for row in _rows_of(page.view) if len(row.date_iso) == DAY]
    return f"<lastmod>{max(days)}</lastmod>" if days else ""


def _rows_of(view: object) -> Iterator[Row]:
    match view:
        case EntryView(row=row):
            yield row
        case ListView(groups=groups) | HomeView(months=groups):
            yield from _rows(groups)
        case NoteView(sections=sections):
            yield from (entry.row for section in sections for entry in section.entries)


def _rows(groups: Iterable[Group]) -> Iterator[Row]:
    for group in groups:
        yield from group.rows
        yield from _rows(group.groups)


def robots(on: Shelf) -> bytes:
    """Let everybody in, and tell where the site map is (RFC 9309)."""
    base = on.site.config.base_url
    where = f"\nSitemap: {base}{urls.SITEMAP}\n" if base else ""
    return f"User-agent: *\nAllow: /\n{where}".encode()


def manifest(on: Shelf) -> bytes:
    """Describe the site to a home screen (w3.org/TR/appmanifest); addresses are relative to it."""
    config = on.site.config
    icons = (
        (urls.ICON, "any", "image/svg+xml", "any"),
        (urls.SMALL_ICON, "192x192", "image/png", "any"),
        (urls.LARGE_ICON, "512x512", "image/png", "any"),
        (urls.MASKABLE_ICON, "512x512", "image/png", "maskable"),
    )
    told = {
        "name": printable(config.title),
        "short_name": printable(config.title),
        "description": printable(config.description),
        "lang": on.words.lang,
        "start_url": urls.HOME,
        "scope": "./",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {"src": path, "sizes": sizes, "type": kind, "purpose": purpose}
            for path, sizes, kind, purpose in icons
            if path in on.site.assets
        ],
    }
    return f"{json.dumps(told, ensure_ascii=False, indent=1)}\n".encode()


def llms(on: Shelf, feeds: Channels) -> bytes:
    """Tell a language model what is here, in Markdown (llmstxt.org)."""
    config, words = on.site.config, on.words
    base = config.base_url or ""
    data = [
        (ENTRIES_FILE, words.machines.entries),
        (feeds.whole.json, words.machines.json_feed),
        (feeds.whole.rss, words.machines.rss),
        (urls.FEEDS, words.machines.opml),
        *([(urls.SITEMAP, words.machines.sitemap)] if base else []),
    ]
    lines = [f"# {_line(config.title)}", ""]
    lines += [f"> {_line(config.description)}", ""] if config.description else []
    lines += [f"{on.count(len(on.tagged))} · {words.lang}", "", f"## {words.machines.data}", ""]
    lines += [f"- [{path}]({base}{path}): {text}" for path, text in data]
    for heading, group in feeds.groups[:2]:
        lines += ["", f"## {_line(heading)}", ""]
        lines += [
            _listed(channel.name, base + urls.quoted(channel.page), channel.description)
            for channel in group
        ]
    lines += ["", f"## {_line(words.machines.newest)}", ""]
    lines += [
        _listed(row.title, base + row.href, " · ".join(filter(None, (row.category, row.date_iso))))
        for row in on.rows_of(on.tagged[:NEWEST])
    ]
    return ("\n".join(lines) + "\n").encode()


def _listed(text: str, address: str, more: str) -> str:
    return f"- [{_line(text)}]({address}): {_line(more)}"


def _line(text: str) -> str:
    """Return a text on one line, in which brackets make no link."""
    return _MARKS.sub(r"\\\1", " ".join(printable(text).split()))
