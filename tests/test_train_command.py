"""``build.py train`` as a curator sees it: what is compared, and which weights are in use after."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from digest.cli import main
from digest.commands.request import SHIPPED_WEIGHTS
from digest.learn.judge import Scores
from digest.learn.train import Training
from digest.tagger.weights import Learned, dump
from digest.terminal.text import training_table
from tests.factories import learned

if TYPE_CHECKING:
    from pathlib import Path

OLD = "category\ttools\nbias\t0\ntopic\n"
NEW = learned({"bias": {"tools": 1.0, "news": 0.0}})
BEFORE = Scores(count=20, with_topics=20, accepted=0.5, exact=0.5, topics=0.25)


@pytest.mark.parametrize(
    ("old", "better", "said"),
    [
        ("", ("topics",), "The new weights are better at topics: written to weights.tsv."),
        (
            OLD,
            ("categories", "topics"),
            "The new weights are better at categories and topics: written to weights.tsv.",
        ),
        ("", (), "The new weights are not better beyond chance: Digest's own stay in use."),
        (
            OLD,
            (),
            (
                "The new weights are not better beyond chance: weights.tsv stays as it is "
                "(delete it to use Digest's own)."
            ),
        ),
    ],
)
def test_training_compares_with_what_digest_ships_also_the_second_time(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    old: str,
    better: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries/2024-03.md").write_text("# 1. 工具\n\n## 1.1. [甲](https://a.org/)\n")
    file = tmp_path / "weights.tsv"
    if old:
        file.write_text(old, encoding="utf-8")
    compared: list[Learned] = []

    def train(_: object, __: object, shipped: Learned, ___: object) -> Training:
        compared.append(shipped)
        after = replace(BEFORE, accepted=0.75)
        new = NEW if better else None
        return Training(labels=20, before=BEFORE, after=after, better=better, learned=new)

    monkeypatch.setattr("digest.learn.train.train", train)
    assert main(["train"]) == 0
    assert dump(compared[0]) == SHIPPED_WEIGHTS.read_text("utf-8")
    assert capsys.readouterr().out.splitlines() == [
        "Agreement with 20 labels of yours, by weights that have not seen them:",
        " " * 50 + "category  topics F1",
        "before: the weights that Digest ships                0.500      0.250",
        "after: learned without the day or section judged     0.750      0.250",
        said,
    ]
    assert (file.read_text("utf-8") if file.exists() else "") == (dump(NEW) if better else old)


def test_topics_are_not_scored_where_the_labels_tell_none() -> None:
    silent = replace(BEFORE, with_topics=0, topics=0.0)
    assert training_table(20, silent, silent).splitlines()[-1].endswith("0.500  none told")
