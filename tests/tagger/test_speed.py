from __future__ import annotations

import time
from pathlib import Path

from digest.learn.examples import shipped
from digest.tagger import tag
from digest.tagger.weights import parse
from digest.taxonomy import load

ROOT = Path(__file__).parents[2]
ROUNDS = 5
SLOW = 0.003  # seconds: ten times the aim, so that a busy machine passes and a new loop does not


def test_tagging_takes_a_fraction_of_a_millisecond_and_not_ten_times_that() -> None:
    taxonomy, _ = load("taxonomy.yaml", (ROOT / "taxonomy.yaml").read_text("utf-8"))
    assert taxonomy is not None
    learned = parse((ROOT / "digest/tagger/weights.tsv").read_text("utf-8"))
    entries = [example.entry for example in shipped(ROOT / "training")][::10]
    quickest = []
    for entry in entries:
        taken = []
        for _ in range(ROUNDS):
            start = time.process_time()
            tag(entry, taxonomy, learned)
            taken.append(time.process_time() - start)
        quickest.append(min(taken))
    assert sum(quickest) / len(quickest) < SLOW


def test_the_weights_are_read_in_less_than_half_a_second_and_stay_under_a_megabyte() -> None:
    path = ROOT / "digest/tagger/weights.tsv"
    assert path.stat().st_size < 1_000_000
    text = path.read_text("utf-8")
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        parse(text)
        taken.append(time.process_time() - start)
    assert min(taken) < 0.5
