"""Ids and addresses for entries: those of the file where it knows them, else new ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from digest.diagnostics import Diagnostic, Severity, diagnostic, place
from digest.likeness.canonical import canonical, names_a_page
from digest.permalinks.identity import identify
from digest.permalinks.ledger import Row, State
from digest.permalinks.match import ENOUGH, ENOUGH_TO_COME_BACK, Trace, pair

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from digest.model import Entry, Read


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Entries with id and page, and what the file should say now.

    ``redirects`` are old pages' paths, each with the id of the entry that it leads to. ``changes``
    counts the addresses that are new, edited (kept all the same), back, gone and moved.
    """

    entries: tuple[Entry, ...] = ()
    rows: tuple[Row, ...] = ()
    redirects: tuple[tuple[str, str], ...] = ()
    changes: Mapping[str, int] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()


def settle_all(
    reads: Sequence[Read], rows: Sequence[Row], path_of: Callable[[Entry], str]
) -> Settled:
    """Settle the entries of all notes; a note with an error has not lost what stood in it."""
    unread = {
        read.source.path
        for read in reads
        if any(found.code.severity is Severity.ERROR for found in read.diagnostics)
    }
    return settle((entry for read in reads for entry in read.entries), rows, path_of, unread)


def settle(
    entries: Iterable[Entry],
    rows: Sequence[Row],
    path_of: Callable[[Entry], str],
    unread: Collection[str] = (),
) -> Settled:
    """Give every entry its id and page.

    ``rows`` are those of the file, or none without one. ``path_of`` makes the address of an entry
    that has an id and no page yet. ``unread`` names notes that could not be read this time, or not
    whole: what stood in them is not gone.
    """
    ordered = sorted(entries, key=lambda entry: (entry.place.path, entry.place.line))
    standing, moved = _once_each(rows)
    silent = set(unread) - {entry.place.path for entry in ordered}
    ordered, found, diagnostics = _found_again(
        ordered, standing, [row for row in standing if row.note not in silent]
    )
    asked = [
        entry if entry.id or entry_row is None else replace(entry, id=entry_row.id)
        for entry, entry_row in zip(ordered, found, strict=True)
    ]
    named, clashes = identify(asked, {row.id for row in standing} | {row.was for row in moved})
    addressed, more_moved, refused = _addressed(named, found, standing, path_of)
    now = [
        _row(entry, row)
        for entry, row in zip(addressed, found, strict=True)
        if row is not None or not entry.draft
    ]
    kept_rows = {row.id for row in found if row is not None}
    rest = [
        row if row.note in unread else replace(row, state=State.GONE)
        for row in standing
        if row.id not in kept_rows and row.path
    ]
    after = (*now, *rest, *_still_moved([*moved, *more_moved], [*now, *rest], found, addressed))
    return Settled(
        entries=tuple(addressed),
        rows=after,
        redirects=tuple(sorted((row.path, row.id) for row in after if row.state is State.MOVED)),
        changes=_changes(rows, after),
        diagnostics=(*diagnostics, *clashes, *refused),
    )


def _once_each(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Return the rows with an entry, each id and path once, and those that lead elsewhere.

    Of two rows with one id, as a merge leaves them, the second becomes the way to the first.
    """
    standing: dict[str, Row] = {}
    moved = [row for row in rows if row.state is State.MOVED]
    paths: set[str] = set()
    for row in sorted(rows, key=lambda row: (row.id, row.state is not State.LIVE, row.line)):
        if row.state is State.MOVED:
            continue
        if row.id in standing:
            if row.path not in paths:
                moved.append(Row(id=row.id, path=row.path, state=State.MOVED))
        else:
            standing[row.id] = replace(row, path="") if row.path in paths else row
        paths.add(row.path)
    return list(standing.values()), moved


def _found_again(
    entries: list[Entry], standing: list[Row], to_find: list[Row]
) -> tuple[list[Entry], list[Row | None], list[Diagnostic]]:
    """Find the row of each entry: by the id that its curator gave it, else by what it is.

    Only rows in ``to_find`` are found by what an entry is.
    """
    by_id = {row.id: row for row in standing}
    found: list[Row | None] = [None] * len(entries)
    diagnostics: list[Diagnostic] = []
    claimed: set[str] = set()
    traces = [_trace_of(entry) for entry in entries]
    owners = {its: entry for its, entry in zip(traces, entries, strict=True) if not entry.id}
    for at, entry in enumerate(entries):
        row = by_id.get(entry.id)
        if row is None or row.id in claimed:
            continue
        owner = owners.get(_trace(row))
        if owner is None or traces[at] == _trace(row):
            found[at] = row
            claimed.add(row.id)
        else:
            fact = f"the id `{entry.id}` is that of the entry at {place(owner.start)}"
            diagnostics.append(diagnostic("S002", entry.start, fact, "choose another id"))
            entries[at] = replace(entry, id="")
    repeated = Counter(entry.id for entry in entries if entry.id)
    for state, enough in ((State.LIVE, ENOUGH), (State.GONE, ENOUGH_TO_COME_BACK)):
        free = [row for row in to_find if row.id not in claimed and row.state is state]
        left = [
            at
            for at, entry in enumerate(entries)
            if found[at] is None and repeated[entry.id] < 2  # noqa: PLR2004  # given twice
        ]
        pairs = pair([_trace(row) for row in free], [traces[at] for at in left], enough)
        for at, row_at in pairs.items():
            found[left[at]] = free[row_at]
            claimed.add(free[row_at].id)
    return entries, found, diagnostics


def _addressed(
    entries: Sequence[Entry],
    found: Sequence[Row | None],
    standing: Sequence[Row],
    path_of: Callable[[Entry], str],
) -> tuple[list[Entry], list[Row], list[Diagnostic]]:
    """Give each entry its page; old pages of entries that were deliberately moved are told too."""
    taken = {row.path: row.id for row in standing}
    addressed: list[Entry] = []
    moved: list[Row] = []
    diagnostics: list[Diagnostic] = []
    for entry, row in zip(entries, found, strict=True):
        own = row.path if row else ""
        wanted = path_of(entry)
        renamed = row is not None and row.id != entry.id
        chosen = entry.slug and own.rpartition("/")[2] != wanted.rpartition("/")[2]
        path = wanted if not own or renamed or chosen else own
        if entry.slug and path != own and taken.get(path, entry.id) != entry.id:
            fact = f"the address {path} is taken by another entry"
            diagnostics.append(diagnostic("S006", entry.start, fact, "choose another `slug`"))
            path = own or path_of(replace(entry, slug=""))
        path = path if path == own else _free(path, entry.id, taken)
        taken[path] = entry.id
        addressed.append(replace(entry, page=path))
        if row is not None and own and path != own:
            was = row.id if renamed else ""
            moved.append(Row(id=entry.id, path=own, state=State.MOVED, was=was))
    return addressed, moved, diagnostics


def _free(path: str, owner: str, taken: Mapping[str, str]) -> str:
    """Return a path that no other entry has, with a number at its end where need be."""
    stem = path.removesuffix(".html")
    number = 1
    while taken.get(path, owner) != owner:
        number += 1
        path = f"{stem}-{number}.html"
    return path


def _still_moved(
    moved: Iterable[Row],
    standing: Sequence[Row],
    found: Sequence[Row | None],
    entries: Sequence[Entry],
) -> list[Row]:
    """Return the rows that lead elsewhere, to the ids of today; an address in use leads nowhere."""
    today = {row.id: entry.id for row, entry in zip(found, entries, strict=True) if row is not None}
    in_use = {row.path for row in standing}
    kept: dict[str, Row] = {}
    for row in moved:
        if row.path not in in_use:
            kept[row.path] = replace(row, id=today.get(row.id, row.id))
    return list(kept.values())


def _row(entry: Entry, last: Row | None) -> Row:
    return Row(
        id=entry.id,
        path=entry.page,
        note=entry.place.path,
        number=entry.number or "",
        title=" ".join(entry.title.split()),
        link=_link(entry),
        date=entry.when.iso if entry.when else "",
        line=last.line if last else 0,
    )


def _link(entry: Entry) -> str:
    links = entry.title_links or entry.links
    return links[0].url if links else ""


def _trace_of(entry: Entry) -> Trace:
    return _trace(_row(entry, None))


def _trace(row: Row) -> Trace:
    key = canonical(row.link) if row.link else ""
    link = key if names_a_page(key) else ""
    return Trace(note=row.note, number=row.number, title=row.title, link=link, date=row.date)


def _changes(before: Sequence[Row], after: Sequence[Row]) -> dict[str, int]:
    last = {row.id: row for row in before if row.state is not State.MOVED}
    old_ways = {row.path for row in before if row.state is State.MOVED}
    counts: Counter[str] = Counter()
    for row in after:
        earlier = last.get(row.id)
        if row.state is State.MOVED:
            counts["moved"] += row.path not in old_ways
        elif earlier is None:
            counts["new"] += 1
        elif earlier.state is not row.state:
            counts["gone" if row.state is State.GONE else "back"] += 1
        elif _trace(earlier) != _trace(row):
            counts["edited"] += 1
    return {name: counts[name] for name in ("new", "edited", "back", "gone", "moved")}
