"""What counts as the same text, and what a text is made of; ``static/search.js`` has its twin.

The two must agree on every character: ``tests/search/test_fold.py`` compares them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize

# Han, kana, bopomofo and hangul: scripts in which a word may start at any character. The ranges are
# written out, so that no version of Unicode changes them; signs between them do no harm.
CJK = (
    "\u1100-\u11ff\u2e80-\u2fff\u3005-\u3007\u3021-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
# White space and controls; other sorts of space are U+0020 after NFKC.
_SPACES = re.compile("[\x00-\x20\x7f-\xa0\u1680\u2028\u2029\ufeff]+")
# 多模态   gpt4   +   but nothing for a space
RUNS = re.compile(f"(?P<cjk>[{CJK}]+)|(?P<word>(?:(?![{CJK}])[^\\W_])+)|(?P<sign>[^ ])")
# Chat|GPT   Open|AI   Llama|2: where a word begins inside another
_JOINT = re.compile("(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=[0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A folded text; ``joints`` are the offsets at which a word begins inside another."""

    text: str
    joints: tuple[int, ...]


def fold(text: str) -> str:
    """Return a text as it is compared: NFKC, without case, with runs of spaces as one.

    Case goes by way of the capitals, as ``ſ`` and ``ß`` need it; JavaScript has no ``casefold``.
    """
    small = normalize("NFKC", text).lower().upper().lower().replace("ς", "σ")
    return _SPACES.sub(" ", normalize("NFKC", small)).strip(" ")


def folded(text: str) -> Folded:
    """Fold a text and find the words inside words, which only its capitals show."""
    pieces = _JOINT.split(_SPACES.sub(" ", normalize("NFKC", text)).strip(" "))
    joints: list[int] = []
    parts: list[str] = []
    length = 0
    for piece in pieces:
        joints.append(length)
        parts.append(fold(piece))
        length += len(parts[-1])
    return Folded(text="".join(parts), joints=tuple(joints[1:]))
