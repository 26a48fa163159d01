from __future__ import annotations

from dataclasses import replace

import pytest

from digest.render.elsewhere import related_rows, tellings
from digest.render.shelf import shelf
from digest.render.views import Anchor
from tests.render.tiny import FUNDING, METHOD, SEARCH, WHISPER, site

TOLD = {WHISPER.entry.id: (FUNDING.entry.id,), FUNDING.entry.id: (WHISPER.entry.id,)}


def test_page_of_an_entry_names_the_others_of_its_story_with_their_notes() -> None:
    on = shelf(replace(site(), stories=TOLD))
    (telling,) = tellings(on, WHISPER.entry)
    assert telling.row == on.rows[FUNDING.entry.id]
    assert telling.note == Anchor(
        text="2023-12.md，第 40 行", href="notes/2023-12.md.html#e-1f00aa0003"
    )


@pytest.mark.parametrize(
    ("language", "others", "said"),
    [
        ("zh", (FUNDING,), "也见于2023年12月5日"),
        ("en", (FUNDING,), "also on 5 December 2023"),
        ("en", (METHOD,), "also in December 2023"),
        ("zh", (FUNDING, METHOD), "另见 2 处"),
        ("en", (FUNDING, METHOD), "also in 2 other entries"),
        ("en", (), ""),
    ],
)
def test_list_says_modestly_that_a_story_is_told_elsewhere(
    language: str, others: tuple[object, ...], said: str
) -> None:
    ids = tuple(one.entry.id for one in (FUNDING, METHOD) if one in others)
    on = shelf(replace(site(language=language), stories={SEARCH.entry.id: ids}))
    assert on.rows[SEARCH.entry.id].also == said
    assert on.rows[WHISPER.entry.id].also == ""


def test_related_rows_come_closest_first() -> None:
    named = {SEARCH.entry.id: (METHOD.entry.id, WHISPER.entry.id)}
    on = shelf(replace(site(), related=lambda name: named.get(name, ())))
    assert related_rows(on, SEARCH.entry) == on.rows_of((METHOD, WHISPER))
    assert related_rows(on, WHISPER.entry) == ()
