"""Which ``*``, ``_`` and ``~~`` may open or close emphasis, also beside Chinese text.

CommonMark's flanking rules lean on spaces around words, which Chinese, Japanese and Korean do not
write: ``**重点。**后文`` stays literal by them. These are the rules of the CommonMark CJK-friendly
amendments (https://github.com/tats-u/markdown-cjk-friendly): punctuation of those scripts counts as
a letter, and beside such a character punctuation of others does not keep a run from opening or
closing. Two cases differ from CommonMark on purpose, both of a single ``*``: between digits
(``512*512*3``) it is a multiplication, and after a Latin name before Chinese text (``Q*算法``) it
belongs to the name and opens nothing.
"""

from __future__ import annotations

import unicodedata

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned

_VARIATION = frozenset(map(chr, (*range(0xFE00, 0xFE0F), *range(0xE0100, 0xE01F0))))
_FULLWIDTH_FORM = "\ufe01"  # after ‘ ’ “ ” it asks for their Chinese form
# Emoji are as wide as ideographs (UAX #11) but are no letters of these scripts.
_EMOJI_BELOW = 0x2E80
_EMOJI_FROM = 0x1F000
_EMOJI_TO = 0x1FAFF


def is_cjk(character: str) -> bool:
    """Whether a character is Chinese, Japanese or Korean text or punctuation (not an emoji)."""
    if unicodedata.east_asian_width(character) not in {"W", "F", "H"}:
        return "\u1100" <= character <= "\u11ff"  # Hangul vowels and finals are narrow
    code = ord(character)
    symbol = unicodedata.category(character) in {"So", "Sk"}
    return not (symbol and (code < _EMOJI_BELOW or _EMOJI_FROM <= code <= _EMOJI_TO))


class CjkState(StateInline):
    """The state of inline parsing with flanking rules that know Chinese text."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: FBT001, N802, N803 - the parser calls it so
        """Measure the run of markers at ``start`` and tell whether it can open and close."""
        marker = self.src[start]
        end = start
        while end < self.posMax and self.src[end] == marker:
            end += 1
        after = self.src[end] if end < self.posMax else " "
        before, wide_form = self._before(start)
        cjk_before = wide_form or is_cjk(before)
        cjk_after = is_cjk(after)
        space_before, space_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
        mark_before = _is_punctuation(before) and not cjk_before
        mark_after = _is_punctuation(after) and not cjk_after
        left = not space_after and (not mark_after or space_before or mark_before or cjk_before)
        right = not space_before and (not mark_before or space_after or mark_after or cjk_after)
        opens = left and (canSplitWord or not right or _is_punctuation(before))
        closes = right and (canSplitWord or not left or _is_punctuation(after))
        if marker == "*" and end == start + 1 and before.isascii() and before.isalnum():
            between_digits = before.isdigit() and after.isascii() and after.isdigit()
            opens = opens and not cjk_after and not between_digits
            closes = closes and not between_digits
        return Scanned(opens, closes, end - start)

    def _before(self, start: int) -> tuple[str, bool]:
        """Return the character before a run, past a variation selector, and if that widens it."""
        if start == 0:
            return " ", False
        character = self.src[start - 1]
        if character in _VARIATION and start > 1:
            return self.src[start - 2], character == _FULLWIDTH_FORM
        return character, False


def _is_punctuation(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)
