"""Labelled entries: those that Digest ships, those of a curator, and labels kept beside notes."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.links import absolute, kind_of
from digest.model import Entry, Link, Origin, Place
from digest.source import Line, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from digest.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An entry with the labels that an editor gave it.

    ``also`` are further categories that the editor would accept; ``for_topics_alone`` says that
    nothing is learned of them. ``topics`` is None where nobody said which it has. Entries of one
    ``group`` (a day or section of a note) never stand on both sides of a cross-validation.
    ``weight`` is how much the example counts in learning; ``judged`` tells those that are scored.
    """

    entry: Entry
    category: str
    also: tuple[str, ...]
    topics: tuple[str, ...] | None
    group: str
    weight: float = 1.0
    judged: bool = False
    for_topics_alone: bool = False


FEWEST_GROUPS = 3
SHIPPED_WEIGHT = 0.7  # invented entries count less than those that curators wrote


def shipped(folder: Path) -> list[Example]:
    """Read the labelled entries that were written for this project.

    Those of ``training/*.jsonl`` stand for all that curators note. Those of ``training/topics``
    are bullets by the thousand: their words tell topics, their shares of categories mislead.
    """
    found: list[Example] = []
    topics = folder / "topics"
    for path in (*sorted(folder.glob("*.jsonl")), *sorted(topics.glob("*.jsonl"))):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
            if line.strip():
                row = json.loads(line)
                found.append(
                    Example(
                        entry=_entry(row, path.name, number),
                        category=row["category"],
                        also=tuple(row["also"]),
                        topics=tuple(row["topics"]),
                        group=f"{path.name}:{number}",
                        weight=SHIPPED_WEIGHT,
                        for_topics_alone=path.parent == topics,
                    )
                )
    return found


def _entry(row: dict[str, str | list[str] | None], name: str, number: int) -> Entry:
    span = Span(path=name, line=number)
    urls = [url for written in row["urls"] or () if (url := absolute(written)) is not None]
    links = tuple(Link(url=url, text="", kind=kind_of(url), span=span) for url in urls)
    return Entry(
        id=f"{name}:{number}",
        place=Place(path=name, line=number, end_line=number, dialect=str(row["dialect"])),
        title=str(row["title"]),
        title_links=links[:1],
        links=links,
        body=tuple(Line(number=number, text=text) for text in str(row["body"]).split("\n")),
    )


def gold(folder: Path, entries: Iterable[Entry]) -> list[Example]:
    """Join the labels of ``gold/*.jsonl`` with the entries at their lines.

    An id is the short name of a note's file (its first three digits, or its name without ending),
    a colon, and the line on which the entry starts.
    """
    rows = [
        json.loads(line)
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").split("\n")
        if line.strip()
    ]
    places = {_gold_id(entry): entry for entry in entries}
    return [
        Example(
            entry=places[row["id"]],
            category=row["category"],
            also=tuple(row["also"]),
            topics=tuple(row["topics"]),
            group=group_of(places[row["id"]]),
            judged=True,
        )
        for row in rows
        if row["id"] in places
    ]


def _gold_id(entry: Entry) -> str:
    name = entry.place.path.rpartition("/")[2].rpartition(".")[0]
    short = name[:3] if name[:3].isdigit() else name
    return f"{short}:{entry.place.line}"


def group_of(entry: Entry) -> str:
    """Name the day, or else the section, that an entry stands in."""
    day = entry.when.iso if entry.when is not None and entry.when.day is not None else ""
    sections = [label.text for label in entry.labels if label.origin is Origin.SECTION]
    return "|".join((entry.place.path, day or "/".join(sections)))


def own(entries: Sequence[Entry], taxonomy: Taxonomy) -> list[Example]:
    """Return the entries that a curator labelled by comment, with those labels.

    Comments, unlike headings and tags, are written entry by entry and for the tagger alone.
    """
    found: list[Example] = []
    for entry in entries:
        categories = {
            name
            for label in entry.labels
            if label.origin is Origin.DIRECTIVE
            for name in taxonomy.categories_of(label.text)
        }
        topics = [taxonomy.topic_of(label.text) for label in entry.topic_labels]
        if len(categories) == 1:
            found.append(
                Example(
                    entry=entry,
                    category=min(categories),
                    also=(),
                    topics=tuple(filter(None, topics)) if topics else None,
                    group=group_of(entry),
                    judged=True,
                )
            )
    return found


def by_group(examples: Sequence[Example], folds: int) -> list[list[int]]:
    """Deal the judged examples into folds, whole groups at a time, the largest first.

    Where there are fewer than ``FEWEST_GROUPS`` groups, each example is dealt by itself: a fold
    that held out all of them would leave nothing to learn from. Returns the positions of each
    fold's examples; the dealing depends on nothing but them.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    apart = len({e.group for e in examples if e.judged}) < FEWEST_GROUPS
    for position, example in enumerate(examples):
        if example.judged:
            groups[f"{position:09d}" if apart else example.group].append(position)
    dealt: list[list[int]] = [[] for _ in range(folds)]
    for name in sorted(groups, key=lambda name: (-len(groups[name]), name)):
        min(dealt, key=len).extend(groups[name])
    return [sorted(fold) for fold in dealt if fold]
