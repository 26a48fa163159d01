from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from digest.render import charts
from digest.render.charts import COLOURS, Axis, Series, Tick, Told
from digest.render.heat import SHADES
from tests.colours import PAIR, contrast, tokens

TOLD = Told(key="k", title="一 & 二", text="说明")
AXIS = Axis(
    names=("2023年12月", "2024年1月"),
    ticks=((Tick(at=0, text="12月", below="2023"), Tick(at=1, text="1月", below="2024")),),
)
CHARTS = (Path(__file__).parents[2] / "static" / "charts.css").read_text(encoding="utf-8")
_TEXT = re.compile(r'<text class="([^"]*)"[^>]*>([^<]*)</text>')


def texts(svg: str) -> list[tuple[str, str]]:
    return _TEXT.findall(svg)


def test_columns_are_drawn_from_zero_with_their_numbers_and_their_months() -> None:
    assert charts.bars(TOLD, AXIS, (10, 5), str) == (
        '<svg class="picture" viewBox="0 0 320 118" role="img" aria-labelledby="k-title k-text">'
        '<title id="k-title">一 &amp; 二</title><desc id="k-text">说明</desc>'
        "<g><title>2023年12月 · 10</title>"
        '<rect x="66" y="16" width="28" height="68"/></g>'
        '<text class="value" x="80" y="12">10</text>'
        "<g><title>2024年1月 · 5</title>"
        '<rect x="226" y="50" width="28" height="34"/></g>'
        '<text class="value" x="240" y="46">5</text>'
        '<path class="base" d="M0 84.5H320"/>'
        '<text class="tick" x="80" y="99">12月</text>'
        '<text class="tick" x="80" y="114">2023</text>'
        '<text class="tick" x="240" y="99">1月</text>'
        '<text class="tick" x="240" y="114">2024</text>'
        "</svg>"
    )


def test_month_without_entries_keeps_its_place_and_draws_nothing() -> None:
    svg = charts.bars(TOLD, AXIS, (0, 5), str)
    assert svg.count("<rect") == 1
    assert '<rect x="226" ' in svg


def test_a_single_entry_is_a_quarter_of_the_scale_and_one_of_thousands_can_be_seen() -> None:
    assert 'height="17"' in charts.bars(TOLD, AXIS, (1, 0), str)
    assert 'height="1"' in charts.bars(TOLD, AXIS, (1, 5000), str)


def test_only_the_highest_column_has_its_number_where_there_is_no_room_for_all() -> None:
    axis = Axis(names=tuple(map(str, range(60))), ticks=())
    svg = charts.bars(TOLD, axis, tuple(range(1, 61)), str)
    assert [text for kind, text in texts(svg) if kind == "value"] == ["60"]


def test_densest_marks_that_have_room_are_drawn_and_stay_inside_the_picture() -> None:
    months = Axis(
        names=tuple(map(str, range(36))),
        ticks=(
            tuple(Tick(at=at, text=f"{at % 12 + 1}月") for at in range(36)),
            tuple(Tick(at=at, text=str(2021 + at // 12)) for at in range(0, 36, 12)),
        ),
    )
    svg = charts.bars(TOLD, months, (1,) * 36, str)
    assert [text for kind, text in texts(svg) if kind == "tick"] == ["2021", "2022", "2023"]
    assert '<text class="tick" x="12.8" y="99">2021</text>' in svg


def test_small_columns_share_a_scale_and_are_hidden_from_screen_readers() -> None:
    assert charts.small_bars((4, 0, 2), 8) == (
        '<svg class="small" viewBox="0 0 120 29" aria-hidden="true">'
        '<path d="M6 14h28v14h-28zM86 21h28v7h-28z"/>'
        '<path class="base" d="M0 28.5H120"/></svg>'
    )


def test_bar_is_as_long_as_its_part() -> None:
    assert charts.bar(1, 4) == (
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="25" height="8"/></svg>'
    )


def test_growth_rises_through_each_month_and_ends_with_its_total() -> None:
    svg = charts.growth(TOLD, AXIS, (30, 31), str)
    assert '<path class="line" d="M16.8 140L168.4 80L320 18"/>' in svg
    assert '<path class="area" d="M16.8 140L168.4 80L320 18V140z"/>' in svg
    assert texts(svg)[:3] == [("mark", "20"), ("mark", "40"), ("value end", "61")]


@pytest.mark.parametrize(
    ("most", "lines"),
    [
        (1, []),
        (7, ["2", "4", "6"]),
        (61, ["20", "40"]),
        (450, ["100", "200", "300", "400"]),
        (1000, ["200", "400", "600", "800"]),
        (2600, ["500", "1000", "1500", "2000"]),
    ],
)
def test_lines_stand_at_round_numbers_below_the_end(most: int, lines: list[str]) -> None:
    svg = charts.growth(TOLD, AXIS, (most, 0), str)
    assert [text for kind, text in texts(svg) if kind == "mark"] == lines


def test_parts_of_a_month_fill_its_column_and_are_named_beside_it() -> None:
    series = [Series(name="工具", values=(3, 1)), Series(name="论文", values=(1, 1))]
    svg = charts.shares(TOLD, AXIS, series)
    assert re.findall(
        r'<title>(.*?)</title><rect x="[^"]*" y="([^"]*)" .*?height="([^"]*)"', svg
    ) == [
        ("2023年12月 · 工具 · 3/4", "45", "135"),
        ("2024年1月 · 工具 · 1/2", "90", "90"),
        ("2023年12月 · 论文 · 1/4", "0", "45"),
        ("2024年1月 · 论文 · 1/2", "0", "90"),
    ]
    assert [text for kind, text in texts(svg) if kind == "label"] == ["工具", "论文"]


def test_names_of_thin_parts_are_pushed_apart_and_stay_inside() -> None:
    thin = [Series(name=str(n), values=(1, 0 if n else 99)) for n in range(8)]
    svg = charts.shares(TOLD, AXIS, thin)
    heights = [float(y) for y in re.findall(r'class="label" x="[^"]*" y="([^"]*)"', svg)]
    assert all(low - high >= 17 for low, high in pairwise(heights))
    assert 0 < heights[-1] < heights[0] < 184


@pytest.mark.parametrize(
    "svg",
    [
        charts.bars(TOLD, AXIS, (1, 2), str),
        charts.small_bars((1, 2), 2),
        charts.growth(TOLD, AXIS, (1, 2), str),
        charts.shares(TOLD, AXIS, [Series(name="<b>", values=(1, 2))]),
    ],
)
def test_pictures_are_well_formed_and_carry_no_style_of_their_own(svg: str) -> None:
    elements = list(ET.fromstring(svg).iter())  # noqa: S314 - our own
    assert not [one for one in elements if {"style", "fill", "stroke"} & one.attrib.keys()]


def test_each_part_has_a_colour_that_stands_out_from_the_paper_in_light_and_dark() -> None:
    colours = re.findall(rf"\.fill-(\d) {{\n  fill: {PAIR.pattern};", CHARTS)
    assert [int(number) for number, *_ in colours] == list(range(1, COLOURS + 1))
    for _, *pair in colours:
        for colour, paper in zip(pair, tokens()["--paper"], strict=True):
            assert contrast(colour, paper) >= 3, colour


def test_numbers_can_be_read_on_every_shade_of_a_calendar() -> None:
    shades = re.findall(
        r"\.heat-(\d) {\n  background: color-mix\(in srgb, var\(--accent\) (\d+)%", CHARTS
    )
    assert [int(number) for number, _ in shades] == list(range(1, SHADES + 1))
    colours = tokens()
    for _, part in shades:
        for scheme in (0, 1):
            accent, paper, ink = (
                colours[name][scheme] for name in ("--accent", "--paper", "--ink")
            )
            assert contrast(ink, mixed(accent, paper, int(part))) >= 4.5


def mixed(one: str, other: str, part: int) -> str:
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round((a * part + b * (100 - part)) / 100):02x}" for a, b in pairs)
