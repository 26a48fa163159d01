"""``serve``: a preview that follows the notes."""

from __future__ import annotations

import queue
import signal
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from digest import pipeline
from digest.cache import Memo
from digest.commands.options import OUTPUT_OPTIONS, SOURCE_OPTIONS, options
from digest.commands.request import CACHE, request_for
from digest.diagnostics import Severity, summary
from digest.store import Store
from digest.terminal.text import report, told

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType

    from digest.serve.preview import Round
    from digest.serve.server import Server
    from digest.serve.stage import Stage

PORT = 8000


@click.command()
@options(*SOURCE_OPTIONS, *OUTPUT_OPTIONS)
@click.option(
    "--port",
    type=click.IntRange(min=0, max=65535),
    default=PORT,
    show_default=True,
    metavar="N",
    help="Port to serve at; the next free one where it is taken, any free one for 0.",
)
@click.option(
    "--open", "browse", is_flag=True, help="Show the site in your browser (default: off)."
)
def serve(  # noqa: PLR0913  # one parameter an option
    notes: Path,
    config: Path,
    output: Path,
    base_url: str | None,
    port: int,
    *,
    drafts: bool,
    browse: bool,
) -> int:
    """Build the site, show it at 127.0.0.1, and keep both as new as the notes.

    An open page follows what you save. Ctrl-C ends it.
    """
    from digest.serve.preview import Preview  # noqa: PLC0415  # only this command needs a server
    from digest.serve.stage import Stage  # noqa: PLC0415

    def request() -> pipeline.Request:
        return request_for(notes, config, drafts=drafts, base_url=base_url)

    mount = _mount(request())
    stage = Stage(mount)
    server = _listening(port, stage)
    address = f"http://127.0.0.1:{server.server_port}{mount}"
    preview = Preview(
        request,
        output,
        stage,
        queue.SimpleQueue(),
        lambda found, reads: told(found, reads, notes),
        Memo(Store(config.parent / CACHE), output),
    )
    signal.signal(signal.SIGTERM, _interrupt)
    first = True

    def after(done: Round) -> None:
        nonlocal first
        report(done.found, done.digest.reads, notes, "text", err=True)
        click.echo(_line(done, first=first))
        if first:
            click.echo(f"Serving {address} (Ctrl-C ends it)")
            if browse:
                click.launch(address)
        first = False

    try:
        server.start()
        preview.follow(config, after)
    except KeyboardInterrupt:
        click.echo("\nStopped.")
    return 0


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _listening(port: int, stage: Stage) -> Server:
    """Return a server at the port, or at another, which is told."""
    from digest.serve.server import open_server  # noqa: PLC0415

    try:
        server = open_server(port, stage)
    except OSError as error:
        raise click.ClickException(str(error.strerror)) from error
    if port and server.server_port != port:
        click.echo(f"Port {port} is taken: this is {server.server_port}.", err=True)
    return server


def _mount(request: pipeline.Request) -> str:
    """Return the path that the site will be published under, ``/`` without a base address."""
    base = pipeline.base_url_of(request)
    return urlsplit(base).path if base else "/"


def _line(done: Round, *, first: bool) -> str:
    """Say in a line what a build came to."""
    now = time.strftime("%H:%M:%S")
    if not done.files:
        errors = summary(d for d in done.found if d.code.severity is Severity.ERROR)
        return f"{now}  {errors}: the last good site stays"
    if first or done.written is None:
        return f"{now}  {done.files} files in {done.seconds:.1f} s"
    written = done.written
    counts = (
        (len(written.new), "new"),
        (len(written.changed), "changed"),
        (len(written.removed), "removed"),
    )
    changes = ", ".join(f"{count} {word}" for count, word in counts if count)
    return f"{now}  {changes or 'nothing changed'} in {done.seconds:.2f} s"
