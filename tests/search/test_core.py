from __future__ import annotations

from tests.search.node import needs_node, node


@needs_node
def test_search_core_holds_its_examples() -> None:
    assert node("core.js") is True
