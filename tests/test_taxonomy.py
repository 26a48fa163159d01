from __future__ import annotations

from pathlib import Path

import pytest

from digest.tagger.signals import SHAPES
from digest.taxonomy import SHAPES as SHAPE_NAMES
from digest.taxonomy import Taxonomy, Term, fold, load
from tests.told import told

SHIPPED = Path(__file__).parent.parent / "taxonomy.yaml"

SMALL = """\
categories:
  tools:
    zh: 工具
    en: Tools
    meaning_zh: 能用的东西
    meaning_en: What one can use
    labels: [项目, API, Code&Models]
    signals: {kind:code: 1.5, 插件: 2, title:how to: -0.5}
  models: {zh: 模型, labels: [LLM, API, Code&Models]}
  news:
topics:
  rag: {zh: 检索, labels: [Hugging Face, 向量]}
  data:
"""


def usable(text: str) -> Taxonomy:
    taxonomy, found = load("taxonomy.yaml", text)
    assert told(found) == []
    assert taxonomy is not None
    return taxonomy


def test_terms_keep_the_order_of_the_file_and_need_no_more_than_a_name() -> None:
    taxonomy = usable(SMALL)
    assert taxonomy.categories == (
        Term(
            name="tools",
            zh="工具",
            en="Tools",
            meaning_zh="能用的东西",
            meaning_en="What one can use",
            labels=("项目", "API", "Code&Models"),
            signals=(("kind:code", 1.5), ("插件", 2.0), ("title:how to", -0.5)),
        ),
        Term(
            name="models",
            zh="模型",
            en="models",
            labels=("LLM", "API", "Code&Models"),
            signals=(),
        ),
        Term(
            name="news",
            zh="news",
            en="news",
        ),
    )
    assert [topic.name for topic in taxonomy.topics] == ["rag", "data"]


@pytest.mark.parametrize(
    ("label", "categories"),
    [
        ("工具", ("tools",)),
        ("Tools", ("tools",)),
        ("ＴＯＯＬＳ", ("tools",)),
        ("🛠️ 工具", ("tools",)),
        ("API", ("tools", "models")),
        ("code & models", ("tools", "models")),
        ("模型 / 项目", ("models", "tools")),
        ("News and Models", ("news", "models")),
        ("News or 项目、LLM", ("news", "tools", "models")),
        ("工具与模型", ("tools", "models")),
        ("工具 / 杂项", ("tools",)),
        ("推特", ()),
        ("code", ()),
        ("", ()),
        (" / ", ()),
    ],
)
def test_a_curators_word_means_one_category_or_narrows_the_choice(
    label: str, categories: tuple[str, ...]
) -> None:
    assert usable(SMALL).categories_of(label) == categories


def test_only_a_word_alone_is_a_label() -> None:
    taxonomy = usable(SMALL)
    assert [taxonomy.is_label(word) for word in ("llm", "项目", "项目 / 模型", "Meshy", "")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert sorted(taxonomy.label_words) == sorted(
        ["tools", "工具", "项目", "api", "code&models", "models", "模型", "llm", "news"]
    )


def test_spellings_of_one_topic_are_one() -> None:
    taxonomy = usable(SMALL)
    spellings = ["huggingface", "hugging-face", "Hugging Face", "HUGGING_FACE", "🤗 Hugging Face"]
    assert {taxonomy.topic_of(word) for word in [*spellings, "RAG", "检索", "向量"]} == {"rag"}
    assert taxonomy.topic_of("hugging") is None
    assert taxonomy.topic_words == {"rag", "检索", "huggingface", "向量", "data"}


def test_folding_keeps_what_tells_words_apart() -> None:
    assert fold("C++") != fold("C#")
    assert fold(" GPT-4.5 ") == "gpt45"
    assert fold("⚡️") == ""


def test_everything_wrong_is_told_at_once() -> None:
    taxonomy, found = load(
        "taxonomy.yaml",
        "categories:\n"
        "  Tools: {zh: 工具}\n"
        "  models:\n"
        "    zh: [模型]\n"
        "    lables: [LLM]\n"
        "    signals:\n"
        "      插件: 大\n"
        "      hots:arxiv.org: 1\n"
        "      kind:papr: 1\n"
        "      shape:wavy: 1\n"
        "      host:arxiv.org: 100\n"
        "  news: 资讯\n"
        "topic:\n"
        "  rag:\n"
        "topics:\n"
        "  rag: {labels: [向量]}\n"
        "  data: {zh: RAG, labels: [数据, 向量, 数 据]}\n",
    )
    assert taxonomy is not None
    assert [term.name for term in taxonomy.categories] == ["models", "news"]
    assert taxonomy.categories[0].signals == (("插件", 1.0), ("host:arxiv.org", 1.0))
    assert taxonomy.topic_of("向量") == taxonomy.topic_of("RAG") == "rag"
    weight = "must be a number from -20 to 20, found"
    assert told(found) == [
        (
            "taxonomy.yaml:2:3-8 C005 `Tools` cannot name a page (use lower-case letters, digits"
            " and single hyphens; readers see `zh` and `en`)"
        ),
        (
            "taxonomy.yaml:4:9-13 C005 `zh` must be a single value, found a list"
            " (write `zh: …` on one line)"
        ),
        f"taxonomy.yaml:7:11-12 C005 `插件` {weight} `大` (write `插件: 1`)",
        "taxonomy.yaml:8:7-21 C005 signals have no field `hots` (did you mean `host`?)",
        "taxonomy.yaml:9:7-16 C005 `kind` is never `papr` (did you mean `paper`?)",
        (f"taxonomy.yaml:10:7-17 C005 `shape` is never `wavy` (known: {', '.join(SHAPE_NAMES)})"),
        f"taxonomy.yaml:11:23-26 C005 `host:arxiv.org` {weight} `100` (write `host:arxiv.org: 1`)",
        "taxonomy.yaml:5:5-11 C003 unknown key `lables` (did you mean `labels`?)",
        (
            "taxonomy.yaml:12:9-11 C005 `news` must be a block of keys, found a single value"
            " (write indented `key: value` lines under it)"
        ),
        "taxonomy.yaml:13:1-6 C003 unknown key `topic` (did you mean `topics`?)",
        (
            "taxonomy.yaml:17:3-7 C004 `rag` already means the topic `rag`"
            " (take it from `data` or from `rag`)"
        ),
        (
            "taxonomy.yaml:17:32-34 C004 `向量` already means the topic `rag`"
            " (take it from `data` or from `rag`)"
        ),
    ]


@pytest.mark.parametrize("text", ["", "topics: {rag: }\n", "categories:\n"])
def test_a_taxonomy_without_categories_cannot_be_used(text: str) -> None:
    taxonomy, found = load("taxonomy.yaml", text)
    assert taxonomy is None
    assert told(found) == [
        (
            "taxonomy.yaml-1 C006 the taxonomy names no categories"
            " (add a `categories:` block with one name a line)"
        )
    ]


def test_the_tagger_knows_every_shape_that_a_signal_may_name() -> None:
    assert sorted(SHAPES) == sorted(SHAPE_NAMES)


def shipped() -> Taxonomy:
    return usable(SHIPPED.read_text(encoding="utf-8"))


def test_the_taxonomy_that_digest_ships_names_every_term_in_both_languages() -> None:
    taxonomy = shipped()
    assert [term.name for term in taxonomy.categories] == [
        "tools",
        "models",
        "papers",
        "tutorials",
        "news",
        "opinions",
    ]
    terms = [*taxonomy.categories, *taxonomy.topics]
    assert len(taxonomy.topics) == 23
    assert [
        term.name for term in terms if not (term.meaning_zh and term.meaning_en and term.labels)
    ] == []
    assert [term.name for term in terms if term.name in (term.zh, term.en)] == []


@pytest.mark.parametrize(
    ("label", "categories"),
    [
        ("资讯 / 观点", ("news", "opinions")),
        ("技巧 / 教程", ("tutorials",)),
        ("项目 / 框架", ("tools",)),
        ("News / Opinions", ("news", "opinions")),
        ("LLM", ("models",)),
        ("API", ("tools", "models")),
        ("Demo", ("tools",)),
        ("HuggingFace&Github", ("tools", "models")),
        ("投融资", ("news",)),
        ("学习", ("papers", "tutorials")),
        ("研究", ("papers",)),
        ("产业", ("news",)),
        ("推特", ()),
        ("Papers", ("papers",)),
        ("Guides", ("tutorials",)),
        ("Essays", ("opinions",)),
        ("Frameworks", ("tools",)),
    ],
)
def test_the_headings_that_curators_use_are_known(label: str, categories: tuple[str, ...]) -> None:
    assert shipped().categories_of(label) == categories


@pytest.mark.parametrize("word", ["GitHub", "HuggingFace", "ChatGPT", "Meshy", "Gemini", "Claude"])
def test_no_product_name_is_a_label(word: str) -> None:
    assert not shipped().is_label(word)
