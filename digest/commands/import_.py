"""``import``: a feed or a bookmarks file as a draft note."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.commands.chosen import note_named
from digest.commands.options import PLACE_OPTIONS, options
from digest.commands.request import gathered, request_for
from digest.compose.whole import note_of
from digest.desk.notefile import WriteError, writing
from digest.diagnostics import diagnostic
from digest.importing import UnreadableError, read_file
from digest.importing.entries import Origin, harvest
from digest.importing.prose import words_of
from digest.readers import Setting
from digest.source import Span
from digest.terminal.text import report

if TYPE_CHECKING:
    from digest.diagnostics import Diagnostic
    from digest.importing import Heap
    from digest.importing.entries import Harvest


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--output",
    metavar="NOTE",
    help="The note to make (default: imported.md in the notes folder, or imported-2.md …).",
)
@click.option("--dry-run", is_flag=True, help="Print the note and write nothing (default: off).")
@options(*PLACE_OPTIONS)
def import_(file: Path, notes: Path, config: Path, output: str | None, *, dry_run: bool) -> int:
    """Make a draft note of a feed (RSS, Atom, JSON) or of a browser's bookmarks.

    What the digest has already is left out, and so are scripts and tracking pixels; images become
    links. Dates are kept; tags and folders that the taxonomy knows become topics and categories,
    and the tagger chooses the other categories. The note is a draft: it stays out of the site
    until you have looked through it and taken out `draft: true`.

    \b
    Examples:
      build.py import bookmarks.html --dry-run
      build.py import feed.xml --output 2023-from-the-blog.md
    """  # noqa: D301  # click wants the character itself
    request = request_for(notes, config, drafts=True)
    digest = gathered(request)
    if digest.config is None or digest.taxonomy is None or not notes.is_dir():
        report(digest.diagnostics, digest.reads, notes, "text", err=True)
        return 1
    path = note_named(output, notes) if output else _free_name(notes)
    try:
        heap = read_file(file.read_bytes())
    except (OSError, UnreadableError) as error:
        report([_unreadable(file, error)], digest.reads, notes, "text", err=True)
        return 1
    setting = Setting(taxonomy=digest.taxonomy, latest_year=request.latest_year)
    origin = Origin(
        file=str(file),
        folder=notes.as_posix(),
        entries=[one.entry for one in digest.tagged],
        setting=setting,
        learned=digest.learned,
    )
    found = harvest(heap, origin)
    whole = note_of(found.entries, _head(heap), setting, digest.config.language)
    trouble = [
        diagnostic("D102", Span(path=str(file), line=0), f"{entry.title}: {why}", "add it by hand")
        for entry, why in whole.left_out
    ]
    report([*found.diagnostics, *trouble], digest.reads, notes, "text", err=True)
    written = len(found.entries) - len(whole.left_out)
    click.echo(_account(heap, found, written), err=True)
    if dry_run:
        click.echo(whole.text, nl=False)
        return 0
    return _save(notes, path, whole.text) if written else 0


def _free_name(notes: Path) -> str:
    names = (f"imported{number}.md" for number in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(name for name in names if not (notes / name).exists())


def _unreadable(file: Path, error: OSError | UnreadableError) -> Diagnostic:
    if isinstance(error, UnreadableError):
        span = Span(path=str(file), line=error.line)
        return diagnostic("D002", span, error.fact, error.hint)
    fact = f"cannot read: {error.strerror}"
    span = Span(path=str(file), line=0)
    return diagnostic("D002", span, fact, "check the name and the permissions of the file")


def _head(heap: Heap) -> tuple[str, ...]:
    """Return the front matter: the title of the feed, and that the note is a draft."""
    title = words_of(heap.title).replace('"', "”").replace("\\", "＼") or "Imported"
    return ("---", f'title: "{title}"', "draft: true", "---")


def _account(heap: Heap, found: Harvest, written: int) -> str:
    """Say what became of the items."""
    counts = {
        "in the digest already": found.known,
        "repeated in the file": found.repeated,
        "without address and text": found.empty,
    }
    rest = [f"{name}: {count}" for name, count in counts.items() if count]
    return " · ".join([f"imported {written} of {len(heap.items)}", *rest])


def _save(notes: Path, path: str, text: str) -> int:
    file = notes / path
    try:
        with writing(notes) as pen:
            pen.create(path, text.encode())
    except WriteError as problem:
        span = Span(path=file.as_posix(), line=0)
        hint = "name another note with `--output`; one that is there is never overwritten"
        report([diagnostic("D001", span, str(problem), hint)], [], notes, "text", err=True)
        return 1
    click.echo(f"{file.as_posix()} is a draft: look through it, then take out `draft: true`")
    return 0
