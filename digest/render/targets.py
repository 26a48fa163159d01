"""Where links and images of a body lead: outside, to a file of the site, or nowhere.

A link works when it leads to a web address, a mail address, or an image of the site. Any other
(``#anchor``, ``other-note.md``, ``javascript:…``) leaves its text and, unless it is a mere anchor,
its address. Links to other hosts carry ``rel="external"`` and open where the reader chooses.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import parse_qs, quote, urlsplit

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token

from digest.diagnostics import Diagnostic, diagnostic
from digest.links import absolute, host_of
from digest.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from digest.model import Entry
    from digest.source import Line

    ImageAt = Callable[[str], str | None]

SITE: Final = "site:/"  # begins the address of a file of the site, until ``rebase`` replaces it
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")  # https:   data:   C:
_HOST = re.compile(r"[\w.\-]+")  # github.com   例子.中国
_IMAGE_FILE = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|svg)\Z", re.IGNORECASE)  # chart.PNG
# What editors write as alternative text by themselves: image, img 3, 图片, 0f3a5b6c-12d4-…
_FILLED_IN = re.compile(
    r"(?:image|img|picture|pic|photo|screenshot|screen shot|pasted image|untitled|alt ?text|alt|"
    r"图片|图像|截图|屏幕截图|微信图片|在这里插入图片描述|请输入图片描述|输入图片说明)?"
    r"[\s\d_.:()（）\-]*|[0-9a-f\-]{16,}",
    re.IGNORECASE,
)
_LONGEST = 20_000  # pixels; more is no picture's size
_PIXELS = re.compile(r"(\d{1,5})(?:px)?", re.ASCII)  # 600   600px


class Sight(NamedTuple):
    """The entry whose body is rendered, the lines of one block of it, and its images."""

    entry: Entry
    lines: Sequence[Line]
    image_at: ImageAt


def settle_links(tokens: Sequence[Token], image_at: ImageAt) -> list[Token]:
    """Give each link of a block's text its address; one that leads nowhere is no link."""
    settled: list[Token] = []
    ends: list[Token | None] = []
    for place, token in enumerate(tokens):
        if token.type == "link_open":
            written = str(token.attrs.get("href", ""))
            url = _link_target(written, image_at)
            if url is None:
                ends.append(_text(_address_shown(written, token)))
                settled += [_text("<")] if token.info == "auto" else []
                continue
            ends.append(None)
            token.meta["url"] = url
            _open_link(token, url)
            settled.append(token)
            _name_link(tokens[place + 1 :], settled, url)
        elif token.type == "link_close":
            settled.append(ends.pop() or token)
        else:
            settled.append(token)
    return settled


def _open_link(token: Token, url: str) -> None:
    inside = url.startswith((SITE, "mailto:"))
    title = {name: value for name, value in token.attrs.items() if name == "title"}
    token.attrs = {
        "href": url if url.startswith(SITE) else normalizeLink(url),
        **({} if inside else {"rel": "external"}),
        **title,
    }


def _text(words: str) -> Token:
    token = Token("text", "", 0)
    token.content = words
    return token


def _web_address(written: str) -> str | None:
    """Return an absolute address whose host a browser can look up."""
    url = absolute(written)
    return url if url is not None and _HOST.fullmatch(urlsplit(url).hostname or "") else None


def _link_target(written: str, image_at: ImageAt) -> str | None:
    if written[:7].casefold() == "mailto:":
        return written
    url = _web_address(written)
    if url is not None:
        return url
    if _IMAGE_FILE.search(written) and not _SCHEME.match(written):
        path = image_at(written)
        return None if path is None else SITE + quote(path)
    return None


def _address_shown(written: str, token: Token) -> str:
    """Return what follows the text of a link that leads nowhere."""
    if token.info == "auto":
        return ">"
    return f" ({written})" if written and not written.startswith("#") else ""


def _name_link(following: Sequence[Token], settled: list[Token], address: str) -> None:
    """Give a name to a link that has none to read out: around nothing or a wordless picture."""
    inner: list[Token] = []
    for token in following:
        if token.type == "link_close":
            break
        inner.append(token)
    if any(token.content.strip() for token in inner if token.type != "image"):
        return
    pictures = [token for token in inner if token.type == "image"]
    if not pictures:
        settled.append(_text(address))
    elif not any(alternative(token) for token in pictures):
        pictures[0].meta["name"] = host_of(address) or posixpath.basename(address)


def alternative(image: Token) -> str:
    """Return the words of an image's alternative text, empty where an editor filled it in."""
    if "name" in image.meta:
        return str(image.meta["name"])
    parts = (
        " " if token.type in {"softbreak", "hardbreak"} else token.content
        for token in image.children or ()
    )
    words = " ".join("".join(parts).split())
    stem = posixpath.splitext(posixpath.basename(str(image.attrs.get("src", ""))))[0]
    named = words == stem and any(character.isdigit() for character in words)
    is_file = " " not in words and _IMAGE_FILE.search(words) is not None
    return "" if named or is_file or _FILLED_IN.fullmatch(words) else words


def settle_images(tokens: Sequence[Token], sight: Sight) -> list[Diagnostic]:
    """Give each image of a block's text its address and size; return what is missing."""
    found: list[Diagnostic] = []
    after = 0  # images follow each other in the lines of the block
    for token in tokens:
        if token.type != "image":
            continue
        written = str(token.attrs.get("src", ""))
        address = _image_target(written, sight.image_at)
        if address is not None:
            token.attrs = _image_attributes(token, address)
            continue
        after, span = _place(sight, written, after)
        found.append(_missing(sight.entry, written, span))
        token.type, token.tag = "missing_image", "span"
        token.content = alternative(token)
        token.info = written.partition(",")[0] if written.startswith("data:") else written
    return found


def _image_target(written: str, image_at: ImageAt) -> str | None:
    url = _web_address(written)
    if url is not None:
        return normalizeLink(url)
    if not written or _SCHEME.match(written):
        return None
    path = image_at(written)
    return None if path is None else SITE + quote(path)


def _image_attributes(token: Token, address: str) -> dict[str, str | int | float]:
    # ``rebase`` relies on ``src`` being first.
    attributes: dict[str, str | int | float] = {"src": address, "alt": alternative(token)}
    attributes.update(_size(token, address))
    if token.attrs.get("title"):
        attributes["title"] = token.attrs["title"]
    attributes.update({"loading": "lazy", "decoding": "async"})
    if not address.startswith(SITE):
        attributes["referrerpolicy"] = "no-referrer"
    return attributes


def _size(token: Token, address: str) -> dict[str, int]:
    """Return the size in pixels that the tag or the address tells, as in ``#?w=1080&h=811``.

    A tag that tells one side only takes the other from the address's proportions.
    """
    tag = {key: _pixels(str(token.attrs.get(key, ""))) for key in ("width", "height")}
    told = {key: value for key, value in tag.items() if value}
    parts = urlsplit(address)
    for query in (parts.query, parts.fragment.partition("?")[2]):
        values = parse_qs(query)
        width = _pixels(next(iter(values.get("w") or values.get("width") or ()), ""))
        height = _pixels(next(iter(values.get("h") or values.get("height") or ()), ""))
        if not width or not height:
            continue
        if not told:
            return {"width": width, "height": height}
        if "height" not in told:
            return {**told, "height": max(round(told["width"] * height / width), 1)}
    return told


def _pixels(written: str) -> int:
    found = _PIXELS.fullmatch(written.strip())
    size = int(found[1]) if found else 0
    return size if size <= _LONGEST else 0


def _place(sight: Sight, written: str, after: int) -> tuple[int, Span]:
    """Find the line that names an address, from line ``after`` of the block on."""
    for number, line in enumerate(sight.lines[after:], start=after):
        if written and written in line.text:
            return number, _span(sight.entry, line, written)
    number = min(after, len(sight.lines) - 1)
    return number, _span(sight.entry, sight.lines[number], "")


def _span(entry: Entry, line: Line, written: str) -> Span:
    """Return the span of an address in the line as it stands on disk, or of the whole line."""
    text = next((w.text for w in entry.written if w.number == line.number), line.text)
    start = max(text.find(written), 0)
    end = start + len(written) if written and written in text else len(text)
    return Span(
        path=entry.place.path, line=line.number, column=start + 1, end_column=max(end, start) + 1
    )


def _missing(entry: Entry, written: str, span: Span) -> Diagnostic:
    if not written or _SCHEME.match(written):
        shown = written.partition(",")[0][:80] or "without an address"
        hint = "save the image beside the note and write its relative path"
        return diagnostic("S101", span, f"image {shown} cannot be shown", hint)
    folder = posixpath.dirname(entry.place.path)
    path = posixpath.normpath(posixpath.join(folder, written))
    return diagnostic(
        "S101",
        span,
        f"image {written} is not there",
        f"put the file at {path}, or correct the path",
    )
