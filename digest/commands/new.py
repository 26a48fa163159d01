"""``new``: an entry more in this month's note."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from digest.commands.chosen import category_named, date_named, note_named, term_option, topics_named
from digest.commands.options import PLACE_OPTIONS, options
from digest.commands.request import gathered, request_for, this_day
from digest.compose import CannotFollowError, NewEntry, as_entry
from digest.compose.target import note_for
from digest.desk import interview
from digest.desk.adding import Desk, save
from digest.desk.editor import editor_of, open_at
from digest.desk.notefile import WriteError
from digest.diagnostics import diagnostic
from digest.likeness.duplicates import already_told, as_diagnostic
from digest.links import absolute
from digest.readers import Setting
from digest.source import Span, with_line_feeds
from digest.tagger import tag
from digest.terminal.text import report

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from digest import pipeline


_NOT_IN_COMMENT = re.compile(r'"|-->|[\r\n\0]')  # what a value in an entry's comment cannot hold


NEW_OPTIONS = (
    click.option("--url", metavar="URL", help="The story's address (default: none)."),
    term_option(
        "--category",
        "categories",
        "Its category, by name or label (default: asked for).",
        many=False,
    ),
    term_option(
        "--topic",
        "topics",
        "A topic; give several with commas or again (default: found by the tagger).",
    ),
    click.option(
        "--body",
        metavar="TEXT",
        help="Markdown below the title; `-` reads standard input (default: none).",
    ),
    click.option("--author", default="", metavar="NAME", help="Who posted it (default: nobody)."),
    click.option("--handle", default="", metavar="NAME", help="Their handle (default: none)."),
    click.option(
        "--date", metavar="DATE", help="2024-03-05, or 2024-03 for a month (default: today)."
    ),
    click.option(
        "--note-file",
        metavar="FILE",
        help="Note to write into, made if need be (default: that of the month).",
    ),
    click.option("--draft", is_flag=True, help="Keep it out of the site for now (default: off)."),
    click.option("--pick", is_flag=True, help="Mark it as one of your picks (default: off)."),
    click.option("--edit", is_flag=True, help="Open it in $VISUAL or $EDITOR (default: off)."),
    click.option("--force", is_flag=True, help="Add it though it is there already (default: off)."),
)


@click.command()
@click.argument("title", required=False)
@options(*NEW_OPTIONS, *PLACE_OPTIONS)
def new(notes: Path, config: Path, **said: Any) -> int:  # noqa: ANN401  # one value an option above
    """Add an entry to this month's note, in the note's own habit.

    Without TITLE it asks for everything. A month's first entry makes its note. No other line of
    the note changes, and an entry that would not be read as meant is not written.

    \b
    Examples:
      build.py new
      build.py new "A title" --url https://example.org/a --category tools --topic agents
      build.py new "A title" --category papers --body - < text.md
    """  # noqa: D301  # click wants the character itself
    editor = editor_of(os.environ)
    if said["edit"] and not editor:
        message = "no editor is named; set one, as in `EDITOR=nano`"
        raise click.UsageError(message)
    digest = gathered(request_for(notes, config, drafts=True))
    if digest.config is None or digest.taxonomy is None or not notes.is_dir():
        report(digest.diagnostics, digest.reads, notes, "text", err=True)
        return 1
    today = this_day()
    desk = Desk(
        notes=notes,
        reads=digest.reads,
        setting=Setting(taxonomy=digest.taxonomy, latest_year=today.year),
        language=digest.config.language,
    )
    try:
        entry = _entry(desk, digest, said, today)
    except (EOFError, KeyboardInterrupt) as error:
        click.echo(err=True)
        raise click.Abort from error
    if entry is None:
        return 1
    return _save(desk, entry, said["note_file"], editor if said["edit"] else "")


def _entry(
    desk: Desk, digest: pipeline.Digest, said: Mapping[str, Any], today: dt.date
) -> NewEntry | None:
    """Put the entry together, asking for what is missing; None where it is better left out."""
    terms = desk.setting.taxonomy
    alone = not sys.stdin.isatty() or said["body"] == "-"
    if said["title"] is None and alone:
        message = 'give a title, as in `build.py new "A title" --category tools`'
        raise click.UsageError(message)
    given = NewEntry(
        title=_title(said["title"]) if said["title"] is not None else interview.ask_title(),
        url=_url(said["url"]),
        category=category_named(said["category"], terms) if said["category"] else "",
        topics=topics_named(said["topics"], terms),
        body=_body(said["body"]),
        author=_value("--author", said["author"]),
        handle=_value("--handle", said["handle"]).removeprefix("@"),
        date=date_named("--date", said["date"]) if said["date"] else today.isoformat(),
        draft=said["draft"],
        pick=said["pick"],
    )
    asking = said["title"] is None
    if asking and said["url"] is None:
        given = replace(given, url=interview.ask_url())
    if not said["force"] and not _is_wanted(given, digest, desk.notes, alone=alone):
        return None
    if not given.category:
        if alone:
            known = ", ".join(term.name for term in terms.categories)
            message = f"name the category with `--category`: {known}"
            raise click.UsageError(message)
        found = as_entry(given, desk.setting)
        guess = tag(found, terms, digest.learned).category if found else None
        given = replace(given, category=interview.ask_category(terms, desk.language, guess))
    if asking and not given.topics:
        given = replace(given, topics=interview.ask_topics(terms))
    if asking and said["body"] is None:
        given = replace(given, body=interview.ask_body())
    return given


def _is_wanted(entry: NewEntry, digest: pipeline.Digest, notes: Path, *, alone: bool) -> bool:
    """Show where the story is told already, if it is; on a terminal ask, elsewhere refuse."""
    entries = (one.entry for one in digest.tagged)
    known = list(already_told(entry.url, entry.spoken_title, entries))
    if not known:
        return True
    hint = "`--force` adds it all the same" if alone else "have a look before you add it again"
    found = [as_diagnostic(one, notes.as_posix(), hint) for one in known]
    report(found, digest.reads, notes, "text", err=True)
    if not alone and interview.ask_line("Add it all the same (y/N)? ").casefold() in {"y", "yes"}:
        return True
    click.echo("Nothing was written.", err=True)
    return False


def _save(desk: Desk, entry: NewEntry, note_file: str | None, editor: str) -> int:
    """Write the entry, say where it went, and open the editor there where one is named."""
    path = note_named(note_file, desk.notes) if note_file else ""
    try:
        saved = save(desk, entry, path)
    except (CannotFollowError, WriteError) as problem:
        where = desk.notes / (path or note_for(desk.reads, entry.date))
        hint = "nothing was written; check text and date, or name another note with `--note-file`"
        found = diagnostic("D001", Span(path=where.as_posix(), line=0), str(problem), hint)
        report([found], desk.reads, desk.notes, "text", err=True)
        return 1
    file = desk.notes / saved.path
    if saved.aside:
        click.echo(saved.aside, err=True)
    number = f"{saved.entry.number}  " if saved.entry.number else ""
    started = ", a new note" if saved.is_new_note else ""
    click.echo(f"{file.as_posix()}:{saved.entry.place.line}  {number}{saved.entry.title}{started}")
    trouble = open_at(editor, file, saved.entry.place.line) if editor else ""
    if trouble:
        click.echo(trouble, err=True)
    return int(bool(trouble))


def _title(typed: str) -> str:
    title = " ".join("".join(c if c.isprintable() else " " for c in typed).split())
    if not title:
        message = "the title is empty"
        raise click.BadParameter(message)
    return title


def _url(typed: str | None) -> str:
    url = absolute(typed) if typed else ""
    if url is None:
        message = f"{typed} is not a web address; write it as `--url https://example.org/page`"
        raise click.BadParameter(message)
    return url


def _body(typed: str | None) -> str:
    text = typed or ""
    if typed == "-":
        try:
            text = sys.stdin.buffer.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            message = f"byte {error.start + 1} of standard input is not UTF-8"
            raise click.BadParameter(message) from error
    return with_line_feeds(text)


def _value(name: str, typed: str) -> str:
    if _NOT_IN_COMMENT.search(typed):
        message = f"{name} cannot hold quotes, line breaks or `-->`"
        raise click.BadParameter(message)
    return typed.strip()
