"""Pictures of numbers as SVG: pure functions from series to markup, for light and dark.

A picture is ``WIDTH`` units wide and shown at about one pixel a unit, so that its text keeps the
size of text. Colours, fonts and strokes come from ``charts.css`` by class: the pages allow no
inline style. Axes start at zero, time runs evenly, and what has no entries keeps its place. Each
picture is one image to a screen reader, told by its title and description (WAI-ARIA, ``img``); the
page sets a table beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

WIDTH: Final = 320
LOWEST: Final = 4  # that a scale ends at, so that one entry does not look like many
COLOURS: Final = 8  # that charts.css knows, ``fill-1`` to ``fill-8``

_LINE = 15  # units from one line of marks to the next
_LABEL = 17  # units from one name beside a picture to the next
_APART = 4  # units between marks
_LATIN, _HAN = 6.4, 11.0  # widths of a character, in units
_WIDEST_BAR = 28.0
_FILLED = 0.74  # of the room of a bar
_BESIDE = 32  # units for the line that leads from a part to its name


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How a picture is told in words; ``key`` tells its ids from those of others on the page."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A mark under the place ``at`` (from 0) of a time axis, in one line or two."""

    at: int
    text: str
    below: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """Time from left to right: the name of each place, and the marks that can be shown.

    ``ticks`` are in several densities, the densest first; the first that has room is drawn.
    """

    names: tuple[str, ...]
    ticks: tuple[tuple[Tick, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Named numbers, one for each place of the axis."""

    name: str
    values: tuple[int, ...]


def bars(told: Told, axis: Axis, values: Sequence[int], number: Callable[[int], str]) -> Markup:
    """Draw a column for each place, with its number where there is room, else at the highest.

    The scale ends no lower than ``LOWEST``.
    """
    height, top = 84, 16.0
    step = WIDTH / len(values)
    texts = [number(value) for value in values]
    all_fit = all(_width(text) <= step - 1 for text in texts)
    peak = values.index(max(values))
    parts: list[Markup] = []
    for at, (x, y, wide, high) in enumerate(
        _columns(values, WIDTH, top, height, max(LOWEST, *values))
    ):
        if not values[at]:
            continue
        name = f"{axis.names[at]} · {texts[at]}"
        parts.append(
            _tag("g", _tag("title", name) + _tag("rect", x=x, y=y, width=wide, height=high))
        )
        if all_fit or at == peak:
            parts.append(_text(texts[at], x + wide / 2, y - 4, "value"))
    return _with_axis(told, axis, height, parts)


def small_bars(values: Sequence[int], most: int) -> Markup:
    """Draw columns without words, as high as their part of ``most``: the page tells the rest."""
    width, height = 120, 28
    path = "".join(
        f"M{_n(x)} {_n(y)}h{_n(wide)}v{_n(high)}h-{_n(wide)}z"
        for value, (x, y, wide, high) in zip(
            values, _columns(values, width, 0, height, most), strict=True
        )
        if value
    )
    base = _tag("path", class_="base", d=f"M0 {height}.5H{width}")
    box = f"0 0 {width} {height + 1}"
    return _tag("svg", _tag("path", d=path) + base, class_="small", viewBox=box, aria_hidden="true")


def bar(value: int, most: int) -> Markup:
    """Draw one bar from left to right, as long as its part of ``most``."""
    body = _tag("rect", width=100 * value / most, height=8)
    return _tag(
        "svg",
        body,
        class_="bar",
        viewBox="0 0 100 8",
        preserveAspectRatio="none",
        aria_hidden="true",
    )


def growth(told: Told, axis: Axis, values: Sequence[int], number: Callable[[int], str]) -> Markup:
    """Draw the running total as an area that rises through each place, with round numbers."""
    height, top = 140, 18.0
    totals = list(accumulate(values))
    marks = {mark: number(mark) for mark in _round_numbers(totals[-1])}
    left = max(map(_width, marks.values()), default=0) + _APART
    step = (WIDTH - left) / len(values)
    unit = (height - top) / (totals[-1] or 1)
    edge = f"M{_n(left)} {height}" + "".join(
        f"L{_n(left + at * step)} {_n(height - total * unit)}"
        for at, total in enumerate(totals, start=1)
    )
    parts = [
        _tag("path", class_="area", d=f"{edge}V{height}z"),
        _tag("path", class_="line", d=edge),
    ]
    for mark, text in marks.items():
        y = height - mark * unit
        parts += [
            _tag("path", class_="grid", d=f"M{_n(left)} {_n(y)}H{WIDTH}"),
            _text(text, 0, y + 4, "mark"),
        ]
    parts.append(_text(number(totals[-1]), WIDTH, top - 6, "value end"))
    return _with_axis(told, axis, height, parts, left)


def shares(told: Told, axis: Axis, series: Sequence[Series]) -> Markup:
    """Draw each place's numbers as parts of its whole, one above the other, first at the foot.

    At most ``COLOURS`` series; their names stand beside the last column, led to their parts.
    """
    names = [one.name for one in series]
    height, room = 180, WIDTH - _BESIDE - max(map(_width, names))
    step = room / len(axis.names)
    wide = min(_WIDEST_BAR, step * _FILLED)
    parts: list[Markup] = []
    middles: list[float] = []
    wholes = [sum(column) for column in zip(*(one.values for one in series), strict=True)]
    last = max((at for at, whole in enumerate(wholes) if whole), default=0)
    below = [0] * len(wholes)
    for colour, one in enumerate(series, start=1):
        for at, value in enumerate(one.values):
            unit = height / (wholes[at] or 1)
            y = height - (below[at] + value) * unit
            if at == last:
                middles.append(y + value * unit / 2)
            if value:
                title = _tag("title", f"{axis.names[at]} · {one.name} · {value}/{wholes[at]}")
                left = at * step + (step - wide) / 2
                box = _tag("rect", x=left, y=y, width=wide, height=value * unit)
                parts.append(_tag("g", title + box, class_=f"fill-{colour}"))
            below[at] += value
    from_x = last * step + (step + wide) / 2 + 1
    parts += _names(names, middles, from_x, room, height)
    return _with_axis(told, axis, height, parts, right=room)


def _names(
    names: Sequence[str], middles: Sequence[float], from_x: float, room: float, height: float
) -> Iterator[Markup]:
    """Write names beside their parts, pushed apart where these are thinner than a line."""
    left = room + _BESIDE - 12
    places: list[float] = []
    for middle in middles:  # from the foot up
        highest = places[-1] - _LABEL if places else height - _LABEL / 2
        places.append(min(middle, highest))
    for at in range(len(places) - 1, -1, -1):  # and back down from the top
        lowest = places[at + 1] + _LABEL if at + 1 < len(places) else _LABEL / 2
        places[at] = max(places[at], lowest)
    for colour, (name, middle, place) in enumerate(zip(names, middles, places, strict=True), 1):
        yield _tag(
            "path",
            class_="lead",
            d=f"M{_n(from_x)} {_n(middle)}H{_n(left - 12)}L{_n(left - 4)} {_n(place)}",
        )
        yield _tag("rect", class_=f"fill-{colour}", x=left, y=place - 4, width=8, height=8)
        yield _text(name, left + 12, place + 4, "label")


def _columns(
    values: Sequence[int], width: float, top: float, foot: float, most: int = 0
) -> Iterator[tuple[float, float, float, float]]:
    """Yield the place and size of each column; what is not nothing is at least a unit high."""
    step = width / len(values)
    wide = min(_WIDEST_BAR, step * _FILLED)
    unit = (foot - top) / (most or max(values) or 1)
    for at, value in enumerate(values):
        high = max(1.0, value * unit) if value else 0.0
        yield at * step + (step - wide) / 2, foot - high, wide, high


def _round_numbers(most: int) -> Iterable[int]:
    """Return up to four multiples of 1, 2 or 5 times a power of ten, below nine tenths of it."""
    size = 10 ** (len(str(most)) - 1)
    steps = [part for part in (size // 5, size // 2, size, size * 2, size * 5) if part]
    step = next((one for one in steps if most * 0.9 // one <= 4), most)  # noqa: PLR2004 - lines
    return range(step, int(most * 0.9) + 1, step)


class _Placed(NamedTuple):
    tick: Tick
    x: float
    half: float


def _fitting(axis: Axis, left: float, right: float) -> list[_Placed]:
    """Return the densest marks that have room, each moved in from the picture's edges."""
    step = (right - left) / len(axis.names)
    for ticks in axis.ticks:
        placed: list[_Placed] = []
        for tick in ticks:
            half = max(_width(tick.text), _width(tick.below)) / 2
            middle = left + (tick.at + 0.5) * step
            placed.append(_Placed(tick, min(max(middle, half), right - half), half))
        if all(a.x + a.half + _APART <= b.x - b.half for a, b in pairwise(placed)):
            return placed
    return []


def _with_axis(
    told: Told,
    axis: Axis,
    foot: int,
    parts: Iterable[Markup],
    left: float = 0,
    right: float = WIDTH,
) -> Markup:
    """Put a base line under a picture, and the marks of its axis under that."""
    placed = _fitting(axis, left, right)
    lines = max((1 + bool(one.tick.below) for one in placed), default=0)
    marks = [
        _text(text, one.x, foot + line * _LINE, "tick")
        for one in placed
        for line, text in enumerate((one.tick.text, one.tick.below), start=1)
        if text
    ]
    base = _tag("path", class_="base", d=f"M{_n(left)} {foot}.5H{_n(right)}")
    return _picture(told, foot + lines * _LINE + 4, (*parts, base, *marks))


def _width(text: str) -> float:
    return sum(_HAN if character > "\u2e7f" else _LATIN for character in text)


def _picture(told: Told, height: float, parts: Iterable[Markup]) -> Markup:
    title, text = f"{told.key}-title", f"{told.key}-text"
    words = _tag("title", told.title, id=title) + _tag("desc", told.text, id=text)
    return _tag(
        "svg",
        words + Markup().join(parts),
        class_="picture",
        viewBox=f"0 0 {WIDTH} {_n(height)}",
        role="img",
        aria_labelledby=f"{title} {text}",
    )


def _text(text: str, x: float, y: float, kind: str) -> Markup:
    return _tag("text", text, class_=kind, x=x, y=y)


def _tag(name: str, inner: str = "", /, **attributes: str | float) -> Markup:
    """Write an element; a name's ``_`` is a ``-`` in it, and none at its end.

    What is inside is escaped unless it is markup; attributes are this module's own.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{value if isinstance(value, str) else _n(value)}"'
        for key, value in attributes.items()
    )
    inside = escape(inner)
    return Markup(f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>")  # noqa: S704 - see above


def _n(number: float) -> str:
    """Write a number of units, to a tenth."""
    return f"{number:.1f}".removesuffix(".0")
