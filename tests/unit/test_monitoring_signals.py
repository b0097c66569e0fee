"""Signals and the way to the year's end, against figures worked out by hand."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.problem import Problems
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.values import IndicatorValue, ValueSet
from obc.domain.outcomes.monitoring.monitor import monitor
from obc.domain.outcomes.monitoring.signals import Rebase, signals_of
from obc.domain.outcomes.monitoring.year_end import year_end
from obc.services.monitor import monitor_contract, rebase_of
from report_samples import contract, values
from scoring_samples import one

YEAR = Period(start=date(2015, 4, 1), end=date(2016, 3, 31))
BEFORE = Period(start=date(2014, 4, 1), end=date(2015, 3, 31))
QUARTERS = [*BEFORE.parts(3), *YEAR.parts(3)]


def definition(direction: str = "higher is better", measure: str = "proportion") -> IndicatorDefinition:
    """A definition; only how it is read matters here."""
    return IndicatorDefinition.model_construct(
        id="a", title="A", direction=direction, counts="person", measure=measure, multiplier=1
    )


def measured(period: Period, count: int, of: int, measure: str = "proportion", **more: object) -> IndicatorValue:
    """The value of one period."""
    given = {"numerator": Decimal(count), "denominator": Decimal(of), "value": Decimal(count) / of}
    found = {**given, "evidence": Evidence.FINAL, **more}
    return IndicatorValue(indicator="a", period_start=period.start, period_end=period.end, measure=measure, **found)


def test_a_proportion_is_charted_with_limits_that_fit_each_denominator():
    held = {q: measured(q, 50, 100 if i % 2 else 200) for i, q in enumerate(QUARTERS)}
    found = signals_of(definition(), "value", held, QUARTERS, 0.4)
    # mean 400 / 1,200; limits 1/3 ± 3 √(2/9 / n)
    assert found.kind == "p" and found.points[0].centre == pytest.approx(1 / 3)
    assert found.points[0].upper == pytest.approx(1 / 3 + 3 * (2 / 9 / 200) ** 0.5)
    assert found.points[1].upper == pytest.approx(1 / 3 + 3 * (2 / 9 / 100) ** 0.5)
    assert found.points[1].rules == ("outside the limits",) and "improvement" in found.points[1].signal
    assert (found.assurance, found.provisional) == ("hit and miss", True)


def test_a_gap_stays_a_gap():
    held = {q: measured(q, 50, 100) for q in QUARTERS[:7]}
    held[QUARTERS[2]] = measured(QUARTERS[2], 0, 1, evidence=Evidence.MISSING)
    found = signals_of(definition(), "value", held, QUARTERS, None)
    assert [point.value is None for point in found.points] == [False, False, True, False, False, False, False, True]
    assert found.points[2].not_known and found.assurance == ""


def test_re_basing_needs_a_reason_and_starts_anew():
    held = {q: measured(q, 20 if i < 4 else 60, 100) for i, q in enumerate(QUARTERS)}
    change = Rebase(indicator="a", starts=QUARTERS[4].start, reason="one referral route for all")
    found = signals_of(definition("lower is better"), "value", held, QUARTERS, None, [change])
    assert [point.centre for point in found.points] == pytest.approx([0.2] * 4 + [0.6] * 4)
    assert found.rebased == (change,) and found.variation == "common cause"
    late = Rebase(indicator="a", starts=date(2020, 1, 1), reason="too late")
    assert signals_of(definition(), "value", held, QUARTERS, None, [late]).rebased == ()
    with pytest.raises(ValueError, match="at least 1 character"):
        Rebase(indicator="a", starts=date(2020, 1, 1), reason=" ")


def test_events_and_ratios_and_means_have_charts_of_their_own():
    days = Decimal("365.25") * 50
    rates = {q: measured(q, 40, days, "rate") for q in QUARTERS}
    found = signals_of(definition("lower is better", "rate"), "value", rates, QUARTERS, 0.9)
    assert found.kind == "u" and found.points[0].value == pytest.approx(0.8)
    assert found.points[0].upper == pytest.approx(0.8 + 3 * (0.8 / 50) ** 0.5)
    ratios = {q: measured(q, 40, days, "rate", expected=Decimal(20)) for q in QUARTERS}
    assert signals_of(definition(measure="rate"), "ratio", ratios, QUARTERS, None).points[0].value == 2
    means = {q: measured(q, 130, 10, "mean") for q in QUARTERS}
    assert signals_of(definition(measure="mean"), "value", means, QUARTERS, None).kind == "XmR"


MARKS = [("good", Fraction(1, 2)), ("improved", Fraction(55, 100)), ("excellent", Fraction(7, 10))]


def test_the_gap_is_said_in_people():
    # last year 100 + 100 + 100 + 100 = 400; this year's first two quarters 110 each: 440 by the end, at 48 % 211.2
    held = {q: measured(q, 45, 100) for q in BEFORE.parts(3)} | {BEFORE: measured(BEFORE, 180, 400)}
    known = list(YEAR.parts(3))[:2]
    held |= {known[0]: measured(known[0], 50, 110), known[1]: measured(known[1], 55, 110)}
    found = year_end(definition(), "value", held, YEAR, BEFORE, MARKS)
    assert found is not None and (found.known, found.whole, found.size) == (2, False, 440)
    assert found.figure == pytest.approx(105 / 220)
    # good 220 − 210 = 10; improved 242 − 210 = 32; excellent 308 − 210 = 98
    assert [gap.people for gap in found.gaps] == [10, 32, 98]
    p = 105 / 220
    assert found.upper - found.figure == pytest.approx(1.28155 * (p * (1 - p) * 220 * 2) ** 0.5 / 440, rel=1e-4)


def test_people_who_count_every_quarter_are_not_added_up():
    held = {q: measured(q, 45, 100) for q in BEFORE.parts(3)} | {BEFORE: measured(BEFORE, 46, 100)}
    known = list(YEAR.parts(3))[:2]
    held |= {quarter: measured(quarter, 48, 100) for quarter in known}
    found = year_end(definition(), "value", held, YEAR, BEFORE, MARKS)
    assert found is not None and found.size == 100 and found.gaps[0].people == 2
    assert found.lower < found.figure < found.upper


def test_a_whole_year_is_certain_and_no_year_is_none():
    held = {YEAR: measured(YEAR, 60, 100)}
    found = year_end(definition(), "value", held, YEAR, BEFORE, MARKS)
    assert found is not None and found.whole and found.lower == found.upper == 0.6
    assert [(gap.reached, gap.people) for gap in found.gaps] == [(True, 0), (True, 0), (False, 10)]
    assert year_end(definition(), "value", {}, YEAR, BEFORE, MARKS) is None


def test_without_a_year_before_the_quarters_stand_for_the_others():
    first = next(iter(YEAR.parts(3)))
    days = Decimal("365.25") * 25
    found = year_end(
        definition("lower is better", "rate"),
        "value",
        {first: measured(first, 20, days, "rate")},
        YEAR,
        BEFORE,
        [("good", Fraction(3, 4))],
    )
    assert found is not None and found.size == 100 and found.gaps[0].people == 5  # 80 expected, 75 allowed
    mean = year_end(
        definition("lower is better", "mean"),
        "value",
        {first: measured(first, 130, 10, "mean", sum_of_squares=Decimal(1_700))},
        YEAR,
        BEFORE,
        [("good", Fraction(12))],
    )
    assert mean is not None and mean.gaps[0].people is None and mean.upper > 13
    ratio = {first: measured(first, 30, days, "rate", expected=Decimal(10))}
    above = year_end(definition("lower is better", "rate"), "ratio", ratio, YEAR, BEFORE, [("good", Fraction(2))])
    assert above is not None and above.figure == 3 and above.gaps[0].people == 40


def test_segments_are_judged_from_their_own_start():
    framework = one("""
- id: a
  judged by: difference
  thresholds: {good: 5 %, improved: 10 %, excellent: 20 %}
  segments: [{segment: s, baseline: 40 %}, {segment: t, baseline: 30 %}]
""")
    held = {("a", name): {YEAR: measured(YEAR, 40, 100)} for name in ("all", "s", "t")}
    found = monitor(framework, {"a": definition()}, held, QUARTERS[4:], 1, YEAR)
    assert [row.segment for row in found] == ["all", "s", "t"]
    assert [row.judged for row in found] == [False, True, True]
    assert [row.signals.target for row in found] == [None, 0.45, 0.35]
    assert [gap.people for gap in found[2].year_end.gaps] == [0, 0, 10]


def test_a_contract_is_monitored_to_the_last_year_measured():
    found = monitor_contract(contract(), values())
    assert found.year == 2 and {row.segment for row in found.found} >= {"all"}
    with pytest.raises(Problems, match="no quarter"):
        monitor_contract(contract(), ValueSet(values=()))
    with pytest.raises(Problems, match="no outcomes framework"):
        monitor_contract(contract().model_copy(update={"framework": None}), values())
    with pytest.raises(Problems, match="the indicator atlantis"):
        monitor_contract(contract(), values(), [rebase_of("atlantis 2015-04-01 it rose")])


@pytest.mark.parametrize("text", ["a", "a 2015-04-01", "a soon because"])
def test_a_re_basing_without_a_day_or_a_reason_is_refused(text):
    with pytest.raises(Problems, match="an indicator, a day and the reason"):
        rebase_of(text)
