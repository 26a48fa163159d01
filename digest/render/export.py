"""The exported entry: one JSON object a line, with the fields that scripts rely on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from digest.links import absolute
from digest.render.urls import entry_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from digest.model import Entry, Evidence, Tagged
    from digest.render.markdown import Body


def export_rows(
    tagged: Iterable[Tagged],
    bodies: Mapping[str, Body],
    image_at: Callable[[Entry, str], str | None],
) -> list[dict[str, object]]:
    """Return the fields of the entries, in the order of notes and lines.

    ``image_at`` gives the site path of a relative image, or None where there is none.
    """
    ordered = sorted(tagged, key=lambda one: (one.entry.place.path, one.entry.place.line))
    return [_row(one, bodies[one.entry.id], image_at) for one in ordered]


def as_lines(rows: Iterable[dict[str, object]]) -> bytes:
    """Return exported entries as JSON Lines (UTF-8, LF)."""
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode()


def _row(
    one: Tagged, body: Body, image_at: Callable[[Entry, str], str | None]
) -> dict[str, object]:
    entry = one.entry
    return {
        "id": entry.id,
        "path": entry_path(entry),
        "title": entry.title,
        "date": entry.when.iso if entry.when else None,
        "author": entry.author,
        "handle": entry.handle,
        "category": one.category,
        "topics": list(one.topics),
        "evidence": [_evidence(item) for item in one.evidence],
        "links": _links(entry),
        "images": _images(entry, image_at),
        "source": {
            "file": entry.place.path,
            "line": entry.place.line,
            "end_line": entry.place.end_line,
            "dialect": entry.place.dialect,
        },
        "text": body.text,
        "draft": entry.draft,
        "note": entry.note,
        "pick": entry.pick,
        "language": entry.language,
    }


def _evidence(item: Evidence) -> dict[str, object]:
    return {
        "for": item.choice,
        "signal": item.signal,
        "weight": round(item.weight, 3),
        "line": item.line,
    }


def _links(entry: Entry) -> list[dict[str, str]]:
    """Return each address once, in the order of the note, with the first text that names it."""
    found: dict[str, dict[str, str]] = {}
    for link in entry.links:
        row = found.setdefault(
            link.url, {"url": link.url, "text": link.text, "kind": str(link.kind)}
        )
        row["text"] = row["text"] or link.text
    return list(found.values())


def _images(entry: Entry, image_at: Callable[[Entry, str], str | None]) -> list[str]:
    """Return each image once: a URL, or a site path; one that is missing as it was written."""
    found: dict[str, None] = {}
    for image in entry.images:
        address = absolute(image.address) or image_at(entry, image.address) or image.address
        found.setdefault(address)
    return list(found)
