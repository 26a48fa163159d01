"""An entry's own page: who, when, where from, what, and why it stands where it does."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markdown_it.common.normalize_url import normalizeLink
from markupsafe import Markup

from digest.links import host_of
from digest.render import urls
from digest.render.contents import with_contents
from digest.render.elsewhere import note_anchor, related_rows, tellings
from digest.render.markdown import rebase
from digest.render.views import Anchor, EntryView, EvidenceRow, Outlink, Steps, Why

if TYPE_CHECKING:
    from digest.model import Entry, Link, Place, Tagged, When
    from digest.render.shelf import Shelf
    from digest.render.words import Words

OUTLINKS_SHOWN = 6
PATH_LENGTH = 40
ARCHIVE = "https://web.archive.org/web/"  # the copy that is nearest to now


def entry_view(on: Shelf, position: int) -> EntryView:
    """Make the page of the entry that stands at ``position`` in the site's order."""
    one = on.tagged[position]
    entry, words = one.entry, on.words
    outlinks = _outlinks(entry, words)
    rest = outlinks[OUTLINKS_SHOWN:]
    root = urls.root_of(urls.entry_path(entry))
    body, contents = with_contents(rebase(on.site.bodies[entry.id].html, root))
    return EntryView(
        row=on.rows[entry.id],
        category=Anchor(
            text=on.term_text(one.category), href=urls.quoted(urls.category_path(one.category))
        ),
        topics=tuple(
            Anchor(text=on.topics.get(name, name), href=urls.quoted(urls.topic_path(name)))
            for name in one.topics
        ),
        date=_date(entry.when, words),
        who=_who(on, entry),
        number=entry.number or "",
        outlinks=outlinks[:OUTLINKS_SHOWN],
        more_outlinks=rest,
        more_text=words.count(words.more_links, len(rest)),
        body=Markup(body),  # noqa: S704 - the renderer's, sanitised there
        contents=contents,
        why=_why(on, one),
        written="\n".join(line.text for line in entry.written),
        written_at=_written_at(entry, words),
        in_repository=_in_repository(on, entry.place),
        note=note_anchor(entry, words),
        same_story=tellings(on, entry),
        related=related_rows(on, entry),
        steps=_steps(on, position),
    )


def summary_of(text: str, length: int = 150) -> str:
    """Return the beginning of a text on one line, cut with ``…`` where it is longer."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


@cache
def _normal(url: str) -> str:
    """Percent-encode what an address must not hold; a site links to most of them many times."""
    return normalizeLink(url)


def _outlinks(entry: Entry, words: Words) -> tuple[Outlink, ...]:
    """List each address once, the title's first."""
    links: dict[str, Link] = {}
    for link in (*entry.title_links, *entry.links):
        links.setdefault(link.url, link)
    return tuple(
        Outlink(
            kind=words.kinds[link.kind],
            host=host_of(url),
            path=summary_of(urlsplit(url).path.rstrip("/"), PATH_LENGTH),
            href=_normal(url),
            archived=f"{ARCHIVE}{_normal(url)}",
        )
        for url, link in links.items()
    )


def _who(on: Shelf, entry: Entry) -> Anchor | None:
    person = on.people.of.get(entry.id)
    if person is None:
        return None
    handle = f"@{entry.handle}" if entry.handle else ""
    text = f"{entry.author} {handle}".strip() if entry.author else handle
    return Anchor(text=text, href=urls.quoted(urls.person_path(person.key)))


def _date(when: When | None, words: Words) -> Anchor | None:
    if when is None:
        return None
    return Anchor(
        text=words.date_text(when), href=urls.archive_path(when.year, when.month, when.day)
    )


def _in_repository(on: Shelf, place: Place) -> str:
    """Return the address of an entry's lines in the notes' repository, or nothing."""
    config, folder = on.site.config, on.site.notes_folder
    if config.repository is None or folder is None:
        return ""
    form = config.repository.rstrip("/") + config.repository_lines
    path = urls.quoted(folder + place.path)
    slots = {"{path}": path, "{first}": str(place.line), "{last}": str(place.end_line)}
    for slot, value in slots.items():
        form = form.replace(slot, value)
    return form


def _written_at(entry: Entry, words: Words) -> str:
    place = entry.place
    form = words.one_line_of if place.line == place.end_line else words.lines_of
    return form.format(path=place.path, first=place.line, last=place.end_line)


def _steps(on: Shelf, position: int) -> Steps:
    def step(at: int) -> Anchor | None:
        if not 0 <= at < len(on.tagged):
            return None
        row = on.rows[on.tagged[at].entry.id]
        return Anchor(text=row.title, href=row.href)

    return Steps(newer=step(position - 1), older=step(position + 1))


def _why(on: Shelf, one: Tagged) -> Why:
    words = on.words
    return Why(
        sentences=(*_why_category(on, one), _why_date(one.entry.when, words)),
        evidence=tuple(
            EvidenceRow(
                choice=on.term_text(found.choice),
                signal=found.signal,
                weight=f"{found.weight:.2f}",
                line=str(found.line),
            )
            for found in one.evidence
        ),
    )


def _why_category(on: Shelf, one: Tagged) -> tuple[str, ...]:
    words = on.words
    placed = words.why.category.format(category=on.term_text(one.category))
    if one.fixed_by:
        said = words.why.fixed_by[one.fixed_by.origin]
        return (placed, said.format(text=one.fixed_by.text, line=one.fixed_by.span.line))
    if not any(found.choice == one.category for found in one.evidence):
        return (placed, words.why.no_evidence)
    if one.runner_up is None:
        return (placed, words.why.chosen_by_evidence, words.why.no_runner_up)
    behind = words.why.runner_up.format(
        category=on.term_text(one.runner_up), margin=f"{one.margin:.2f}"
    )
    doubt = (words.why.unsure,) if one.unsure else ()
    return (placed, words.why.chosen_by_evidence, behind, *doubt)


def _why_date(when: When | None, words: Words) -> str:
    if when is None:
        return words.why.no_date
    basis = words.why.bases[when.basis]
    form = words.why.date_at if when.line else words.why.date_from
    return form.format(basis=basis, line=when.line)
