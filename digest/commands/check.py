"""``check``: everything that is wrong with the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from digest import pipeline
from digest.commands.options import REPORT_OPTIONS, SOURCE_OPTIONS, options
from digest.commands.request import CACHE, request_for, this_day
from digest.desk.mending import mend, mendable
from digest.diagnostics import exit_code, in_order, summary
from digest.proof import proof
from digest.readers import Setting
from digest.terminal.text import account_table, least_certain_table, report, show

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from digest.diagnostics import Diagnostic
    from digest.pipeline import Digest, Request


@click.command()
@options(*SOURCE_OPTIONS, *REPORT_OPTIONS)
@click.option(
    "--fix",
    is_flag=True,
    help="Mend what is mechanical; shows a diff and asks first (default: off).",
)
@click.option("--yes", is_flag=True, help="With --fix: do not ask (default: ask).")
@click.option("--links", is_flag=True, help="Ask the network for every link (default: off).")
def check(  # noqa: PLR0913  # one parameter an option
    notes: Path,
    config: Path,
    style: str,
    *,
    drafts: bool,
    strict: bool,
    fix: bool,
    yes: bool,
    links: bool,
) -> int:
    """Show everything that is wrong with the notes; write nothing unless told to."""
    request = request_for(notes, config, drafts=drafts)
    today = this_day()
    digest = pipeline.gather(request)
    whole = True
    if fix and digest.taxonomy is not None:
        whole = _mended(digest, request, today, asks=not yes, err=style != "text")
        digest = pipeline.gather(request)
    rendered = pipeline.render(digest, request)
    advice = pipeline.advice(digest, request)
    read_past = [f.diagnostic for read in digest.reads for f in proof(read, today)]
    found = (*digest.diagnostics, *rendered.diagnostics, *advice, *_here(read_past, notes))
    lines = []
    if links:
        from digest.desk.linkasking import ask_links, told  # noqa: PLC0415  # httpx takes 0.1 s

        asked = ask_links([one.entry for one in digest.tagged], config.parent / CACHE, today)
        found = (*found, *_here(asked.diagnostics, notes))
        lines.append(told(asked))
    found = in_order(found)
    report(found, digest.reads, notes, style, err=False)
    if style == "text":
        _sum_up(digest, notes, [*lines, summary(found) or "nothing to report"])
    else:
        for line in lines:  # standard output belongs to the program that reads it
            click.echo(line, err=True)
    return exit_code(found, strict=strict) or int(not whole)


def _here(found: Iterable[Diagnostic], notes: Path) -> Iterator[Diagnostic]:
    return (pipeline.from_here(one, notes) for one in found)


def _mended(digest: Digest, request: Request, today: dt.date, *, asks: bool, err: bool) -> bool:
    """Mend the notes; return whether all that could be mended was, or nobody agreed to it."""
    assert digest.taxonomy is not None  # noqa: S101  # asked by the caller
    setting = Setting(taxonomy=digest.taxonomy, latest_year=request.latest_year)
    found = mendable(digest.reads, request.notes, setting, today)
    if not found:
        click.echo("Nothing to mend.", err=err)
        return True
    return mend(found, request.notes, asks=asks, err=err)


def _sum_up(digest: Digest, notes: Path, lines: list[str]) -> None:
    if digest.reads:
        show(account_table(digest.reads))
    doubtful = least_certain_table(digest.tagged, notes.as_posix())
    if doubtful:
        show(f"\n{doubtful}\n")
    for line in lines:
        click.echo(line)
