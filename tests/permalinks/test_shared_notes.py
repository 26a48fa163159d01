"""How many addresses of real notes last when their curator mends, moves and deletes."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from digest.permalinks.ledger import dump, parse
from digest.permalinks.settle import settle
from digest.render.urls import entry_path
from tests.readers.shared import NOTES, read_shared, shared

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.model import Entry


def typo(entry: Entry, chance: random.Random) -> Entry:
    at = chance.randrange(len(entry.title))
    return replace(entry, title=f"{entry.title[:at]}改{entry.title[at + 1 :]}")


def longer(entry: Entry, chance: random.Random) -> Entry:
    del chance
    return replace(entry, title=f"{entry.title}：怎么用，又改了什么")


def relinked(entry: Entry, chance: random.Random) -> Entry:
    def elsewhere(index: int, url: str) -> str:
        return url if index else f"https://elsewhere.example/{chance.random()}"

    links = entry.title_links or entry.links
    mended = tuple(replace(one, url=elsewhere(at, one.url)) for at, one in enumerate(links))
    return replace(entry, title_links=mended if entry.title_links else (), links=mended)


def renumbered(entry: Entry, chance: random.Random) -> Entry:
    return replace(entry, number=str(chance.randrange(900)))


def moved(entry: Entry, chance: random.Random) -> Entry:
    del chance
    return replace(entry, place=replace(entry.place, path=f"moved/{entry.place.path}"))


def moved_to_another_month(entry: Entry, chance: random.Random) -> Entry:
    when = entry.when and replace(entry.when, month=entry.when.month % 12 + 1)
    return moved(replace(entry, when=when), chance)


EDITS = (typo, longer, relinked, renumbered, moved, moved_to_another_month)


def real_entries() -> list[Entry]:
    return [replace(entry, id="") for path in NOTES for entry in read_shared(path).entries]


def share_kept(edit: Callable[[Entry, random.Random], Entry | None]) -> float:
    """Return how many of the edited entries have the address they had, as a share of all."""
    chance = random.Random(4)  # noqa: S311  # any fixed sequence will do
    first = settle(real_entries(), (), entry_path)
    rows, found = parse("permalinks.jsonl", dump(first.rows))
    assert found == ()
    edited: dict[tuple[str, int], tuple[str, str]] = {}
    after: list[Entry] = []
    for entry in first.entries:
        changed = edit(entry, chance)
        if changed is not None:
            edited[changed.place.path, changed.place.line] = (entry.id, entry.page)
            after.append(replace(changed, id="", page=""))
    again = settle(after, rows, entry_path)
    same = [
        edited[entry.place.path, entry.place.line] == (entry.id, entry.page)
        for entry in again.entries
    ]
    assert len({entry.id for entry in again.entries}) == len(after)
    assert len({entry.page for entry in again.entries}) == len(after)
    return sum(same) / len(same)


@shared
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_nearly_all_addresses_last_when_every_entry_is_edited(
    edit: Callable[[Entry, random.Random], Entry],
) -> None:
    assert share_kept(edit) >= 0.995


@shared
def test_addresses_last_through_a_month_of_edits_and_deletions() -> None:
    def month(entry: Entry, chance: random.Random) -> Entry | None:
        if chance.random() < 0.1:
            return None
        return chance.choice(EDITS)(entry, chance) if chance.random() < 0.2 else entry

    assert share_kept(month) >= 0.998
