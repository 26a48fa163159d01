"""``build.py label``: the curator settles the least certain categories, one key each.

Every answer is written into its note at once; nothing is kept elsewhere.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from digest import readers
from digest.compose.annotate import gist, set_directive
from digest.desk.ask import (
    ENTER,
    QUIT,
    SKIP,
    STYLES,
    TOPICS,
    UNDO,
    card,
    key_rows,
    keys_of,
    printable,
    read_key,
    read_topics,
)
from digest.desk.notefile import ChangedMeanwhileError, WriteError, writing
from digest.model import Origin
from digest.terminal.text import show

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from digest.model import Entry, Read, Tagged


def least_certain(tagged: Iterable[Tagged], limit: int) -> list[Tagged]:
    """Return the entries whose category no curator has fixed, the least certain first."""
    open_ones = [one for one in tagged if one.fixed_by is None]
    open_ones.sort(key=lambda one: (one.margin, one.entry.place.path, one.entry.place.line))
    return open_ones[:limit]


def label(
    queue: Sequence[Tagged], reads: Sequence[Read], notes: Path, setting: readers.Setting
) -> None:
    """Ask for the category of each entry and write the answers into the notes below ``notes``.

    ``reads`` are the notes as they were read, ``setting`` what they are read with. On a terminal a
    key answers, elsewhere a line of standard input. Ends after the last entry, at ``q``, at Ctrl-C
    and at the end of the input.
    """
    if not queue:
        click.echo("Nothing to label: every category is fixed by its curator.")
        return
    places = {
        (read.source.path, entry.place.line): index
        for read in reads
        for index, entry in enumerate(read.entries)
    }
    session = _Session(
        questions=tuple(
            _Question(tagged=one, index=places[one.entry.place.path, one.entry.place.line])
            for one in queue
        ),
        notes=notes,
        setting=setting,
    )
    try:
        while session.at < len(session.questions) and session.ask():
            pass
    except (EOFError, KeyboardInterrupt):
        click.echo()
    show(session.account())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """An entry to ask about; ``index`` counts the entries of its note, from 0."""

    tagged: Tagged
    index: int

    @property
    def path(self) -> str:
        return self.tagged.entry.place.path


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """A note as it stands on disk, and the entry in it."""

    data: bytes
    entries: tuple[Entry, ...]
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """What an answer did to a note; a skipped entry has ``before`` equal to ``after``."""

    at: int
    before: bytes
    after: bytes


@dataclass(slots=True, kw_only=True)
class _Session:
    """The one thing here that changes: where the curator is, and the way there."""

    questions: tuple[_Question, ...]
    notes: Path
    setting: readers.Setting
    at: int = 0
    steps: list[_Step] = field(default_factory=list)

    def ask(self) -> bool:
        """Ask about the entry that is next; False when the curator quits."""
        question = self.questions[self.at]
        known = self._look_up(question)
        if known is None:
            self.at += 1
            return True
        keys = keys_of(self.setting.taxonomy)
        names = {**keys, **{name: name for name in keys.values()}}
        count = f"{self.at + 1}/{len(self.questions)}"
        place = f"{self._name(question)}:{known.entry.place.line}"
        show(card(count, place, question.tagged, known.entry), styles=STYLES)
        show(key_rows(keys), styles=STYLES)
        while (answer := read_key()) not in {ENTER, SKIP, TOPICS, UNDO, QUIT, *names}:
            click.echo("no such key")
        if answer == QUIT:
            click.echo("quit")
            return False
        if answer == UNDO:
            self._undo()
        elif answer == SKIP:
            click.echo("skipped\n")
            self._done(known.data, known.data, forward=True)
        elif answer == TOPICS:
            topics = read_topics(self.setting.taxonomy)
            if topics:
                self._write(question, known, "topics", ",".join(topics))
        else:
            self._write(question, known, "category", names.get(answer, question.tagged.category))
        return True

    def _look_up(self, question: _Question) -> _Known | None:
        """Find an entry in its note as it is now: earlier answers and editors move its lines."""
        wanted = question.tagged.entry
        try:
            data = (self.notes / question.path).read_bytes()
        except OSError as error:
            click.echo(f"{self._name(question)} cannot be read: {error.strerror}\n")
            return None
        entries = readers.read_bytes(question.path, data, self.setting).entries
        alike = [index for index, entry in enumerate(entries) if entry.title == wanted.title]
        if not alike:
            click.echo(f"{printable(wanted.title)} is no longer in {self._name(question)}\n")
            return None
        entry = entries[min(alike, key=lambda index: abs(index - question.index))]
        if self._is_settled(entry):
            click.echo(f"{printable(wanted.title)} has its category by now\n")
            return None
        return _Known(data=data, entries=entries, entry=entry)

    def _is_settled(self, entry: Entry) -> bool:
        """Whether the entry's comment names one category."""
        meant = self.setting.taxonomy.categories_of
        return any(w.origin is Origin.DIRECTIVE and len(meant(w.text)) == 1 for w in entry.labels)

    def _write(self, question: _Question, known: _Known, key: str, value: str) -> None:
        """Write an answer; where it cannot be, say so and leave the question open."""
        after = set_directive(known.data, known.entry, {key: value})
        if not self._reads_the_same(question.path, known, after):
            click.echo("a comment here would change how the note is read; write it yourself:")
            click.echo(f"<!-- digest: {key}={value} -->\n")
            self._done(known.data, known.data, forward=True)
            return
        try:
            self._replace(question.path, after, known.data)
        except ChangedMeanwhileError:
            click.echo(f"{self._name(question)} was changed meanwhile; nothing was written\n")
        except WriteError as problem:
            click.echo(f"{self._name(question)}: {problem}\n")
        else:
            click.echo(f"{key}={value}, written\n")
            self._done(known.data, after, forward=key == "category")

    def _replace(self, path: str, data: bytes, expected: bytes) -> None:
        with writing(self.notes) as pen:
            pen.replace(path, data, expected)

    def _reads_the_same(self, path: str, known: _Known, after: bytes) -> bool:
        """Whether the note still holds the same entries, the one in question with its label."""
        now = readers.read_bytes(path, after, self.setting).entries
        if [gist(entry) for entry in known.entries] != [gist(entry) for entry in now]:
            return False
        labelled = now[known.entries.index(known.entry)]
        words = (*labelled.labels, *labelled.topic_labels)
        return any(word.origin is Origin.DIRECTIVE for word in words)

    def _done(self, before: bytes, after: bytes, *, forward: bool) -> None:
        self.steps.append(_Step(at=self.at, before=before, after=after))
        self.at += forward

    def _undo(self) -> None:
        """Take back the last answer, if the note is still as it left it."""
        if not self.steps:
            click.echo("nothing to undo\n")
            return
        step = self.steps[-1]
        question = self.questions[step.at]
        if step.before != step.after:
            try:
                self._replace(question.path, step.before, step.after)
            except ChangedMeanwhileError:
                click.echo(f"{self._name(question)} has been changed since; nothing was undone\n")
                return
            except WriteError as problem:
                click.echo(f"{self._name(question)}: {problem}\n")
                return
        self.steps.pop()
        self.at = step.at
        click.echo("undone\n")

    def account(self) -> str:
        """Tell what was written where."""
        labelled = {step.at for step in self.steps if step.before != step.after}
        files = Counter(self._name(self.questions[at]) for at in labelled)
        if not files:
            return "Nothing was labelled."
        entries = "1 entry" if len(labelled) == 1 else f"{len(labelled)} entries"
        rows = [f"Labelled {entries}:", *(f"  {name}  {files[name]}" for name in sorted(files))]
        return "\n".join([*rows, "`python build.py train` learns from them."])

    def _name(self, question: _Question) -> str:
        return (self.notes / question.path).as_posix()
