"""Daily reports: ``大模型日报（2月 22日）``, ``#`` and ``##`` sections, ``###`` entries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.links import find_bare_urls
from digest.model import Furniture, FurnitureKind, Label, Origin, Read
from digest.readers.calendar import PartialDate, day_heading, day_in
from digest.readers.days import day_problems, days_to_dates
from digest.readers.directive import without_directives
from digest.readers.entries import Draft, finish
from digest.readers.inline import targets
from digest.readers.outline import misplaced
from digest.readers.tags import take_tags

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.diagnostics import Diagnostic
    from digest.model import Entry, When
    from digest.readers.dialect import Setting
    from digest.readers.outline import Heading, Outline
    from digest.source import Line

NAME = "report"
OPEN_FENCES_ONLY = True
ENTRY_LEVEL = 3

# 贡献人：@刘奕龙   贡献人 @甲 @乙   Contributor: name
_CONTRIBUTOR = re.compile(
    r"^[\s*>\-]*(?:贡献人|贡献者|推荐人|推荐者|整理|contributors?|contributed by|by)[\s*]*"
    r"(?:[:：][\s*]*@?|@)(?P<name>[^*]+?)\**\s*$",
    re.IGNORECASE,
)
# 链接：http://arxiv.org/abs/…   原文链接: https://…   🔗 https://…
_LINK_LABEL = re.compile(
    r"^[^\w<\[]*(?:(?:[\w ]{0,6}(?:链接|地址|来源|原文)|link|url|source)\s*[:：]?)?\s*",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*[,，、;；/&]?\s*@")  # @甲 @乙   @甲、@乙
_REPORT = re.compile(r"日报|早报|晚报|周报|快报|简报|daily|digest|report|briefing", re.IGNORECASE)
# 声明   免责声明   版权声明   Disclaimer
_NOTICE = re.compile(
    r"声明|免责|版权|关于我们|联系|disclaimer|notice|copyright|about", re.IGNORECASE
)
# 声明：本文仅供学习   **免责声明**   Disclaimer: for study only
_NOTICE_LINE = re.compile(
    r"^[\s*_>【（(]*(?:(?:免责|版权|郑重|特别)?声明|disclaimer)[\s*_】）)]*(?:[:：]|$)",
    re.IGNORECASE,
)
_RULE = re.compile(r"^\s*(?:-{3,}|\*{3,}|_{3,})\s*$")  # ---
LONGEST_NOTICE = 6
LONGEST_DAY_LINE = 60


def is_entry_heading(heading: Heading) -> bool:
    """Whether a heading is an entry's, wherever it stands."""
    return heading.level == ENTRY_LEVEL


def claims(note: Outline) -> int:
    """Count the headings of level 3 with a contributor, or with an address under a day line."""
    entries = [h for h in note.headings if h.level == ENTRY_LEVEL and not h.text.isdigit()]
    introduced = _day_line(note) is not None
    signed = sum(_is_signed(note, h) for h in entries)
    addressed = sum(_is_addressed(note, h) for h in entries) if introduced else 0
    sectioned = introduced and any(h.level < ENTRY_LEVEL for h in note.headings)
    return max(signed, addressed, min(len(entries), int(sectioned)))


def _is_signed(note: Outline, heading: Heading) -> bool:
    """Whether a contributor stands below a heading, perhaps under its address."""
    below = [line for line in note.lines(heading.line + 1, heading.line + 5) if not line.blank]
    return any(_CONTRIBUTOR.match(line.text) for line in below[:2])


def _is_addressed(note: Outline, heading: Heading) -> bool:
    below = note.next_written(heading.line)
    return below is not None and _is_address(below.text)


def _day_line(note: Outline) -> tuple[int, PartialDate] | None:
    """Return the line before the first entry that names the day, and the day."""
    first = next((h.line for h in note.headings if h.level == ENTRY_LEVEL), note.last + 1)
    for line in note.lines(note.first, first - 1):
        if len(line.text) > LONGEST_DAY_LINE:
            continue
        named = _REPORT.search(line.text) or line.text.startswith("#")
        day = day_in(line.text) if named else day_heading(line.text)
        if day is not None:
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
    opening = {item.line for item in furniture}
    structure = [h for h in note.headings if h.line not in opening and _is_structure(note, h)]
    closing = _closing_notice(note, structure)
    ends = [h.line - 1 for h in structure[1:]] + [closing - 1]
    last_entry = max((h.line for h in structure if _is_entry(note, h)), default=0)
    entries: list[Entry] = []
    sections: list[Label] = []
    for heading, last in zip(structure, ends, strict=True):
        if _is_entry(note, heading):
            entry, problems = finish(note, _entry(note, heading, last, sections, when, setting))
            entries.append(entry)
            diagnostics += problems
            if heading.level != ENTRY_LEVEL:
                diagnostics.append(misplaced(heading, note.source, ENTRY_LEVEL))
            continue
        notice = heading.line > last_entry and _NOTICE.search(heading.text) is not None
        kind = FurnitureKind.NOTICE if notice else FurnitureKind.SECTION
        end = note.end_of(heading.line, last) if notice else heading.line
        furniture.append(Furniture(kind=kind, line=heading.line, end_line=end))
        sections = _nested(sections, heading, note)
    if closing <= note.last:
        end = note.end_of(closing, note.last)
        furniture.append(Furniture(kind=FurnitureKind.NOTICE, line=closing, end_line=end))
    return Read(
        source=note.source,
        dialect=NAME,
        title=note.front.title or (note.source.line(found[0]).text.strip("# ") if found else ""),
        entries=tuple(entries),
        furniture=tuple(furniture),
        diagnostics=tuple(diagnostics),
    )


def _opening(note: Outline, day_line: int) -> Iterable[Furniture]:
    """Name the note's day and the headings above its first section."""
    first = next(
        (h.line for h in note.headings if h.line > day_line and h.text.strip("-— ")), note.last + 1
    )
    if day_line:
        yield Furniture(kind=FurnitureKind.DAY, line=day_line, end_line=day_line)
    for heading in note.headings:
        if heading.line < first and heading.line != day_line:
            yield Furniture(kind=FurnitureKind.TITLE, line=heading.line, end_line=heading.line)


def _closing_notice(note: Outline, structure: list[Heading]) -> int:
    """Return the first line of a closing notice without a heading, else the line after the last.

    A rule above the notice is part of it.
    """
    if not structure:
        return note.last + 1
    written = [line for line in note.lines(structure[-1].line + 1, note.last) if not line.blank]
    tail = [line for line in written[-LONGEST_NOTICE:] if line.number not in note.fenced]
    for index, line in enumerate(tail):
        if _NOTICE_LINE.match(line.text):
            above = tail[index - 1] if index else None
            return above.number if above and _RULE.match(above.text) else line.number
    return note.last + 1


def _is_structure(note: Outline, heading: Heading) -> bool:
    return heading.level <= ENTRY_LEVEL or _is_entry(note, heading)


def _is_entry(note: Outline, heading: Heading) -> bool:
    """An entry has level 3, or stands at a neighbour level and is signed or has its address."""
    if heading.level == ENTRY_LEVEL:
        return True
    if heading.level == ENTRY_LEVEL + 1:
        return _is_signed(note, heading)
    below = note.next_written(heading.line)
    return (
        heading.level == ENTRY_LEVEL - 1
        and below is not None
        and (_CONTRIBUTOR.match(below.text) is not None or _is_address(below.text))
    )


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
    for line in without_directives(note.lines(heading.line + 1, end), note.fenced):
        signed = _CONTRIBUTOR.match(line.text)
        written = not all(kept.blank for kept in body)
        if signed and author is None and not written:
            author = "、".join(part.strip() for part in _AND.split(signed["name"]))
        elif len(lead) == 1 and not written and _is_address(line.text):
            lead.append(line)
        else:
            body.append(line)
    tagged = take_tags(note.source, heading.line, heading.start, setting.taxonomy)
    return Draft(
        dialect=NAME,
        line=heading.line,
        end_line=end,
        title=tagged.title,
        heading=tuple(lead),
        body=tuple(body),
        when=when,
        author=author,
        labels=(*tagged.labels, *reversed(sections)),
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
