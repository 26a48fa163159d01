"""Characters and addresses that are not what they look like; most can be mended mechanically."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from digest.links import absolute
from digest.proof.finding import Edit, Finding, finding
from digest.readers.inline import targets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.model import Link, Read
    from digest.source import Line

# Zero-width space, word joiner, byte order mark, soft hyphen, direction marks and overrides,
# control characters but the tab, and the joiners (of these only some: see `_joins`).
_UNSEEN = re.compile(
    "[\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad"
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
_JOINERS = "\u200c\u200d"
# A heading's number run into its title: ## 1.4.Title   * 3、title needs none
_TIGHT_NUMBER = re.compile(
    r"^ {0,3}#{1,6}(?P<gap>[ \t]*)(?P<number>\d{1,3}[.．]\d{1,3}[.．])(?=[^\s\d.．])"
)
_SCHEME = re.compile(r"^(?:[A-Za-z][A-Za-z0-9+.\-]*:|//)")  # https:  mailto:  //host
# htps://a.org   ttps://a.org   http:/a.org   https//a.org   http：//a.org
_MISSPELT = re.compile(
    r"(?!https?://)(?P<scheme>h?t{1,3}p{0,2}s?(?:[:;：]/{1,3}|//))(?=[^\s/])", re.IGNORECASE
)
# What a sentence or a paste leaves at the end of an address: …/a，  …/a%EF%BC%8C  …/a**  …/a"
_JUNK = re.compile(
    r"(?:%(?:E3%80%8[1-9A-F]|EF%BC%[89A]\w|E2%80%[9A]\w)|[\"'`*\\<>{}|^]|[\u2018-\u201f\u3001-\u3011\uff01-\uff5e])+$",
    re.IGNORECASE,
)
_GLUED = re.compile(r"(?<=[A-Za-z0-9])https?://", re.IGNORECASE)  # https://a.org/xhttps://b.org


def invisible_characters(read: Read, fenced: frozenset[int]) -> Iterator[Finding]:
    """Find characters that nobody sees: they break searches, links and headings. Mended."""
    del fenced  # in code they do the most harm
    for line in read.source.lines:
        if line.text.isascii() and line.text.isprintable():
            continue
        places = [
            m.start() for m in _UNSEEN.finditer(line.text) if not _joins(line.text, m.start())
        ]
        if places:
            first = line.text[places[0]]
            name = unicodedata.name(first, f"U+{ord(first):04X}").lower()
            more = f" and {len(places) - 1} more" if len(places) > 1 else ""
            span = read.source.span(line.number, places[0], places[0] + 1)
            edits = (Edit(line=line.number, start=at, end=at + 1, text="") for at in places)
            fact = f"invisible character: {name}{more}"
            yield finding("R201", span, fact, "delete it; `check --fix` does", *edits)


def _joins(text: str, at: int) -> bool:
    """Whether a joiner holds two signs together, as in a family of emoji or in Indic scripts."""
    if text[at] not in _JOINERS or not 0 < at < len(text) - 1:
        return False
    return all(_is_sign(text[at + step]) for step in (-1, 1))


def _is_sign(character: str) -> bool:
    wide = unicodedata.east_asian_width(character) == "W"
    letter = unicodedata.category(character).startswith("L")
    return not character.isascii() and not character.isspace() and not (wide and letter)


def tight_numbers(read: Read, fenced: frozenset[int]) -> Iterator[Finding]:
    """Find headings whose number runs into the title. Mended."""
    for entry in read.entries:
        line = read.source.line(entry.place.line)
        match = _TIGHT_NUMBER.match(line.text)
        if match is not None and line.number not in fenced:
            gap = Edit(line=line.number, start=match.start("gap"), end=match.end("gap"), text=" ")
            edits = [Edit(line=line.number, start=match.end(), end=match.end(), text=" ")]
            if match["gap"] != " ":
                edits.append(gap)
            span = read.source.span(line.number, *match.span("number"))
            fact = f"no space between the number {match['number']} and the title"
            yield finding("R202", span, fact, "put one; `check --fix` does", *edits)


def addresses(read: Read, fenced: frozenset[int]) -> Iterator[Finding]:
    """Find addresses without a scheme (mended) and those that a paste left something at."""
    for entry in read.entries:
        for link in entry.links:
            if link.span.line not in fenced:
                yield from _address(read, read.source.line(link.span.line), link)


def misspelt_schemes(read: Read, fenced: frozenset[int]) -> Iterator[Finding]:
    """Find Markdown links that lead nowhere because their ``https://`` is misspelt."""
    for entry in read.entries:
        for number in range(entry.place.line, entry.place.end_line + 1):
            line = read.source.line(number)
            if number in fenced or "](" not in line.text:
                continue
            for target in targets(line.text):
                match = _MISSPELT.match(target.address)
                if match is None:
                    continue
                start = line.text.rindex(target.address, target.start, target.end)
                span = read.source.span(number, start, start + len(target.address))
                fact = f"`{match['scheme']}` is no scheme, so the link leads nowhere"
                yield finding("R212", span, fact, "write `https://`")


def _address(read: Read, line: Line, link: Link) -> Iterator[Finding]:
    start, end = _written(line, link)
    written = line.text[start:end]
    span = read.source.span(line.number, start, end)
    if not _SCHEME.match(written) and absolute(written) == link.url:
        edit = Edit(line=line.number, start=start, end=start, text="https://")
        fact = f"the address has no scheme: {written}"
        yield finding("R203", span, fact, "put https:// before it; `check --fix` does", edit)
    junk = _JUNK.search(written)
    glued = _GLUED.search(written)
    if junk is not None:
        at = read.source.span(line.number, start + junk.start(), end)
        fact = f"the address ends in `{junk.group()}`, which is hardly part of it"
        yield finding("R204", at, fact, "end the address before it, or follow it to see")
    elif glued is not None:
        at = read.source.span(line.number, start + glued.start(), end)
        fact = "a second address begins inside this one"
        yield finding("R204", at, fact, "put a space between the two")


def _written(line: Line, link: Link) -> tuple[int, int]:
    """Return where the address of a link stands in its line (0-based, end exclusive)."""
    start, end = link.span.column - 1, link.span.end_column - 1
    if line.text[start] not in "[<":
        return start, end
    for target in targets(line.text):
        if (target.start, target.end) == (start, end):
            at = line.text.rindex(target.address, start, end)
            return at, at + len(target.address)
    return start, start  # an HTML tag: browsers mend those
