"""Daily reports: ``大模型日报（2月 22日）``, ``#`` and ``##`` sections, ``###`` entries."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from digest.links import find_bare_urls
from digest.model import Furniture, FurnitureKind, Label, Origin, Read
from digest.readers.calendar import PartialDate, parse_date, weekday_of
from digest.readers.days import day_problems, days_to_dates
from digest.readers.entries import Draft, finish
from digest.readers.inline import targets
from digest.readers.outline import misplaced
from digest.readers.tags import take_tag

if TYPE_CHECKING:
    from digest.diagnostics import Diagnostic
    from digest.model import Entry, When
    from digest.readers.dialect import Setting
    from digest.readers.outline import Heading, Outline
    from digest.source import Line

NAME = "report"
ENTRY_LEVEL = 3

# 贡献人：@刘奕龙   Contributor: @name
_CONTRIBUTOR = re.compile(
    r"^\s*\**(?:贡献人|贡献者|推荐人|整理|contributor|by)\**\s*[:：]\s*\**@?(?P<name>[^*@]+?)\**\s*$",
    re.IGNORECASE,
)
# 链接：http://arxiv.org/abs/…   原文链接: https://…
_LINK_LABEL = re.compile(
    r"^\s*(?:[\w ]{0,6}(?:链接|地址|来源|原文)|link|url|source)\s*[:：]\s*", re.IGNORECASE
)
# 大模型日报（2月 22日）
_DAY = re.compile(r"(?<!\d)(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日号]")
_REPORT = re.compile(r"日报|早报|晚报|周报|快报|简报|daily|digest|report|briefing", re.IGNORECASE)
# 声明   免责声明   版权声明   Disclaimer
_NOTICE = re.compile(
    r"声明|免责|版权|关于我们|联系|disclaimer|notice|copyright|about", re.IGNORECASE
)
LONGEST_DAY_LINE = 60


def is_entry_heading(text: str) -> bool:
    """Whether a line is an entry's heading, wherever it stands."""
    return text.startswith("### ")


def claims(note: Outline) -> bool:
    """Whether a note holds entries with contributors, or names its day above its sections."""
    entries = [h for h in note.headings if h.level == ENTRY_LEVEL and not h.text.isdigit()]
    if not entries or any(h.text.isdigit() for h in note.headings):
        return False
    introduced = _day_line(note) is not None
    signed = any(_CONTRIBUTOR.match(line.text) for line in note.lines(note.first, note.last))
    return signed or (introduced and any(h.level < ENTRY_LEVEL for h in note.headings))


def _day_line(note: Outline) -> tuple[int, PartialDate] | None:
    """Return the line before the first section that names the day, and the day."""
    first = next((h.line for h in note.headings if h.level == ENTRY_LEVEL), note.last + 1)
    for line in note.lines(note.first, first - 1):
        text = unicodedata.normalize("NFKC", line.text)
        if len(text) > LONGEST_DAY_LINE or not (_REPORT.search(text) or line.text.startswith("#")):
            continue
        full = parse_date(text)
        if full is not None and full.day is not None:
            return line.number, full
        match = _DAY.search(text)
        if match:
            day = PartialDate(
                year=None,
                month=int(match["month"]),
                day=int(match["day"]),
                weekday=weekday_of(text),
            )
            return line.number, day
    return None


def read(note: Outline, setting: Setting) -> Read:
    """Read a daily report."""
    found = _day_line(note)
    days = {found[0]: found[1]} if found else {}
    dates = days_to_dates(note, days, setting.latest_year)
    when = next(iter(dates.values()), None)
    furniture = list(_opening(note, found[0] if found else 0))
    diagnostics: list[Diagnostic] = list(day_problems(note, days, dates))
    entries: list[Entry] = []
    sections: list[Label] = []
    opening = {item.line for item in furniture}
    headings = [h for h in note.headings if h.level <= ENTRY_LEVEL + 1 and h.line not in opening]
    structure = [h for h in headings if h.level <= ENTRY_LEVEL or _is_entry(note, h)]
    ends = [h.line - 1 for h in structure[1:]] + [note.last]
    for heading, last in zip(structure, ends, strict=True):
        if _is_entry(note, heading):
            entry, problems = finish(note, _entry(note, heading, last, sections, when, setting))
            entries.append(entry)
            diagnostics += problems
            if heading.level != ENTRY_LEVEL:
                diagnostics.append(misplaced(heading, note.source, ENTRY_LEVEL))
            continue
        notice = heading.level == 1 and _NOTICE.search(heading.text) is not None
        kind = FurnitureKind.NOTICE if notice else FurnitureKind.SECTION
        end = note.end_of(heading.line, last) if notice else heading.line
        furniture.append(Furniture(kind=kind, line=heading.line, end_line=end))
        sections = _nested(sections, heading, note)
    return Read(
        source=note.source,
        dialect=NAME,
        title=note.front.title or (note.source.line(found[0]).text.strip("# ") if found else ""),
        entries=tuple(entries),
        furniture=tuple(furniture),
        diagnostics=tuple(diagnostics),
    )


def _opening(note: Outline, day_line: int) -> list[Furniture]:
    """Name the lines above the first section: the note's title, its day and an introduction."""
    first = next(
        (h.line for h in note.headings if h.line > day_line and h.text.strip("-— ")), note.last + 1
    )
    found: list[Furniture] = []
    for line in note.lines(note.first, first - 1):
        if line.blank:
            continue
        kind = FurnitureKind.INTRODUCTION
        if line.number == day_line:
            kind = FurnitureKind.DAY
        elif line.text.lstrip().startswith("#"):
            kind = FurnitureKind.TITLE
        found.append(Furniture(kind=kind, line=line.number, end_line=line.number))
    return found


def _is_entry(note: Outline, heading: Heading) -> bool:
    """An entry has level 3, or stands at a neighbour level with a contributor or link below it."""
    if heading.level == ENTRY_LEVEL:
        return True
    if heading.level not in {ENTRY_LEVEL - 1, ENTRY_LEVEL + 1}:
        return False
    below = (line for line in note.lines(heading.line + 1, note.last) if not line.blank)
    following = next(below, None)
    return following is not None and _CONTRIBUTOR.match(following.text) is not None


def _nested(sections: list[Label], heading: Heading, note: Outline) -> list[Label]:
    """Return the section headings in force after a heading, the outermost first."""
    label = Label(
        text=heading.text,
        origin=Origin.SECTION,
        span=note.source.span(heading.line, heading.start),
    )
    return [*sections[: heading.level - 1], label]


def _entry(  # an entry of this dialect stands on all of these
    note: Outline,
    heading: Heading,
    last: int,
    sections: list[Label],
    when: When | None,
    setting: Setting,
) -> Draft:
    end = note.end_of(heading.line, last)
    body: list[Line] = []
    lead: list[Line] = [note.source.line(heading.line)]
    author = None
    for line in note.lines(heading.line + 1, end):
        signed = _CONTRIBUTOR.match(line.text)
        written = not all(kept.blank for kept in body)
        if signed and author is None and not written:
            author = signed["name"].strip()
        elif len(lead) == 1 and not written and _is_address(line.text):
            lead.append(line)
        else:
            body.append(line)
    tag = take_tag(note.source, heading.line, heading.start, setting.taxonomy)
    labels = [*([tag.label] if tag.label else []), *reversed(sections)]
    return Draft(
        dialect=NAME,
        line=heading.line,
        end_line=end,
        title=tag.title,
        heading=tuple(lead),
        body=tuple(body),
        when=when,
        author=author,
        labels=tuple(labels),
    )


def _is_address(text: str) -> bool:
    """Whether a line holds a web address and nothing else but a label in front of it."""
    rest = _LINK_LABEL.sub("", text).strip()
    if rest.startswith("<") and rest.endswith(">"):
        rest = rest[1:-1]
    links = targets(rest)
    if len(links) == 1 and not links[0].image:
        return links[0].start == 0 and links[0].end == len(rest)
    bare = find_bare_urls(rest)
    return len(bare) == 1 and bare[0].start == 0 and bare[0].end == len(rest)
