"""What a digest holds, as tables: the same figures as text, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.diagnostics import cells
from digest.exporting.tables import cell
from digest.model import LinkKind
from digest.render import people, sources
from digest.terminal.text import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from digest.model import Read, Tagged
    from digest.render.markdown import Body
    from digest.taxonomy import Taxonomy

MOST_ROWS = 15  # of a table as text that would run on
WIDTH = 80
_NAME_WIDTH = 36
_MONTH = len("2024-03")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")  # 汉
_WORD = re.compile(r"[A-Za-z0-9]+(?:['’\-.][A-Za-z0-9]+)*")  # it's   GPT-4   0.3
_UNDATED = "undated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Counts by name, in the order in which they are shown. ``columns`` name the counts.

    ``open`` tells that it may run on: as text it is cut.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    open: bool = False


def tables(
    tagged: Sequence[Tagged],
    reads: Sequence[Read],
    bodies: Mapping[str, Body],
    taxonomy: Taxonomy,
    language: str,
) -> tuple[Table, ...]:
    """Count entries by month, category, topic, host, person and dialect, and links by kind.

    An entry counts once for a host however many of its links lead there. Words are Chinese
    characters and words in Latin letters of titles and texts, addresses included.
    """
    names = {term.name: term.name_in(language) for term in (*taxonomy.categories, *taxonomy.topics)}
    hosts = [(host.name, len(host.entries)) for host in sources.gather(tagged)]
    persons = [(one.shown, len(one.entries)) for one in people.gather(tagged).persons]
    topics = Counter(topic for one in tagged for topic in one.topics)
    kinds = Counter(link.kind for one in tagged for link in one.entry.links)
    return (
        _whole(tagged, reads, bodies, len(persons), len(hosts)),
        Table(name="months", columns=("entries",), rows=_months(tagged), open=True),
        _categories(tagged, taxonomy, names),
        _counted("topics", _by_count((_named(name, names), n) for name, n in topics.items())),
        _counted("hosts", hosts),
        _counted("people", persons),
        Table(name="dialects", columns=("notes", "entries"), rows=_dialects(tagged, reads)),
        Table(
            name="links",
            columns=("links",),
            rows=tuple((str(kind), (kinds[kind],)) for kind in LinkKind if kinds[kind]),
        ),
    )


def words_in(text: str) -> int:
    """Count a text's Chinese characters and its words in Latin letters."""
    return len(_HAN.findall(text)) + len(_WORD.findall(text))


def _whole(
    tagged: Sequence[Tagged],
    reads: Sequence[Read],
    bodies: Mapping[str, Body],
    persons: int,
    hosts: int,
) -> Table:
    texts = (f"{one.entry.title}\n{bodies[one.entry.id].text}" for one in tagged)
    counts = {
        "notes": len(reads),
        "entries": len(tagged),
        "words": sum(map(words_in, texts)),
        "links": sum(len(one.entry.links) for one in tagged),
        "images": sum(len(one.entry.images) for one in tagged),
        "people": persons,
        "hosts": hosts,
        "picks": sum(one.entry.pick for one in tagged),
        "drafts": sum(one.entry.draft for one in tagged),
        "labelled by you": sum(one.fixed_by is not None for one in tagged),
        "unsure": sum(one.unsure for one in tagged),
    }
    rows = tuple((name, (count,)) for name, count in counts.items())
    return Table(name="digest", columns=("count",), rows=rows)


def _months(tagged: Sequence[Tagged]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Count the entries of each month, the newest first; those without a date come last."""
    dates = (one.entry.when.iso[:_MONTH] if one.entry.when else "" for one in tagged)
    counts = Counter(dates)
    return tuple((month or _UNDATED, (counts[month],)) for month in sorted(counts, reverse=True))


def _categories(tagged: Sequence[Tagged], taxonomy: Taxonomy, names: Mapping[str, str]) -> Table:
    rows: list[tuple[str, tuple[int, ...]]] = []
    for term in taxonomy.categories:
        own = [one for one in tagged if one.category == term.name]
        fixed = sum(one.fixed_by is not None for one in own)
        unsure = sum(one.unsure for one in own)
        rows.append((_named(term.name, names), (len(own), fixed, unsure)))
    columns = ("entries", "labelled", "unsure")
    return Table(name="categories", columns=columns, rows=tuple(rows))


def _dialects(
    tagged: Sequence[Tagged], reads: Sequence[Read]
) -> tuple[tuple[str, tuple[int, ...]], ...]:
    notes = Counter(read.dialect or "none" for read in reads)
    entries = Counter(one.entry.place.dialect for one in tagged)
    order = sorted(notes, key=lambda name: (-entries[name], name))
    return tuple((name, (notes[name], entries[name])) for name in order)


def _named(name: str, names: Mapping[str, str]) -> str:
    shown = names.get(name, name)
    return name if shown.casefold() == name else f"{name}  {shown}"


def _by_count(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(counts, key=lambda pair: (-pair[1], pair[0]))


def _counted(name: str, counts: Iterable[tuple[str, int]]) -> Table:
    rows = tuple((word, (count,)) for word, count in counts)
    return Table(name=name, columns=("entries",), rows=rows, open=True)


def as_text(found: Iterable[Table]) -> str:
    """Return the tables for a terminal of 80 columns; long ones are cut, and say so."""
    return "\n\n".join(_shown(one) for one in found if one.rows)


def _shown(one: Table) -> str:
    kept = one.rows[:MOST_ROWS] if one.open else one.rows
    most = max((counts[0] for _, counts in kept), default=0)
    head = (one.name, *one.columns)
    body = [(_cut(name), *(f"{count:,}" for count in counts)) for name, counts in kept]
    lines = table([head, *body], text_columns=1).split("\n")
    if one.open and most:
        room = WIDTH - max(map(cells, lines)) - 2
        bars = (round(counts[0] * room / most) for _, counts in kept)
        longest = max(map(cells, lines))
        rows = zip(lines[1:], bars, strict=True)
        lines[1:] = [
            f"{line}{' ' * (longest - cells(line))}  {'▇' * bar}".rstrip() for line, bar in rows
        ]
    if len(kept) < len(one.rows):
        lines.append(f"and {len(one.rows) - len(kept)} more; `--format csv` has them all")
    return "\n".join(lines)


def _cut(name: str) -> str:
    """Cut a name to what fits beside its counts."""
    if cells(name) <= _NAME_WIDTH:
        return name
    while cells(name) >= _NAME_WIDTH:
        name = name[:-1]
    return f"{name}…"


def as_json(found: Iterable[Table]) -> str:
    """Return the tables as an object: a list of rows a table, all of them."""
    shown = {
        one.name: [
            {"name": name, **dict(zip(one.columns, counts, strict=True))}
            for name, counts in one.rows
        ]
        for one in found
    }
    return json.dumps(shown, ensure_ascii=False, indent=2)


def as_csv(found: Iterable[Table]) -> str:
    """Return the tables as one: table, name, measure, count (RFC 4180)."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("table", "name", "measure", "count"))
    for one in found:
        for name, counts in one.rows:
            for column, count in zip(one.columns, counts, strict=True):
                writer.writerow((one.name, cell(name), column, count))
    return out.getvalue()
