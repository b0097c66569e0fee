"""Within an outcome: thresholds, direction, baselines, weights of indicators and segments, and their gaps."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from obc.domain.core.kernel.provenance import Evidence
from scoring_samples import one, scored, value

MARKS = "thresholds: {good: 50 %, improved: 60 %, excellent: 70 %}"
GAINS = "thresholds: {good: 5 %, improved: 20 %, excellent: 30 %}"
ONE = f"- id: a\n  {MARKS}"
TWO = f"- id: a\n  weight: 3\n  {MARKS}\n- id: b\n  {MARKS}"


def _rows(card):
    return {(row.id, row.segment): row for row in card.outcomes[0].indicators}


@pytest.mark.parametrize(
    ("percent", "level", "threshold", "points"),
    [
        ("49.9", "below good", None, 0),
        ("50", "good", Fraction(1, 2), 28),
        ("60", "improved", Fraction(3, 5), 50),
        ("70", "excellent", Fraction(7, 10), 90),
        ("100", "excellent", Fraction(7, 10), 90),
    ],
)
def test_a_threshold_is_reached_at_its_value(percent, level, threshold, points):
    card = scored(one(ONE), [value("a", percent)])
    row = _rows(card)["a", "all"]
    assert (row.level, row.threshold, card.points_earned) == (level, threshold, points)


@pytest.mark.parametrize(
    ("percent", "level"),
    [("31", "below good"), ("30", "good"), ("20", "improved"), ("10", "excellent"), ("0", "excellent")],
)
def test_lower_may_be_better(percent, level):
    used = one("- id: a\n  thresholds: {good: 30 %, improved: 20 %, excellent: 10 %}")
    assert _rows(scored(used, [value("a", percent)], lower=("a",)))["a", "all"].level == level


def test_nothing_is_rounded_before_a_threshold():
    """2 of 3 is less than 66.67 %, though it prints so."""
    used = one("- id: a\n  thresholds: {good: 66.67 %, improved: 80 %, excellent: 90 %}")
    printed = value("a", "66.67", numerator=Decimal(2), denominator=Decimal(3))
    assert _rows(scored(used, [printed]))["a", "all"].level == "below good"


@pytest.mark.parametrize(
    ("judged_by", "percent", "judged", "level"),
    [
        ("difference", "44", "0.04", "below good"),
        ("difference", "45", "0.05", "good"),
        ("relative change", "45", "0.125", "good"),
        ("relative change", "52", "0.3", "excellent"),
    ],
)
def test_improvement_is_judged_from_a_baseline(judged_by, percent, judged, level):
    text = f"- id: a\n  judged by: {judged_by}\n  baseline: 40 %\n  {GAINS}"
    row = _rows(scored(one(text), [value("a", percent)]))["a", "all"]
    assert row.judged == Fraction(judged)
    assert row.level == level


def test_a_baseline_of_nothing_measures_nothing():
    text = f"- id: a\n  judged by: relative change\n  baseline: 0\n  {GAINS}"
    row = _rows(scored(one(text), [value("a", "45")]))["a", "all"]
    assert (row.level, row.evidence) == ("not scored", Evidence.INSUFFICIENT)


def test_a_segment_may_have_a_baseline_and_thresholds_of_its_own():
    used = one("""
- id: a
  judged by: difference
  segments:
    - {segment: young, weight: 2, baseline: 10 %, thresholds: {good: 1 %, improved: 2 %, excellent: 3 %}}
    - {segment: old, baseline: 50 %, thresholds: {good: 10 %, improved: 20 %, excellent: 30 %}}
""")
    card = scored(used, [value("a", 13, "young"), value("a", 55, "old")])
    rows = _rows(card)
    assert [rows["a", name].level for name in ("young", "old")] == ["excellent", "below good"]
    assert [rows["a", name].weight for name in ("young", "old")] == [Fraction(2, 3), Fraction(1, 3)]
    assert card.points_earned == 60


def test_the_frameworks_segments_weigh_unless_an_indicator_says_otherwise():
    segments = "segments:\n  - {segment: young, weight: 1}\n  - {segment: old, weight: 3}"
    values = [value("a", 70, "young"), value("a", 49, "old")]
    assert scored(one(ONE, segments), values).points_earned == Fraction(90, 4)
    own = f"- id: a\n  {MARKS}\n  segments:\n    - {{segment: young}}\n    - {{segment: old, weight: 1}}"
    assert scored(one(own, segments), values).points_earned == 45


def test_indicators_weigh_within_their_outcome():
    card = scored(one(TWO), [value("a", 70), value("b", 50)])
    assert card.points_earned == Fraction(3, 4) * 90 + Fraction(1, 4) * 28
    rows = _rows(card)
    assert rows["a", "all"].points_earned == Fraction(270, 4)
    assert rows["b", "all"].points_available == Fraction(90, 4)
    assert card.outcomes[0].level == "improved"


@pytest.mark.parametrize(
    ("rule", "points", "weights"), [("excluded", 28, (0, 1)), ("lost", 7, (Fraction(3, 4), Fraction(1, 4)))]
)
def test_an_indicator_that_cannot_be_scored_is_excluded_or_lost(rule, points, weights):
    card = scored(one(TWO, f"unscored indicators: {rule}"), [value("b", 50)])
    assert card.points_earned == points
    rows = _rows(card)
    assert (rows["a", "all"].weight, rows["b", "all"].weight) == weights
    assert rows["a", "all"].level == "not scored"


def test_a_disputed_indicator_keeps_its_place_and_earns_nothing_yet():
    card = scored(one(TWO), [value("a", 70, evidence=Evidence.DISPUTED), value("b", 70)])
    assert card.points_earned == Fraction(90, 4)


@pytest.mark.parametrize(
    ("more", "evidence"),
    [
        ({"numerator": Decimal(0), "denominator": Decimal(0), "value": None}, Evidence.INSUFFICIENT),
        ({"denominator": Decimal(9), "numerator": Decimal(9)}, Evidence.INSUFFICIENT),
        ({"evidence": Evidence.NOT_DUE}, Evidence.NOT_DUE),
        ({"evidence": Evidence.PROVISIONAL}, Evidence.PROVISIONAL),
    ],
)
def test_the_evidence_of_a_value_is_the_evidence_of_its_points(more, evidence):
    used = one(f"- id: a\n  minimum cases: 10\n  {MARKS}")
    card = scored(used, [value("a", 70, **more)])
    assert card.outcomes[0].indicators[0].evidence is evidence
    assert card.outcomes[0].evidence is evidence


def test_a_rate_is_taken_as_printed_and_a_ratio_from_its_counts():
    rate = value("a", 70, measure="rate", numerator=Decimal(7), denominator=Decimal(3650), value=Decimal("0.6"))
    assert _rows(scored(one(ONE), [rate]))["a", "all"].level == "improved"
    used = one("- id: a\n  figure: ratio\n  thresholds: {good: 3, improved: 2, excellent: 1}")
    gap = value("a", 70, measure="rate", numerator=Decimal(12), expected=Decimal(5), ratio=Decimal("2.4"))
    row = _rows(scored(used, [gap], lower=("a",)))["a", "all"]
    assert (row.value, row.level) == (Fraction(12, 5), "good")
    bare = gap.model_copy(update={"expected": None})
    assert _rows(scored(used, [bare], lower=("a",)))["a", "all"].value == Fraction(12, 5)


def test_an_indicator_can_be_shown_without_being_paid():
    used = one(f"- id: a\n  {MARKS}\n- id: b\n  incentivised: no")
    card = scored(used, [value("a", 70), value("b", 10)])
    row = _rows(card)["b", "all"]
    assert (row.level, row.weight, row.points_available, row.incentivised) == ("not scored", 0, 0, False)
    assert card.points_earned == 90
    assert used.incentivised() == ("a",)


def test_an_outcome_of_which_nothing_is_paid_is_not_scored():
    used = one("- id: a\n  incentivised: no")
    card = scored(used, [value("a", 70)])
    assert (card.outcomes[0].level, card.outcomes[0].evidence) == ("not scored", Evidence.NOT_DUE)


def test_thresholds_can_rise_by_year():
    good = "[{value: 50 %, from: 2}, {value: 60 %, from: 3}]"
    used = one(f"- id: a\n  thresholds: {{good: {good}, improved: 80 %, excellent: 90 %}}")
    assert [_rows(scored(used, [value("a", 55)], year))["a", "all"].level for year in (1, 2, 3)] == [
        "not scored",
        "good",
        "below good",
    ]


def test_only_the_values_of_the_period_and_of_all_providers_count():
    other = value("a", 70, provider="p1")
    older = value("a", 70, period_start=date(2014, 4, 1), period_end=date(2015, 3, 31))
    assert scored(one(ONE), [value("a", 50), other, older]).points_earned == 28
    assert scored(one(ONE), [value("a", 50), other], provider="p1").points_earned == 90


def test_two_values_for_one_thing_are_refused():
    with pytest.raises(ValueError, match="two values of a for segment all in 1 April 2015 to 31 March 2016"):
        scored(one(ONE), [value("a", 50), value("a", 70)])


@pytest.mark.parametrize(("cases", "level"), [(9, "not scored"), (10, "excellent")])
def test_as_many_cases_as_the_minimum_are_enough(cases, level):
    used = one(f"- id: a\n  minimum cases: 10\n  {MARKS}")
    every = value("a", 100, numerator=Decimal(cases), denominator=Decimal(cases))
    assert _rows(scored(used, [every]))["a", "all"].level == level


@pytest.mark.parametrize(("least", "level"), [("", "good"), ("\n  minimum cases: 1", "not scored")])
def test_a_value_without_a_count_has_no_cases(least, level):
    used = one(f"- id: a{least}\n  {MARKS}")
    printed = value("a", 50, numerator=None, denominator=None)
    assert _rows(scored(used, [printed]))["a", "all"].level == level


def test_a_bonus_may_look_at_a_value_without_a_count():
    more = (
        "additional:\n  - {id: x, title: X, points: 10, from: year 2, source: t, when: {indicator: b, at least: 40 %}}"
    )
    counted = value("b", 50, numerator=None, denominator=None)
    assert scored(one(ONE, more), [value("a", 70), counted]).additional[0].reached


def test_a_level_is_no_change_whatever_the_baseline_was():
    used = one(f"- id: a\n  baseline: {{value: 40 %, source: t}}\n  {MARKS}")
    assert _rows(scored(used, [value("a", 70)]))["a", "all"].judged == Fraction(7, 10)
