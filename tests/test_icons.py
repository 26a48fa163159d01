from __future__ import annotations

import struct
from pathlib import Path

import pytest

from tools.draw_icons import GROUND, MARK, WHOLE, png, svg

STATIC = Path(__file__).parent.parent / "static"


def test_icons_are_those_that_the_script_draws() -> None:
    assert (STATIC / "favicon.svg").read_bytes() == svg((GROUND, *MARK))
    assert (STATIC / "apple-touch-icon.png").read_bytes() == png((WHOLE, *MARK), 180)


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("apple-touch-icon.png", 180),
        ("icon-192.png", 192),
        ("icon-512.png", 512),
        ("icon-maskable.png", 512),
    ],
)
def test_icons_have_the_size_that_their_readers_ask_for(name: str, size: int) -> None:
    data = (STATIC / name).read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", data[16:24]) == (size, size)
    assert len(data) < 10_000
