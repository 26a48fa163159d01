from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from digest.render.search import shards
from digest.render.search.facets import columns, facets
from digest.render.search.index import index_files
from digest.render.search.numbers import BASE, encode
from digest.render.search.terms import share_of
from digest.render.shelf import shelf
from tests.factories import entry, link, tagged, when
from tests.render.tiny import site

if TYPE_CHECKING:
    from collections.abc import Callable


def number(text: str) -> list[int]:
    """Read numbers back, as the page does."""
    signs = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"\\')
    found, value, unit = [], 0, 1
    for sign in text:
        digit = signs.index(sign)
        value += (digit if digit < BASE else digit - BASE) * unit
        unit *= BASE
        if digit < BASE:
            found.append(value)
            value, unit = 0, 1
    return found


def test_numbers_of_any_size_read_back() -> None:
    numbers = [0, 1, 45, 46, 47, 2115, 2116, 97335, 97336, 10**9]
    text = "".join(map(encode, numbers))
    assert number(text) == numbers
    assert not set(text) & set(' "\\')


def places(text: str) -> dict[str, list[int]]:
    """Return the offsets at which the keys of a text stand."""
    found = {}
    for key, written in share_of(text, "").places.items():
        at, found[key] = 0, list[int]()
        for step in number(written):
            at += step >> 1
            found[key].append(at)
    return found


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("多模态", {"多模": [0], "模态": [1], "态": [2]}),
        ("好好好", {"好好": [0, 1], "好": [2]}),
        ("ChatGPT模型", {"chatgpt": [0], "gpt": [4], "<t模": [7], "模型": [7], "型": [8]}),
        ("用 gpt-4o", {"用": [0], "gpt": [2], "-": [5], "4o": [6]}),
        ("型v2", {"型v": [0], "v2": [1], "2": [2]}),
        ("Ｃ＋＋", {"c": [0], "+": [1, 2]}),
    ],
)
def test_text_is_found_by_its_pairs_words_and_signs(text: str, keys: dict[str, list[int]]) -> None:
    assert places(text) == keys


def test_title_and_text_are_one_text_with_a_break_between() -> None:
    share = share_of("标题", "正文\n两行")
    assert share.written == "标题\n正文\n两行"
    assert share.title_length == 2
    assert {"标题", "题", "正文", "文", "两行", "行"} == set(share.places)


def test_keys_are_cut_in_the_order_in_which_browsers_compare(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shards, "KEYS_SIZE", 12)
    made = shards.keys([share_of("ab 𠮷 ｡", ""), share_of("ab \ufe45", "")])
    listed = [shard.split(" ")[::2] for shard in made.shards]
    assert [key for shard in listed for key in shard] == ["ab", "。", "𠮷", "\ufe45"]
    assert made.cuts == tuple(shard[0] for shard in listed)
    assert len(made.shards) > 1


def test_two_builds_of_one_digest_give_the_same_index_and_another_text_another_version() -> None:
    first, again = index_files(shelf(site())), index_files(shelf(site()))
    other = index_files(shelf(site(tagged(entry("别的")))))
    assert first == again
    versions = {data.partition(b",")[0] for data in first.values()}
    assert len(versions) == 1
    assert versions.isdisjoint(data.partition(b",")[0] for data in other.values())


def test_index_of_what_did_not_change_is_not_made_again() -> None:
    kept: dict[tuple[str, object], bytes] = {}
    made: list[str] = []

    def keep(path: str, what: object, make: Callable[[], bytes]) -> bytes:
        if (path, what) not in kept:
            made.append(path)
            kept[path, what] = make()
        return kept[path, what]

    first = index_files(shelf(site()), keep)
    assert first == index_files(shelf(site()))
    assert made == list(first)
    assert index_files(shelf(site()), keep) == first
    assert len(made) == len(first)
    index_files(shelf(site(tagged(entry("别的")))), keep)
    assert len(made) > len(first)


def test_facets_tell_each_entry_by_every_kind_of_link_and_host() -> None:
    links = (link("https://github.com/a/b"), link("https://arxiv.org/abs/2401.00001"))
    one = tagged(entry("甲", id="a", when=when("2024-03-05"), handle="li", links=links))
    two = tagged(entry("乙", id="b", at=9), topics=("rag",))
    made = {facet.name: facet for facet in facets(shelf(site(one, two)))}
    assert {name: facet.of for name, facet in made.items()} == {
        "category": (("tools",), ("tools",)),
        "topic": ((), ("rag",)),
        "month": (("2024-03",), ("undated",)),
        "kind": (("code", "paper"), ()),
        "person": (("@li",), ()),
        "host": (("arxiv.org", "github.com"), ()),
        "day": (("2024-03-05",), ()),
    }
    assert columns(made["kind"]) == {
        "name": "kind",
        "title": "链接",
        "keys": ["paper", "code"],
        "texts": ["论文", "代码"],
        "of": "".join(map(encode, [2, 1, 0, 0])),
    }


def test_no_file_of_the_index_is_more_than_one_call_with_data() -> None:
    made = index_files(shelf(site(tagged(entry('</script> \u2028 "引号" \\', id="x")))))
    texts = shards.data_of(made["search/texts-0.js"])
    assert texts == ['</script> \u2028 "引号" \\']
    for data in made.values():
        assert data.startswith(b'digestData("')
        shards.data_of(data)
