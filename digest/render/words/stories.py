"""The words for entries that tell one story, and for related ones."""

from __future__ import annotations

from dataclasses import dataclass

Forms = tuple[str, str]  # for one, for any other number


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryWords:
    """``{date}`` is a day (``on``) or month (``in``), ``{n}`` a number of other entries."""

    see_also: str
    same: str
    related: str
    also_on: str
    also_in: str
    also: Forms


ZH = StoryWords(
    see_also="另见",
    same="同一件事，也见于",
    related="相关条目",
    also_on="也见于{date}",
    also_in="也见于{date}",
    also=("另见 {n} 处", "另见 {n} 处"),
)
EN = StoryWords(
    see_also="See also",
    same="The same story, also in",
    related="Related",
    also_on="also on {date}",
    also_in="also in {date}",
    also=("also in {n} other entry", "also in {n} other entries"),
)
