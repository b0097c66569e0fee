"""Charts: what they say without being seen, and the same bytes each time."""

import base64
import itertools
import re
import struct
from decimal import Decimal
from functools import cache
from xml.etree import ElementTree

import pytest
import vl_convert

from obc.reports import palette
from obc.reports.charts.chart import SCALE, SMALLEST_TEXT, Chart
from obc.reports.charts.money_flow import Flow, money_flow
from obc.reports.charts.over_quarters import Observed, Panel, Scale, cut, over_quarters
from obc.reports.charts.png import packed
from obc.reports.charts.points_bars import Points, points_bars
from obc.reports.charts.waterfall import Fall, waterfall

SVG = "{http://www.w3.org/2000/svg}"
SAID = "A sentence with <brackets> & more."


def _fall() -> Chart:
    falls = [
        Fall("Pot for year 1", 100_000, "pot"),
        Fall("A long name of an outcome that needs more than one line to be read", 41_050, "earned"),
        Fall("Crisis support", 58_950, "not earned"),
    ]
    return waterfall("fall", "The alliance earned £410.50 of £1,000", SAID, falls, "GBP")


def _points() -> Chart:
    outcomes = [Points("Homes", 20, Decimal("12.5"), "improved"), Points("Lives", 0, 0, "pays in a later year")]
    return points_bars("points", "12.5 of 20 points", SAID, outcomes)


def _quarters() -> Chart:
    seen = (
        Observed("Apr–Jun 26", Decimal("0.61"), Decimal("0.55"), Decimal("0.67")),
        Observed("Jul–Sep 26", None, None, None, "suppressed"),
    )
    marks = (("good", Decimal("0.60")), ("improved", Decimal("0.605")), ("excellent", Decimal("0.75")))
    panels = [Panel("Psychosis", seen, marks), Panel("Depression", (seen[1], seen[0]), ())]
    return over_quarters("quarters", "Homes", SAID, panels, Scale("per cent of people", True, 1))


def _flow() -> Chart:
    flows = [
        Flow("Board", "Pot", 100_000, "set aside"),
        Flow("Pot", "Trust", 41_050, "earned"),
        Flow("Pot", "Crisis support", 58_950, "unearned"),
        Flow("Pot", "Nobody", 0, "nothing"),
    ]
    return money_flow("flow", "Who paid whom", SAID, flows, "GBP")


MAKERS = {"fall": _fall, "points": _points, "quarters": _quarters, "flow": _flow}


@cache
def made(name: str) -> Chart:
    return MAKERS[name]()


@pytest.mark.parametrize("name", MAKERS)
def test_a_chart_says_what_it_shows_without_being_seen(name):
    chart = made(name)
    assert chart.title
    assert chart.sentence == SAID
    assert chart.table.rows
    for svg in (chart.svg, chart.inline):
        root = ElementTree.fromstring(svg)
        assert root.get("role") == "img"
        ids = root.get("aria-labelledby").split()
        title, described = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert [title.get("id"), described.get("id")] == ids
        assert (title.text, described.text) == (chart.title, chart.sentence)
        assert [mark for mark in root.iter() if mark is not root and mark.get("role")] == []


@pytest.mark.parametrize("name", MAKERS)
def test_text_is_never_smaller_than_11_pixels_and_dark_enough(name):
    root = ElementTree.fromstring(made(name).svg)
    texts = list(root.iter(f"{SVG}text"))
    assert texts
    for text in texts:
        assert float(text.get("font-size").removesuffix("px")) >= max(11, SMALLEST_TEXT)
        assert palette.contrast(text.get("fill"), palette.WHITE) >= 4.5


@pytest.mark.parametrize("name", MAKERS)
def test_a_file_bears_its_title_and_a_page_sets_it_itself(name):
    chart = made(name)
    drawn = " ".join(span.text for span in ElementTree.fromstring(chart.svg).iter(f"{SVG}tspan"))
    assert chart.title in drawn
    assert not any(
        chart.title == "".join(text.itertext()) for text in ElementTree.fromstring(chart.inline).iter(f"{SVG}text")
    )


@pytest.mark.parametrize("name", MAKERS)
def test_every_id_is_the_charts_own(name):
    ids = re.findall(r'\bid="([^"]+)"', made(name).inline)
    assert len(ids) == len(set(ids))
    assert all(one.startswith(f"{name}-") for one in ids)
    for used in re.findall(r"url\(#([^)]+)\)", made(name).inline):
        assert used in ids


@pytest.mark.parametrize("name", MAKERS)
def test_the_png_is_the_svg_twice_as_fine(name):
    chart = made(name)
    root = ElementTree.fromstring(chart.svg)
    width, height = struct.unpack(">II", chart.png[16:24])
    assert (width, height) == (int(root.get("width")) * SCALE, int(root.get("height")) * SCALE)


def test_a_packed_png_is_the_same_picture():
    drawn = vl_convert.svg_to_png(
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="9"><rect width="5" height="5"/></svg>'
    )
    small = packed(drawn)
    assert len(small) < len(drawn)
    assert vl_convert.svg_to_png(_showing(small)) == vl_convert.svg_to_png(_showing(drawn))


def _showing(png: bytes) -> str:
    data = base64.b64encode(png).decode()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90" height="9">'
        f'<image xlink:href="data:image/png;base64,{data}" width="90" height="9"/></svg>'
    )


@pytest.mark.parametrize("name", ["fall", "quarters"])
def test_the_same_chart_gives_the_same_bytes(name):
    again = MAKERS[name]()
    assert (again.svg, again.png, again.inline) == (made(name).svg, made(name).png, made(name).inline)


def texts_of(name: str) -> list[str]:
    return ["".join(text.itertext()) for text in ElementTree.fromstring(made(name).inline).iter(f"{SVG}text")]


def test_a_waterfall_names_each_amount():
    assert {"£1,000", "£410.50", "£589.50"} <= set(texts_of("fall"))


def test_the_steps_of_a_waterfall_end_where_the_pot_ends():
    bars = [
        path
        for path in ElementTree.fromstring(made("fall").inline).iter(f"{SVG}path")
        if path.get("fill") in (palette.MUTED, palette.EARNED) or path.get("stroke") == palette.UNEARNED
    ]
    spans = []
    for bar in bars:
        left, wide = re.match(r"M([\d.]+),[\d.]+h([\d.]+)", bar.get("d")).groups()
        spans.append((float(left), float(left) + float(wide)))
    pot, earned, rest = spans
    assert earned[0] == pot[0]
    assert earned[1] == pytest.approx(rest[0])
    assert rest[1] == pytest.approx(pot[1])


def test_points_that_were_not_earned_are_framed_not_filled():
    said = texts_of("points")
    assert "12.5 of 20, improved" in said
    assert "0 of 0, pays in a later year" in said


def test_a_value_that_may_not_be_shown_is_a_word_in_the_table_and_a_gap_in_the_line():
    rows = made("quarters").table.shown_rows
    assert ("Psychosis", "Jul–Sep 26", "suppressed", "suppressed", "suppressed") in rows
    assert ("Psychosis", "Apr–Jun 26", "61.0%", "55.0%", "67.0%") in rows


def test_thresholds_are_named_and_dashed_differently():
    root = ElementTree.fromstring(made("quarters").inline)
    lines = [line for line in root.iter(f"{SVG}line") if line.get("stroke") == palette.REACHED]
    assert len(lines) == len({line.get("stroke-dasharray") for line in lines}) == 3
    assert {"good", "improved", "excellent"} <= set(texts_of("quarters"))


def test_names_of_thresholds_that_lie_close_do_not_overlap():
    root = ElementTree.fromstring(made("quarters").inline)
    heights = [
        float(re.search(r"translate\([\d.-]+,([\d.-]+)\)", text.get("transform"))[1])
        for text in root.iter(f"{SVG}text")
        if "".join(text.itertext()) in ("good", "improved", "excellent")
    ]
    heights.sort()
    assert min(b - a for a, b in itertools.pairwise(heights)) > 11


def test_a_flow_shows_what_moves_and_lists_what_does_not():
    assert {"Board£1,000", "Pot£1,000", "Trust£410.50", "Crisis support£589.50"} <= set(texts_of("flow"))
    assert not any(text.startswith("Nobody") for text in texts_of("flow"))
    assert ("Pot", "Nobody", "nothing", "£0.00") in made("flow").table.shown_rows


def test_a_chart_of_an_empty_year_can_be_drawn():
    falls = [Fall("Pot for year 1", 0, "pot"), Fall("Homes", 0, "earned")]
    assert "£0" in waterfall("empty", "Nothing", SAID, falls, "GBP").inline
    none = Panel("Everybody", (Observed("Apr–Jun 26", None, None, None),), ())
    assert over_quarters("none", "Nothing", SAID, [none], Scale("mean score", False, 2)).table.rows


def test_a_loss_falls_below_nothing():
    falls = [Fall("Pot", 1000, "pot"), Fall("Penalty", -500, "earned")]
    assert "−£5" in waterfall("loss", "A loss", SAID, falls, "GBP").inline


def test_the_wide_interval_of_a_small_group_does_not_press_the_others_flat():
    usual = Observed("Apr–Jun 26", Decimal("10"), Decimal("8"), Decimal("12"))
    wide = Observed("Apr–Jun 26", Decimal("11"), Decimal("0"), Decimal("5000"))
    panels = [Panel("Everybody", (usual,), ()), Panel("Few", (wide,), ())]
    assert cut(panels)
    assert not cut(panels[:1])
    chart = over_quarters("wide", "Wide", SAID, panels, Scale("mean score", False, 2))
    labels = ["".join(text.itertext()) for text in ElementTree.fromstring(chart.inline).iter(f"{SVG}text")]
    assert max(float(label) for label in labels if re.fullmatch(r"[\d.]+", label)) < 20
    assert chart.table.shown_rows[1][-1] == "5,000.00"
