"""Paying for chance: each threshold with no real change, exactly."""

from decimal import Decimal
from fractions import Fraction

import pytest
from scipy.stats import binom, poisson

from obc.domain.core.statistics import student_above
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.values import IndicatorValue
from obc.domain.outcomes.framework.framework import Framework
from obc.domain.outcomes.monitoring.chance import chances
from obc.domain.outcomes.monitoring.sampling import Events, Mean, Proportion
from scoring_samples import one, value


def definition(name: str, direction: str = "higher is better", measure: str = "proportion") -> IndicatorDefinition:
    """A definition; only how it is read matters here."""
    return IndicatorDefinition.model_construct(
        id=name, title=name.capitalize(), direction=direction, counts="person", measure=measure, multiplier=1
    )


def found(indicators: str, sizes: list[IndicatorValue], *given: IndicatorDefinition, more: str = "", **call: object):
    """The chances of year 1 of one outcome of 90 points."""
    framework: Framework = one(indicators, more)
    measured = {(size.indicator, size.segment): size for size in sizes}
    definitions = {each.id: each for each in given} or {"a": definition("a")}
    return chances(framework, definitions, measured, call.pop("start", {}), 1, call.pop("within", 0.05), **call)


POINTS_UP = """
- id: a
  baseline: 60 %
  thresholds: {good: 62 %, improved: 65 %, excellent: 70 %}
"""


@pytest.mark.parametrize(
    ("size", "expected"),
    [(40, (44, 32, 13)), (100, (38, 18, 2.5)), (400, (22, 2.3, 0)), (1_000, (10, 0.1, 0)), (5_000, (0.2, 0, 0))],
)
def test_the_table_of_noise_that_every_contract_should_have_seen(size, expected):
    # a true rate of 60 %, no real change, targets 2, 5 and 10 points higher: exact binomial
    rows = found(POINTS_UP, [], assumed=size).indicators[0].thresholds
    for row, percent in zip(rows, expected, strict=True):
        assert 100 * row.chance == pytest.approx(percent, abs=0.5 if percent >= 5 else 0.06)


def test_a_threshold_says_what_would_be_sound():
    row = found(POINTS_UP, [], assumed=100).indicators[0].thresholds[1]
    assert not row.sound
    assert (row.sound_size, row.years_together) == (270, 3)
    # of 100, 69 are reached with 4.0 %, 68 with 6.2 %
    assert row.sound_threshold == 0.69
    assert binom.sf(68, 100, 0.6) < 0.05 < binom.sf(67, 100, 0.6)
    assert binom.sf(64, 100, row.true_80) == pytest.approx(0.8)
    assert binom.sf(64, 100, row.true_95) == pytest.approx(0.95)


def test_points_for_chance_are_each_levels_own():
    got = found(POINTS_UP, [], assumed=40)
    good, improved, excellent = (row.chance for row in got.indicators[0].thresholds)
    # 90 points are to be had; good earns 28 of them, improved 50
    assert got.by_level == pytest.approx(((good - improved) * 28, (improved - excellent) * 50, excellent * 90))
    assert got.points_for_chance == pytest.approx(sum(got.by_level))
    assert got.points_available == 90


def test_a_change_is_judged_from_its_own_baseline():
    text = """
- id: a
  baseline: 60 %
  judged by: {}
  thresholds: {{good: 2 %, improved: {}, excellent: 50 %}}
"""
    by_difference = found(text.format("difference", "5 %"), [], assumed=40).indicators[0].thresholds[1]
    relative = found(text.format("relative change", "1/12"), [], assumed=40).indicators[0].thresholds[1]
    assert by_difference.mark == relative.mark == Fraction(65, 100)
    assert by_difference.chance == relative.chance == pytest.approx(binom.sf(25, 40, 0.6))
    assert by_difference.sound_threshold == pytest.approx(0.125 + 0.025)
    assert relative.sound_threshold == pytest.approx(0.75 / 0.6 - 1)


def test_lower_is_reached_from_above():
    text = "- {id: a, baseline: 40 %, thresholds: {good: 38 %, improved: 35 %, excellent: 30 %}}"
    rows = found(text, [], definition("a", "lower is better"), assumed=40).indicators[0].thresholds
    mirrored = found(POINTS_UP, [], assumed=40).indicators[0].thresholds
    assert [row.chance for row in rows] == pytest.approx([row.chance for row in mirrored])
    assert [row.sound_size for row in rows] == [row.sound_size for row in mirrored]
    assert rows[1].true_80 == pytest.approx(1 - mirrored[1].true_80)


def test_events_are_poisson_in_person_years():
    text = "- {id: a, baseline: 0.8, thresholds: {good: 0.78, improved: 0.7, excellent: 0.5}}"
    days = Decimal("365.25") * 250
    held = value("a", 1, measure="rate", denominator=days)
    row = found(text, [held], definition("a", "lower is better", "rate")).indicators[0]
    assert (row.size, row.size_unit) == (250, "person-years")
    assert [each.chance for each in row.thresholds] == pytest.approx(
        [poisson.cdf(195, 200), poisson.cdf(175, 200), poisson.cdf(125, 200)], abs=1e-9
    )
    assert row.thresholds[1].years_together == 1


def test_a_ratio_is_events_against_those_expected():
    text = "- {id: a, figure: ratio, baseline: 3.6, thresholds: {good: 3.2, improved: 2.8, excellent: 2}}"
    held = value("a", 1, measure="rate", denominator=Decimal(40_000), expected=Decimal(10), ratio=Decimal("3.6"))
    row = found(text, [held], definition("a", "lower is better", "rate")).indicators[0]
    assert (row.size, row.size_unit) == (10, "expected events")
    assert row.thresholds[0].chance == pytest.approx(poisson.cdf(32, 36))
    unknown = found(text, [], definition("a", "lower is better", "rate"), assumed=500).indicators[0]
    assert unknown.thresholds == () and "expected" in unknown.not_known


def test_a_mean_needs_its_spread():
    text = "- {id: a, baseline: 13, thresholds: {good: 12.5, improved: 12, excellent: 11}}"
    strain = definition("a", "lower is better", "mean")
    held = value("a", 1, measure="mean", numerator=1_300, denominator=100, sum_of_squares=Decimal(16_900 + 99 * 9))
    row = found(text, [held], strain).indicators[0].thresholds[1]
    assert row.chance == pytest.approx(float(Mean(100, Fraction(13), 3.0, False).chance(Fraction(12))))
    assert row.sound and row.sound_threshold == pytest.approx(13 - 1.6604 * 0.3, abs=1e-3)
    assert row.true_80 == pytest.approx(12 - 0.8453 * 0.3, abs=1e-3)
    unknown = found(text, [], strain, assumed=100).indicators[0]
    assert unknown.points_for_chance == 0 and "apart" in unknown.not_known


def test_what_cannot_be_scored_is_not_paid_for():
    held = [value("a", 60, denominator=Decimal(50), numerator=Decimal(30))]
    row = found(POINTS_UP + "  minimum cases: 100\n", held).indicators[0]
    assert row.thresholds == () and row.curve == () and "fewer than the 100" in row.not_known
    nothing = found(POINTS_UP, []).indicators[0]
    assert nothing.size is None and "no denominator" in nothing.not_known
    no_start = found(POINTS_UP.replace("  baseline: 60 %\n", ""), [], assumed=40).indicators[0]
    assert no_start.true_value is None and "no baseline" in no_start.not_known


def test_without_a_baseline_nothing_changes_from_the_values():
    start = {("a", "all"): value("a", 60)}
    row = found(POINTS_UP.replace("  baseline: 60 %\n", ""), [], start=start, assumed=40).indicators[0]
    assert (row.true_value, row.true_from) == (Fraction(3, 5), "the values")
    assert row.thresholds[1].chance == pytest.approx(0.3174, abs=1e-4)


def test_a_baseline_that_is_no_share_is_said():
    row = found(POINTS_UP.replace("60 %", "60"), [], assumed=40).indicators[0]
    assert "no share" in row.not_known


def test_small_segments_are_pooled():
    text = """
- id: a
  minimum cases: 30
  judged by: difference
  baseline: 60 %
  thresholds: {good: 5 %, improved: 12 %, excellent: 30 %}
  segments: [{segment: one}, {segment: two}, {segment: three}]
"""
    sizes = [
        value("a", 60, "one", denominator=Decimal(200), numerator=Decimal(120)),
        value("a", 60, "two", denominator=Decimal(180), numerator=Decimal(108)),
        value("a", 60, "three", denominator=Decimal(20), numerator=Decimal(12)),
    ]
    got = found(text, sizes)
    good = got.pooled[0]
    assert good.segments == ("one", "two", "three") and good.size == 400
    assert good.chance == pytest.approx(binom.sf(259, 400, 0.6)) and good.sound
    alone = [row.thresholds[0].sound for row in got.indicators if row.thresholds]
    assert alone == [False, False]
    assert found(text, sizes[:1]).pooled == ()
    large = [size.model_copy(update={"denominator": Decimal(2_000)}) for size in sizes]
    assert found(text, large).pooled == ()


SEGMENTED = """
- id: a
  {more}
  baseline: {baseline}
  thresholds: {{good: {good}, improved: {improved}, excellent: {excellent}}}
  segments: [{{segment: one}}, {{segment: two}}]
"""


def test_small_segments_are_pooled_of_means_too_with_the_spread_within_them():
    text = SEGMENTED.format(more="weight: 1", baseline=20, good=20.6, improved=21, excellent=22)
    sizes = [
        value("a", 20, "one", measure="mean", numerator=600, denominator=30, sum_of_squares=12_464),
        value("a", 20, "two", measure="mean", numerator=1_200, denominator=60, sum_of_squares=24_236),
    ]
    got = found(text, sizes, definition("a", measure="mean"))
    good = next(one for one in got.pooled if one.level == "good")
    spread = ((30 * 464 / 29 + 60 * 236 / 59) / 90) ** 0.5
    assert good.size == 90 and good.true_value == 20
    assert good.chance == pytest.approx(float(student_above(0.6, spread, 90)))
    assert good.sound and max(row.thresholds[0].chance for row in got.indicators) > 0.2


def test_small_segments_are_pooled_of_ratios_too_by_what_is_expected():
    text = SEGMENTED.format(more="figure: ratio", baseline=2, good=1.6, improved=1.3, excellent=1)
    sizes = [
        value("a", 1, "one", measure="rate", numerator=20, denominator=3_652_500, expected=10, ratio=2),
        value("a", 1, "two", measure="rate", numerator=10, denominator=1_826_250, expected=5, ratio=2),
    ]
    got = found(text, sizes, definition("a", "lower is better", "rate"))
    good = next(one for one in got.pooled if one.level == "good")
    assert (good.size, good.size_unit) == (15, "expected events")
    assert good.chance == pytest.approx(poisson.cdf(24, 30))


def test_a_small_segment_may_be_judged_on_several_years_together():
    got = found(POINTS_UP, [], assumed=100)
    by_level = {one.level: one for one in got.smoothed}
    assert set(by_level) == {"good", "improved"}  # excellent is sound in one year
    assert (by_level["improved"].years, by_level["improved"].size) == (3, 300)
    assert by_level["improved"].chance == pytest.approx(binom.sf(194, 300, 0.6)) and by_level["improved"].sound
    assert by_level["good"].years == 3 and not by_level["good"].sound


def test_years_together_help_means_and_ratios_and_never_what_is_no_better_than_the_start():
    text = SEGMENTED.format(more="weight: 1", baseline=20, good=19, improved=21, excellent=24)
    sizes = [value("a", 20, "one", measure="mean", numerator=600, denominator=30, sum_of_squares=12_464)]
    got = found(text, sizes, definition("a", measure="mean"))
    assert [(one.level, one.segment, one.years) for one in got.smoothed] == [("improved", "one", 2)]
    assert got.smoothed[0].chance == pytest.approx(float(student_above(1, 4, 60)))
    ratio = SEGMENTED.format(more="figure: ratio", baseline=2, good=1.6, improved=1.3, excellent=0.2)
    sizes = [value("a", 1, "one", measure="rate", numerator=20, denominator=3_652_500, expected=10, ratio=2)]
    got = found(ratio, sizes, definition("a", "lower is better", "rate"))
    assert {one.level for one in got.smoothed} == {"good", "improved"}
    assert got.smoothed[0].size == 10 * got.smoothed[0].years


def test_the_bonus_for_everything_needs_everything():
    more = "additional: [{id: all, title: All, points: 10, when: every outcome at full points, source: test}]"
    text = POINTS_UP + POINTS_UP.replace("id: a", "id: b")
    got = found(text, [], definition("a"), definition("b"), more=more, assumed=40)
    assert got.bonus_for_chance == pytest.approx(10 * binom.sf(27, 40, 0.6) ** 2)
    assert found(text, [], definition("a"), definition("b"), more=more).bonus_for_chance == 0


def test_what_is_not_due_or_not_incentivised_pays_nothing():
    text = (
        POINTS_UP
        + """
- {id: b, incentivised: no, baseline: 60 %, thresholds: {good: 62 %, improved: 65 %, excellent: 70 %}}
- {id: c, baseline: 60 %, thresholds: {good: {value: 62 %, from: year 2}, improved: 65 %, excellent: 70 %}}
"""
    )
    got = found(text, [], definition("a"), definition("b"), definition("c"), assumed=40)
    assert [row.indicator for row in got.indicators] == ["a", "c"]
    assert (got.indicators[1].thresholds, got.indicators[1].points_available) == ((), 0)


def test_an_outcome_that_does_not_pay_yet_is_left_out():
    framework = one(POINTS_UP)
    held = framework.model_copy(update={"outcomes": (framework.outcomes[0].model_copy(update={"pays_from": 2}),)})
    got = chances(held, {"a": definition("a")}, {}, {}, 1, 0.05, 40)
    assert (got.indicators, got.points_for_chance) == ((), 0)


def test_the_curve_runs_from_no_change_to_beyond_the_last_threshold():
    row = found(POINTS_UP, [], assumed=100).indicators[0]
    assert row.curve[0].true_value == 0.6
    assert row.curve[0].chances == tuple(each.chance for each in row.thresholds)
    assert row.curve[-1].true_value == pytest.approx(0.6 + 0.1 * 4 / 3)
    assert all(a.chances <= b.chances for a, b in zip(row.curve, row.curve[1:], strict=False))


def test_marks_at_the_ends_of_what_a_figure_can_be():
    assert Proportion(10, Fraction(1, 2), True).needed(Fraction(2), 0.8) is None
    assert Proportion(10, Fraction(1, 2), False).needed(Fraction(-1), 0.8) is None
    assert Proportion(3, Fraction(9, 10), True).sound_mark(0.05) == 4 / 3  # all three is not rare: out of reach
    assert Proportion(10, Fraction(1, 2), True).sound_size(Fraction(1, 3), 0.05) is None
    assert Events(Fraction(2), Fraction(1), False).needed(Fraction(-1), 0.8) is None
    assert Events(Fraction(2), Fraction(1), False).sound_mark(0.05) == -0.5  # none at all is not rare
    assert Events(Fraction(2), Fraction(1), True).sound_size(Fraction(1, 2), 0.05) is None
    assert Events(Fraction(2), Fraction(1), True).sound_size(1 + Fraction(1, 10**6), 0.05) is None
