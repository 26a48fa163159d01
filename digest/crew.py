"""Work in several processes, where the system can fork: what is needed is there, nothing is sent.

Only results travel between processes, so they are to be small and plain.
"""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Result = TypeVar("Result")
FEWEST = 100  # pieces of work that are worth a process of their own (docs/speed.md)
PIECES = 50  # that a process takes at a time

_work: list[Callable[[int], Any]] = []  # inherited by the processes, which know no closures


def shared(work: Callable[[int], Result], count: int, jobs: int) -> list[Result]:
    """Return ``work(0)`` to ``work(count - 1)``, or nothing where one process does as well."""
    jobs = min(jobs, count // FEWEST)
    if jobs < 2 or "fork" not in multiprocessing.get_all_start_methods():  # noqa: PLR2004
        return []
    pieces = [range(first, min(first + PIECES, count)) for first in range(0, count, PIECES)]
    _work.append(work)
    try:
        with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork")) as pool:
            return [result for done in pool.map(_do, pieces) for result in done]
    finally:
        _work.pop()


def _do(piece: Sequence[int]) -> list[Any]:
    return [_work[-1](at) for at in piece]
