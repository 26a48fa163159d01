"""What is saved: changes of the files that a site is made from, several at once as one."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import watch

from digest.output import passing_names

if TYPE_CHECKING:
    import queue

    from digest.pipeline import Request

STEP = 15  # milliseconds without a change that end a burst of saves
LONGEST = 200  # milliseconds that a burst may take
AWAKE = 40  # milliseconds after which a watcher tells that it stands
_FOLDERS = ("templates", "static")
_FILES = ("taxonomy.yaml", "weights.tsv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What to watch: folders with all below them, and single names in other folders."""

    trees: frozenset[Path]
    names: frozenset[Path]
    output: Path

    def matters(self, path: Path) -> bool:
        """Whether a change there may change the site; what hides or is our own output does not."""
        beside = (
            path.is_relative_to(self.output.parent)
            and path.relative_to(self.output.parent).parts[:1]
        )
        if beside and beside[0] in {self.output.name, *passing_names(self.output.name)}:
            return False
        if path in self.names:
            return True
        return any(
            path.is_relative_to(tree) and not _hidden(path.relative_to(tree)) for tree in self.trees
        )


def _hidden(path: Path) -> bool:
    return path.name.endswith("~") or any(part.startswith(".") for part in path.parts)


def ground(request: Request, config: Path, output: Path) -> Ground:
    """Tell what a site is made from, and what may yet appear beside its settings."""
    settings = [config, *(config.parent / name for name in (*_FILES, *_FOLDERS))]
    names = {request.taxonomy, request.weights, request.notes, *settings}
    trees = (request.notes, *request.templates, *request.static)
    return Ground(
        trees=frozenset(path.resolve() for path in trees if path.is_dir()),
        names=frozenset(path.parent.resolve() / path.name for path in names),
        output=output.resolve(),
    )


class Watch:
    """Puts something into ``changes`` whenever what matters changed."""

    def __init__(self, changes: queue.SimpleQueue[frozenset[Path]]) -> None:
        """Watch nothing yet."""
        self._changes = changes
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self.ground: Ground | None = None

    def start(self, on: Ground) -> None:
        """Watch this ground instead of the last; returns when it is watched."""
        self.stop()
        self.ground, self._stop = on, threading.Event()
        singles = {path.parent for path in on.names if path.parent.is_dir()}
        for paths, recursive in ((on.trees, True), (singles, False)):
            awake = threading.Event()
            thread = threading.Thread(
                target=self._watch, args=(paths, on, awake, self._stop, recursive), daemon=True
            )
            self._threads.append(thread)
            thread.start()
            if paths:
                awake.wait(timeout=5)

    def stop(self) -> None:
        """Stop watching."""
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=1)
        self._threads = []

    def _watch(
        self,
        paths: frozenset[Path],
        on: Ground,
        awake: threading.Event,
        stop: threading.Event,
        recursive: bool,  # noqa: FBT001 - a thread's arguments have no names
    ) -> None:
        if not paths:
            return
        for found in watch(
            *paths,
            watch_filter=None,
            debounce=LONGEST,
            step=STEP,
            stop_event=stop,
            rust_timeout=AWAKE,
            yield_on_timeout=True,
            raise_interrupt=False,
            recursive=recursive,
        ):
            awake.set()
            changed = frozenset(path for _, name in found if on.matters(path := Path(name)))
            if changed:
                self._changes.put(changed)
