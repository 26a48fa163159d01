"""Which entries tell one story: those that are about the same page.

What an entry is about is its title's link; where it has none, or one that is only the address of
the post itself, the link it opens with or has no more than one neighbour of; and a paper that it
presents. Links that a long text merely mentions do not count, nor front pages and accounts, nor a
page that a dozen entries are about: that is a series, not a story.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.diagnostics import Diagnostic, diagnostic, place
from digest.likeness.canonical import canonical, names_a_page
from digest.likeness.titles import Dated, near_pairs
from digest.model import LinkKind, first_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.model import Entry, Link

# Found by reading what the 990 entries of the shared notes share.
FEW_LINKS = 2  # a link and its translation or discussion
OPENING = 60  # characters of the text in which a link is what the rest is about
LINKS_OF_A_PAPER = 4  # the coverage, the paper, its code, its page; more is a round-up
PAPERS_OF_A_PAPER = 2  # its own, and one that it builds on
MOST_PLACES = 12


def about(entry: Entry) -> tuple[str, ...]:
    """Return the keys (``canonical``) of the pages that an entry is about; often one, or none."""
    links: dict[str, Link] = {}
    for link in (*entry.title_links, *entry.links):
        links.setdefault(canonical(link.url), link)
    subjects = {canonical(link.url): None for link in entry.title_links}
    if all(links[key].kind is LinkKind.POST for key in subjects):
        rest = [key for key in links if key not in subjects]
        if rest and (len(rest) <= FEW_LINKS or _offset(entry, links[rest[0]]) < OPENING):
            subjects[rest[0]] = None
    papers = [key for key, link in links.items() if link.kind is LinkKind.PAPER]
    if papers and len(papers) <= PAPERS_OF_A_PAPER and len(links) <= LINKS_OF_A_PAPER:
        subjects[papers[0]] = None
    return tuple(key for key in subjects if names_a_page(key))


def same_stories(entries: Sequence[Entry]) -> dict[str, tuple[str, ...]]:
    """Return the ids of the other entries of its story by the id of each entry that has any.

    Entries have ids by then; the others come in the order given.
    """
    stories = _Groups()
    for members in _by_subject(entries).values():
        for one, other in pairwise(members):
            stories.join(one.id, other.id)
    told: defaultdict[str, list[str]] = defaultdict(list)
    for entry in entries:
        told[stories.of(entry.id)].append(entry.id)
    return {
        name: tuple(other for other in members if other != name)
        for members in told.values()
        if len(members) > 1
        for name in members
    }


def repeated(entries: Iterable[Entry]) -> tuple[Diagnostic, ...]:
    """Tell the curator which entries may say the same twice, each at the later of two places.

    Two entries that are about one page, and else two titles that are nearly equal within a month.
    """
    ordered = sorted(entries, key=lambda entry: (entry.place.path, entry.place.line))
    found: list[Diagnostic] = []
    for key, members in _by_subject(ordered).items():
        for one, other in pairwise(members):
            fact = f"the entry at {place(one.start)} is about the same page: {key}"
            hint = "delete one of the two, or keep both: the site shows them as one story"
            found.append(diagnostic("S103", other.start, fact, hint))
    told = same_stories(ordered)
    dated = [entry for entry in ordered if entry.when]
    for earlier, later in near_pairs([_dated(entry) for entry in dated]):
        one, other = dated[min(earlier, later)], dated[max(earlier, later)]
        if other.id in told.get(one.id, ()):
            continue
        fact = f"the title is nearly that of the entry at {place(one.start)}"
        hint = "delete one of the two, or keep both if they are different things"
        found.append(diagnostic("S104", other.start, fact, hint))
    return tuple(found)


def _dated(entry: Entry) -> Dated:
    day = first_day(entry.when.iso).toordinal() if entry.when else 0
    return Dated(day, entry.title)


def _by_subject(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Return the entries that are about each page, without the pages that stand for a series."""
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for key in about(entry):
            found[key].append(entry)
    return {key: members for key, members in found.items() if len(members) <= MOST_PLACES}


def _offset(entry: Entry, link: Link) -> int:
    """Count the characters of the text before a link; one in the title has none before it."""
    passed = 0
    for line in entry.body:
        if line.number >= link.span.line:
            return passed + link.span.column - 1 if line.number == link.span.line else passed
        passed += len(line.text)
    return passed


class _Groups:
    """Names in groups that grow together (union-find); each group goes by its least name."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def of(self, name: str) -> str:
        """Return the name of a name's group."""
        while name in self._above:
            name = self._above[name]
        return name

    def join(self, one: str, other: str) -> None:
        """Make one group of two."""
        least, most = sorted((self.of(one), self.of(other)))
        if least != most:
            self._above[most] = least
