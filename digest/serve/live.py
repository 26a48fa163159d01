"""What an open page is told: that it changed, that its styles did, or what is wrong.

The page gets our script from a path of its own. The site's Content-Security-Policy lets it run and
listen as any script of the site.

A page of which only ``<main>`` changed is sent with the news, and takes in what is new there, which
is several times as fast as a reload. For that no script may hold on to something in the old one: a
script tells in a comment what it holds on to, and one that does not may hold on to everything.
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
    from collections.abc import Mapping, Sequence

OWN = "/_digest/"
EVENTS = OWN + "events"
SCRIPT = OWN + "live.js"

PAGE = b"event: page\n"

# <script src="../search.js" defer>   <link rel="stylesheet" href="../style.css">
_PART = re.compile(rb"""<(?:script|link)\b[^<>]*?\b(?:src|href)="([^"<>:?#]+\.(?:css|js))["?#]""")
# What a head tells machines, and no script: the browser takes it over with <main>.
# <title>…</title>   <meta name="description" content="…">   <script type="application/ld+json">…
_TOLD = re.compile(
    rb"""<title>[^<]*</title>\s*"""
    rb"""|<meta (?:name="(?:description|twitter:card)"|property=)[^<>]*>\s*"""
    rb"""|<link rel="canonical"[^<>]*>\s*|<script type="application/ld\+json">[^<]*</script>\s*"""
)
_MAIN = re.compile(rb"<main[\s>]")  # <main id="main" class="plain">
_MAIN_END = b"</main>"
_HOLDS = re.compile(rb"^ *// @holds (.*)$", re.MULTILINE)  # // @holds data-choose dialog


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a page shows, as hashes: itself with its scripts, and its stylesheets by their path.

    ``frame`` is what stands around ``<main>``, with the scripts; empty where ``<main>`` may not be
    taken out of it.
    """

    page: str
    frame: str
    styles: Mapping[str, str]

    @property
    def name(self) -> str:
        """The look in one word, for the page to say what it shows."""
        return f"{self.page}.{self.frame}.{_hash(json.dumps(dict(self.styles)).encode())}"


def look(files: Mapping[str, bytes], path: str, body: bytes) -> Look:
    """Take in a page, which stands at ``path``, and the scripts and styles that it names."""
    styles: dict[str, str] = {}
    scripts: list[bytes] = []
    for found in _PART.finditer(body):
        part = posixpath.normpath(
            posixpath.join(posixpath.dirname(path), unquote(found[1].decode()))
        )
        if part.endswith(".css"):
            styles[part] = _hash(files.get(part, b""))
        else:
            scripts.append(files.get(part, b""))
    frame = _frame(body, scripts)
    return Look(
        page=_hash(body, *scripts),
        frame=_hash(*frame, *scripts) if frame else "",
        styles=styles,
    )


def _frame(body: bytes, scripts: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """Return what stands before and after ``<main>``, None where something may hold on to it."""
    rest = _TOLD.sub(b"", body)
    starts = [found.start() for found in _MAIN.finditer(rest)]
    if len(starts) != 1 or rest.count(_MAIN_END) != 1 or rest.count(b"<script") != len(scripts):
        return None
    end = rest.index(_MAIN_END)
    main = rest[starts[0] : end]
    told = [_HOLDS.search(script) for script in scripts]
    held = [word for found in told if found for word in found[1].split()]
    if not all(told) or any(word in main for word in (*held, b"<script", b"<noscript", b"<style")):
        return None
    return rest[: starts[0]], rest[end:]


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


def events(before: str, now: Look, body: bytes, wrong_before: str | None, wrong: str) -> bytes:
    """Return the server-sent events that lead a page from one look to another; maybe none.

    ``before`` is the name of the look that the page shows, and ``body`` the page as it is ``now``;
    ``wrong`` is a headline and, below it, what is wrong with the notes; empty where nothing is.
    """
    sent = b""
    if wrong != wrong_before:
        sent += _event("wrong", json.dumps(wrong), before)
    page, _, rest = before.partition(".")
    frame, _, styles = rest.partition(".")
    if page != now.page and not (frame and frame == now.frame):
        return sent + _event("page", "", now.name)
    if page != now.page:
        sent += _event("main", json.dumps(body.decode(), ensure_ascii=False), now.name)
    if styles != now.name.rpartition(".")[2]:
        sent += _event("styles", json.dumps(sorted(now.styles)), now.name)
    return sent


def _event(name: str, data: str, shown: str) -> bytes:
    return f"event: {name}\nid: {shown}\ndata: {data}\n\n".encode()
