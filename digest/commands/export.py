"""``export``: the entries for other programs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from digest import pipeline
from digest.commands.chosen import category_named, date_named, term_option, topics_named
from digest.commands.options import SOURCE_OPTIONS, options
from digest.commands.request import gathered, request_for
from digest.diagnostics import exit_code
from digest.exporting import FORMATS, chosen
from digest.exporting.note import NotWritableError
from digest.readers import Setting
from digest.terminal.text import report

if TYPE_CHECKING:
    from pathlib import Path

EXPORT_OPTIONS = (
    click.option(
        "--format",
        "style",
        type=click.Choice(tuple(FORMATS)),
        default="jsonl",
        show_default=True,
        help="jsonl: an object a line. csv: for spreadsheets, a cell that looks like a formula gets"
        " an apostrophe. opml: the links, for outliners. markdown: one note that Digest reads.",
    ),
    click.option(
        "--since",
        metavar="DATE",
        help="Leave out entries before 2024-03-05 or 2024-03, and undated ones (default: none).",
    ),
    term_option(
        "--category", "categories", "Only this category; again for another (default: all)."
    ),
    term_option("--topic", "topics", "Only this topic; again for another (default: all)."),
)


@click.command()
@options(*EXPORT_OPTIONS, *SOURCE_OPTIONS)
def export(  # noqa: PLR0913  # one parameter an option
    notes: Path,
    config: Path,
    style: str,
    since: str | None,
    categories: tuple[str, ...],
    topics: tuple[str, ...],
    *,
    drafts: bool,
) -> int:
    """Print the entries for other programs; diagnostics go to standard error."""
    request = request_for(notes, config, drafts=drafts)
    digest = gathered(request)
    report(digest.diagnostics, digest.reads, notes, "text", err=True)
    if digest.config is None or digest.taxonomy is None:
        return exit_code(digest.diagnostics, strict=False)
    setting = Setting(taxonomy=digest.taxonomy, latest_year=request.latest_year)
    tagged = chosen(
        digest.tagged,
        since=date_named("--since", since) if since else "",
        categories=[category_named(name, digest.taxonomy) for name in categories],
        topics=topics_named(topics, digest.taxonomy),
    )
    rows = pipeline.export_rows(digest, tagged)
    try:
        data = FORMATS[style](rows, tagged, digest.config, setting)
    except NotWritableError as problem:
        click.echo(str(problem), err=True)
        return 1
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
    return exit_code(digest.diagnostics, strict=False)
