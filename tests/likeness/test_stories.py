from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from digest.likeness.stories import MOST_PLACES, about, repeated, same_stories
from tests.factories import entry, lines, link, when
from tests.readers.records import show_diagnostic

if TYPE_CHECKING:
    from digest.model import Entry

REPO = "https://github.com/example/whisper"
PAPER = "https://arxiv.org/pdf/2303.00747v2.pdf"
POST = "https://x.com/someone/status/17"
NEWS = "https://news.example.org/whisper"
LONG = "先说几句别的。" * 20


def post(body: str, *urls: str, title: str = "", **more: Any) -> Entry:  # noqa: ANN401 - any field of an entry
    """Make an entry whose text holds its links where they are written."""
    rows = lines(body)
    links = [link(url, number=row.number) for url in urls for row in rows if url in row.text]
    titled = (link(title, number=0),) if title else ()
    return entry(body=rows, title_links=titled, links=(*titled, *links), **more)


def test_entry_is_about_its_title_link() -> None:
    made = post(f"也见 {NEWS} 与 https://example.org/b", NEWS, "https://example.org/b", title=REPO)
    assert about(made) == ("github.com/example/whisper",)


@pytest.mark.parametrize(
    ("body", "urls"),
    [
        (f"{LONG}{REPO}", (REPO,)),
        (f"{LONG}\n原文：{REPO}\n译文：{NEWS}", (REPO, NEWS)),
        (f"推荐 {REPO}\n{LONG}\n{NEWS}\nhttps://a.dev/b", (REPO, NEWS, "https://a.dev/b")),
    ],
    ids=["its only link", "a link and its translation", "the link it opens with"],
)
def test_entry_without_title_link_is_about(body: str, urls: tuple[str, ...]) -> None:
    assert about(post(body, *urls)) == ("github.com/example/whisper",)


def test_entry_titled_by_its_own_post_is_also_about_what_the_post_links_to() -> None:
    made = post(f"看看 {REPO}", REPO, title=POST)
    assert about(made) == ("x.com/i/status/17", "github.com/example/whisper")


def test_links_merely_mentioned_in_a_long_text_do_not_count() -> None:
    body = f"{LONG}\n{REPO}\n{NEWS}\nhttps://example.org/c"
    assert about(post(body, REPO, NEWS, "https://example.org/c")) == ()


def test_coverage_is_about_the_paper_it_presents() -> None:
    made = post(f"论文：{PAPER}\n代码：{REPO}", PAPER, REPO, title=NEWS)
    assert about(made) == ("news.example.org/whisper", "arxiv.org/abs/2303.00747")


def test_round_up_is_about_none_of_its_papers() -> None:
    urls = tuple(f"https://arxiv.org/abs/2303.0000{n}" for n in range(3))
    assert about(post("\n".join(urls), *urls, title=NEWS)) == ("news.example.org/whisper",)


@pytest.mark.parametrize("url", ["https://example.org/", "https://github.com/example", POST[:21]])
def test_front_pages_and_accounts_make_no_story(url: str) -> None:
    assert about(post(f"看看 {url}", url)) == ()


def test_story_has_every_entry_that_one_page_joins() -> None:
    told = same_stories(
        [
            post("", title=REPO, id="tool"),
            post(f"代码 {REPO}", PAPER, REPO, title="https://news.example.org/b", id="other"),
            post(f"论文 {PAPER}", PAPER, title=NEWS, id="coverage"),
            post(f"{PAPER}\n{REPO}", PAPER, REPO, id="paper"),
            post("", title="https://example.org/else", id="else"),
            post(f"看 {REPO}/", f"{REPO}/", id="again"),
        ]
    )
    assert told == {
        "tool": ("again",),
        "again": ("tool",),
        "coverage": ("paper",),
        "paper": ("coverage",),
    }


def test_story_joins_through_a_middle() -> None:
    told = same_stories(
        [
            post("", title=POST, id="a"),
            post(f"看看 {REPO}", REPO, title=POST, id="b"),
            post("", title=REPO, id="c"),
        ]
    )
    assert told == {"a": ("b", "c"), "b": ("a", "c"), "c": ("a", "b")}


def test_page_that_more_than_a_dozen_entries_are_about_is_a_series() -> None:
    entries = [post("", title=NEWS, id=f"e{n}") for n in range(MOST_PLACES + 1)]
    assert same_stories(entries) == {}
    assert len(same_stories(entries[1:])) == MOST_PLACES


def test_curator_is_told_of_a_page_twice_and_of_titles_nearly_equal() -> None:
    march = when("2024-03-05")
    entries = [
        post("", title=REPO, id="a", at=3, when=march),
        post("", title=f"{REPO}.git", id="b", at=9, when=march),
        entry("小模型也能写诗！", id="c", at=12, when=march),
        entry("小模型也能写诗", id="d", at=15, when=when("2024-03-25")),
        entry("小模型也能写诗", id="e", at=18, when=when("2024-05-25")),
        entry("小模型也能写诗", id="f", at=21),
    ]
    assert [show_diagnostic(found) for found in repeated(entries)] == [
        (
            "2024-03.md:9:1-1 S103 the entry at 2024-03.md:3:1 is about the same page:"
            " github.com/example/whisper"
            " -> delete one of the two, or keep both: the site shows them as one story"
        ),
        (
            "2024-03.md:15:1-1 S104 the title is nearly that of the entry at 2024-03.md:12:1"
            " -> delete one of the two, or keep both if they are different things"
        ),
    ]
