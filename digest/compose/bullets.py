"""Writing into a note of daily bullets: ``# 3.5 周二``, then ``* 1、title  source  address``."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import TYPE_CHECKING

from digest.compose.edit import Insertion
from digest.compose.entry import comment, title_in
from digest.compose.parts import CannotFollowError, apart
from digest.model import FurnitureKind
from digest.readers.calendar import day_heading
from digest.readers.outline import heading_of

if TYPE_CHECKING:
    from digest.compose.entry import Form, NewEntry
    from digest.compose.parts import Page
    from digest.model import Entry

# * 1、title   - 12. title   *4、title
_LEAD = re.compile(
    r"^ ?(?P<bullet>[*+\-•·])(?P<gap>\s*)\d{1,4}\s*(?P<mark>[、．.)）:：,，])(?P<after>\s*)"
)
# # 3.5 周二   ## 2024-03-05 Tue   # 3月5日（周2）
_DAY = re.compile(
    r"^(?P<lead>\s*#{1,6}\s*)(?:(?P<year>20\d\d)(?P<first>[-./年]))?(?P<month>\d{1,2})"
    r"(?P<second>[-./月])(?P<day>\d{1,2})(?P<third>[日号]?)"
    r"(?:(?P<open>\s*[(（\[]?)(?P<weekday>(?:周|星期|礼拜)?[一二三四五六日天1-7]|[A-Za-z]{3,9}\.?)"
    r"(?P<close>[)）\]]?))?\s*$"
)
_FENCES = ("```", "~~~")
_HAN_DAYS = "一二三四五六日"


def write(page: Page, entry: NewEntry, form: Form) -> list[Insertion]:
    """Return what goes where so that the entry is its day's last; a new day gets its heading."""
    if not entry.has_day:
        message = "its entries stand under days, and this date is a month"
        raise CannotFollowError(message)
    days = [f.line for f in page.read.furniture if f.kind is FurnitureKind.DAY]
    own = [e for e in page.read.entries if e.when is not None and e.when.iso == entry.date]
    line = next((line for line in reversed(days) if _names(page, line, entry)), None)
    if line is not None:
        under = [e for e in own if e.place.line > line]
        after = under[-1].place.end_line if under else line
        below = [""] if page.line(after + 1).lstrip().startswith("#") else []
        return [Insertion(after, (*_bullet(page, entry, form, under), *below))]
    after = _place(page, days, entry)
    lines = [_day_like(page.line(days[-1]), entry.date), *_bullet(page, entry, form, [])]
    return [Insertion(after, tuple(apart(page, after, lines)))]


def _names(page: Page, line: int, entry: NewEntry) -> bool:
    """Whether the day heading on a line names the entry's day, years aside."""
    heading = heading_of(page.read.source.line(line))
    day = day_heading(heading.text) if heading else None
    _, month, number = entry.date.split("-")
    return day is not None and (day.month, day.day) == (int(month), int(number))


def _place(page: Page, days: list[int], entry: NewEntry) -> int:
    """Return the line below which a new day goes, be the newest day the last or the first."""
    dated = [e for e in page.read.entries if e.when is not None]
    earlier = [e for e in dated if _iso(e) < entry.date]
    later = [e for e in dated if _iso(e) > entry.date]
    if dated and _iso(dated[0]) > _iso(dated[-1]):
        return later[-1].place.end_line if later else days[0] - 1
    if not later:
        return page.last_written
    return earlier[-1].place.end_line if earlier else days[0] - 1


def _iso(entry: Entry) -> str:
    return entry.when.iso if entry.when else ""


def _bullet(page: Page, entry: NewEntry, form: Form, above: list[Entry]) -> list[str]:
    """Return the lines of the entry, numbered after those above it in its day."""
    leads = [m for e in page.read.entries if (m := _LEAD.match(page.line(e.place.line)))]
    if not leads:
        message = "its bullets are not numbered"
        raise CannotFollowError(message)
    lead = leads[-1]
    number = _number(page, above)
    rating = "(**值得看看**)" if entry.pick and page.language == "zh" else ""
    parts = [f"{rating}{title_in(entry, form)}", entry.author, entry.url]
    first = "  ".join(part for part in parts if part)
    gap = lead["gap"] or " "
    lines = [f"{lead['bullet']}{gap}{number}{lead['mark']}{lead['after']}{first}"]
    lines += [f"  {line}".rstrip() for line in entry.lines]
    lines = _with_breaks(lines)
    told = ("date", "author") if entry.url else ("date",)
    return [*lines, *(f"  {line}" for line in comment(entry, form, *told))]


def _with_breaks(lines: list[str]) -> list[str]:
    """End each line that another follows as the habit does, code fences left as they are."""
    broken: list[str] = []
    fenced = False
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        fence = line.lstrip().startswith(_FENCES)
        opens = below.lstrip().startswith(_FENCES)
        fenced ^= fence
        plain = line.strip() and below.strip() and not (fence or opens or fenced)
        broken.append(f"{line} \\" if plain else line)
    return broken


def _number(page: Page, above: list[Entry]) -> int:
    """Return the next number: of the day, or of the note where numbers run on over days."""
    if above:
        return int(above[-1].number or 0) + 1
    starts: dict[str, int] = {}
    for one in page.read.entries:
        starts.setdefault(_iso(one), int(one.number or 0))
    restarts = len(starts) < 2 or list(starts.values())[1:].count(1) * 2 >= len(starts) - 1  # noqa: PLR2004  # days
    return 1 if restarts else int(page.read.entries[-1].number or 0) + 1


def _day_like(heading: str, date: str) -> str:
    """Return the heading of a day in the form of another's."""
    match = _DAY.match(heading)
    if match is None:
        message = f"its day headings look like `{heading.strip()}`"
        raise CannotFollowError(message)
    day = dt.date.fromisoformat(date)
    padded = len(match["month"]) > 1 and match["month"].startswith("0")
    number = (lambda n: f"{n:02}") if padded or match["year"] else str
    year = f"{day.year}{match['first']}" if match["year"] else ""
    month_day = f"{number(day.month)}{match['second']}{number(day.day)}{match['third']}"
    words = f"{match['lead']}{year}{month_day}"
    if not match["weekday"]:
        return words
    weekday = _weekday_like(match["weekday"], day.isoweekday())
    return f"{words}{match['open']}{weekday}{match['close']}"


def _weekday_like(word: str, number: int) -> str:
    """Return an ISO weekday in the form of another's: ``周2``, ``星期二``, ``Tue``, ``Tuesday``."""
    name = calendar.day_name[number - 1]
    if word[0].isascii() and word[0].isalpha():
        dot = "." if word.endswith(".") else ""
        longest = max(map(len, calendar.day_name))
        full = word.casefold().endswith("day") and len(word) <= longest
        return name if full else f"{name[:3]}{dot}"
    last = str(number) if word[-1].isdigit() else _HAN_DAYS[number - 1]
    return word[:-1] + last
