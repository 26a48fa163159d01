"""What tests of the readers need: a small taxonomy and a reader set to a fixed year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.readers import Setting, read_bytes
from digest.taxonomy import Taxonomy, Term

if TYPE_CHECKING:
    from digest.model import Read


def term(name: str, zh: str, en: str, *labels: str) -> Term:
    """Make a category or topic without signals."""
    return Term(name=name, zh=zh, en=en, labels=labels)


TAXONOMY = Taxonomy(
    categories=(
        term("tools", "工具", "Tools", "Tool", "项目", "框架", "产品", "API"),
        term("models", "模型", "Models", "LLM"),
        term("papers", "论文", "Papers", "Paper", "研究", "Research"),
        term("tutorials", "教程", "Tutorials", "技巧"),
        term("news", "资讯", "News", "产业"),
        term("opinions", "观点", "Opinions", "Opinion"),
    ),
    topics=(term("rag", "检索", "Retrieval"), term("agents", "智能体", "Agents")),
)
SETTING = Setting(taxonomy=TAXONOMY, latest_year=2026)


def read_note(text: str, path: str = "note.md") -> Read:
    """Read a note's text as it would be read from disk."""
    return read_bytes(path, text.encode(), SETTING)
