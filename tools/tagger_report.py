"""Score the tagger on the labels in ../shared/gold, or learn the weights that Digest ships.

``python -m tools.tagger_report`` prints the report; with ``--write`` it learns from all labelled
entries and writes ``digest/tagger/weights.tsv``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from digest.learn.examples import Example, gold, shipped
from digest.learn.fit import learn
from digest.learn.judge import cross_validate, report
from digest.learn.lexicon import Task, task_of
from digest.readers import Setting, read_bytes
from digest.tagger.weights import Learned, dump
from digest.taxonomy import Taxonomy, load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.model import Entry

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
TRAINING = ROOT / "training"
WEIGHTS = ROOT / "digest" / "tagger" / "weights.tsv"
LATEST_YEAR = 2026  # the labelled notes are older


def main(arguments: list[str]) -> int:
    """Print the report, or write the weights; 1 where the labels are missing."""
    taxonomy = _taxonomy(ROOT / "taxonomy.yaml")
    task = task_of(taxonomy, _taxonomy(TRAINING / "lexicon.yaml"))
    if not (SHARED / "gold").is_dir():
        print("the labels in ../shared/gold are missing", file=sys.stderr)
        return 1
    judged = gold(SHARED / "gold", _entries(taxonomy))
    examples = [*judged, *shipped(TRAINING)]
    if "--write" in arguments:
        WEIGHTS.write_text(dump(_learned(examples, task)), encoding="utf-8")
        print(f"{WEIGHTS.relative_to(ROOT)}: {WEIGHTS.stat().st_size} bytes")
        return 0
    print(report(cross_validate(examples, task, taxonomy), task.categories))
    return 0


def _learned(examples: list[Example], task: Task) -> Learned:
    judged = sum(example.judged for example in examples)
    notes = [
        "What each signal speaks for, learned by `python -m tools.tagger_report --write`.",
        f"{judged} entries labelled by reading, {len(examples) - judged} of training/*.jsonl.",
    ]
    return learn(examples, task, notes)


def _taxonomy(path: Path) -> Taxonomy:
    taxonomy, found = load(path.name, path.read_text(encoding="utf-8"))
    if taxonomy is None or found:
        message = f"{path} cannot be used: {[d.message for d in found]}"
        raise SystemExit(message)
    return taxonomy


def _entries(taxonomy: Taxonomy) -> Iterator[Entry]:
    setting = Setting(taxonomy=taxonomy, latest_year=LATEST_YEAR)
    for folder in ("notes", "notes-more"):
        for path in sorted((SHARED / folder).iterdir()):
            yield from read_bytes(path.name, path.read_bytes(), setting).entries


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
