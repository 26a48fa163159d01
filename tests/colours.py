"""The colours of the stylesheet, and how well two of them stand apart."""

from __future__ import annotations

import re
from pathlib import Path

STYLE = Path(__file__).parent.parent / "static" / "style.css"
_COLOUR = "(#[0-9a-f]{6}|currentcolor)"
PAIR = re.compile(rf"light-dark\({_COLOUR}, ?{_COLOUR}\)")  # light-dark(#fdfcfa, #181614)
_TOKEN = re.compile(rf"(--[a-z]+): {PAIR.pattern}")


def tokens() -> dict[str, tuple[str, str]]:
    """Return the colours that ``style.css`` names, light and dark."""
    text = STYLE.read_text(encoding="utf-8")
    return {name: (light, dark) for name, light, dark in _TOKEN.findall(text)}


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
