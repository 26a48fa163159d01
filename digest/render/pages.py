"""Which pages the site has: for each a path, a template and what the template sees."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.render import directory, html, terms, urls
from digest.render.archive import ArchiveView, YearView, archive_pages
from digest.render.crawlers import crawler_files
from digest.render.entries import entry_view, summary_of
from digest.render.feeds import feed_files
from digest.render.feeds.channels import channels
from digest.render.head import desk, head_of
from digest.render.home import home_view
from digest.render.moved import moved_pages
from digest.render.notes import note_pages
from digest.render.search.index import index_files
from digest.render.search.page import search_view
from digest.render.shelf import Shelf, shelf
from digest.render.subscribe import subscribe_view
from digest.render.trends import trends_view
from digest.render.views import Anchor, Chrome, NotesView, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from digest.render.lists import CollectionView
    from digest.render.views import Site

    Keep = Callable[[str, object, Callable[[], bytes]], bytes]


def render(site: Site, templates: Sequence[Path]) -> dict[str, bytes]:
    """Return all files of the site by their path in it.

    ``templates`` are folders; a template in an earlier one takes the place of its namesake. A
    template that cannot be rendered raises ``html.TemplateFault``.
    """
    return dict(in_turn(site, templates))


def in_turn(
    site: Site, templates: Sequence[Path], first: Collection[str] = (), keep: Keep | None = None
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of ``render`` as they are made: assets, then the pages in ``first``.

    ``keep`` is given a path, all that its page is made of beside the templates, and what makes it.
    """
    yield from site.assets.items()
    on = shelf(site)
    feeds = channels(on)
    heads = desk(on, feeds)
    environment = html.environment(templates)
    same = {"site": _chrome(on), "words": on.words}

    def fill(page: Page) -> tuple[str, bytes]:
        head = head_of(heads, page)
        values = {**same, "page": page, "view": page.view, "head": head}
        make = partial(html.fill, environment, page.template, values)
        what = (page, head, same["site"], on.words.lang)
        return page.path, keep(page.path, what, make) if keep else make()

    planned: list[Page] = []
    for make in PAGES:
        for page in make(on):
            planned.append(page)
            if page.path in first:
                yield fill(_whole(page))
    pages = [_whole(page) for page in planned]
    yield from (fill(page) for page in pages if page.path not in first)
    yield from index_files(on, keep).items()
    yield from feed_files(on, feeds).items()
    yield from crawler_files(on, pages, feeds).items()


def _whole(page: Page) -> Page:
    """Make the page's view, where that was put off."""
    return replace(page, view=page.view()) if callable(page.view) else page


def home(on: Shelf) -> Iterator[Page]:
    """Make the home page."""
    description = on.site.config.description
    yield _page(on, urls.HOME, "home.html", "", description, home_view(on))


def entries(on: Shelf) -> Iterator[Page]:
    """Make a page for each entry."""
    for position, one in enumerate(on.tagged):
        path = urls.entry_path(one.entry)
        description = summary_of(on.site.bodies[one.entry.id].text) or one.entry.title
        view = partial(entry_view, on, position)
        yield _page(on, path, "entry.html", one.entry.title, description, view)


def categories(on: Shelf) -> Iterator[Page]:
    """Make the index of categories and their lists."""
    yield from _term_pages(on, terms.by_category(on))


def topics(on: Shelf) -> Iterator[Page]:
    """Make the index of topics and their lists."""
    yield from _term_pages(on, terms.by_topic(on))


def _term_pages(on: Shelf, sorting: terms.Sorting) -> Iterator[Page]:
    index = terms.terms_view(on, sorting)
    about = _about(on, index.heading)
    yield _page(on, sorting.index, "terms.html", index.heading, about, index)
    for term in sorting.terms:
        yield from _list_pages(on, terms.list_views(on, sorting, term))


def _list_pages(on: Shelf, pages: Iterable[tuple[str, CollectionView]]) -> Iterator[Page]:
    for number, (path, view) in enumerate(pages, start=1):
        title = on.words.paged_title(view.heading, number)
        about = view.lead or _about(on, title)
        yield _page(on, path, "collection.html", title, about, view)


def people(on: Shelf) -> Iterator[Page]:
    """Make the index of people and their lists."""
    index = directory.people_view(on)
    yield _page(on, urls.PEOPLE, "directory.html", index.heading, _about(on, index.lead), index)
    for person in on.people.persons:
        yield from _list_pages(on, directory.person_pages(on, person))


def sources(on: Shelf) -> Iterator[Page]:
    """Make the index of hosts and the lists of those with more than one entry."""
    index = directory.sources_view(on)
    yield _page(on, urls.SOURCES, "directory.html", index.heading, _about(on, index.lead), index)
    for host in on.hosts:
        if host.has_page:
            yield from _list_pages(on, directory.host_pages(on, host))


def trends(on: Shelf) -> Iterator[Page]:
    """Make the page of trends."""
    words = on.words.charts
    about = _about(on, words.trends_lead)
    yield _page(on, urls.TRENDS, "trends.html", words.trends, about, trends_view(on))


ARCHIVE_TEMPLATES = {ArchiveView: "archive.html", YearView: "year.html"}


def archive(on: Shelf) -> Iterator[Page]:
    """Make the archive."""
    for path, view in archive_pages(on):
        template = ARCHIVE_TEMPLATES.get(type(view), "date.html")
        about = _about(on, f"{view.heading} · {view.count}")
        yield _page(on, path, template, view.heading, about, view)


def notes(on: Shelf) -> Iterator[Page]:
    """Make the list of notes and a page for each."""
    for path, view in note_pages(on):
        template = "notes.html" if isinstance(view, NotesView) else "note.html"
        about = _about(on, view.heading)
        yield _page(on, path, template, view.heading, about, view)


def search(on: Shelf) -> Iterator[Page]:
    """Make the search page; ``render`` adds the index that it loads."""
    words = on.words.search
    yield _page(
        on, urls.SEARCH, "search.html", words.search, _about(on, words.lead), search_view(on)
    )


def subscribe(on: Shelf) -> Iterator[Page]:
    """Make the page about feeds."""
    words = on.words.subscribe
    yield _page(on, urls.SUBSCRIBE, "subscribe.html", words.title, words.lead, subscribe_view(on))


def missing(on: Shelf) -> Iterator[Page]:
    """Make the page that a server shows for an address without a page.

    It is shown at any depth, so that ``../`` cannot lead home: its links start with the path of the
    base address. Without one they are relative, which is right for addresses in the top folder.
    """
    root = urlsplit(on.site.config.base_url or "").path
    title, text = on.words.missing, on.words.missing_text
    yield Page(
        path=urls.MISSING,
        template="404.html",
        title=title,
        description=text,
        menu="",
        root=root,
        canonical="",
        view=None,
    )


PAGES: tuple[Callable[[Shelf], Iterator[Page]], ...] = (
    home,
    entries,
    categories,
    topics,
    people,
    sources,
    archive,
    trends,
    notes,
    search,
    subscribe,
    moved_pages,
    missing,
)


def _page(on: Shelf, path: str, template: str, title: str, description: str, view: object) -> Page:
    base = on.site.config.base_url
    folder = path.partition("/")[0] if "/" in path else ""
    return Page(
        path=path,
        template=template,
        title=title,
        description=description,
        menu=f"{folder}/index.html" if folder else path,
        root=urls.root_of(path),
        canonical=urls.canonical(base, path) if base else "",
        view=view,
    )


def _about(on: Shelf, title: str) -> str:
    return f"{title} · {on.site.config.title}"


def _chrome(on: Shelf) -> Chrome:
    config, words = on.site.config, on.words
    note_count = len({one.entry.place.path for one in on.tagged})
    return Chrome(
        title=config.title,
        description=config.description,
        author=config.author or "",
        menu=(
            Anchor(text=words.home, href=urls.HOME),
            Anchor(text=words.categories, href=urls.CATEGORIES),
            Anchor(text=words.topics, href=urls.TOPICS),
            Anchor(text=words.archive, href=urls.ARCHIVE),
            Anchor(text=words.charts.trends, href=urls.TRENDS),
            Anchor(text=words.directory.people, href=urls.PEOPLE),
            Anchor(text=words.directory.sources, href=urls.SOURCES),
            Anchor(text=words.notes, href=urls.NOTES),
            Anchor(text=words.search.search, href=urls.SEARCH),
            Anchor(text=words.subscribe.title, href=urls.SUBSCRIBE),
        ),
        counts=f"{on.count(len(on.tagged))} · {words.count(words.note_files, note_count)}",
    )
