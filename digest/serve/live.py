"""What an open page is told: that it changed, that its styles did, or what is wrong.

The page gets our script from a path of its own. The site's Content-Security-Policy lets it run and
listen as any script of the site.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN = "/_digest/"
EVENTS = OWN + "events"
SCRIPT = OWN + "live.js"

# <script src="../search.js" defer>   <link rel="stylesheet" href="../style.css">
_PART = re.compile(rb"""<(?:script|link)\b[^<>]*?\b(?:src|href)="([^"<>:?#]+\.(?:css|js))["?#]""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a page shows, as hashes: itself with its scripts, and its stylesheets by their path."""

    page: str
    styles: Mapping[str, str]

    @property
    def name(self) -> str:
        """The look in one word, for the page to say what it shows."""
        return f"{self.page}.{_hash(json.dumps(dict(self.styles)).encode())}"


def look(files: Mapping[str, bytes], path: str, body: bytes) -> Look:
    """Take in a page, which stands at ``path``, and the scripts and styles that it names."""
    styles: dict[str, str] = {}
    seen = [body]
    for found in _PART.finditer(body):
        part = posixpath.normpath(
            posixpath.join(posixpath.dirname(path), unquote(found[1].decode()))
        )
        if part.endswith(".css"):
            styles[part] = _hash(files.get(part, b""))
        else:
            seen.append(files.get(part, b""))
    return Look(page=_hash(*seen), styles=styles)


def _hash(*parts: bytes) -> str:
    made = hashlib.blake2b(digest_size=8)
    for part in parts:
        made.update(len(part).to_bytes(8, "big") + part)
    return made.hexdigest()


def dressed(body: bytes, shown: Look) -> bytes:
    """Put our script into a page; without a head it stands first."""
    tag = f'<script src="{SCRIPT}" data-look="{shown.name}" defer></script>\n'.encode()
    head, end, rest = body.partition(b"</head>")
    return head + tag + end + rest if end else tag + body


def events(before: str, now: Look, wrong_before: str | None, wrong: str) -> bytes:
    """Return the server-sent events that lead a page from one look to another; maybe none.

    ``before`` is the name of the look that the page shows; ``wrong`` is a headline and, below it,
    what is wrong with the notes; empty where nothing is.
    """
    sent = b""
    if wrong != wrong_before:
        sent += _event("wrong", json.dumps(wrong), before)
    page = before.partition(".")[0]
    if page != now.page:
        sent += _event("page", "", now.name)
    elif before != now.name:
        sent += _event("styles", json.dumps(sorted(now.styles)), now.name)
    return sent


def _event(name: str, data: str, shown: str) -> bytes:
    return f"event: {name}\nid: {shown}\ndata: {data}\n\n".encode()
