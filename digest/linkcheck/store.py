"""Answers of the last week, one JSON object a line, so that nobody is asked twice."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.linkcheck.ask import Answer, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

KEPT = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An answer and the day it was given."""

    answer: Answer
    day: dt.date


def parse(text: str, today: dt.date) -> dict[str, Known]:
    """Return what is known by address; a line that is old or damaged is as if it were not there."""
    known: dict[str, Known] = {}
    for line in text.split("\n"):
        try:
            row = json.loads(line)
            found = Known(
                answer=Answer(
                    verdict=Verdict(row["verdict"]), fact=row["fact"], moved_to=row["moved_to"]
                ),
                day=dt.date.fromisoformat(row["day"]),
            )
        except (ValueError, KeyError, TypeError):
            continue
        if dt.timedelta() <= today - found.day < KEPT:
            known[row["url"]] = found
    return known


def dump(known: Mapping[str, Known]) -> str:
    """Write answers, sorted by address; an address that was not reached is asked again."""
    rows = [
        {
            "url": url,
            "verdict": one.answer.verdict,
            "fact": one.answer.fact,
            "moved_to": one.answer.moved_to,
            "day": one.day.isoformat(),
        }
        for url, one in sorted(known.items())
        if one.answer.verdict is not Verdict.UNREACHED
    ]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
