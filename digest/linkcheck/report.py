"""What to ask, and what the answers mean for the notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.diagnostics import Diagnostic, diagnostic
from digest.linkcheck.ask import Answer, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from digest.linkcheck.store import Known
    from digest.model import Entry, Link

ARCHIVE = "https://web.archive.org/web"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the answers say: diagnostics, and how many addresses there are of each verdict."""

    diagnostics: tuple[Diagnostic, ...]
    counts: Mapping[Verdict, int]

    @property
    def offline(self) -> bool:
        """Whether no host at all could be reached: then it is us, and no link is to blame."""
        return bool(self.counts[Verdict.UNREACHED]) and not any(
            self.counts[verdict] for verdict in Verdict if verdict is not Verdict.UNREACHED
        )


def due(entries: Iterable[Entry], known: Mapping[str, Known]) -> list[str]:
    """Return the addresses to ask for, sorted: those of all entries but the known ones.

    A fragment is the browser's affair: ``page#a`` and ``page#b`` are one address.
    """
    urls = {_address(link) for entry in entries for link in entry.links}
    return sorted(urls - known.keys())


def _address(link: Link) -> str:
    return link.url.partition("#")[0]


def diagnose(entries: Sequence[Entry], answers: Mapping[str, Answer]) -> Asked:
    """Report each link that is dead or has moved for good, at each of its places."""
    found: list[Diagnostic] = []
    counts = dict.fromkeys(Verdict, 0)
    for answer in answers.values():
        counts[answer.verdict] += 1
    asked = Asked(diagnostics=(), counts=counts)
    for entry in entries:
        for link in entry.links:
            given = answers.get(_address(link))
            if given is not None:
                found += _faults(entry, link, given, offline=asked.offline)
    return Asked(diagnostics=tuple(found), counts=counts)


def _faults(entry: Entry, link: Link, answer: Answer, *, offline: bool) -> list[Diagnostic]:
    gone = answer.verdict is Verdict.DEAD or (answer.verdict is Verdict.UNREACHED and not offline)
    if gone:
        fact = f"the link is dead: {answer.fact}: {link.url}"
        hint = f"link to what takes its place, or to {archived(entry, link.url)}"
        return [diagnostic("R210", link.span, fact, hint)]
    if answer.moved_to and answer.moved_to.rstrip("/") != _address(link).rstrip("/"):
        fact = f"the page has moved for good: {link.url}"
        return [diagnostic("R211", link.span, fact, f"link to {answer.moved_to}")]
    return []


def archived(entry: Entry, url: str) -> str:
    """Return the address of the copy that an archive made nearest to the entry's date."""
    when = entry.when.iso.replace("-", "") if entry.when else ""
    return f"{ARCHIVE}/{when or '2'}/{url}"
