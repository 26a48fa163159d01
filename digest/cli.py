"""The commands: arguments → pipeline → exit code.

Exit codes: 0 clean or warnings only, 1 errors (or warnings with ``--strict``), 2 wrong usage,
3 a bug of our own.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest import __version__, pipeline
from digest.diagnostics import exit_code, summary
from digest.explain import explain as explain_entry
from digest.explain import find_entry
from digest.label import label as label_entries
from digest.label import least_certain
from digest.options import BUILD_OPTIONS, REPORT_OPTIONS, SOURCE_OPTIONS, options
from digest.readers import Setting
from digest.terminal import account_table, least_certain_table, report, show, training_table

if TYPE_CHECKING:
    from collections.abc import Sequence

HOME = Path(__file__).resolve().parent.parent
OWN_BUG = 3
WEIGHTS = "weights.tsv"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    args = list(sys.argv[1:] if arguments is None else arguments)
    if not args or (args[0].startswith("-") and args[0] not in {"--help", "-h", "--version"}):
        args.insert(0, "build")
    try:
        result = commands.main(args=args, prog_name="build.py", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:  # `build.py export | head`
        sys.stderr.close()
        return 0
    except Exception:  # noqa: BLE001  # the edge of the program: any other fault is our own
        traceback.print_exc()
        click.echo(
            "This is a bug of Digest, not of your notes. Please report the lines above.", err=True
        )
        return OWN_BUG
    return result if isinstance(result, int) else 0


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="Digest")
def commands() -> None:
    """Turn a curator's notes into a static site with feeds.

    Without a command, `build` is run.
    """


@commands.command()
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
    del jobs, no_cache  # one process and no cache are within what both allow
    started = time.perf_counter()
    request = _request(notes, config, drafts=drafts, base_url=base_url)
    digest = pipeline.gather(request)
    rendered = pipeline.render(digest, request)
    found = (*digest.diagnostics, *rendered.diagnostics)
    written = None
    if rendered.files:
        written, problems = pipeline.write(rendered, output)
        found = (*found, *problems)
    report(found, digest.reads, notes, style, err=True)
    if written is None:
        click.echo(f"No site was written; {output} is as it was.", err=True)
        return 1
    if not quiet and style == "text":
        seconds = time.perf_counter() - started
        pages = sum(name.endswith(".html") for name in rendered.files)
        changes = f"{len(written.new)} files new, {len(written.changed)} changed"
        click.echo(f"{_made(digest, pages)} ({changes}) · {seconds:.1f} s")
        if found:
            click.echo(f"{summary(found)}; `build.py check` shows where every line went")
        click.echo(f"Open {output / 'index.html'}")
    return exit_code(found, strict=strict)


@commands.command()
@options(*SOURCE_OPTIONS, *REPORT_OPTIONS)
def check(notes: Path, config: Path, style: str, *, drafts: bool, strict: bool) -> int:
    """Show everything that is wrong with the notes; write nothing."""
    request = _request(notes, config, drafts=drafts)
    digest = pipeline.gather(request)
    rendered = pipeline.render(digest, request)
    found = (*digest.diagnostics, *rendered.diagnostics)
    report(found, digest.reads, notes, style, err=False)
    if style == "text":
        if digest.reads:
            show(account_table(digest.reads))
        doubtful = least_certain_table(digest.tagged)
        if doubtful:
            show(f"\n{doubtful}\n")
        click.echo(summary(found) or "nothing to report")
    return exit_code(found, strict=strict)


@commands.command()
@options(*SOURCE_OPTIONS)
def export(notes: Path, config: Path, *, drafts: bool) -> int:
    """Print the entries as JSON, one object a line."""
    request = _request(notes, config, drafts=drafts)
    digest = pipeline.gather(request)
    report(digest.diagnostics, digest.reads, notes, "text", err=True)
    sys.stdout.buffer.write(pipeline.export_bytes(digest))
    sys.stdout.buffer.flush()
    return exit_code(digest.diagnostics, strict=False)


@commands.command()
@options(*SOURCE_OPTIONS)
@click.argument("entry")
def explain(entry: str, notes: Path, config: Path, *, drafts: bool) -> int:
    """Tell why ENTRY has its date, category and topics.

    ENTRY is an id, the path of a page, or FILE:LINE, where LINE is any line of the entry.
    """
    digest = pipeline.gather(_request(notes, config, drafts=drafts))
    one = find_entry(digest.tagged, entry, notes.as_posix())
    if one is None:
        message = f"no entry is called {entry}; name an id, a page path, or FILE:LINE"
        raise click.UsageError(message)
    show(explain_entry(one))
    return 0


@commands.command()
@options(*SOURCE_OPTIONS)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    metavar="N",
    help="How many entries to ask about at most.",
)
def label(notes: Path, config: Path, limit: int, *, drafts: bool) -> int:
    """Settle the least certain categories, a key each.

    An answer is written into the note at once, as a comment that no Markdown viewer shows.
    """
    request = _request(notes, config, drafts=drafts)
    digest = pipeline.gather(request)
    if digest.taxonomy is None or not digest.tagged:
        report(digest.diagnostics, digest.reads, notes, "text", err=True)
        return exit_code(digest.diagnostics, strict=False)
    setting = Setting(taxonomy=digest.taxonomy, latest_year=request.latest_year)
    label_entries(least_certain(digest.tagged, limit), digest.reads, notes, setting)
    return 0


@commands.command()
@options(*SOURCE_OPTIONS)
def train(notes: Path, config: Path, *, drafts: bool) -> int:
    """Learn from your own labels (see `label`); keep the result only if it is better.

    The weights are written to weights.tsv in the folder of site.yaml; without that file, those that
    Digest ships are used.
    """
    try:
        from digest.learn import train as training  # noqa: PLC0415  # takes a second
    except ImportError:
        message = "training needs scikit-learn: run `make train-tools`"
        raise click.UsageError(message) from None
    request = _request(notes, config, drafts=drafts)
    digest = pipeline.gather(request)
    report(digest.diagnostics, digest.reads, notes, "text", err=True)
    if digest.taxonomy is None:
        return 1
    entries = [one.entry for one in digest.tagged]
    click.echo("Learning; this takes about a minute.", err=True)
    found = training.train(entries, digest.taxonomy, digest.learned, HOME / "training")
    if found is None:
        click.echo(f"Fewer than {training.FEWEST} labels of your own: run `build.py label` first.")
        return 0
    click.echo(training_table(found.labels, found.before, found.after))
    if found.learned is None:
        click.echo("The new weights are no better: the old ones stay.")
        return 0
    target = config.parent / WEIGHTS
    pipeline.write_weights(found.learned, target)
    click.echo(f"The new weights are better: written to {target}.")
    return 0


def _weights(folder: Path) -> Path:
    """Return the curator's own weights where there are any, or else those that Digest ships."""
    own = folder / WEIGHTS
    return own if own.exists() else HOME / "digest" / "tagger" / WEIGHTS


def _made(digest: pipeline.Digest, pages: int) -> str:
    """Say what a build made of what: ``2 entries from 1 note · 20 pages``."""
    entries = _counted(len(digest.tagged), "entry", "entries")
    notes = _counted(len({one.entry.place.path for one in digest.tagged}), "note")
    return f"{entries} from {notes} · {_counted(pages, 'page')}"


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def _request(
    notes: Path, config: Path, *, drafts: bool, base_url: str | None = None
) -> pipeline.Request:
    """Find the settings: those beside the curator's notes come before those that Digest ships."""
    default = str(config) == "site.yaml"
    folder = config.parent
    taxonomy = folder / "taxonomy.yaml"
    return pipeline.Request(
        notes=notes,
        config=None if default and not config.exists() else config,
        taxonomy=taxonomy if taxonomy.exists() else HOME / "taxonomy.yaml",
        weights=_weights(folder),
        templates=_folders(folder / "templates", HOME / "templates"),
        static=_folders(folder / "static", HOME / "static"),
        latest_year=dt.datetime.now(tz=dt.UTC).year,
        base_url=base_url,
        drafts=drafts,
    )


def _folders(*folders: Path) -> tuple[Path, ...]:
    found: dict[Path, Path] = {}
    for folder in folders:
        if folder.is_dir():
            found.setdefault(folder.resolve(), folder)
    return tuple(found.values())
