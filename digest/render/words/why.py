"""The words that tell why an entry has its category, topics and date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.model import DateBasis, Origin

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyWords:
    """``{…}`` are filled in with ``str.format``."""

    title: str
    category: str
    fixed_by: Mapping[Origin, str]
    chosen_by_evidence: str
    unsure: str
    doubt: str
    no_evidence: str
    runner_up: str
    no_runner_up: str
    evidence_for: str
    signal: str
    weight: str
    line: str
    date_at: str
    date_from: str
    bases: Mapping[DateBasis, str]
    no_date: str


ZH = WhyWords(
    title="为什么归在这里？",
    category="归入“{category}”。",
    fixed_by={
        Origin.DIRECTIVE: "编者在注释里写明：“{text}”（第 {line} 行）。",
        Origin.FRONT_MATTER: "编者在文件头里写明：“{text}”（第 {line} 行）。",
        Origin.TAG: "编者用标签写明：“{text}”（第 {line} 行）。",
        Origin.SECTION: "编者把它放在“{text}”一节（第 {line} 行）。",
    },
    chosen_by_evidence="由下列线索加权得出。",
    unsure="两者相近，请以原文为准。",
    doubt="分类存疑",
    no_evidence="没有线索，取默认分类。",
    runner_up="其次是“{category}”，差 {margin}。",
    no_runner_up="没有别的候选。",
    evidence_for="支持",
    signal="线索",
    weight="分量",
    line="行",
    date_at="日期写在第 {line} 行，年份取自{basis}。",
    date_from="日期取自{basis}。",
    bases={
        DateBasis.DIRECTIVE: "条目里的注释",
        DateBasis.HEADER: "帖子自己的抬头",
        DateBasis.FRONT_MATTER: "笔记的文件头",
        DateBasis.HEADING: "笔记的标题",
        DateBasis.PATH: "文件名或文件夹名",
        DateBasis.TEXT: "笔记正文里的日期",
        DateBasis.WEEKDAYS: "日期标题上的星期",
        DateBasis.LINKS: "笔记所引的 arXiv 编号和带日期的地址",
        DateBasis.NEIGHBOURS: "前后的帖子",
    },
    no_date="笔记没有给出日期。",
)

EN = WhyWords(
    title="Why is it here?",
    category="Placed in “{category}”.",
    fixed_by={
        Origin.DIRECTIVE: "The curator wrote “{text}” in a comment (line {line}).",
        Origin.FRONT_MATTER: "The curator wrote “{text}” in the front matter (line {line}).",
        Origin.TAG: "The curator tagged it “{text}” (line {line}).",
        Origin.SECTION: "The curator put it under “{text}” (line {line}).",
    },
    chosen_by_evidence="Weighed from the signals below.",
    unsure="The two are close: read it with that in mind.",
    doubt="category unsure",
    no_evidence="No signal spoke; this is the default.",
    runner_up="Next came “{category}”, {margin} behind.",
    no_runner_up="Nothing else came near.",
    evidence_for="Speaks for",
    signal="Signal",
    weight="Weight",
    line="Line",
    date_at="The date stands on line {line}; its year comes from {basis}.",
    date_from="The date comes from {basis}.",
    bases={basis: basis.value for basis in DateBasis},
    no_date="The note gives no date.",
)
