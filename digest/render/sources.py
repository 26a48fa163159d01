"""Where the entries lead: the hosts of their links, each with the entries that link to it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.links import host_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.model import Tagged

LISTED_FROM = 2  # entries: a page with a single row would say no more than that entry's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A host in lower case without ``www.``, and the entries with a link to it, in site order."""

    name: str
    entries: tuple[Tagged, ...]

    @property
    def has_page(self) -> bool:
        """Whether the host has a page of its own; the others lead to their one entry."""
        return len(self.entries) >= LISTED_FROM


def gather(tagged: Sequence[Tagged]) -> tuple[Host, ...]:
    """Find the hosts of entries that stand in the site's order; those with most entries first.

    An entry counts once for a host, however many links it has there.
    """
    groups: dict[str, list[Tagged]] = defaultdict(list)
    for one in tagged:
        links = (*one.entry.title_links, *one.entry.links)
        for name in sorted({host_of(link.url) for link in links} - {""}):
            groups[name].append(one)
    hosts = (Host(name=name, entries=tuple(entries)) for name, entries in groups.items())
    return tuple(sorted(hosts, key=lambda host: (-len(host.entries), host.name)))
