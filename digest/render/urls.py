"""Where each page stands: paths from the site's root, with ``/``, made of safe characters.

A path depends on the entry, note or term alone, never on what else the digest holds, so that an
address once given stays good. Links between pages are ``root_of(page) + quoted(target)``: relative
and naming a file, so that the site works from a web server, a sub-folder of one, and from disk.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from digest.model import Entry, When

HOME = "index.html"
MISSING = "404.html"
SEARCH = "search.html"
FEED = "feed.xml"
FEEDS = "feeds.opml"
SUBSCRIBE = "subscribe.html"
SEARCH = "search.html"
SITEMAP = "sitemap.xml"
MANIFEST = "site.webmanifest"
ICON = "favicon.svg"
TOUCH_ICON = "apple-touch-icon.png"
SMALL_ICON = "icon-192.png"
LARGE_ICON = "icon-512.png"
MASKABLE_ICON = "icon-maskable.png"
CATEGORIES = "categories/index.html"
TOPICS = "topics/index.html"
ARCHIVE = "archive/index.html"
UNDATED = "archive/undated.html"
NOTES = "notes/index.html"
PEOPLE = "people/index.html"
SOURCES = "sources/index.html"
TRENDS = "trends.html"

SLUG_LENGTH = 40
NAME_LENGTH = 100

# 2023-12.md   knowledge-graph   002_b23210c0   but not .git, -x, a b, 周报, nor index and x.html,
# which would stand where a page of ours stands
_SAFE = re.compile(r"(?!index$)(?!.*\.html$)[A-Za-z0-9_][A-Za-z0-9_.\-]*")
_UNSAFE_RUN = re.compile(r"[^A-Za-z0-9_.]+")  # the space and the slash of "a b/c"
_WORD = re.compile(r"[a-z0-9]+")  # gpt, 4 and turbo of "gpt-4 turbo"


def entry_path(entry: Entry) -> str:
    """Return ``entries/2023/12/<slug>-<id>.html``; an undated entry's is in ``entries/undated``.

    A page that is settled stays, and one that its curator named is called so.
    """
    if entry.page:
        return entry.page
    folder = f"{entry.when.year:04d}/{entry.when.month:02d}" if entry.when else "undated"
    if entry.slug:
        return f"entries/{folder}/{_segment(entry.slug)}.html"
    slug = _slug(entry.title)
    name = _segment(entry.id)
    return f"entries/{folder}/{slug}-{name}.html" if slug else f"entries/{folder}/{name}.html"


def entry_anchor(entry: Entry) -> str:
    """Return the id of an entry's place on the page of its note."""
    return f"e-{_segment(entry.id)}"


def note_path(path: str) -> str:
    """Return the page of a note file, such as ``notes/2023/12.md.html`` for ``2023/12.md``.

    The whole name is kept, so that ``12.md`` and ``12.txt`` are two pages. A folder or file name
    with other than ASCII letters, digits, ``_``, ``-`` and ``.`` is told apart by a hash.
    """
    return "notes/" + "/".join(_segment(part) for part in path.split("/")) + ".html"


def category_path(name: str, page: int = 1) -> str:
    """Return ``categories/tools.html``, for later pages ``categories/tools/2.html``."""
    return _paged("categories", name, page)


def topic_path(name: str, page: int = 1) -> str:
    """Return ``topics/rag.html``, for later pages ``topics/rag/2.html``."""
    return _paged("topics", name, page)


def person_path(key: str, page: int = 1) -> str:
    """Return ``people/dotey.html`` for ``@dotey``, for later pages ``people/dotey/2.html``.

    A name alone always carries a hash, so that it never meets the handle that reads the same.
    """
    handle = key.removeprefix("@")
    stem = f"people/{_segment(handle) if handle != key else _marked(key)}"
    return _page_of(stem, page)


def source_path(host: str, page: int = 1) -> str:
    """Return ``sources/arxiv.org.html``, for later pages ``sources/arxiv.org/2.html``."""
    return _paged("sources", host, page)


def archive_path(year: int, month: int | None = None, day: int | None = None) -> str:
    """Return ``archive/2023.html``, ``archive/2023/12.html`` or ``archive/2023/12/03.html``."""
    parts = [f"{year:04d}"] + [f"{part:02d}" for part in (month, day) if part is not None]
    return f"archive/{'/'.join(parts)}.html"


def root_of(path: str) -> str:
    """Return what leads from a page to the site's root: ``../`` once for each folder."""
    return "../" * path.count("/")


@cache
def quoted(path: str) -> str:
    """Percent-encode a path for an ``href`` (RFC 3986)."""
    return quote(path)


def canonical(base_url: str, path: str) -> str:
    """Return a page's absolute address; an ``index.html`` is called by its folder."""
    folder, _, name = path.rpartition("/")
    shown = (f"{folder}/" if folder else "") if name == HOME else path
    return base_url + quoted(shown)


def entry_order(entry: Entry) -> tuple[int, int, int, int, int, str, int]:
    """Return the key that sorts entries newest first.

    An entry known to the month stands after the days of that month, one without a date last; those
    of one date stand as their notes do.
    """
    return (*_newest_first(entry.when), entry.place.path, entry.place.line)


def _newest_first(when: When | None) -> tuple[int, int, int, int, int]:
    if when is None:
        return (1, 0, 0, 0, 0)
    if when.day is None:
        return (0, -when.year, -when.month, 1, 0)
    return (0, -when.year, -when.month, 0, -when.day)


def _paged(folder: str, name: str, page: int) -> str:
    return _page_of(f"{folder}/{_segment(name)}", page)


def _page_of(stem: str, page: int) -> str:
    return f"{stem}.html" if page == 1 else f"{stem}/{page}.html"


def _slug(title: str) -> str:
    """Join a title's ASCII words in lower case, whole words while they fit; may be empty."""
    slug = ""
    for word in _WORD.findall(title.lower()):
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > SLUG_LENGTH:
            break
        slug = longer
    return slug


def _segment(name: str) -> str:
    """Return a name as one segment of a path: itself where safe, else what is safe and a hash."""
    if len(name) <= NAME_LENGTH and _SAFE.fullmatch(name):
        return name
    return _marked(name)


def _marked(name: str) -> str:
    """Return what is safe of a name, and a hash of the whole."""
    kept = _UNSAFE_RUN.sub("-", name).replace("-.", ".").strip("-.")[:SLUG_LENGTH]
    mark = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{kept}-{mark}" if kept else mark
