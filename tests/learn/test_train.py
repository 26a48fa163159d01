from __future__ import annotations

from typing import TYPE_CHECKING

from digest.learn.train import FEWEST, train
from digest.model import Origin
from digest.tagger import tag
from tests.factories import entry, label, lines, link, when
from tests.learn.samples import FILLING, WEIGHTS, taxonomy, title_of, training_folder

if TYPE_CHECKING:
    from pathlib import Path

    from digest.model import Entry


def labelled(number: int, title: str, word: str) -> Entry:
    return entry(
        title,
        at=number,
        when=when(f"2024-03-{number:02d}"),
        body=lines("正文", number),
        links=(link(number=number),),
        labels=(label(word, Origin.DIRECTIVE, number),),
    )


def meetings(count: int) -> list[Entry]:
    """Return entries whose one telling word the curator files under news."""
    return [
        labelled(number, f"{FILLING[number % 8]}，周会，{FILLING[number // 3 % 8]}", "资讯")
        for number in range(1, count + 1)
    ]


def test_fewer_than_ten_labels_teach_nothing(tmp_path: Path) -> None:
    folder = training_folder(tmp_path)
    unlabelled = [entry(title_of("news", number), at=number) for number in range(1, 30)]
    entries = [*meetings(FEWEST - 1), *unlabelled]
    assert FEWEST == 10
    assert train(entries, taxonomy(), WEIGHTS, folder) is None
    assert train([*entries, *meetings(1)], taxonomy(), WEIGHTS, folder) is not None


def test_weights_that_agree_with_the_curator_are_kept(tmp_path: Path) -> None:
    words = {"tools": "工具", "papers": "论文", "news": "资讯"}
    entries = [
        labelled(number, title_of(name, number), word)
        for number, (name, word) in enumerate(list(words.items()) * 4, start=1)
    ]
    found = train(entries, taxonomy(), WEIGHTS, training_folder(tmp_path))
    assert found is not None
    assert (found.labels, found.before.count, found.before.accepted) == (12, 12, 1.0)
    assert found.learned is None


def test_a_habit_of_the_curator_that_the_weights_do_not_know_is_learned(tmp_path: Path) -> None:
    entries = meetings(24)
    unseen = entry("灰瓦，周会", body=lines("正文", 2), links=(link(),))
    assert tag(unseen, taxonomy(), WEIGHTS).category == "tools"
    found = train(entries, taxonomy(), WEIGHTS, training_folder(tmp_path))
    assert found is not None
    assert (found.labels, found.before.accepted, found.after.accepted) == (24, 0.0, 1.0)
    assert found.learned is not None
    assert found.learned.notes[-1] == "24 labels of the curator's own, 24 shipped."
    assert tag(unseen, taxonomy(), found.learned).category == "news"
    for name in ("tools", "papers"):
        known = entry(title_of(name, 5), body=lines("正文", 2), links=(link(),))
        assert tag(known, taxonomy(), found.learned).category == name
