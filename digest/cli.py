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
from typing import TYPE_CHECKING, Any

import click

from digest import __version__, pipeline
from digest.config import address, with_slash
from digest.diagnostics import as_github, as_json, as_text, exit_code, summary
from digest.explain import explain as explain_entry
from digest.explain import find_entry
from digest.terminal import account_table, show

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from digest.diagnostics import Diagnostic
    from digest.model import Read

HOME = Path(__file__).resolve().parent.parent
OWN_BUG = 3


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


def _options(*options: Callable[..., Any]) -> Callable[..., Any]:
    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return add


SOURCE_OPTIONS = (
    click.option(
        "--notes",
        type=click.Path(path_type=Path),
        default=Path("entries"),
        show_default=True,
        metavar="DIR",
        help="Folder of notes, read with its sub-folders (.md, .markdown, .txt).",
    ),
    click.option(
        "--config",
        type=click.Path(path_type=Path),
        default=Path("site.yaml"),
        show_default=True,
        metavar="FILE",
        help="Facts about the site. taxonomy.yaml is taken from the same folder.",
    ),
    click.option("--drafts", is_flag=True, help="Include drafts (default: leave them out)."),
)
REPORT_OPTIONS = (
    click.option("--strict", is_flag=True, help="Let warnings fail the run (default: off)."),
    click.option(
        "--format",
        "style",
        type=click.Choice(["text", "json", "github"]),
        default="text",
        show_default=True,
        help="How diagnostics are printed.",
    ),
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="Digest")
def commands() -> None:
    """Turn a curator's notes into a static site with feeds.

    Without a command, `build` is run.
    """


@commands.command()
@_options(*SOURCE_OPTIONS, *REPORT_OPTIONS)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=Path("site"),
    show_default=True,
    metavar="DIR",
    help="Where the site is written; it replaces the last one only when it is whole.",
)
@click.option(
    "--base-url",
    metavar="URL",
    callback=lambda _context, _option, value: _base_url(value),
    help="Address the site will be published at (default: base_url of site.yaml).",
)
@click.option("--quiet", is_flag=True, help="Print errors and warnings only (default: off).")
def build(  # noqa: PLR0913  # one parameter an option
    notes: Path,
    config: Path,
    output: Path,
    base_url: str | None,
    style: str,
    *,
    drafts: bool,
    strict: bool,
    quiet: bool,
) -> int:
    """Build the site from the notes."""
    started = time.perf_counter()
    request = _request(notes, config, drafts=drafts, base_url=base_url)
    digest = pipeline.gather(request)
    rendered = pipeline.render(digest, request)
    found = (*digest.diagnostics, *rendered.diagnostics)
    written = None
    if rendered.files:
        written, problems = pipeline.write(rendered, output)
        found = (*found, *problems)
    _report(found, digest.reads, notes, style, err=True)
    if written is None:
        click.echo(f"No site was written; {output} is as it was.", err=True)
        return 1
    if not quiet and style == "text":
        seconds = time.perf_counter() - started
        sources = len({one.entry.place.path for one in digest.tagged})
        pages = sum(name.endswith(".html") for name in rendered.files)
        click.echo(
            f"{_counted(len(digest.tagged), 'entry', 'entries')} from {_counted(sources, 'note')}"
            f" · {_counted(pages, 'page')}"
            f" ({len(written.new)} files new, {len(written.changed)} changed) · {seconds:.1f} s"
        )
        if found:
            click.echo(f"{summary(found)}; `build.py check` shows where every line went")
        click.echo(f"Open {output / 'index.html'}")
    return exit_code(found, strict=strict)


@commands.command()
@_options(*SOURCE_OPTIONS, *REPORT_OPTIONS)
def check(notes: Path, config: Path, style: str, *, drafts: bool, strict: bool) -> int:
    """Show everything that is wrong with the notes; write nothing."""
    request = _request(notes, config, drafts=drafts)
    digest = pipeline.gather(request)
    rendered = pipeline.render(digest, request)
    found = (*digest.diagnostics, *rendered.diagnostics)
    _report(found, digest.reads, notes, style, err=False)
    if style == "text":
        if digest.reads:
            show(account_table(digest.reads))
        click.echo(summary(found) or "nothing to report")
    return exit_code(found, strict=strict)


@commands.command()
@_options(*SOURCE_OPTIONS)
def export(notes: Path, config: Path, *, drafts: bool) -> int:
    """Print the entries as JSON, one object a line."""
    request = _request(notes, config, drafts=drafts)
    digest = pipeline.gather(request)
    _report(digest.diagnostics, digest.reads, notes, "text", err=True)
    sys.stdout.buffer.write(pipeline.export_bytes(digest))
    sys.stdout.buffer.flush()
    return exit_code(digest.diagnostics, strict=False)


@commands.command()
@_options(*SOURCE_OPTIONS)
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


def _base_url(written: str | None) -> str | None:
    """Check an address given on the command line; wrong usage where it is none."""
    if written is None:
        return None
    url = address(written)
    if url is None:
        message = f"{written} is not an address; write `--base-url https://example.org/digest/`"
        raise click.BadParameter(message)
    return with_slash(url)


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


def _report(
    found: Sequence[Diagnostic],
    reads: Sequence[Read],
    notes: Path,
    style: str,
    *,
    err: bool,
) -> None:
    """Print the diagnostics in the style that was asked for."""
    if style == "json":
        click.echo(as_json(found))
    elif style == "github" and found:
        click.echo(as_github(found))
    elif style == "text" and found:
        lines = {(notes / read.source.path).as_posix(): read.source.lines for read in reads}

        def line_of(path: str, line: int) -> str | None:
            known = lines.get(path)
            if known is not None:
                return known[line - 1].text if line <= len(known) else None
            return _line_on_disk(Path(path), line)

        show(as_text(found, line_of), err=err)


def _line_on_disk(path: Path, line: int) -> str | None:
    """Return a line of a settings file or template, where it can be read."""
    try:
        rows = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return None
    return rows[line - 1] if line <= len(rows) else None
