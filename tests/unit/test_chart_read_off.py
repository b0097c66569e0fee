"""The picture of a curve: every drawn number is in its table, and a missing value is a word."""

from fractions import Fraction

import pytest

from obc.reports.charts.read_off import Line, read_off

AT = (Fraction(0), Fraction(1, 2), Fraction(1))


def test_the_table_holds_what_is_drawn():
    chart = read_off(
        "curve",
        "Half, and nothing known",
        "It rises from 0 to a half.",
        "rate",
        AT,
        (Line("half", (Fraction(0), Fraction(1, 4), Fraction(1, 2))), Line("unknown", (None, None, Fraction(1)))),
    )
    assert chart.table.rows[1] == (Fraction(1, 2), Fraction(1, 4), "missing")
    assert [column.heading for column in chart.table.columns] == ["rate", "half", "unknown"]
    assert "unknown" in chart.svg and "It rises from 0 to a half." in chart.svg


def test_one_line_needs_no_legend_but_names_its_axis():
    one = read_off("c", "Half", "A line.", "rate", AT, (Line("due", (Fraction(0), Fraction(1), Fraction(2))),))
    assert one.svg.count(">due<") == 1


@pytest.mark.parametrize("count", [0, 4])
def test_more_lines_than_can_be_told_apart_are_refused(count):
    with pytest.raises(ValueError, match="one to 3"):
        read_off("c", "t", "s", "x", AT, [Line("a", AT)] * count)
