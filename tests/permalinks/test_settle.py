from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from digest.permalinks.ledger import Row, State, dump, parse
from digest.permalinks.settle import Settled, settle
from digest.render.urls import entry_path
from tests.factories import entry, link, when
from tests.readers.records import show_diagnostic

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from digest.model import Entry

MARCH = "2024-03.md"
APRIL = "2024-04.md"


def make(title: str, at: int, url: str = "", **more: Any) -> Entry:  # noqa: ANN401 - any field of an entry
    links = (link(url, number=at),) if url else ()
    day = when(more.pop("on", "2024-03"))
    fields = {"number": str(at), "when": day, "title_links": links, "links": links, "id": ""}
    return entry(title, at=at, **{**fields, "path": MARCH, **more})


WHISPER = make("WhisperX：一小时录音一分钟转写", 1, "https://github.com/example/whisper")
POEMS = make("小模型也能写诗", 2, "https://example.org/poems")
SEARCH = make("一个小搜索引擎", 3, "https://example.org/search")
THOUGHT = make("没有链接的想法，写得很短", 4)
ALL = (WHISPER, POEMS, SEARCH, THOUGHT)


def settled(
    entries: Sequence[Entry], rows: Sequence[Row] = (), unread: Collection[str] = ()
) -> Settled:
    """Settle entries against rows that went through the file."""
    read, found = parse("permalinks.jsonl", dump(rows))
    assert found == ()
    return settle(entries, read, entry_path, unread)


FIRST = settled(ALL)


def addresses(made: Settled) -> dict[str, tuple[str, str]]:
    """Return id and page by title."""
    return {one.title: (one.id, one.page) for one in made.entries}


def address(entry: Entry) -> tuple[str, str]:
    return addresses(FIRST)[entry.title]


def after(*entries: Entry) -> Settled:
    return settled(entries, FIRST.rows)


def states(made: Settled) -> dict[str, State]:
    return {row.id: row.state for row in made.rows if row.state is not State.MOVED}


def test_without_the_file_ids_and_pages_are_what_entries_alone_make_them() -> None:
    assert addresses(FIRST)[WHISPER.title] == (
        "da53ba04eb",
        "entries/2024/03/whisperx-da53ba04eb.html",
    )
    assert FIRST.changes == {"new": 4, "edited": 0, "back": 0, "gone": 0, "moved": 0}
    assert FIRST.redirects == ()


def test_nothing_edited_is_nothing_changed() -> None:
    again = after(*reversed(ALL))
    assert dump(again.rows) == dump(FIRST.rows)
    assert addresses(again) == addresses(FIRST)
    assert set(again.changes.values()) == {0}


def kept(before: Entry, *edited: Entry) -> bool:
    """Whether the first of the edited entries has the address that ``before`` had."""
    rest = [one for one in ALL if one is not before]
    return addresses(after(*edited, *rest))[edited[0].title] == address(before)


def test_title_mended_keeps_its_address() -> None:
    assert kept(WHISPER, replace(WHISPER, title="WhisperX: 录音转写，一小时只要一分钟"))
    assert kept(THOUGHT, replace(THOUGHT, title="没有链接的念头，写得很短"))
    assert kept(WHISPER, replace(WHISPER, title="转写"))


def test_link_mended_keeps_its_address() -> None:
    assert kept(POEMS, replace(POEMS, title_links=(), links=()))
    assert kept(POEMS, make(POEMS.title, 2, "https://elsewhere.example/verse"))


def test_entry_renumbered_keeps_its_address() -> None:
    assert kept(THOUGHT, replace(THOUGHT, number="17"))


def test_entry_moved_to_another_note_keeps_its_address_even_with_another_date() -> None:
    for one in ALL:
        assert kept(one, replace(one, place=replace(one.place, path=APRIL)))
        assert kept(one, replace(one, place=replace(one.place, path=APRIL), when=when("2024-04")))


def test_title_and_link_mended_at_once_keep_the_address_where_number_and_date_stay() -> None:
    assert kept(POEMS, make("小模型也会写诗了", 2, "https://elsewhere.example/verse"))


def test_entries_that_change_places_keep_their_addresses() -> None:
    swapped = (
        replace(WHISPER, place=POEMS.place, number=POEMS.number),
        replace(POEMS, place=WHISPER.place, number=WHISPER.number),
    )
    assert addresses(after(*swapped, SEARCH, THOUGHT)) == addresses(FIRST)


def test_another_entry_in_the_place_of_a_deleted_one_gets_an_address_of_its_own() -> None:
    other = make("完全另外的一件事", 2, "https://other.example/thing")
    made = after(WHISPER, other, SEARCH, THOUGHT)
    assert addresses(made)[other.title][0] != address(POEMS)[0]
    assert states(made)[address(POEMS)[0]] is State.GONE


def test_entries_alike_in_everything_keep_their_order() -> None:
    twins = [make("同样的标题，同样的一切", at, number="1") for at in (1, 2)]
    first = settled(twins)
    assert [one.id for one in settled(twins, first.rows).entries] == [
        one.id for one in first.entries
    ]


def test_deleted_entry_is_remembered_and_comes_back_to_its_address() -> None:
    deleted = after(WHISPER, SEARCH, THOUGHT)
    assert deleted.changes["gone"] == 1
    still = settled((WHISPER, SEARCH, THOUGHT), deleted.rows)
    assert set(still.changes.values()) == {0}
    back = settled((WHISPER, replace(POEMS, number="9"), SEARCH, THOUGHT), still.rows)
    assert addresses(back) == addresses(FIRST)
    assert back.changes["back"] == 1


def test_id_of_a_deleted_entry_is_never_given_to_another() -> None:
    gone = replace(settled([POEMS]).rows[0], state=State.GONE, title="别的", link="", note="x.md")
    made = settled([POEMS], [replace(gone, date="2020-01")])
    assert [one.id for one in made.entries] == [f"{gone.id}-2"]


def test_id_that_the_curator_changes_moves_the_page_and_leaves_the_way_to_it() -> None:
    old_id, old_page = address(POEMS)
    made = after(WHISPER, replace(POEMS, id="poems"), SEARCH, THOUGHT)
    assert addresses(made)[POEMS.title] == ("poems", "entries/2024/03/poems.html")
    assert made.redirects == ((old_page, "poems"),)
    assert old_id not in states(made)
    assert made.changes["moved"] == 1
    again = settled((WHISPER, replace(POEMS, id="poems"), SEARCH, THOUGHT), made.rows)
    assert dump(again.rows) == dump(made.rows)


def test_way_follows_an_entry_that_moves_again_and_ends_when_it_moves_back() -> None:
    _, first_page = address(POEMS)
    once = after(replace(POEMS, id="poems"))
    twice = settled([replace(POEMS, id="verse")], once.rows)
    assert twice.redirects == (
        (first_page, "verse"),
        ("entries/2024/03/poems.html", "verse"),
    )
    back = settled([replace(POEMS, id="poems")], twice.rows)
    assert back.redirects == ((first_page, "poems"), ("entries/2024/03/verse.html", "poems"))


def test_retired_id_is_not_given_to_another() -> None:
    once = settled([replace(POEMS, id="poems")], settled([POEMS]).rows)
    other = replace(POEMS, place=replace(POEMS.place, line=8), number="8")
    made = settled([replace(POEMS, id="poems"), other], once.rows)
    assert [one.id for one in made.entries] == ["poems", f"{address(POEMS)[0]}-2"]


def test_slug_moves_the_page_and_keeps_the_id_for_those_who_subscribed() -> None:
    old_id, old_page = address(POEMS)
    made = after(WHISPER, replace(POEMS, slug="poems"), SEARCH, THOUGHT)
    assert addresses(made)[POEMS.title] == (old_id, "entries/2024/03/poems.html")
    assert made.redirects == ((old_page, old_id),)
    later = replace(POEMS, slug="poems", when=when("2024-04"))
    assert addresses(settled([later], made.rows))[POEMS.title][1] == "entries/2024/03/poems.html"


def test_slug_taken_away_changes_nothing() -> None:
    named = after(WHISPER, replace(POEMS, slug="poems"), SEARCH, THOUGHT)
    assert addresses(settled(ALL, named.rows))[POEMS.title] == addresses(named)[POEMS.title]


def test_slug_that_another_entry_has_is_reported_and_costs_only_itself() -> None:
    both = (replace(WHISPER, slug="tool"), replace(POEMS, slug="tool"))
    made = settled(both)
    assert [show_diagnostic(found) for found in made.diagnostics] == [
        (
            "2024-03.md:2:1-1 S006 the address entries/2024/03/tool.html is taken by another entry"
            " -> choose another `slug`"
        )
    ]
    assert addresses(made)[POEMS.title] == address(POEMS)


def test_id_of_another_entry_cannot_be_taken() -> None:
    thief = make("完全另外的一件事", 9, "https://other.example/thing", id=address(POEMS)[0])
    made = after(*ALL, thief)
    assert addresses(made)[POEMS.title] == address(POEMS)
    assert [show_diagnostic(found) for found in made.diagnostics] == [
        (
            f"2024-03.md:9:1-1 S002 the id `{address(POEMS)[0]}` is that of the entry at"
            " 2024-03.md:2:1 -> choose another id"
        )
    ]


def test_entry_that_its_curator_pins_to_its_old_id_may_change_altogether() -> None:
    pinned = make("完全另外的一件事", 9, "https://other.example/thing", id=address(POEMS)[0])
    made = after(WHISPER, SEARCH, THOUGHT, pinned)
    assert addresses(made)[pinned.title] == address(POEMS)
    assert made.diagnostics == ()


def test_note_that_cannot_be_read_has_not_lost_its_entries() -> None:
    april = make("四月的事", 1, path=APRIL)
    first = settled((*ALL, april))
    made = settled(ALL, first.rows, unread={APRIL})
    assert dump(made.rows) == dump(first.rows)


def test_draft_has_no_address_to_keep_until_it_is_published() -> None:
    draft = replace(POEMS, draft=True)
    made = settled((WHISPER, draft))
    assert [row.title for row in made.rows] == [WHISPER.title]
    assert addresses(settled((WHISPER, draft), FIRST.rows))[POEMS.title] == address(POEMS)


def test_what_two_branches_added_merges_line_by_line() -> None:
    base = settled(ALL[:2])
    ours, theirs = settled(ALL[:3], base.rows), settled((*ALL[:2], THOUGHT), base.rows)
    merged = {*dump(ours.rows).splitlines(), *dump(theirs.rows).splitlines()}
    rows, found = parse("permalinks.jsonl", "\n".join(sorted(merged, reverse=True)))
    assert found == ()
    assert dump(settle(ALL, rows, entry_path).rows) == dump(FIRST.rows)


def test_line_that_two_branches_changed_is_one_again_after_both_are_kept() -> None:
    mended = replace(POEMS, title="小模型也会写诗")
    renumbered = replace(POEMS, number="8")
    both = replace(mended, number="8")
    texts = [dump(settled([one], settled([POEMS]).rows).rows) for one in (mended, renumbered)]
    rows, found = parse("permalinks.jsonl", "".join(texts))
    assert [problem.code.name for problem in found] == ["S105"]
    made = settle([both], rows, entry_path)
    assert addresses(made)[mended.title] == address(POEMS)
    assert len(made.rows) == 1


def test_entry_that_two_branches_moved_apart_keeps_both_addresses() -> None:
    here = Row(id="poems", path="entries/2024/03/poems.html", title=POEMS.title)
    there = replace(here, path="entries/2024/03/verse.html")
    text = dump([here]) + dump([there])
    made = settle([replace(POEMS, id="poems")], parse("x", text)[0], entry_path)
    assert addresses(made)[POEMS.title] == ("poems", "entries/2024/03/poems.html")
    assert made.redirects == (("entries/2024/03/verse.html", "poems"),)


def test_address_that_two_lines_have_stays_with_the_first() -> None:
    path = address(POEMS)[1]
    mine, other = settled([POEMS, SEARCH]).rows
    rows = parse("x", dump([replace(mine, path=path), replace(other, path=path)]))[0]
    made = settle([POEMS, SEARCH], rows, entry_path)
    pages = [one.page for one in made.entries]
    assert path in pages
    assert len(set(pages)) == 2
    assert parse("x", dump(made.rows))[1] == ()
