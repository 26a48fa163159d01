"""An entry's share of the index: what it can be found by, and where each of it stands.

A key is found at an offset of the folded title and text, counted in characters:

- two neighbours of a CJK run (``多模``), and its last character alone or with the first letter of
  a word behind it (``型g``): so each CJK character begins exactly one key;
- a word (``chatgpt``), and what is left of it from a joint on (``gpt`` of ``ChatGPT``);
- the last letter of a word before a CJK run and that run's first character, behind ``<``, at the
  offset of the latter (``<t模``): what finds ``GPT模型`` inside ``ChatGPT模型``;
- any other sign (``+``).

Every character but the spaces is covered, so that the offsets alone can prove most hits.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from digest.render.search.fold import RUNS, fold, folded
from digest.render.search.numbers import encode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What an entry adds to the index.

    ``written`` is the text that is searched, as written; ``places`` has the offsets of each key,
    encoded (see ``numbers.offsets``); ``title_length`` is the length of the folded title.
    """

    written: str
    title_length: int
    places: Mapping[str, str]


@lru_cache(maxsize=1 << 14)  # a preview builds again and again, and few entries change
def share_of(title: str, text: str) -> Share:
    """Return an entry's share, which depends on nothing else."""
    head = title.replace("\n", " ")
    written = f"{head}\n{text}" if text else head
    return Share(
        written=written,
        title_length=len(fold(head)),
        places={key: _offsets(places) for key, places in _places(written).items()},
    )


def _places(written: str) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    made = folded(written)
    text, joints = made.text, iter((*made.joints, len(made.text)))
    joint, word_end = next(joints), -1
    for run in RUNS.finditer(text):
        start, end = run.span()
        kind = run.lastgroup
        if kind == "cjk":
            if word_end == start:
                found[f"<{text[start - 1]}{text[start]}"].append(start)
            for at in range(start, end - 1):
                found[text[at : at + 2]].append(at)
            behind = text[end : end + 1]
            found[text[end - 1] + (behind if behind.isalnum() else "")].append(end - 1)
        elif kind == "word":
            found[run[0]].append(start)
            word_end = end
            while joint < end:
                if joint > start:
                    found[text[joint:end]].append(joint)
                joint = next(joints)
        else:
            found[run[0]].append(start)
    return found


def _offsets(places: Sequence[int]) -> str:
    """Encode rising offsets as their differences; the lowest bit tells whether one more follows."""
    if len(places) == 1:
        return encode(places[0] * 2)
    steps = [at - before for at, before in zip(places, (0, *places), strict=False)]
    return "".join([*(encode(step * 2 + 1) for step in steps[:-1]), encode(steps[-1] * 2)])
