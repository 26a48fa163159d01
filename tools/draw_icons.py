"""Draws the icons of ``static/`` from one list of shapes: an SVG, and PNGs for home screens.

The mark is a list with its entries' kinds before them::

    python -m tools.draw_icons
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "static"
GRID = 32
ACCENT = (0xA4, 0x34, 0x1F)
WHITE = (0xFF, 0xFF, 0xFF)
PALE = (0xF2, 0xC4, 0xB8)
CORNERS = ((0, 0), (0.999, 0), (0, 0.999), (0.999, 0.999))
SAMPLES = 4  # a pixel's edge is looked at in as many places, so that it comes out smooth


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """A box with round corners on the grid of 32 by 32."""

    left: float
    top: float
    width: float
    height: float
    radius: float
    colour: tuple[int, int, int]

    def holds(self, x: float, y: float) -> bool:
        """Tells whether a point is inside."""
        right, bottom = self.left + self.width, self.top + self.height
        if not (self.left <= x < right and self.top <= y < bottom):
            return False
        aside = max(self.left + self.radius - x, x - (right - self.radius), 0)
        above = max(self.top + self.radius - y, y - (bottom - self.radius), 0)
        return aside * aside + above * above <= self.radius * self.radius

    def inwards(self, scale: float) -> Box:
        """Returns the box drawn smaller, towards the middle."""
        return Box(
            left=GRID / 2 + (self.left - GRID / 2) * scale,
            top=GRID / 2 + (self.top - GRID / 2) * scale,
            width=self.width * scale,
            height=self.height * scale,
            radius=self.radius * scale,
            colour=self.colour,
        )


def _row(top: float, width: float, colour: tuple[int, int, int]) -> tuple[Box, Box]:
    bullet = Box(left=7, top=top, width=4, height=4, radius=1, colour=colour)
    line = Box(left=13.5, top=top + 0.5, width=width, height=3, radius=1, colour=WHITE)
    return bullet, line


GROUND = Box(left=0, top=0, width=GRID, height=GRID, radius=6, colour=ACCENT)
WHOLE = Box(left=0, top=0, width=GRID, height=GRID, radius=0, colour=ACCENT)
MARK = (*_row(7.5, 11.5, PALE), *_row(14, 8, PALE), *_row(20.5, 10, PALE))


def svg(shapes: tuple[Box, ...]) -> bytes:
    """Writes shapes as SVG."""
    boxes = "".join(
        f'<rect x="{box.left:g}" y="{box.top:g}" width="{box.width:g}" height="{box.height:g}" '
        f'rx="{box.radius:g}" fill="#{bytes(box.colour).hex()}"/>'
        for box in shapes
    )
    root = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {GRID} {GRID}">'
    return f"{root}{boxes}</svg>\n".encode()


def png(shapes: tuple[Box, ...], size: int) -> bytes:
    """Paints shapes as a PNG of ``size`` by ``size`` pixels with transparency."""
    rows = b"".join(
        b"\0" + b"".join(_pixel(shapes, x, y, size) for x in range(size)) for y in range(size)
    )
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def _pixel(shapes: tuple[Box, ...], x: int, y: int, size: int) -> bytes:
    """Mixes the colours at several places of a pixel, or takes that of all four corners."""
    scale = GRID / size
    corners = {_top(shapes, (x + along) * scale, (y + down) * scale) for along, down in CORNERS}
    if len(corners) == 1:
        (only,) = corners
        return bytes((*only.colour, 255)) if only else b"\0\0\0\0"
    steps = [(step + 0.5) / SAMPLES for step in range(SAMPLES)]
    seen = [
        box.colour
        for down in steps
        for along in steps
        if (box := _top(shapes, (x + along) * scale, (y + down) * scale)) is not None
    ]
    mixed = (round(sum(channel) / len(seen)) for channel in zip(*seen, strict=True))
    return bytes((*mixed, round(255 * len(seen) / SAMPLES**2))) if seen else b"\0\0\0\0"


def _top(shapes: tuple[Box, ...], x: float, y: float) -> Box | None:
    return next((box for box in reversed(shapes) if box.holds(x, y)), None)


def icons() -> dict[str, bytes]:
    """Returns the files by their names.

    A phone rounds the touch icon itself, and may cut the maskable one to a circle of four fifths.
    """
    rounded, full = (GROUND, *MARK), (WHOLE, *MARK)
    masked = (WHOLE, *(box.inwards(0.75) for box in MARK))
    return {
        "favicon.svg": svg(rounded),
        "apple-touch-icon.png": png(full, 180),
        "icon-192.png": png(rounded, 192),
        "icon-512.png": png(rounded, 512),
        "icon-maskable.png": png(masked, 512),
    }


if __name__ == "__main__":
    for name, data in icons().items():
        STATIC.joinpath(name).write_bytes(data)
        print(f"{name}: {len(data)} bytes")
