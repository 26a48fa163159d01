from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from digest.model import Evidence, Origin, Tagged
from digest.tagger import check, tag
from digest.tagger.weights import BIAS, Learned, parse
from digest.taxonomy import Taxonomy, load
from tests.factories import entry, label, learned, lines, link
from tests.told import told

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "taxonomy.yaml"
WEIGHTS = ROOT / "digest/tagger/weights.tsv"

SMALL = """\
categories:
  tools: {zh: 工具, labels: [项目, API], signals: {kind:code: 1.5, 插件: 2}}
  models: {zh: 模型, labels: [API], signals: {title:参数: 1, 插件: 0.5, kind:code: -1}}
  news: {zh: 资讯, signals: {融资: 2.5, host:news.example: 1, author:ada: 0.5}}
topics:
  rag: {zh: 检索, labels: [Hugging Face], signals: {检索: 2.5, 向量: 1}}
  agents: {zh: 智能体, signals: {智能体: 3, 插件: 1}}
  code: {zh: 编程, signals: {代码: 2}}
  data: {zh: 数据, signals: {数据: 2}}
"""


def small(text: str = SMALL) -> Taxonomy:
    taxonomy, found = load("taxonomy.yaml", text)
    assert taxonomy is not None
    assert found == []
    return taxonomy


@cache
def shipped_weights() -> Learned:
    return parse(WEIGHTS.read_text(encoding="utf-8"))


def evidence(choice: str, signal: str, weight: float, number: int = 1) -> Evidence:
    return Evidence(choice=choice, signal=signal, weight=weight, line=number)


def test_signals_decide_where_the_curator_wrote_nothing() -> None:
    made = entry(
        "一款检索插件",
        author="Ada",
        body=lines("融资\n支持向量与智能体", 2),
        links=(link("https://github.com/a/b", number=4),),
    )
    tagged = tag(made, small())
    assert (tagged.category, tagged.runner_up, tagged.margin) == ("tools", "news", 2.0)
    assert tagged.fixed_by is None
    assert tagged.topics == ("rag", "agents")
    assert tagged.evidence == (
        evidence("rag", "title:检索", 2.5),
        evidence("tools", "title:插件", 2.0),
        evidence("tools", "kind:code", 1.5, 4),
        evidence("agents", "body:智能体", 1.2, 3),
        evidence("agents", "title:插件", 1.0),
        evidence("news", "body:融资", 1.0, 2),
        evidence("news", "author:ada", 0.5),
        evidence("rag", "body:向量", 0.4, 3),
    )


def test_a_negative_weight_speaks_against() -> None:
    tagged = tag(entry("参数", links=(link("https://github.com/a/b"),)), small())
    assert (tagged.category, tagged.runner_up, tagged.margin) == ("tools", "models", 1.5)
    assert tagged.evidence == (
        evidence("tools", "kind:code", 1.5),
        evidence("models", "kind:code", -1.0),
        evidence("models", "title:参数", 1.0),
    )


def test_what_the_curator_wrote_decides_against_all_signals() -> None:
    section = label("资讯", Origin.SECTION, 3)
    tagged = tag(entry("一款插件", at=5, labels=(section,)), small())
    assert (tagged.category, tagged.runner_up, tagged.margin) == ("news", "tools", 38.0)
    assert tagged.fixed_by == section
    assert tagged.evidence[:2] == (
        evidence("news", "section:资讯", 40.0, 3),
        evidence("tools", "title:插件", 2.0, 5),
    )


@pytest.mark.parametrize(
    ("origins", "signal", "category"),
    [
        ((Origin.DIRECTIVE, Origin.FRONT_MATTER), "comment:模型", "models"),
        ((Origin.FRONT_MATTER, Origin.TAG), "front-matter:模型", "models"),
        ((Origin.TAG, Origin.SECTION), "label:模型", "models"),
        ((Origin.SECTION, Origin.SECTION), "section:模型", "models"),
    ],
)
def test_the_word_written_closest_to_the_entry_decides(
    origins: tuple[Origin, Origin], signal: str, category: str
) -> None:
    strong, weak = label("模型", origins[0]), label("资讯", origins[1])
    tagged = tag(entry("一款插件", labels=(strong, weak)), small())
    assert (tagged.category, tagged.fixed_by) == (category, strong)
    assert tagged.evidence[0].signal == signal


def test_a_word_of_several_categories_leaves_the_choice_to_the_signals() -> None:
    made = entry("融资", labels=(label("API", Origin.TAG),))
    with_code = replace(made, links=(link("https://github.com/a/b"),))
    with_size = replace(made, title="参数")
    assert [tag(one, small()).category for one in (made, with_code, with_size)] == [
        "tools",
        "tools",
        "models",
    ]
    assert tag(with_size, small()).fixed_by is None


def test_a_weaker_word_narrows_what_a_stronger_one_left_open() -> None:
    section = label("模型 / 资讯", Origin.SECTION)
    made = entry("一款插件", labels=(label("API", Origin.TAG), section))
    tagged = tag(made, small())
    assert (tagged.category, tagged.fixed_by) == ("models", section)


def test_unknown_words_leave_the_choice_to_weaker_ones() -> None:
    section = label("资讯", Origin.SECTION)
    made = entry("一款插件", labels=(label("推特", Origin.TAG), section))
    assert tag(made, small()).fixed_by == section


def test_an_entry_that_shows_nothing_gets_the_first_category_and_no_topic() -> None:
    tagged = tag(entry("嗯"), small())
    assert (tagged.category, tagged.runner_up, tagged.margin) == ("tools", "models", 0.0)
    assert tagged.topics == ()
    assert tagged.evidence == ()


def test_a_taxonomy_of_one_category_has_no_runner_up() -> None:
    tagged = tag(entry("插件"), small("categories: {tools: {signals: {插件: 2}}}\n"))
    assert (tagged.category, tagged.runner_up, tagged.margin) == ("tools", None, 2.0)


def test_at_most_three_topics_are_given_most_central_first() -> None:
    tagged = tag(entry("智能体写代码，检索数据"), small())
    assert tagged.topics == ("agents", "rag", "code")


@pytest.mark.parametrize(
    ("title", "body", "topics"),
    [
        ("检索", "", ("rag",)),
        ("标题", "检索", ("rag",)),
        ("标题", "向量", ()),
        ("标题", "向量，代码", ()),
        ("向量", "向量，检索", ("rag",)),
        ("智能体", "代码", ("agents",)),
        ("智能体", "数据库的检索", ("agents",)),
    ],
)
def test_a_further_topic_must_be_clear(title: str, body: str, topics: tuple[str, ...]) -> None:
    assert tag(entry(title, body=lines(body, 2)), small()).topics == topics


def test_topics_that_the_curator_wrote_replace_the_signals() -> None:
    words = [label(word, Origin.DIRECTIVE, 2) for word in ("数据", "hugging-face", "RAG", "杂项")]
    tagged = tag(entry("智能体", topic_labels=tuple(words)), small())
    assert tagged.topics == ("data", "rag")
    assert tagged.evidence == (
        evidence("data", "comment:数据", 100.0, 2),
        evidence("rag", "comment:RAG", 100.0, 2),
        evidence("rag", "comment:hugging-face", 100.0, 2),
    )


def test_unknown_topics_leave_the_choice_to_the_signals() -> None:
    made = entry("智能体", topic_labels=(label("杂项", Origin.DIRECTIVE),))
    assert tag(made, small()).topics == ("agents",)


def test_a_new_category_and_topic_in_the_file_are_enough() -> None:
    text = SMALL.replace(
        "topics:\n", "  events: {zh: 活动}\ntopics:\n  quantum: {signals: {量子: 2}}\n"
    )
    tagged = tag(entry("量子大会", labels=(label("活动"),)), small(text))
    assert (tagged.category, tagged.topics) == ("events", ("quantum",))


def test_the_order_of_words_and_links_changes_nothing() -> None:
    taxonomy = small()
    words = ["插件", "融资", "参数", "检索", "向量", "智能体", "代码", "数据"]
    addresses = [f"https://{host}/a" for host in ("github.com", "news.example", "arxiv.org")]
    plain = tag(entry("标题", body=lines("\n".join(words), 2)), taxonomy)
    shuffled = random.Random(7)  # noqa: S311 - the order of a test, not a secret
    for _ in range(5):
        shuffled.shuffle(words)
        shuffled.shuffle(addresses)
        made = entry("标题", body=lines("，".join(words), 2), links=tuple(map(link, addresses)))
        tagged = tag(made, taxonomy)
        assert (tagged.topics, tagged.category) == (plain.topics, "tools")


def test_words_meant_for_the_tagger_that_it_does_not_know_are_reported() -> None:
    made = entry(
        "标题",
        labels=(
            label("modles", Origin.DIRECTIVE, 2),
            label("量子", Origin.FRONT_MATTER, 3),
            label("推特", Origin.SECTION, 4),
            label("Meshy", Origin.TAG, 5),
            label("资讯 / 杂项", Origin.DIRECTIVE, 6),
        ),
        topic_labels=(label("agent", Origin.DIRECTIVE, 7), label("检索", Origin.DIRECTIVE, 8)),
    )
    assert told(check(made, small())) == [
        ("2024-03.md:2:1-2 C101 `modles` is no category of the taxonomy (did you mean `models`?)"),
        (
            "2024-03.md:3:1-2 C101 `量子` is no category of the taxonomy"
            " (add it to taxonomy.yaml, or use one of its names)"
        ),
        "2024-03.md:7:1-2 C101 `agent` is no topic of the taxonomy (did you mean `agents`?)",
    ]


@pytest.mark.parametrize(
    ("title", "body", "address", "category", "topic"),
    [
        ("一款离线翻译插件", "安装即用", "https://github.com/a/b", "tools", "translation"),
        (
            "LightBird: a self-hosted file manager for Linux",
            "Written in Rust",
            "https://github.com/a/b",
            "tools",
            "software",
        ),
        (
            "某实验室开源 70B 大模型",
            "权重已上传",
            "https://huggingface.co/a/b",
            "models",
            "training",
        ),
        (
            "思维链的综述",
            "提出了一种新的分类",
            "https://arxiv.org/abs/2401.00001",
            "papers",
            "reasoning",
        ),
        ("A survey of robot navigation", "", "https://arxiv.org/abs/2401.2", "papers", "robotics"),
        ("手把手入门 RAG", "步骤如下", "https://example.org/a", "tutorials", "rag"),
        ("How to read papers: a guide", "", "https://example.org/a", "tutorials", "education"),
        ("某芯片公司完成五亿美元融资", "", "https://example.org/a", "news", "business"),
        ("Chip maker raises funding at a new valuation", "", "https://a.org/", "news", "business"),
        (
            "访谈：我们真的需要智能体吗？",
            "我认为未来",
            "https://example.org/a",
            "opinions",
            "agents",
        ),
        (
            "Why I stopped letting AI write my code",
            "I think we should worry",
            "https://a.org/",
            "opinions",
            "code",
        ),
    ],
)
def test_the_taxonomy_that_digest_ships_knows_the_habits_of_both_languages(
    title: str, body: str, address: str, category: str, topic: str
) -> None:
    taxonomy = small(SHIPPED.read_text(encoding="utf-8"))
    made = entry(title, body=lines(body, 2), links=(link(address),))
    tagged = tag(made, taxonomy, shipped_weights())
    assert tagged.category == category
    assert topic in tagged.topics


JOBS = "  jobs: {zh: 招聘, signals: {招聘: 3, 投递简历: 2.5}}\n"


def with_jobs() -> Taxonomy:
    text = SHIPPED.read_text(encoding="utf-8")
    return small(text.replace("\ntopics:\n", f"\n{JOBS}topics:\n", 1))


def test_two_strong_signals_of_a_new_category_win_over_what_was_learned() -> None:
    taxonomy = with_jobs()
    notice = entry("某实验室招聘实习生，投递简历看这里", links=(link(),))
    tagged = tag(notice, taxonomy, shipped_weights())
    assert tagged.category == "jobs"
    assert [one for one in tagged.evidence if one.choice == "jobs"] == [
        evidence("jobs", "title:招聘", 3.0),
        evidence("jobs", "title:投递简历", 2.5),
    ]
    assert tag(notice, small(SHIPPED.read_text("utf-8")), shipped_weights()).category != "jobs"


def test_a_new_category_leaves_other_entries_where_they_were() -> None:
    plain, taxonomy = small(SHIPPED.read_text("utf-8")), with_jobs()
    for title in ("一款离线翻译插件", "思维链的综述", "某芯片公司完成五亿美元融资"):
        made = entry(title, links=(link(),))
        assert (
            tag(made, taxonomy, shipped_weights()).category
            == tag(made, plain, shipped_weights()).category
        )


def test_a_category_that_was_taken_out_is_never_chosen() -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    head, rest = text.split("\n  tools:\n", 1)
    taxonomy = small(f"{head}\n  models:\n" + rest.split("\n  models:\n", 1)[1])
    made = entry("一款离线翻译插件", links=(link("https://github.com/a/b"),))
    assert tag(made, small(text), shipped_weights()).category == "tools"
    tagged = tag(made, taxonomy, shipped_weights())
    told_of = {found.choice for found in tagged.evidence} | {tagged.category, tagged.runner_up}
    assert "tools" not in told_of
    named = tag(replace(made, labels=(label("tools", Origin.TAG),)), taxonomy, shipped_weights())
    assert (named.category, named.fixed_by) == (tagged.category, None)


LEARNED = learned(
    {
        BIAS: {"tools": 0.0, "gone": 9.0, "models": -0.5},
        "title:插件": {"models": 1.0, "gone": 9.0},
        "title:新": {"tools": 0.5},
        "habit:plain": {"models": 0.25},
        "source:code": {"tools": 0.75},
    },
    {BIAS: {"code": -1.2}, "title:新": {"code": 0.5}},
)


def test_learned_weights_and_those_of_the_taxonomy_add_up() -> None:
    code = link("https://github.com/a/b", number=2)
    tagged = tag(entry("新插件", title_links=(code,), links=(code,)), small(), LEARNED)
    # tools 0 + 2 + 1.5 + 0.5 + 0.75; models -0.5 + 0.5 + 1 - 1 + 0.25; news -0.5
    assert (tagged.category, tagged.runner_up, tagged.margin) == ("tools", "models", 4.5)
    # agents 1 - 1.6; code 0.5 - 1.2
    assert tagged.topics == ("agents",)
    assert tagged.evidence == (
        evidence("tools", "title:插件", 2.0),
        evidence("models", "title:插件", 1.5),
        evidence("tools", "kind:code", 1.5, 2),
        evidence("agents", "title:插件", 1.0),
        evidence("models", "kind:code", -1.0, 2),
        evidence("tools", "source:code", 0.75, 2),
        evidence("tools", "title:新", 0.5),
        evidence("models", "habit:plain", 0.25),
    )


def test_a_name_that_nothing_was_learned_of_starts_with_the_rarest() -> None:
    known = learned({BIAS: {"tools": 1.0, "models": -2.0}})
    tagged = tag(entry("融资", labels=()), small(), known)
    assert (tagged.category, tagged.runner_up, tagged.margin) == ("tools", "news", 0.5)


def test_a_choice_is_unsure_where_the_next_is_close_and_nobody_fixed_it() -> None:
    close = tag(entry("标题", body=lines("参数与插件", 2)), small())
    clear = tag(entry("一款插件"), small())
    fixed = tag(entry("嗯", labels=(label("资讯"),)), small())
    tie = tag(entry("嗯"), small())
    assert [one.unsure for one in (close, clear, fixed, tie)] == [False, False, False, True]
    narrow = learned({BIAS: {"tools": 0.49, "models": 0.0, "news": -3.0}})
    wide = learned({BIAS: {"tools": 0.5, "models": 0.0, "news": -3.0}})
    assert [tag(entry("嗯"), small(), one).unsure for one in (narrow, wide)] == [True, False]
    words = (label("API", Origin.TAG),)
    assert tag(entry("嗯", labels=words), small()).unsure


def tag_a_busy_entry() -> Tagged:
    made = entry(
        "某实验室开源 70B 大模型，智能体会推理",
        author="Ada",
        body=lines("权重已上传\n支持中文检索与代码，agents may plan", 2),
        links=(link("https://huggingface.co/a/b", number=3),),
    )
    return tag(made, small(SHIPPED.read_text(encoding="utf-8")), shipped_weights())


def test_the_same_entry_is_tagged_the_same_in_two_runs() -> None:
    script = "from tests.tagger.test_tag import tag_a_busy_entry as run; print(ascii(run()))"
    said = [
        subprocess.run(  # noqa: S603 - our own script
            [sys.executable, "-c", script],
            capture_output=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            text=True,
        ).stdout.strip()
        for seed in ("1", "2")
    ]
    assert said == [ascii(tag_a_busy_entry())] * 2


def test_a_word_within_a_longer_one_counts_with_it_in_the_evidence() -> None:
    text = (
        "categories:\n  models: {signals: {title:模型: 1, title:大模型: 0.5, body:语言: 0.25}}\n"
        "  tools: {signals: {title:模型: -0.75}}\n"
    )
    tagged = tag(entry("大模型", body=lines("语言模型", 2)), small(text))
    assert (tagged.category, tagged.margin) == ("models", 2.5)
    assert tagged.evidence == (
        evidence("models", "title:大模型", 1.5),
        evidence("tools", "title:模型", -0.75),
        evidence("models", "body:语言", 0.25, 2),
    )


def test_no_more_than_six_signals_are_shown_for_a_choice_and_no_weak_ones() -> None:
    words = "甲乙丙丁戊己庚辛壬癸子丑寅"
    signals = ", ".join(f"title:{word}: {1 + n / 10:.1f}" for n, word in enumerate(words))
    many = tag(entry(words), small(f"categories: {{tools: {{signals: {{{signals}}}}}}}\n"))
    assert [found.signal for found in many.evidence] == [f"title:{w}" for w in words[:6:-1]]
    weak = "categories: {tools: {signals: {title:甲: 0.04, title:乙: 0.05}}}\n"
    assert tag(entry("甲乙"), small(weak)).evidence == (evidence("tools", "title:乙", 0.05),)
