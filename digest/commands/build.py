"""``build``: the site from the notes."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from digest import pipeline
from digest.cache import Memo
from digest.commands import permalinks
from digest.commands.options import BUILD_OPTIONS, REPORT_OPTIONS, SOURCE_OPTIONS, options
from digest.commands.request import CACHE, GATHERING, request_for
from digest.diagnostics import Severity, counted, exit_code, summary
from digest.store import Store
from digest.terminal.progress import Progress
from digest.terminal.text import report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from digest.diagnostics import Diagnostic


@click.command()
@options(*SOURCE_OPTIONS, *REPORT_OPTIONS, *BUILD_OPTIONS)
def build(  # noqa: PLR0913  # one parameter an option
    notes: Path,
    config: Path,
    output: Path,
    base_url: str | None,
    style: str,
    jobs: int,
    *,
    drafts: bool,
    strict: bool,
    no_cache: bool,
    quiet: bool,
) -> int:
    """Build the site from the notes."""
    started = time.perf_counter()
    request = request_for(notes, config, drafts=drafts, base_url=base_url)
    request = replace(request, jobs=jobs)
    memo = Memo() if no_cache else Memo(Store(config.parent / CACHE), output)
    with Progress(quiet=quiet) as progress:
        progress.tell(GATHERING)
        digest = pipeline.gather(request, memo)
        progress.tell(f"Making the pages of {counted(len(digest.tagged), 'entry', 'entries')} …")
        rendered = pipeline.render(digest, request, memo)
        found = (*digest.diagnostics, *rendered.diagnostics)
        written = None
        if rendered.files:
            progress.tell(f"Writing {counted(len(rendered.files), 'file')} …")
            written, problems = pipeline.write(rendered, output)
            found = (*found, *problems)
        unkept = permalinks.keep(digest, notes) if written and digest.has_permalinks else ()
        found = (*found, *unkept)
        memo.save()
    shown = tuple(d for d in found if not quiet or d.code.severity is not Severity.NOTICE)
    report(shown, digest.reads, notes, style, err=True)
    if written is None:
        last = f"; {output} is as it was" if output.exists() else ""
        click.echo(f"No site was written{last}.", err=True)
        return 1
    if not quiet and style == "text":
        changes = f"{len(written.new)} files new, {len(written.changed)} changed"
        seconds = time.perf_counter() - started
        click.echo(f"{_made(digest, rendered)} ({changes}) · {seconds:.1f} s")
        for line in _told(digest, found, notes, kept=not unkept):
            click.echo(line)
        click.echo(f"Open {output / 'index.html'}")
    return exit_code(found, strict=strict)


def _told(
    digest: pipeline.Digest, found: Sequence[Diagnostic], notes: Path, *, kept: bool
) -> Iterator[str]:
    """Say how much was found, and what becomes of the addresses."""
    if found:
        yield f"{summary(found)}; `build.py check` shows where every line went"
    if kept and (digest.has_permalinks or digest.addresses.rows):
        yield permalinks.told(digest, notes)


def _made(digest: pipeline.Digest, rendered: pipeline.Rendered) -> str:
    """Say what a build made of what: ``2 entries from 1 note · 20 pages``."""
    pages = sum(name.endswith(".html") for name in rendered.files)
    entries = counted(len(digest.tagged), "entry", "entries")
    notes = counted(len({one.entry.place.path for one in digest.tagged}), "note")
    return f"{entries} from {notes} · {counted(pages, 'page')}"
