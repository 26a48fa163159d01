"""The edges of learning: new names, unknown topics, few groups, small taxonomies, exact files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from digest.learn.fit import learn
from digest.learn.lexicon import task_of
from digest.learn.train import train
from digest.model import Origin
from digest.tagger import tag
from digest.tagger.weights import BIAS, dump, parse
from digest.taxonomy import load
from tests.factories import entry, label, learned, weighs
from tests.learn.samples import TAXONOMY, WEIGHTS, example, taxonomy, title_of, training_folder
from tests.learn.test_train import labelled, meetings

if TYPE_CHECKING:
    from pathlib import Path

JOBS = TAXONOMY.replace("topics:", "  jobs: {zh: 招聘, signals: {招聘: 3}}\ntopics:")


@pytest.mark.parametrize("own_jobs", [0, 1])
def test_a_category_without_examples_does_not_stop_training(tmp_path: Path, own_jobs: int) -> None:
    jobs = [labelled(30, "红木，招聘", "招聘")] * own_jobs
    entries = [*meetings(24), *jobs]
    found = train(entries, taxonomy(JOBS), WEIGHTS, training_folder(tmp_path))
    assert found is not None


def test_a_category_that_learning_saw_no_example_of_keeps_its_signals_strong(
    tmp_path: Path,
) -> None:
    found = train(meetings(24), taxonomy(JOBS), WEIGHTS, training_folder(tmp_path))
    assert found is not None
    assert found.learned is not None
    assert tag(entry("红木，招聘"), taxonomy(JOBS), found.learned).category == "jobs"


def test_a_topic_that_learning_saw_no_example_of_keeps_its_signals_strong(tmp_path: Path) -> None:
    words = taxonomy(TAXONOMY + "  quantum: {signals: {量子: 2}}\n")
    assert "quantum" in tag(entry("量子"), words, WEIGHTS).topics
    found = train(meetings(24), words, WEIGHTS, training_folder(tmp_path))
    assert found is not None
    assert found.learned is not None
    assert "quantum" in tag(entry("量子"), words, found.learned).topics


def test_an_entry_whose_topics_the_curator_left_open_teaches_nothing_of_topics(
    tmp_path: Path,
) -> None:
    entries = [replace(one, title=f"{one.title}，表格") for one in meetings(24)]
    found = train(entries, taxonomy(), WEIGHTS, training_folder(tmp_path))
    assert found is not None
    assert found.learned is not None
    assert weighs(found.learned.topics, "title:表格").get("data", 0.0) >= 0


def test_labels_of_one_section_alone_can_be_learned_from(tmp_path: Path) -> None:
    entries = [replace(one, when=None) for one in meetings(24)]
    found = train(entries, taxonomy(), WEIGHTS, training_folder(tmp_path))
    assert found is not None
    assert found.learned is not None


def test_a_category_named_twice_in_comments_is_one_label() -> None:
    from digest.learn.examples import own  # noqa: PLC0415 - stands alone

    words = (label("工具", Origin.DIRECTIVE), label("tools", Origin.DIRECTIVE))
    assert len(own([entry(labels=words)], taxonomy())) == 1


def test_a_topic_that_every_example_has_does_not_stop_learning() -> None:
    examples = [
        example(title_of(name, n), name, at=n + 1, topics=("data",))
        for n in range(8)
        for name in ("tools", "papers", "news")
    ]
    learned_of = learn(examples, task_of(taxonomy(), taxonomy()))
    assert weighs(learned_of.categories, "title:插件")["tools"] > 0


def test_the_second_classifier_speaks_for_both_of_two_categories() -> None:
    words = taxonomy("categories: {tools: {}, papers: {}}\ntopics: {data: {}}\n")
    examples = [
        example(title_of(name, n), name, at=n + 1) for n in range(8) for name in ("tools", "papers")
    ]
    found = weighs(learn(examples, task_of(words, words)).categories, "title:插件")
    assert found["tools"] > 0 > found["papers"]


@pytest.mark.parametrize("weight", [10.5, -10.25, 20.75])
def test_heavy_weights_survive_the_file(weight: float) -> None:
    again = parse(dump(learned({BIAS: {"tools": weight}})))
    assert weighs(again.categories, BIAS) == {"tools": weight}


def test_a_start_of_zero_survives_the_file() -> None:
    made = learned({BIAS: {"tools": 0.0, "news": -1.0}, "title:a": {"tools": 2.0}})
    again = parse(dump(made))
    assert again.categories == made.categories
    assert dump(again) == dump(made)


@pytest.mark.parametrize("number", ["nan", "inf"])
def test_a_weight_that_is_no_number_is_a_damaged_line(number: str) -> None:
    with pytest.raises(ValueError, match="line 2"):
        parse(f"category\ttools\nbias\t{number}\n")


@pytest.mark.parametrize(("short", "long"), [("it", "robot"), ("rag", "storage")])
def test_english_words_are_no_part_of_other_words(short: str, long: str) -> None:
    text = f"categories: {{tools: {{signals: {{title:{short}: 1, title:{long}: 2}}}}}}\n"
    made, _ = load("taxonomy.yaml", text)
    assert made is not None
    found = tag(entry(f"{long} {short}"), made).evidence
    assert [(one.signal, one.weight) for one in found] == [
        (f"title:{long}", 2.0),
        (f"title:{short}", 1.0),
    ]
