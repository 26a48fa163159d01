"""An address → what the preview answers, from the site's files in memory.

No path of a request ever reaches the disk: it is looked up among the paths of the site.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

INDEX = "index.html"
MISSING = "404.html"

# Of the endings that a site may have; the system's own table differs between machines.
TYPES = {
    "avif": "image/avif",
    "bmp": "image/bmp",
    "css": "text/css; charset=utf-8",
    "gif": "image/gif",
    "html": "text/html; charset=utf-8",
    "ico": "image/vnd.microsoft.icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "md": "text/markdown; charset=utf-8",
    "opml": "text/x-opml; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xml": "application/xml",
    "xsl": "text/xsl; charset=utf-8",
}
UNKNOWN = "application/octet-stream"
HTML = TYPES["html"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What to send; ``path`` is the site's file, ``location`` where a redirection leads."""

    status: HTTPStatus
    type: str = "text/plain; charset=utf-8"
    body: bytes = b""
    path: str = ""
    location: str = ""


def answer(files: Mapping[str, bytes], mount: str, target: str) -> Answer:
    """Answer a request for ``target`` (path and query) on a site mounted at ``mount``.

    ``mount`` begins and ends with ``/``. A folder is answered by its ``index.html``, and an address
    without a page by the site's ``404.html``.
    """
    asked = urlsplit(target).path
    if not asked.startswith(mount):
        root = asked in {"/", mount.rstrip("/")}
        return _moved(mount) if root else _missing(files)
    path = unquote(asked[len(mount) :])
    if path in files:
        return _file(HTTPStatus.OK, path, files[path])
    if not path or path.endswith("/"):
        index = path + INDEX
        return _file(HTTPStatus.OK, index, files[index]) if index in files else _missing(files)
    if f"{path}/{INDEX}" in files:
        return _moved(f"{mount}{quote(path)}/")
    return _missing(files)


def _file(status: HTTPStatus, path: str, body: bytes) -> Answer:
    ending = path.rpartition("/")[2].rpartition(".")[2].lower()
    return Answer(status=status, type=TYPES.get(ending, UNKNOWN), body=body, path=path)


def _moved(location: str) -> Answer:
    return Answer(status=HTTPStatus.FOUND, location=location)


def _missing(files: Mapping[str, bytes]) -> Answer:
    if MISSING in files:
        return _file(HTTPStatus.NOT_FOUND, MISSING, files[MISSING])
    # The site could not be made yet: a page that waits for it.
    waiting = b"<!doctype html><html><head><title>Digest</title></head><body></body></html>\n"
    return Answer(status=HTTPStatus.SERVICE_UNAVAILABLE, type=HTML, body=waiting)
