"""What a curator, or a slip of a curator, may do to a note, by the throw of dice."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

LINES = (
    "",
    "```",
    "~~~ text",
    "---",
    "# 2. 论文",
    "## 1.2. [标题](https://example.org/new)",
    "### 07",
    "# 6.3 周6",
    "* 3、一条 https://example.org/b",
    "李四 @lisi 2023-12-05",
    "@lisi",
    "2023-12-05",
    "一句话，[链接](https://example.org/c) 和 `代码`。",
    "A sentence with ![a picture](pictures/a.png).",
    "<!-- digest: category=papers topics=rag draft -->",
    "<!-- digest: nonsense -->",
    "https://x.com/lisi/status/12345",
    "date: 2024-05",
)


def edited(lines: list[str], dice: random.Random) -> list[str]:
    """Do what a curator, or a slip of a curator, might do to some lines."""
    at, other = dice.randrange(len(lines) + 1), dice.randrange(len(lines) + 1)
    first, last = sorted((at, min(other, at + 3)))
    return dice.choice(
        (
            lambda: [*lines[:at], dice.choice(LINES), *lines[at:]],
            lambda: lines[:first] + lines[last:],
            lambda: lines[:at] + lines[first:last] + lines[at:],
            lambda: [*lines[:first], *(f"{line} 改" for line in lines[first:last]), *lines[last:]],
            lambda: [*lines[:first], *(line[1:] for line in lines[first:last]), *lines[last:]],
            lambda: [*lines[:first], *(f"  {line}" for line in lines[first:last]), *lines[last:]],
        )
    )()
