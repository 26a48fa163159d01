"""What the search answers is compared with a plain scan over all texts: no hit more, none less."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from digest.cli import main
from digest.render.search import shards
from digest.render.search.fold import CJK, Folded, fold, folded
from tests.search.node import needs_node, node

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="needs the real notes in ../shared, which are not published"
)
SITES = [
    pytest.param(ROOT / "entries", id="own"),
    pytest.param(SHARED / "notes", id="shared-notes", marks=[pytest.mark.shared, needs_shared]),
    pytest.param(
        SHARED / "notes-more", id="shared-notes-more", marks=[pytest.mark.shared, needs_shared]
    ),
]
INVENTED = (
    "模型", "多模态", "的", "，", "GPT模型", "gpt", "RAG", "c++", "gpt-4", "3.5", "AI 工具",
    "Ｇｐｔ", "ＡＩ", "《", "https://", "github.com", "x.com/", "-的", "模型 -论文",
    "agent -模型", '"AI 的"', "“大模型”", "４", "a", "é", "ß", "①", "㎏", "--", "-", "（2023）",
    "!", "模型,", "大语言模型", "🤗", "ﬁ", "不存在的词语", "zzzzzz", "的的", "Ⅳ", "v2", "2023年",
    "第1", "的 在 是", "LLM的",
)  # fmt: skip


@pytest.fixture(scope="module")
def texts(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[str]]:
    """Build the site of a folder of notes; give it, and the texts in the order of the index."""
    site = tmp_path_factory.mktemp("found") / "site"
    arguments = ["build", "--quiet", "--notes", str(request.param), "--output", str(site)]
    assert main([*arguments, "--config", str(ROOT / "site.yaml")]) == 0
    lines = (site / "data" / "entries.jsonl").read_text(encoding="utf-8").rstrip("\n").split("\n")
    rows = [json.loads(line) for line in lines]
    by_path = {row["path"]: f"{row['title']}\n{row['text']}" for row in rows}
    return site, [by_path[path] for path in _paths(site)]


def _paths(site: Path) -> list[str]:
    index = _part(site, "index")
    href = index["fields"].index("href")
    shards = range(-(-index["size"] // index["rows"]))
    return [row[href] for shard in shards for row in _part(site, f"rows-{shard}")]


def _part(site: Path, name: str) -> Any:  # noqa: ANN401 - JSON
    return shards.data_of((site / shards.path_of(name)).read_bytes())


_CJK = re.compile(f"[{CJK}]")
_PART = re.compile(r'(-?)(?:["“”]([^"“”]*)["“”]?|([^ "“”]+))')


def scan(question: str, texts: Iterable[Folded]) -> list[int]:
    """Answer a question the slow way: look for each of its terms in each text."""
    terms = [
        (minus, term)
        for minus, quoted, plain in _PART.findall(fold(question))
        if (term := (quoted or plain).strip())
    ]
    return [
        number
        for number, text in enumerate(texts)
        if all(stands_in(term, text) != bool(minus) for minus, term in terms)
    ]


def stands_in(term: str, made: Folded) -> bool:
    """Tell whether a term is in a text: CJK anywhere, Latin from the start of a word."""
    if _CJK.search(term) or not term[0].isalnum():
        return term in made.text
    places = [found.start() for found in re.finditer(f"(?={re.escape(term)})", made.text)]
    return any(at in made.joints or _starts_word(made.text, at) for at in places)


def _starts_word(text: str, at: int) -> bool:
    before = text[at - 1 : at]
    return not before.isalnum() or bool(_CJK.match(before))


def questions(texts: list[str]) -> list[str]:
    """Cut questions from texts by rule: pieces of one to nine signs from anywhere in them."""
    dice = random.Random(7)  # noqa: S311 - the same questions each time
    cut = []
    for length in [1, 2, 2, 3, 3, 4, 5, 6, 9] * 14:
        text = re.sub(r'[\s"“”-]+', " ", dice.choice(texts))
        start = dice.randrange(max(1, len(text) - length))
        cut.append(text[start : start + length])
    words = [word for text in texts for word in re.findall(r"[A-Za-z][A-Za-z0-9]+", text)]
    mixed = [found for text in texts for found in re.findall(r"[A-Za-z0-9]{2,4}[一-鿿]{1,3}", text)]
    phrases = [f'"{found}"' for text in texts for found in re.findall(r"[a-z]+ [a-z]+ [a-z]", text)]
    cut += [dice.choice(words)[: dice.randint(1, 6)] for _ in range(20)]
    cut += dice.sample(mixed, min(20, len(mixed))) + dice.sample(phrases, min(10, len(phrases)))
    cut += [f"{dice.choice(cut)} {dice.choice(cut)}" for _ in range(10)]
    cut += [f"{dice.choice(cut)} -{dice.choice(words)}" for _ in range(10)]
    return [question for question in cut if question.strip()]


@needs_node
@pytest.mark.parametrize("texts", SITES, indirect=True)
def test_answers_are_those_of_a_plain_scan(texts: tuple[Path, list[str]]) -> None:
    site, written = texts
    asked = [*INVENTED, *questions(written)]
    assert len(asked) > 150
    answers = node("ask.js", str(site), given=asked)
    found = {question: sorted(answer) for question, answer in zip(asked, answers, strict=True)}
    folds = [folded(text) for text in written]
    right = {question: scan(question, folds) for question in asked}
    assert found == right
    assert sum(len(hits) > 0 for hits in right.values()) > 150
