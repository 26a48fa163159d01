"""The words of a page that leads to another."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedWords:
    """What a reader sees who is not taken along at once."""

    title: str
    text: str


ZH = MovedWords(title="本页已移动", text="内容在这里：")
EN = MovedWords(title="This page has moved", text="It is now here:")
