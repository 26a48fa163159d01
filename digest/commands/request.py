"""What a command works on: the curator's own settings come before those that Digest ships."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from digest import pipeline
from digest.terminal.progress import Progress

HOME = Path(__file__).resolve().parent.parent.parent
WEIGHTS = "weights.tsv"
CACHE = ".digest-cache"
GATHERING = "Reading the notes, tagging their entries …"
SHIPPED_WEIGHTS = HOME / "digest" / "tagger" / WEIGHTS


def this_day() -> dt.date:
    """Return the day that it is where the command runs."""
    return dt.datetime.now().astimezone().date()


def gathered(request: pipeline.Request) -> pipeline.Digest:
    """Gather what a command works on, and say so where it takes a while."""
    with Progress(quiet=False) as progress:
        progress.tell(GATHERING)
        return pipeline.gather(request)


def request_for(
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


def _weights(folder: Path) -> Path:
    """Return the curator's own weights where there are any, or else those that Digest ships."""
    own = folder / WEIGHTS
    return own if own.exists() else SHIPPED_WEIGHTS
