"""CSV as RFC 4180 has it, for spreadsheets: commas, CRLF, quotes doubled, a header.

It begins with a byte order mark, without which Excel takes UTF-8 for something else. A cell that a
spreadsheet would run as a formula gets an apostrophe in front, as OWASP advises: take it off where
you read the file with a program of your own, or ask for JSON.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from digest.render.sanitise import without_controls

if TYPE_CHECKING:
    from collections.abc import Iterable

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
COLUMNS = (
    "date",
    "title",
    "category",
    "topics",
    "url",
    "kind",
    "author",
    "handle",
    "text",
    "pick",
    "note",
    "draft",
    "language",
    "links",
    "file",
    "line",
    "path",
    "id",
)


def as_csv(rows: Iterable[dict[str, Any]]) -> bytes:
    """Return exported entries as a table; several values share a cell, a line each for links."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        first = row["links"][0] if row["links"] else {"url": "", "kind": ""}
        values = {
            **row,
            "topics": ", ".join(row["topics"]),
            "url": first["url"],
            "kind": first["kind"],
            "links": "\n".join(link["url"] for link in row["links"]),
            "file": row["source"]["file"],
            "line": row["source"]["line"],
        }
        writer.writerow(cell(values[name]) for name in COLUMNS)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def cell(value: object) -> str:
    """Return a value as a cell that no spreadsheet takes for a formula."""
    if isinstance(value, bool):
        return "yes" if value else ""
    text = without_controls("" if value is None else str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text
