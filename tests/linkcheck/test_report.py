"""What is asked for, what is kept, and what the answers mean for the notes."""

from __future__ import annotations

import datetime as dt

from digest.linkcheck import Known, diagnose, due, dump, parse
from digest.linkcheck.ask import Answer, Verdict
from tests.factories import entry, link, when

TODAY = dt.date(2026, 5, 8)
ALIVE = Answer(verdict=Verdict.ALIVE, fact="the server answers 200")
DEAD = Answer(verdict=Verdict.DEAD, fact="the server answers 404")
UNREACHED = Answer(verdict=Verdict.UNREACHED, fact="no connection to the host")
HINT = "link to what takes its place, or to https://web.archive.org/web"
ONE = entry(links=(link("https://example.org/a#part"), link("https://example.org/b")))
TWO = entry(at=9, when=when("2024-03-05"), links=(link("https://example.org/a", number=9),))


def test_an_address_is_asked_for_once_whatever_its_fragment() -> None:
    assert due([ONE, TWO], {}) == ["https://example.org/a", "https://example.org/b"]


def test_what_is_known_is_not_asked_for() -> None:
    known = {"https://example.org/a": Known(answer=ALIVE, day=TODAY)}
    assert due([ONE, TWO], known) == ["https://example.org/b"]


def test_answers_are_kept_for_a_week_but_not_that_nobody_was_reached() -> None:
    written = dump(
        {
            "https://example.org/b": Known(answer=DEAD, day=TODAY),
            "https://example.org/a": Known(answer=ALIVE, day=TODAY),
            "https://example.org/c": Known(answer=UNREACHED, day=TODAY),
        }
    )
    six, seven = TODAY + dt.timedelta(days=6), TODAY + dt.timedelta(days=7)
    assert list(parse(written, six)) == ["https://example.org/a", "https://example.org/b"]
    assert parse(written, six)["https://example.org/b"] == Known(answer=DEAD, day=TODAY)
    assert parse(written, seven) == {}


def test_a_damaged_line_costs_only_itself() -> None:
    written = dump({"https://example.org/a": Known(answer=ALIVE, day=TODAY)})
    damaged = "{\n" + '{"url": "https://example.org/x"}\n[]\n' + written
    assert list(parse(damaged, TODAY)) == ["https://example.org/a"]


def test_a_dead_link_is_told_at_each_of_its_places_with_an_archived_copy() -> None:
    asked = diagnose([ONE, TWO], {"https://example.org/a": DEAD, "https://example.org/b": ALIVE})
    assert [(d.code.name, d.span.line, d.message, d.hint) for d in asked.diagnostics] == [
        (
            "R210",
            1,
            "the link is dead: the server answers 404: https://example.org/a#part",
            f"{HINT}/2/https://example.org/a#part",
        ),
        (
            "R210",
            9,
            "the link is dead: the server answers 404: https://example.org/a",
            f"{HINT}/20240305/https://example.org/a",
        ),
    ]


def test_a_host_that_is_gone_is_dead_where_others_answer() -> None:
    answers = {"https://example.org/a": UNREACHED, "https://example.org/b": ALIVE}
    asked = diagnose([ONE], answers)
    assert [d.message for d in asked.diagnostics] == [
        "the link is dead: no connection to the host: https://example.org/a#part"
    ]
    assert not asked.offline


def test_without_any_connection_no_link_is_to_blame() -> None:
    asked = diagnose(
        [ONE], {"https://example.org/a": UNREACHED, "https://example.org/b": UNREACHED}
    )
    assert asked.offline
    assert asked.diagnostics == ()


def test_a_page_that_moved_for_good_is_told_with_its_new_address() -> None:
    moved = Answer(verdict=Verdict.ALIVE, fact="", moved_to="https://example.net/b")
    (one,) = diagnose([ONE], {"https://example.org/b": moved}).diagnostics
    assert (one.code.name, one.message, one.hint) == (
        "R211",
        "the page has moved for good: https://example.org/b",
        "link to https://example.net/b",
    )


def test_a_slash_more_at_the_end_is_no_move() -> None:
    moved = Answer(verdict=Verdict.ALIVE, fact="", moved_to="https://example.org/b/")
    assert diagnose([ONE], {"https://example.org/b": moved}).diagnostics == ()
