from __future__ import annotations

from typing import TYPE_CHECKING, Any

from digest.likeness.related import MOST, Related
from tests.factories import entry, lines, link, tagged, when

if TYPE_CHECKING:
    from digest.model import Tagged


def one(name: str, title: str, body: str = "", *urls: str, **more: Any) -> Tagged:  # noqa: ANN401 - any field of a tagged entry
    day = when(more.pop("on", "2024-03-05"))
    links = tuple(link(url) for url in urls)
    return tagged(entry(title, id=name, when=day, body=lines(body), links=links), **more)


# Entries enough that a word of two of them is rare.
CROWD = tuple(one(f"crowd{n}", f"noise{n} 第{n}个", f"filler{n}") for n in range(300))


def found(*entries: Tagged, stories: dict[str, tuple[str, ...]] | None = None) -> dict[str, Any]:
    return named((*entries, *CROWD), stories or {})


def named(tagged: tuple[Tagged, ...], stories: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """Return what is related to each entry that anything is related to."""
    related = Related(tagged, stories)
    return {one.entry.id: near for one in tagged if (near := related.to(one.entry.id))}


def test_entries_that_share_a_rare_word_of_their_titles_or_several_of_their_texts_are_related() -> (
    None
):
    entries = (
        one("a", "WhisperX 转写"),
        one("b", "试用 whisperx", "底下是 Silero、CTranslate2、Demucs 和 Pyannote"),
        one("c", "说话人分离", "ctranslate2 + demucs + pyannote + silero 一起用"),
    )
    assert found(*entries) == {"a": ("b",), "b": ("a", "c"), "c": ("b",)}


def test_entries_that_share_a_link_are_related() -> None:
    repo = "https://github.com/example/whisper"
    pair = (one("a", "甲", "", repo), one("b", "乙", "", f"{repo}/tree/main"))
    assert found(*pair) == {"a": ("b",), "b": ("a",)}


def test_nothing_is_related_to_what_shares_nothing() -> None:
    assert found(one("a", "WhisperX 转写"), one("b", "一首诗")) == {}


def test_words_that_say_nothing_relate_nothing() -> None:
    pair = (one("a", "What they would make"), one("b", "What should they make would"))
    assert found(*pair) == {}


def test_those_of_the_same_story_are_not_related() -> None:
    pair = (one("a", "WhisperX 转写"), one("b", "WhisperX 转写"))
    assert found(*pair, stories={"a": ("b",), "b": ("a",)}) == {}


def test_common_topics_and_closeness_in_time_come_first() -> None:
    words = "WhisperX 转写"
    entries = (
        one("a", words, topics=("audio", "tools")),
        one("far", words, on="2021-03-05"),
        one("near", words, on="2024-03-09"),
        one("topic", words, on="2024-03-20", topics=("audio",)),
    )
    assert found(*entries)["a"] == ("topic", "near", "far")


def test_no_more_than_a_handful_is_named_whatever_the_order_given() -> None:
    entries = tuple(one(f"e{n}", "WhisperX 转写") for n in range(9))
    forward = found(*entries)
    assert forward["e0"] == tuple(f"e{n}" for n in range(1, MOST + 1))
    assert named((*CROWD, *reversed(entries)), {}) == forward
