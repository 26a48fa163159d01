"""An entry that is not in a note yet, and how its parts are written in Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from digest.readers.inline import plain, without_code

_MARKS = frozenset("\\`*[]<")  # what Markdown takes for more than itself wherever it stands
_RARE_MARKS = frozenset("_~")  # and what it takes for marks in some places only: snake_case is none
_NOT_IN_ADDRESS = str.maketrans({" ": "%20", "<": "%3C", ">": "%3E"})
_BARE_WORD = re.compile(r'[^\s"=,，、]+')  # a value that needs no quotes: 2024-03-05   @lin
_DAY = re.compile(r"\d{4}-\d\d-\d\d")  # 2024-03-05


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """An entry to add.

    ``title`` is one line of plain text in which only code spans are marked, ``url`` an absolute
    address or empty, ``body`` Markdown with LF newlines, ``date`` ISO 8601 (a day, a month or
    empty), ``category`` and ``topics`` names of the taxonomy. ``more_urls`` are further addresses
    that stand beside the title, ``note`` is the curator's rating.
    """

    title: str
    category: str
    url: str = ""
    more_urls: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    body: str = ""
    author: str = ""
    handle: str = ""
    date: str = ""
    note: str = ""
    draft: bool = False
    pick: bool = False

    @property
    def has_day(self) -> bool:
        """Whether the date is a day, not a month."""
        return _DAY.fullmatch(self.date) is not None

    @property
    def lines(self) -> list[str]:
        """The lines of the body, without blank ones at its ends."""
        return self.body.strip("\n").split("\n") if self.body.strip() else []

    @property
    def spoken_title(self) -> str:
        """The title as readers are to see it."""
        return plain(escaped(self.title))


class Form(Enum):
    """How a title is written, from the prettiest to the safest."""

    PRETTY = auto()
    ESCAPED = auto()
    IN_COMMENT = auto()


def escaped(text: str, marks: frozenset[str] = _MARKS | _RARE_MARKS) -> str:
    """Put a backslash before what Markdown would take for marks, code spans left as they are."""
    return "".join(
        character if seen == "\0" or character not in marks else f"\\{character}"
        for character, seen in zip(text, without_code(text), strict=True)
    )


def title_in(entry: NewEntry, form: Form) -> str:
    """Return the title in one of its forms."""
    return escaped(entry.title, _MARKS) if form is Form.PRETTY else escaped(entry.title)


def linked(entry: NewEntry, form: Form) -> str:
    """Return the title as a Markdown link with further addresses beside it, as far as there are."""
    title = title_in(entry, form)
    address = entry.url.translate(_NOT_IN_ADDRESS)
    if address:
        angled = set(address) & set("()")
        title = f"[{title}](<{address}>)" if angled else f"[{title}]({address})"
    return " ".join([title, *(f"<{url.translate(_NOT_IN_ADDRESS)}>" for url in entry.more_urls)])


def comment(entry: NewEntry, form: Form, *known: str) -> list[str]:
    """Return the line of the comment that says what the note does not, or none.

    ``known`` names the keys that are told elsewhere in the note.
    """
    values = {
        "title": entry.title.replace("`", "") if form is Form.IN_COMMENT else "",
        "category": entry.category,
        "topics": ",".join(entry.topics),
        "date": entry.date,
        "author": entry.author,
        "handle": entry.handle,
        "note": entry.note,
    }
    words = [
        f"{key}={value if key == 'topics' or _BARE_WORD.fullmatch(value) else _quoted(value)}"
        for key, value in values.items()
        if value and key not in known
    ]
    words += ["draft"] * entry.draft + ["pick"] * entry.pick
    return [f"<!-- digest: {' '.join(words)} -->"] if words else []


def _quoted(value: str) -> str:
    return f'"{value}"'
