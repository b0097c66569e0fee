"""A gap between groups in people."""

from datetime import date
from decimal import Decimal

import pytest

from obc.domain.measurement.indicators.values import IndicatorValue
from obc.domain.outcomes.monitoring.people_missing import people_missing


def value(top, under, measure="proportion"):
    return IndicatorValue(
        indicator="home",
        period_start=date(2015, 4, 1),
        period_end=date(2016, 3, 31),
        measure=measure,
        numerator=None if top is None else Decimal(top),
        denominator=None if under is None else Decimal(under),
    )


@pytest.mark.parametrize(
    ("group", "whole", "direction", "people"),
    [
        ((63, 100), (700, 1000), "higher is better", 7),
        ((63, 101), (700, 1000), "higher is better", 8),  # 7.7 people: 7 would not be enough
        ((70, 100), (700, 1000), "higher is better", 0),
        ((90, 100), (700, 1000), "higher is better", 0),
        ((37, 100), (300, 1000), "lower is better", 7),
        ((20, 100), (300, 1000), "lower is better", 0),
        ((None, 100), (300, 1000), "higher is better", None),
        ((0, 0), (300, 1000), "higher is better", None),
        ((1, 2), (0, 0), "higher is better", None),
    ],
)
def test_people_missing_if_the_group_fared_as_everybody_does(group, whole, direction, people):
    assert people_missing(value(*group), value(*whole), direction) == people


def test_a_mean_has_no_people_missing():
    assert people_missing(value(63, 100, "mean"), value(700, 1000), "higher is better") is None
