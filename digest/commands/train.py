"""``train``: weights from a curator's own labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from digest import files, pipeline
from digest.commands.options import SOURCE_OPTIONS, options
from digest.commands.request import HOME, SHIPPED_WEIGHTS, WEIGHTS, request_for
from digest.tagger.weights import dump, parse
from digest.terminal.text import report, training_table

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@options(*SOURCE_OPTIONS)
def train(notes: Path, config: Path, *, drafts: bool) -> int:
    """Learn from your own labels (see `label`); keep the result only if it is better.

    What you label otherwise than Digest would corrects the weights that it ships. The result is
    kept if it agrees better with labels that it has not seen, by more than chance. It is written
    to weights.tsv in the folder of site.yaml; without that file, those that Digest ships are used.
    """
    try:
        from digest.learn import train as training  # noqa: PLC0415  # takes a second
    except ImportError:
        message = "training needs scikit-learn: run `make train-tools`"
        raise click.UsageError(message) from None
    request = request_for(notes, config, drafts=drafts)
    digest = pipeline.gather(request)
    report(digest.diagnostics, digest.reads, notes, "text", err=True)
    if digest.taxonomy is None or not digest.settings_hold:
        return 1
    entries = [one.entry for one in digest.tagged]
    click.echo("Learning; this may take a minute.", err=True)
    shipped = parse(SHIPPED_WEIGHTS.read_text(encoding="utf-8"))
    found = training.train(entries, digest.taxonomy, shipped, HOME / "training")
    if found is None:
        click.echo(f"Fewer than {training.FEWEST} labels of your own: run `build.py label` first.")
        return 0
    target = config.parent / WEIGHTS
    click.echo(training_table(found.labels, found.before, found.after))
    if found.learned is None:
        stay = (
            f"{target} stays as it is (delete it to use Digest's own)"
            if target.exists()
            else "Digest's own stay in use"
        )
        click.echo(f"The new weights are not better beyond chance: {stay}.")
        return 0
    try:
        files.put(target, dump(found.learned).encode())
    except OSError as error:
        message = f"{target}: cannot write: {error.strerror}"
        raise click.ClickException(message) from error
    better = " and ".join(found.better)
    click.echo(f"The new weights are better at {better}: written to {target}.")
    return 0
