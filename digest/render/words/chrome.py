"""The words around every page: the search box, the colour switch, the list of keys."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ChromeWords:
    """``keys`` tells each key with what it does, in the order of the list."""

    find: str
    find_hint: str
    theme: str
    theme_system: str
    theme_light: str
    theme_dark: str
    keys_title: str
    keys: tuple[tuple[tuple[str, ...], str], ...]
    keys_single: str
    close: str


ZH = ChromeWords(
    find="搜索",
    find_hint="搜标题、正文、来源",
    theme="颜色",
    theme_system="跟随系统",
    theme_light="浅色",
    theme_dark="深色",
    keys_title="键盘",
    keys=(
        (("/", "Ctrl K"), "搜索"),
        (("j", "k"), "下一条、上一条"),
        (("o", "Enter"), "打开这一条"),
        (("n", "p"), "较旧、较新的一页"),
        (("?",), "打开这张表"),
        (("Esc",), "关闭"),
    ),
    keys_single="启用单键操作",
    close="关闭",
)

EN = ChromeWords(
    find="Search",
    find_hint="Titles, texts, sources",
    theme="Colours",
    theme_system="As the system",
    theme_light="Light",
    theme_dark="Dark",
    keys_title="Keyboard",
    keys=(
        (("/", "Ctrl K"), "search"),
        (("j", "k"), "next entry, previous entry"),
        (("o", "Enter"), "open the entry"),
        (("n", "p"), "older page, newer page"),
        (("?",), "show these keys"),
        (("Esc",), "close"),
    ),
    keys_single="Single keys are on",
    close="Close",
)
