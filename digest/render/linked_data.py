"""JSON-LD in the words of schema.org: an entry, a list, the site; addresses where one is known."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from markdown_it.common.normalize_url import normalizeLink
from markupsafe import Markup

from digest.render import urls
from digest.render.html import printable
from digest.render.moved import MovedView
from digest.render.views import ListView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from digest.model import Tagged
    from digest.render.shelf import Shelf
    from digest.render.views import Anchor, Group, Page, Row

Data = dict[str, object]
# What may end the script element, or a line of JavaScript: as escapes, JSON says the same.
_ESCAPES = tuple((mark, f"\\u{ord(mark):04x}") for mark in "<>&\u2028\u2029")


def script(data: Data | None) -> Markup:
    """Write data for a ``script`` element, in which no text of it can end the element."""
    if data is None:
        return Markup("")
    text = json.dumps(_printable(data), ensure_ascii=False, separators=(",", ":"))
    for mark, escape in _ESCAPES:
        text = text.replace(mark, escape)
    return Markup(text)  # noqa: S704 - escaped for its element, which knows no entities


def data_of(on: Shelf, page: Page, one: Tagged | None, picture: str) -> Data | None:
    """Describe a page; None for one that is shown where there is no page, or none any more."""
    if page.path == urls.MISSING or isinstance(page.view, MovedView):
        return None
    if page.path == urls.HOME:
        return {"@context": "https://schema.org", **_site(on)}
    up = _up(on, page, one)
    graph = [
        _entry(on, page, one, picture) if one else _page(on, page),
        *([_crumbs(on, page, up)] if page.canonical else []),
    ]
    return {"@context": "https://schema.org", "@graph": graph}


def _site(on: Shelf) -> Data:
    config = on.site.config
    search = {
        "@type": "SearchAction",
        "target": {
            "@type": "EntryPoint",
            "urlTemplate": f"{config.base_url}{urls.SEARCH}?q={{search_term_string}}",
        },
        "query-input": "required name=search_term_string",
    }
    told: Data = {
        **_part_of(on),
        "description": config.description,
        "inLanguage": on.words.lang,
        "publisher": _person(config.author or ""),
        "potentialAction": search if config.base_url else None,
    }
    return _told(told)


def _part_of(on: Shelf) -> Data:
    config = on.site.config
    return _told({"@type": "WebSite", "name": config.title, "url": config.base_url})


def _entry(on: Shelf, page: Page, one: Tagged, picture: str) -> Data:
    entry, base = one.entry, on.site.config.base_url
    person = on.people.of.get(entry.id)
    author = _person(on.rows[entry.id].who)
    if author and person and base:
        author["url"] = urls.canonical(base, urls.person_path(person.key))
    told: Data = {
        "@type": "BlogPosting",
        "headline": entry.title,
        "description": page.description,
        "url": page.canonical,
        "mainEntityOfPage": page.canonical,
        "datePublished": entry.when.iso if entry.when else None,
        "inLanguage": "zh-CN" if entry.language == "zh" else entry.language,
        "author": author,
        "editor": _person(on.site.config.author or ""),
        "articleSection": on.term_text(one.category),
        "keywords": [on.term_text(name) for name in one.topics],
        "isBasedOn": [normalizeLink(link.url) for link in entry.title_links],
        "image": picture,
        "isPartOf": _part_of(on),
    }
    return _told(told)


def _page(on: Shelf, page: Page) -> Data:
    rows = list(_rows(page.view.groups)) if isinstance(page.view, ListView) else []
    told: Data = {
        "@type": "CollectionPage" if isinstance(page.view, ListView) else "WebPage",
        "name": page.title,
        "description": page.description,
        "url": page.canonical,
        "inLanguage": on.words.lang,
        "isPartOf": _part_of(on),
        "mainEntity": _item_list(on, rows) if rows else None,
    }
    return _told(told)


def _rows(groups: Iterable[Group]) -> Iterator[Row]:
    for group in groups:
        yield from group.rows
        yield from _rows(group.groups)


def _item_list(on: Shelf, rows: list[Row]) -> Data:
    base = on.site.config.base_url
    return {
        "@type": "ItemList",
        "numberOfItems": len(rows),
        "itemListElement": [
            _told(
                {
                    "@type": "ListItem",
                    "position": position,
                    "name": row.title,
                    "url": base + row.href if base else None,
                }
            )
            for position, row in enumerate(rows, start=1)
        ],
    }


def _up(on: Shelf, page: Page, one: Tagged | None) -> tuple[str, str] | None:
    """Return the text and the path of the page above this one, below the home page."""
    if one:
        return on.term_text(one.category), urls.category_path(one.category)
    up: Anchor | None = page.view.up if isinstance(page.view, ListView) else None
    return (up.text, up.href) if up else None


def _crumbs(on: Shelf, page: Page, up: tuple[str, str] | None) -> Data:
    base = on.site.config.base_url or ""
    way = [(on.words.home, base), *([(up[0], urls.canonical(base, up[1]))] if up else [])]
    steps = [*way, (page.title, page.canonical)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate(steps, start=1)
        ],
    }


def _person(name: str) -> Data:
    return {"@type": "Person", "name": name} if name else {}


def _told(data: Mapping[str, object]) -> Data:
    """Leave out what is not known."""
    return {name: value for name, value in data.items() if value}


def _printable(value: object) -> object:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {name: _printable(inner) for name, inner in value.items()}
    return [_printable(inner) for inner in value] if isinstance(value, list) else value
