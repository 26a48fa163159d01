"""The loop of the preview: wait for a change, build, show.

The page that is open in the browser is made first and shown at once; the rest of the site follows,
then the files on disk. A change in the meantime starts over. What is wrong with the notes is told
over the last good site, which stays until the fault is mended; a fault that was there from the
start does not keep later changes back.
"""

from __future__ import annotations

import gc
import sys
import time
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest import pipeline
from digest.diagnostics import Severity
from digest.render.html import TemplateFault
from digest.serve.watch import Watch, ground

if TYPE_CHECKING:
    import queue
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from digest.cache import Memo
    from digest.diagnostics import Diagnostic
    from digest.model import Read
    from digest.output import Written
    from digest.serve.stage import Stage

    Told = Callable[[Sequence[Diagnostic], Sequence[Read]], str]

LAST_GOOD = "This is the last good site. It goes on when this is mended:"
WITHOUT = "The site is built without what is wrong here:"
OWN_BUG = "This is a bug of Digest, not of your notes. Please report these lines:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What a build came to; without ``files`` the last good site stays."""

    digest: pipeline.Digest
    found: tuple[Diagnostic, ...]
    written: Written | None
    files: int
    seconds: float


class Preview:
    """Builds for a stage, and remembers between builds."""

    def __init__(
        self,
        request: Callable[[], pipeline.Request],
        output: Path,
        stage: Stage,
        changes: queue.SimpleQueue[frozenset[Path]],
        told: Told,
        memo: Memo,
    ) -> None:
        """Begin with nothing built; ``told`` writes diagnostics out for the page."""
        self._request = request
        self._output = output
        self._stage = stage
        self._changes = changes
        self._told = told
        self._memo = memo
        self._good: Mapping[str, bytes] = {}
        self._accepted: frozenset[tuple[str, str]] | None = None

    def follow(self, config: Path, after: Callable[[Round], None]) -> None:
        """Build at first and after each change, for ever; ``after`` is told of each build."""
        watch = Watch(self._changes)
        try:
            while True:
                here = ground(self._request(), config, self._output)
                if here != watch.ground:
                    watch.start(here)
                done = self._built()
                if done is not None:
                    after(done)
                self._changes.get()
                while not self._changes.empty():
                    self._changes.get()
        finally:
            watch.stop()

    def _built(self) -> Round | None:
        """Build once; None where a change came in between or Digest itself failed."""
        gc.disable()  # until the open page is shown: to go through all that is kept takes 0.1 s
        try:
            return self.build()
        except Exception:  # noqa: BLE001  # a preview outlives our own faults
            trace = traceback.format_exc()
            sys.stderr.write(trace)
            self._stage.show(self._good, f"{OWN_BUG}\n{trace}")
            return None
        finally:
            gc.enable()

    def build(self) -> Round | None:
        """Build and show; None where another change came first, which is next."""
        started = time.perf_counter()
        self._memo.turn()
        request = self._request()
        digest = pipeline.gather(request, self._memo)
        found = digest.diagnostics
        files: dict[str, bytes] = {}
        if self._accepted is None or _faults(found) <= self._accepted:
            try:
                if not self._render(digest, request, files):
                    return None
            except TemplateFault as fault:
                found, files = (*found, fault.diagnostic), {}
        self._show(files, found, digest)
        written = None
        if files:
            self._good = files
            self._accepted = _faults(found)
            rendered = pipeline.Rendered(files=files, diagnostics=())
            written, problems = pipeline.write(rendered, self._output)
            found = (*found, *problems)
            self._show(files, found, digest)
            self._memo.save()
        return Round(
            digest=digest,
            found=found,
            written=written,
            files=len(files),
            seconds=time.perf_counter() - started,
        )

    def _render(
        self, digest: pipeline.Digest, request: pipeline.Request, files: dict[str, bytes]
    ) -> bool:
        """Fill ``files``, showing open pages once they are made; False where it was cut off."""
        first = self._stage.open_pages()
        waiting = set(first)
        if not waiting:
            gc.enable()
        for path, data in pipeline.files_in_turn(digest, request, self._memo, first):
            files[path] = data
            if path in waiting:
                waiting.discard(path)
                if not waiting:
                    self._show({**self._good, **files}, digest.diagnostics, digest)
                    self._stage.let_them_draw()
                    gc.enable()
            if not self._changes.empty():
                return False
        return True

    def _show(
        self, files: Mapping[str, bytes], found: Sequence[Diagnostic], digest: pipeline.Digest
    ) -> None:
        """Show the files, or the last ones where there are none, and tell the errors."""
        errors = [d for d in found if d.code.severity is Severity.ERROR]
        text = self._told(errors, digest.reads) if errors else ""
        headline = WITHOUT if files else LAST_GOOD
        self._stage.show(files or self._good, f"{headline}\n{text}" if text else "")


def _faults(found: Sequence[Diagnostic]) -> frozenset[tuple[str, str]]:
    """Return the errors as file and code: they stay the same while their line moves."""
    return frozenset((d.span.path, d.code.name) for d in found if d.code.severity is Severity.ERROR)
