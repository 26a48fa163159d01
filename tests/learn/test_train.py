from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.learn.train import FEWEST, train
from digest.model import Origin
from digest.tagger import tag
from tests.factories import entry, label, lines, link, when
from tests.learn.samples import (
    FILLING,
    TAXONOMY,
    WEIGHTS,
    taxonomy,
    title_of,
    training_folder,
)

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
    assert found.better == ("categories",)
    assert found.learned.notes[-1].endswith(
        "those of categories corrected by 24 labels of your own."
    )
    assert tag(unseen, taxonomy(), found.learned).category == "news"
    for name in ("tools", "papers"):
        known = entry(title_of(name, 5), body=lines("正文", 2), links=(link(),))
        assert tag(known, taxonomy(), found.learned).category == name


def test_what_the_labels_do_not_speak_of_stays_as_it_was_shipped(tmp_path: Path) -> None:
    found = train(meetings(24), taxonomy(), WEIGHTS, training_folder(tmp_path))
    assert found is not None
    assert found.learned is not None
    for signal in ("title:插件", "title:综述", "title:融资"):
        assert found.learned.categories.row(signal) == WEIGHTS.categories.row(signal)
    assert found.learned.topics == WEIGHTS.topics


def test_a_category_of_the_curators_own_is_learned_from_its_labels(tmp_path: Path) -> None:
    own = taxonomy(TAXONOMY.replace("topics:", "  jobs: {zh: 招聘}\ntopics:"))
    meant = [replace(one, labels=(label("招聘", Origin.DIRECTIVE),)) for one in meetings(24)]
    found = train(meant, own, WEIGHTS, training_folder(tmp_path))
    assert found is not None
    assert found.learned is not None
    assert found.learned.categories.names == ("tools", "papers", "news", "jobs")
    for title, category in (("灰瓦，周会", "jobs"), (title_of("papers", 5), "papers")):
        unseen = entry(title, body=lines("正文", 2), links=(link(),))
        assert tag(unseen, own, found.learned).category == category


def test_topics_are_learned_where_the_labels_tell_them(tmp_path: Path) -> None:
    own = taxonomy(TAXONOMY + "  poems: {zh: 诗歌}\n")
    words = (("数据", "账本"), ("诗歌", "诗集"))
    told = [
        replace(
            one,
            title=f"{one.title}，{words[number % 2][1]}",
            topic_labels=(label(words[number % 2][0], Origin.DIRECTIVE),),
        )
        for number, one in enumerate(meetings(31) + meetings(31))
    ]
    found = train(told, own, WEIGHTS, training_folder(tmp_path))
    assert found is not None
    assert found.learned is not None
    assert found.better == ("categories", "topics")
    assert [
        tag(entry(f"灰瓦，{word}", body=lines("正文", 2)), own, found.learned).topics
        for _, word in words
    ] == [("data",), ("poems",)]
