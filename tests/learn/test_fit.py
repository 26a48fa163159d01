from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.learn.fit import learn
from digest.learn.lexicon import task_of
from digest.tagger import tag
from digest.tagger.weights import dump, parse
from tests.factories import entry, lines, link
from tests.learn.samples import FILLING, LEXICON, TELLING, example, taxonomy, title_of

if TYPE_CHECKING:
    from digest.learn.examples import Example

TWO = "categories: {tools: {}, papers: {}}\ntopics: {data: {}}\n"
CATEGORIES = ("tools", "papers")


def forty_entries() -> list[Example]:
    return [
        example(title_of(category, number), category, at=number + 1)
        for number in range(20)
        for category in CATEGORIES
    ]


def test_what_forty_entries_show_tells_unseen_ones_apart() -> None:
    words = taxonomy(TWO)
    examples = forty_entries()
    learned = learn(examples, task_of(words, words), ["forty entries"])
    assert learned.notes == ("forty entries",)
    for category in CATEGORIES:
        for filling in FILLING:
            unseen = entry(
                f"另一则{filling}：{TELLING[category]}",
                body=lines("别的正文", 2),
                links=(link(),),
            )
            tagged = tag(unseen, words, learned)
            assert (tagged.category, tagged.unsure) == (category, False)


def test_a_topic_is_learned_from_the_entries_that_have_it() -> None:
    words = taxonomy(TWO)
    examples = [
        example(
            title_of("tools" if number % 2 else "papers", number) + ("，表格" * (number % 5 == 0)),
            "tools" if number % 2 else "papers",
            at=number + 1,
            topics=("data",) * (number % 5 == 0),
        )
        for number in range(900)
    ]
    learned = learn(examples, task_of(words, words))
    given = [
        tag(entry(title, body=lines("正文", 2), links=(link(),)), words, learned).topics
        for title in ("紫云的插件，表格", "紫云的插件")
    ]
    assert given == [("data",), ()]


def test_a_topics_word_that_stood_in_titles_alone_speaks_in_a_body_too() -> None:
    words = taxonomy(TWO)
    examples = [
        example(
            title_of("tools", number) + "，表格" * (number % 5 == 0),
            "tools",
            at=number + 1,
            topics=("data",) * (number % 5 == 0),
        )
        for number in range(900)
    ]
    learned = learn(examples, task_of(words, words))
    assert tag(entry("别的", body=lines("一份表格，一份表格", 2)), words, learned).topics == (
        "data",
    )


def test_entries_for_topics_alone_do_not_move_categories() -> None:
    words = taxonomy(TWO)
    examples = forty_entries()
    misleading = [
        replace(example(title_of("tools", number), "papers"), for_topics_alone=True)
        for number in range(80)
    ]
    learned = learn((*examples, *misleading), task_of(words, words))
    assert learned.categories == learn(examples, task_of(words, words)).categories


def test_learning_twice_gives_the_same_weights_and_their_file_holds_them() -> None:
    words = taxonomy()
    examples = [
        example(title_of(category, number), category, at=number + 1)
        for number in range(8)
        for category in TELLING
    ]
    task = task_of(words, taxonomy(LEXICON))
    first, second = (dump(learn(examples, task)) for _ in range(2))
    assert first == second
    assert dump(parse(first)) == first


def test_the_name_of_a_poster_gets_no_weight() -> None:
    words = taxonomy(TWO)
    examples = [
        example(title_of(category, number), category, at=number + 1)
        for number in range(8)
        for category in CATEGORIES
    ]
    learned = learn(examples, task_of(words, words))
    assert not [name for name in learned.categories.rows if name.startswith("author:")]
