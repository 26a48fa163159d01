"""The first line of a daily bullet: ``(**rating**)title  account  url  rest``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from digest.links import find_bare_urls
from digest.readers.inline import plain, targets, without_images

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.source import Line

# (**值得看看**)   （**非常值得看看**）   ((**重要**)   【**必读**】   **（值得看看）**
_RATING = re.compile(
    r"^\s*(?:[(（【\[]+\s*\*\*(?P<inside>.+?)\*\*\s*[)）】\]]*(?!\()"
    r"|\*\*\s*[(（【\[]+(?P<outside>[^()（）【】\[\]*]+)[)）】\]]+\s*\*\*)\s*"
)
# （值得看看）   【必读】   (must read)
_PLAIN_RATING = re.compile(r"^\s*[(（【\[](?P<note>[^()（）【】\[\]*]{1,20})[)）】\]](?!\()\s*")
_RATING_WORD = re.compile(
    r"值得|必看|必读|必学|务必|重要|推荐|精读|收藏|有趣|有意思|看看|不错"
    r"|\b(?:must|worth|recommended|important|interesting)\b",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[ \t\u3000\xa0]{2,}")  # title  source  url
_BREAK = re.compile(r"(?<!\s)\s*\\\s*$")  # a hard line break at the end of a line
# 来源：   论文链接:   source   | via
_LEAD_TO_URL = re.compile(
    r"(?<![\s,，;；:：|｜])[\s,，;；:：|｜]*(?:(?:来源|链接|地址|原文|论文链接|论文地址|项目地址"
    r"|source|link|via)\s*[:：]?\s*)?$",
    re.IGNORECASE,
)
_SENTENCE_MARK = re.compile(r"[，。！？；：,!?;《》「」“”…]|\.\s")  # never in an account's name
_HAN_NAME = re.compile(r"^[\u4e00-\u9fff][\w\u4e00-\u9fff]{2,19}$")  # 关于NLP那些事儿
_TITLE_END = " ：:，,"
LONGEST_NAME = 24


class Accounts(NamedTuple):
    """The accounts that a note names; ``usual`` tells that nearly every entry names one."""

    names: frozenset[str] = frozenset()
    usual: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstLine:
    """What a line says: title as written, account, and what stands from a second address on."""

    title: str
    author: str | None = None
    rest: str = ""
    has_address: bool = True


def take_rating(text: str) -> tuple[str | None, str]:
    """Take the curator's rating off the start of a title: ``值得看看`` and the rest."""
    match = _RATING.match(text)
    if match is not None:
        return plain(match["inside"] or match["outside"]), text[match.end() :]
    match = _PLAIN_RATING.match(text)
    if match is not None and _RATING_WORD.search(match["note"]):
        return plain(match["note"]), text[match.end() :]
    return None, text


def accounts_in(texts: Iterable[str]) -> Accounts:
    """Return the accounts that stand clearly between a title and an address."""
    firsts = [read_first_line(take_rating(text)[1], Accounts()) for text in texts]
    addressed = sum(first.has_address for first in firsts)
    named = [first.author for first in firsts if first.author is not None]
    return Accounts(frozenset(named), usual=len(named) * 2 >= addressed > 0)


def read_first_line(text: str, accounts: Accounts) -> FirstLine:
    """Take the line apart that holds an entry's title; ``accounts`` are the whole note's."""
    text = _BREAK.sub("", text)
    begin, end = address_in(text)
    if begin < 0:
        words, _, last = text.strip().replace("\u3000", "  ").rpartition("  ")
        if last in accounts.names:
            return FirstLine(title=words.strip(), author=last, has_address=False)
        return FirstLine(title=text.strip(), has_address=False)
    if begin == 0:  # the address or a linked title comes first
        linked = next((t for t in targets(text) if t.start == 0 and not t.image), None)
        if linked is None:
            return FirstLine(title=text[end:].strip())
        return FirstLine(title=linked.text.strip(), rest=text[end:].strip())
    before = _LEAD_TO_URL.sub("", text[:begin])
    parts = [part for part in _SEPARATOR.split(before.strip()) if part]
    author = None
    if len(parts) > 1 and _is_name(parts[-1], accounts):
        author = parts[-1]
        while len(parts) > 1 and parts[-1] == author:
            parts.pop()
    elif len(parts) == 1:
        head, _, tail = parts[0].rpartition(" ")
        if head and _is_sole_name(tail, accounts):
            parts, author = [head.strip()], tail
    return FirstLine(title="  ".join(parts), author=author, rest=text[end:].strip())


def address_in(text: str) -> tuple[int, int]:
    """Return where the first web address or Markdown link of a line stands, or (-1, -1)."""
    links = targets(text)
    found = [(link.start, link.end) for link in links if not link.image]
    for link in links:
        text = text[: link.start] + " " * (link.end - link.start) + text[link.end :]
    found += [(bare.start, bare.end) for bare in find_bare_urls(text)]
    return min(found, default=(-1, -1))


def _is_name(text: str, accounts: Accounts) -> bool:
    """Whether words set apart before an address are an account's name, not more title."""
    return text in accounts.names or (len(text) <= LONGEST_NAME and not _SENTENCE_MARK.search(text))


def _is_sole_name(text: str, accounts: Accounts) -> bool:
    """Whether one word before an address is an account's name though only a space is between."""
    return text in accounts.names or (accounts.usual and _HAN_NAME.match(text) is not None)


def account_below(first: FirstLine, below: str, accounts: Accounts) -> FirstLine | None:
    """Return title, account and rest where the title's address stands on the next line.

    The account begins that line (``account  url``), or ends the title's (``title  account``).
    """
    begin, end = address_in(below)
    if first.has_address or begin < 0:
        return None
    name = below[:begin].strip()
    apart = _SEPARATOR.search(below[:begin].lstrip())
    rest = _BREAK.sub("", below[end:]).strip()
    if first.author is None and name:
        if _is_sole_name(name, accounts) or (apart and _is_name(name, accounts)):
            return FirstLine(title=first.title, author=name, rest=rest)
        return None
    if name:
        return None
    *words, last = _SEPARATOR.split(first.title)
    if first.author is None and words and _is_name(last, accounts):
        return FirstLine(title="  ".join(words), author=last, rest=rest)
    return FirstLine(title=first.title, author=first.author, rest=rest)


def title_of(text: str) -> str:
    """Return the words of a title without images and loose punctuation at its end."""
    return plain(without_images(_BREAK.sub("", text))).rstrip(_TITLE_END)


def images_of(text: str) -> str:
    """Return the Markdown images of a title."""
    return " ".join(text[t.start : t.end] for t in targets(text) if t.image)


def title_below(text: str, below: Sequence[Line]) -> int | None:
    """Return which of the lines below holds the title, where the first has none but an image."""
    if title_of(text) or not images_of(text):
        return None
    return next((n for n, line in enumerate(below) if title_of(line.text)), None)
