"""A curve reads a value off points that the parties agreed.

Worked figures: the points of a quality framework (linear, 44 points from 20 % to 50 %), rules of loss sharing
(deductible, limit, franchise), marginal bands of savings, a minimum rate by size.
"""

import pytest
from pydantic import ValidationError

from payment_samples import fractions, result, step, value

LEVELS = """
curve: x
shape: step
points: [[50 %, 28], [60 %, 50], [70 %, 90]]
"""


@pytest.mark.parametrize(
    ("x", "at_the_point", "above_the_point"),
    [
        ("0", 0, 0),
        ("0.4999999999999999999", 0, 0),
        ("50 %", 28, 0),
        ("0.5000000000000000001", 28, 28),
        ("60 %", 50, 28),
        ("70 %", 90, 50),
        ("100 %", 90, 90),
    ],
)
def test_a_step_is_taken_at_its_point_or_beyond_it(x, at_the_point, above_the_point):
    assert value(LEVELS, x=x) == at_the_point
    assert value(LEVELS + "reached: above the point", x=x) == above_the_point


@pytest.mark.parametrize(("x", "points"), [("15 %", 0), ("20 %", 0), ("35 %", 22), ("50 %", 44), ("95 %", 44)])
def test_a_line_is_flat_outside_its_points(x, points):
    assert value("curve: x\nshape: linear\npoints: [[20 %, 0], [50 %, 44]]", x=x) == points


def test_a_jump_in_a_line_belongs_to_the_side_that_is_reached():
    jump = "curve: x\nshape: linear\npoints: [[0, 0], [10, 10], [10, 50], [20, 60]]"
    assert [value(jump, x=x) for x in ("9", "10", "15")] == [9, 50, 55]
    assert value(jump + "\nreached: above the point", x="10") == 10


@pytest.mark.parametrize(
    ("people", "rate"),
    [
        (5072, "38784/1000000"),
        (7691, "32617/1000000"),
        (10774, "29536/1000000"),
        (33253, "23675/1000000"),
        (139369, "2/100"),
    ],
)
def test_a_table_by_size_is_read_between_its_rows(people, rate):
    """Published minimum savings rates, to the five decimals they are printed with."""
    table = """
curve: people
shape: linear
below: missing
points:
  - [5000, 3.9 %]
  - [5999, 3.6 %]
  - [6000, 3.6 %]
  - [6999, 3.4 %]
  - [7000, 3.4 %]
  - [7999, 3.2 %]
  - [8000, 3.2 %]
  - [8999, 3.1 %]
  - [9000, 3.1 %]
  - [9999, 3.0 %]
  - [10000, 3.0 %]
  - [14999, 2.7 %]
  - [15000, 2.7 %]
  - [19999, 2.5 %]
  - [20000, 2.5 %]
  - [49999, 2.2 %]
  - [50000, 2.2 %]
  - [59999, 2.0 %]
"""
    assert abs(value(table, people=people) - fractions([rate])[0]) < fractions(["0.000051"])[0]
    assert value(table, people=4999) is None


BANDS = "curve: x\nshape: marginal\npoints: [[3 %, 50 %], [8 %, 80 %]]"


@pytest.mark.parametrize(
    ("x", "one_way", "both_ways"),
    [
        ("2 %", "0", "0"),
        ("3 %", "0", "0"),
        ("8 %", "0.025", "0.025"),
        ("10 %", "0.041", "0.041"),
        ("-10 %", "0", "-0.041"),
    ],
)
def test_marginal_bands_add_up(x, one_way, both_ways):
    """A corridor: nothing to 3 %, half of the part up to 8 %, then 2.5 % and four fifths of the rest."""
    assert value(BANDS, x=x) == fractions([one_way])[0]
    assert value(BANDS + "\nboth ways: yes", x=x) == fractions([both_ways])[0]


@pytest.mark.parametrize(("x", "kept"), [("-5", -2), ("-2", -2), ("1", 1), ("3", 3), ("4", 3)])
def test_limits_alone_are_a_collar(x, kept):
    assert value("curve: x\nat least: -2\nat most: 3", x=x) == kept


def test_a_limit_may_be_a_value():
    assert value("curve: x\nat most: y", x=10, y=4) == 4
    assert value("curve: x\nat most: y", x=10, y=None) is None


@pytest.mark.parametrize(("below", "expected"), [("", 0), ("below: missing", None), ("below: 7", 7), ("below: y", 9)])
def test_what_holds_before_the_first_point_can_be_said(below, expected):
    text = f"curve: x\nshape: step\npoints: [[1, 5]]\n{below}"
    assert value(text, x=0, y=9) == expected
    assert value(text, x=1, y=9) == 5


def test_points_can_be_values_of_their_own():
    achievement = "curve: x\nshape: linear\npoints: [[threshold, 0], [benchmark, 10]]"
    assert value(achievement, x="0.8", threshold="0.6", benchmark="0.9") == fractions(["20/3"])[0]
    assert value(achievement, x="0.8", threshold=None, benchmark="0.9") is None


def test_points_can_be_written_out():
    text = "curve: x\nshape: step\npoints: [{at: 5, gives: 7}]"
    assert [value(text, x=x) for x in (4, 5)] == [0, 7]


def test_points_can_change_by_year():
    text = "curve: x\nshape: step\npoints: [[[{value: 5, from: 1}, {value: 8, from: year 2}], 1]]"
    assert [value(text, year, x=6) for year in (1, 2)] == [1, 0]
    assert value(text, 0, x=6) is None  # before the first year it is not due


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("curve: x\nshape: step", "a shape without points"),
        ("curve: x\npoints: [[1, 2]]", "points without a shape"),
        ("curve: x", "a curve that changes nothing"),
        ("curve: x\nshape: linear\npoints: [[2, 0], [1, 5]]", "points out of order"),
        ("curve: x\nshape: linear\npoints: [[2, 0, 1]]", "a point with 3 numbers"),
        ("curve: x\nshape: bent\npoints: [[2, 0]]", "'step', 'linear' or 'marginal'"),
    ],
)
def test_a_curve_that_cannot_be_meant_is_refused(text, said):
    with pytest.raises(ValidationError, match=said):
        step(text, ["x"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LEVELS, "the step that x (0.6) reaches"),
        ("curve: x\nshape: linear\npoints: [[0, 0], [1, 1]]", "read off the line at x (0.6)"),
        (BANDS, "x (0.6) by bands, each at its rate"),
        ("curve: x\nat least: 0\nat most: 0.5", "x (0.6), at least 0, at most 0.5"),
    ],
)
def test_a_curve_says_what_it_does(text, said):
    from obc.domain.money.payment.trace import trace

    assert said in trace(result(text, x="0.6"))[0].sentence


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("shape: step\npoints: [[0, 1], [5, missing]]", "a curve with a hole"),
        ("shape: linear\npoints: [[missing, 1], [5, 2]]", "a curve with a hole"),
        ("shape: step\npoints: [[5, 1], [5, 2]]", "two points at one place"),
        ("shape: marginal\npoints: [[0, 1], [5, 2], [5, 3]]", "two points at one place"),
    ],
)
def test_a_curve_has_no_holes_and_no_dead_points(text, said):
    with pytest.raises(ValidationError, match=said):
        value(f"curve: x\n{text}", x=1)


def test_a_line_may_jump():
    jump = "curve: x\nshape: linear\npoints: [[0, 0], [5, 5], [5, 8]]"
    assert [value(jump, x=x) for x in (4, 5, 6)] == [4, 8, 8]


def test_both_ways_nothing_is_a_gain():
    """At nothing the bands are those of gains: 5, not −5."""
    text = "curve: x\nshape: step\nboth ways: yes\npoints: [[0, 5], [10, 7]]"
    assert [value(text, x=x) for x in ("-10", "-1", "0", "1", "10")] == [-7, -5, 5, 5, 7]


def test_a_line_is_flat_before_its_first_point_also_one_away_from_the_second():
    assert [value("curve: x\nshape: linear\npoints: [[0, 3], [1, 10]]", x=x) for x in ("-1", "0", "1")] == [3, 3, 10]


def test_a_line_of_one_point_is_flat():
    assert [value("curve: x\nshape: linear\npoints: [[5, 3]]", x=x) for x in ("1", "5", "9")] == [3, 3, 3]
