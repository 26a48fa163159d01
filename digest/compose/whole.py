"""A whole note in sections from many entries, read back as one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest import readers
from digest.compose.body import DEEPEST, contained
from digest.compose.entry import Form, comment, linked
from digest.compose.faults import fault_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.compose.entry import NewEntry
    from digest.model import Entry
    from digest.readers import Setting

_LEAST = {Form.PRETTY: 3, Form.ESCAPED: 5, Form.IN_COMMENT: DEEPEST}  # levels of headings in texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A note's text, and the entries that could not be written as meant, each with the reason."""

    text: str
    left_out: tuple[tuple[NewEntry, str], ...]


def note_of(
    entries: Sequence[NewEntry], head: Sequence[str], setting: Setting, language: str
) -> Whole:
    """Return a note with the entries, in sections in the order of the taxonomy.

    ``head`` are the lines above the first section. An entry that does not read as it is meant is
    written more safely, and left out where that does not help.
    """
    order = [term.name for term in setting.taxonomy.categories]
    kept = sorted(entries, key=lambda entry: order.index(entry.category))
    forms = [Form.PRETTY] * len(kept)
    left_out: list[tuple[NewEntry, str]] = []
    while True:
        sheet = _Sheet.of(kept, forms, head, setting, language)
        faults = sheet.faults(setting)
        if not faults:
            return Whole(text=sheet.text, left_out=tuple(left_out))
        hopeless = [at for at in faults if forms[at] is Form.IN_COMMENT]
        for at in faults:
            forms[at] = Form.ESCAPED if forms[at] is Form.PRETTY else Form.IN_COMMENT
        for at in reversed(hopeless):
            left_out.append((kept.pop(at), faults[at]))
            forms.pop(at)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """A note's text, and which entries were put on which of its lines."""

    text: str
    entries: Sequence[NewEntry]
    lines: Sequence[int]  # of the entries' headings, 1-based

    @classmethod
    def of(
        cls,
        entries: Sequence[NewEntry],
        forms: Sequence[Form],
        head: Sequence[str],
        setting: Setting,
        language: str,
    ) -> _Sheet:
        text = list(head)
        lines: list[int] = []
        written: list[NewEntry] = []
        section, number, name = 0, 0, ""
        for entry, form in zip(entries, forms, strict=True):
            term = next(t for t in setting.taxonomy.categories if t.name == entry.category)
            words = term.name_in(language)
            if entry.category != name:
                section, number, name = section + 1, 0, entry.category
                text += ["", f"# {section}. {words}"]
            number += 1
            told = setting.taxonomy.categories_of(words) == (entry.category,)
            body = contained(entry.lines, _LEAST[form])
            heading = f"## {section}.{number}. {linked(entry, form)}"
            lines.append(len(text) + 2)
            text += ["", heading, *comment(entry, form, *(["category"] if told else []))]
            text += ["", *body] if body else []
            written.append(replace(entry, body="\n".join(body)))
        return cls(text="\n".join([*text, ""]), entries=written, lines=lines)

    def faults(self, setting: Setting) -> dict[int, str]:
        """Return which entries do not read as they are meant, and why."""
        read = readers.read_bytes("whole.md", self.text.encode(), setting)
        found: dict[int, Entry] = {entry.place.line: entry for entry in read.entries}
        faults: dict[int, str] = {}
        for at, (line, entry) in enumerate(zip(self.lines, self.entries, strict=True)):
            below = self.lines[at + 1] if at + 1 < len(self.lines) else 1 << 30
            if any(line < other < below for other in found):
                faults[at] = "it would read as several entries"
            elif line not in found:
                faults[at] = "it would read as part of another entry"
            elif fault := fault_of(found[line], entry, setting.taxonomy):
                faults[at] = fault
        return faults
