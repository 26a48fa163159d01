"""The words of the directories: people and sources."""

from __future__ import annotations

from dataclasses import dataclass

Forms = tuple[str, str]  # for one, for any other number


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryWords:
    """``{n}`` is a number, ``{month}`` a month with its year."""

    people: str
    people_lead: str
    persons: Forms
    sources: str
    sources_lead: str
    hosts: Forms
    once: str
    since: str


ZH = DirectoryWords(
    people="人物",
    people_lead="谁发布或推荐了这些条目。",
    persons=("{n} 人", "{n} 人"),
    sources="来源",
    sources_lead="条目里的链接通向哪些网站。",
    hosts=("{n} 个网站", "{n} 个网站"),
    once="只出现过一次",
    since="{month}起",
)
EN = DirectoryWords(
    people="People",
    people_lead="Who posted or contributed the entries.",
    persons=("{n} person", "{n} people"),
    sources="Sources",
    sources_lead="The sites that the entries link to.",
    hosts=("{n} site", "{n} sites"),
    once="Linked once",
    since="since {month}",
)
