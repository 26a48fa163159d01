"""A title for a post that has none: the first clause that says what the post is about."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from digest.links import ENTRIES_KEPT, find_bare_urls
from digest.readers.inline import plain, targets, without_images

if TYPE_CHECKING:
    from collections.abc import Iterable

NEAR = 60  # characters: a longer sentence is cut at the clause end nearest below
MOST = 80
ENOUGH = 14  # a shorter sentence is taken with the next; a longer clause ends at its address
FEWEST = 4  # 绝了 says nothing of what a post is about

# 推荐阅读：  转译：  新翻译了：  刚翻译完一篇论文：  转译一下 …  某某发布的：  Recommended reading:
_LEAD_IN = re.compile(
    r"^(?:(?:今天|刚刚?|新|昨天|最近|强烈|再次|继续|顺便|也)*"
    r"(?:推荐|转译|转载|翻译|分享|编译|译文|原文|转发)"
    r"(?:了|完|一下|一篇|一个|阅读|这篇|文章|论文|推文|博客|视频|来自|的|好文)*\s*[：:，,]\s*"
    r"|(?:转译|翻译|转发|分享)一下\s*"
    r"|[^：:，,。]{1,14}(?:发布|写|推荐|分享|翻译)的[：:]\s*"
    r"|(?:recommended(?: reading)?|translated|translation|must[- ]read|via|rt)\s*[:：]\s*)",
    re.IGNORECASE,
)
# 推荐阅读：《标题 [译]》 …   一篇有意思的文章：《标题》—— …   给《刊物》写的稿子：《标题》
_QUOTED_TITLE = re.compile(
    r"^(?:[^《》。！？!?]|《[^《》]*》){0,45}[：:]\s*《(?P<title>[^《》]{4,160})》"
    r"|^(?:强烈)?(?:推荐|分享|翻译|转译)[^《》。，！？!?]{0,30}《(?P<last>[^《》]{4,160})》[。！!]?$"
)
_WHOLE_QUOTED = re.compile(r"^《(?P<title>[^《》]{4,160})》[。！!]?$")  # 《标题 [译]》
_TRANSLATED = re.compile(r"\s*[\[（(【]\s*译文?\s*[\]）)】](?=\s*(?:\||$))")  # [译]  （译）
_HASH_TAG = re.compile(r"^#+\s*(?=\S)")  # # 开源项目推荐：baserow   #AI 开源项目推荐：MLX
_TAG_END = re.compile(r"^(?P<tag>[^#\s]{1,16})#\s*(?=[：:])")  # 开源项目推荐#：Pitivi
# #工程师学习 这个…   #LLM群体智能# 单体大模型…
_TAG_WORD = re.compile(r"^#(?:[\u4e00-\u9fff]{2,16}|[^#\s]{1,20}#)(?:\s+|(?<=#))(?![\s：:])(?=\S)")
_MARKER = re.compile(
    r"^(?:>+\s*|[-*+•◆]\s+|\d{1,2}\s*/\s*(?:\d{1,2}[.、:]?\s+|(?<=/ )))+"
)  # > - 2/2.   1/
_SENTENCE_DONE = re.compile(r"[。！？!?…：:.]\s*$")  # …幻觉。
_HANDLE_ONLY = re.compile(r"^@\w+$")  # @someone
# 某某的笔记 @handle   孙七 @sunqi 2024-02-01
_QUOTED_HEADER = re.compile(r"^[^，。：:！？]{1,24}\s@\w+(?:\s+[\d\-./年月日]{8,12})?$")
_DATE_ONLY = re.compile(r"^[\d\s\-./:：年月日,，作者]*$")  # 2023-12-06
_LABEL_ONLY = re.compile(r"^[^：:]{1,12}[：:]$")  # 转译：   原文：
_RULE = re.compile(r"^[-*_=~]{3,}$")  # ---
_EXCLAIM = re.compile(
    r"^(?:哇塞|哇|干货|绝了|好家伙|牛逼|老铁们|兄弟们|姐妹们|各位|体验一番|哈哈+)"
    r"[，,！!～~。 ]+(?=\S)"
)  # 哇塞，…
_SENTENCE_END = re.compile(r"[。！？!?…]+[」』”’）)》]?|(?<=[A-Za-z0-9)\"'”])\.(?=\s|$)|[;；]\s?")
_CLAUSE_END = re.compile(r"[，,：:、]|\s[—–-]+\s|——|。|！|？")
_ENDING = "，,、：:；;—–- 　"
_FULL_STOP = re.compile(r"(?<![.。])[.。]$")  # a headline has none
_TRAILING_EMOJI = re.compile(r"[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f\u200d]+$")  # 👍🏻


def headline(lines: Iterable[str]) -> str:
    """Return a title of at most ``MOST`` characters from a post's lines, or an empty text.

    Bare URLs, handles, dates and lead-ins such as ``转译：`` are never a title; a title that the
    post quotes in 《》 right after its lead-in is taken as it stands.
    """
    return _headline(tuple(lines))


@lru_cache(maxsize=ENTRIES_KEPT)
def _headline(lines: tuple[str, ...]) -> str:
    fallback = ""
    for line in _joined(lines):
        words = _words(line)
        if not words:
            continue
        quoted = _QUOTED_TITLE.match(words) or _WHOLE_QUOTED.match(words)
        if quoted:
            return _tidy(next(title for title in quoted.groups() if title))
        rest = _LEAD_IN.sub("", words, count=1)
        whole = len(targets(line)) == 1 and len(words) <= MOST and line.strip().endswith(")")
        candidate = _tidy(words if whole else _first_clause(_EXCLAIM.sub("", rest)))
        if len(candidate) >= FEWEST and not _LABEL_ONLY.match(rest):
            return candidate
        fallback = fallback or candidate
    return fallback


def _joined(lines: Iterable[str]) -> Iterable[str]:
    """Mend sentences that a copied post breaks around a mention.

    A mention stands on a line of its own there, and the space beside it stays on the line before
    or after: ``来自␣``, ``@StanfordHAI``, ``␣今年三月的研究``.
    """
    written = [line for line in lines if line.strip()]
    index = 0
    while index < len(written):
        line = written[index]
        while (
            index + 2 < len(written)
            and _HANDLE_ONLY.match(written[index + 1].strip())
            and (line.endswith(" ") or written[index + 2].startswith(" "))
            and not _SENTENCE_DONE.search(line)
        ):
            line = f"{line.rstrip()} {written[index + 1].strip()} {written[index + 2].lstrip()}"
            index += 2
        yield line
        index += 1


def _words(line: str) -> str:
    """Return the words of a line, or nothing where it is a bare URL, a handle, a date or a rule."""
    text = _MARKER.sub("", without_images(line).strip())
    if _RULE.match(text):
        return ""
    text = plain(text)
    text = _TAG_WORD.sub("", text) if _TAG_WORD.match(text) else _HASH_TAG.sub("", text)
    text = _TAG_END.sub(r"\g<tag>", text)
    for bare in reversed(find_bare_urls(text)):
        text = _cut_url(text, bare.start, bare.end)
    text = text.strip(" \t，,、")
    if _HANDLE_ONLY.match(text) or _DATE_ONLY.match(text) or _QUOTED_HEADER.match(text):
        return ""
    return text


_COMMAS = ("，", ",", "：", ":", "。", "；")


def _cut_url(text: str, start: int, end: int) -> str:
    """Take a bare URL out of a sentence; a bare host such as ``http://fast.ai`` is its name."""
    name = text[start:end].partition("://")[2].rstrip("/")
    before, after = text[:start].rstrip(), text[end:].lstrip()
    apart = before.endswith(_COMMAS) or after.startswith(_COMMAS) or not (before or after)
    if name and "/" not in name and not apart:
        return text[:start] + name + text[end:]
    if len(before) >= ENOUGH and (not after or before.endswith(_COMMAS)):
        return before
    if before.endswith(_COMMAS) and after.startswith(_COMMAS):
        before = before[:-1]
    gap = " " if before and after and before[-1].isascii() and after[0].isascii() else ""
    return before + gap + after


def _first_clause(text: str) -> str:
    """Cut a text at the end of its first sentence, or of a clause where that is too long."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)] + [len(text)]
    end = ends[0]
    if end < ENOUGH:
        end = max(cut for cut in ends[:2] if cut <= MOST or cut == end)
    sentence = text[:end]
    if len(sentence) <= NEAR:
        return sentence
    inside = [
        match.start()
        for match in _CLAUSE_END.finditer(sentence)
        if _is_cut(match, wordy=sentence.isascii())
    ]
    if inside:
        return sentence[: min(inside, key=lambda cut: (abs(NEAR - cut), cut))]
    if len(sentence) <= MOST:
        return sentence
    space = sentence.rfind(" ", NEAR // 3, MOST - 1)
    return f"{sentence[: space if space > 0 else MOST - 1].rstrip(_ENDING)}…"


def _is_cut(clause: re.Match[str], *, wordy: bool) -> bool:
    """Whether a sentence may be cut at a clause's end.

    English takes more characters to say as much, and an early comma there is seldom a clause's.
    """
    least = NEAR // 6
    if wordy and clause.group() == ",":
        least = NEAR * 3 // 4
    return least <= clause.start() <= (MOST if wordy else NEAR + NEAR // 5)


def _tidy(title: str) -> str:
    text = _TRANSLATED.sub("", title.strip().rstrip(_ENDING))
    text = _TRAILING_EMOJI.sub("", text.strip())
    return _balanced(_FULL_STOP.sub("", text.strip().rstrip(_ENDING)))


_PAIRS = {"「": "」", "『": "』", "“": "”", "《": "》", "（": "）", "(": ")", "【": "】"}


def _balanced(text: str) -> str:
    """Drop a quotation mark at the very start whose other half was cut away."""
    if text and text[0] in _PAIRS and _PAIRS[text[0]] not in text:
        return text[1:]
    if text and text[-1] in _PAIRS.values():
        opening = next(left for left, right in _PAIRS.items() if right == text[-1])
        if opening not in text:
            return text[:-1]
    return text
