"""The entries for other programs, in the form that they ask for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from digest.exporting.note import as_note
from digest.exporting.outlines import as_opml
from digest.exporting.tables import as_csv
from digest.render.export import as_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from digest.config import Config
    from digest.model import Tagged
    from digest.readers import Setting

    Rows = Sequence[dict[str, object]]
    Writer = Callable[[Rows, Sequence[Tagged], Config, Setting], bytes]

__all__ = ["FORMATS", "chosen"]


def _as_json(rows: Rows) -> bytes:
    return f"{json.dumps(list(rows), ensure_ascii=False, indent=2)}\n".encode()


# Each takes the exported fields of the entries, the entries in the same order, and the settings.
FORMATS: dict[str, Writer] = {
    "jsonl": lambda rows, _tagged, _config, _setting: as_lines(rows),
    "json": lambda rows, _tagged, _config, _setting: _as_json(rows),
    "csv": lambda rows, _tagged, _config, _setting: as_csv(rows),
    "opml": lambda _rows, tagged, config, setting: as_opml(tagged, config, setting.taxonomy),
    "markdown": lambda _rows, tagged, config, setting: as_note(tagged, config, setting),
}


def chosen(
    tagged: Iterable[Tagged],
    *,
    since: str = "",
    categories: Collection[str] = (),
    topics: Collection[str] = (),
) -> list[Tagged]:
    """Return the entries of a date on or after ``since`` and of some categories and topics.

    They come in the order of notes and lines. ``since`` is ISO 8601, a day or a month; an entry
    known to the month counts when a day of it does, one without a date never. An entry must have
    one of ``categories`` and one of ``topics``, where there are any.
    """
    found = [
        one
        for one in tagged
        if (not since or _is_since(one, since))
        and (not categories or one.category in categories)
        and (not topics or not set(topics).isdisjoint(one.topics))
    ]
    return sorted(found, key=lambda one: (one.entry.place.path, one.entry.place.line))


def _is_since(one: Tagged, since: str) -> bool:
    when = one.entry.when
    return when is not None and when.iso >= since[: len(when.iso)]
