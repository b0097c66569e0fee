"""Sums become values with intervals and evidence; what cannot be measured has none.

The proportion is Newcombe's (1998) first example; the limits of counts are from tables of the Poisson distribution.
"""

from datetime import date
from decimal import Decimal

import pytest

from indicator_engines import QUARTER, definition, rate
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.estimates import estimates
from obc.domain.measurement.indicators.needs import tables_of
from obc.domain.measurement.indicators.tally import Tally
from obc.domain.measurement.indicators.values import IndicatorValue

ALIVE = {"alive": "anchor"}


def value(asked: IndicatorDefinition, tally: Tally, evidence: Evidence = Evidence.FINAL) -> IndicatorValue:
    """The value of the one cell."""
    found = estimates(asked, [(QUARTER, {("s", "p"): tally})], ["s"], ["p"], evidence)
    assert [(v.segment, v.provider) for v in found] == [("all", "all"), ("all", "p"), ("s", "all"), ("s", "p")]
    assert len({(v.value, v.lower_95, v.upper_95) for v in found}) == 1
    return found[-1]


def test_a_proportion_has_wilson_s_interval() -> None:
    found = value(definition(numerator=ALIVE), Tally(Decimal(81), Decimal(263), 7))
    assert (found.numerator, found.denominator, found.unknown) == (81, 263, 7)
    assert found.value == Decimal("0.3079847909")
    assert found.lower_95 is not None and round(found.lower_95, 4) == Decimal("0.2553")
    assert found.upper_95 is not None and round(found.upper_95, 4) == Decimal("0.3662")
    assert found.evidence is Evidence.FINAL
    assert found.sum_of_squares is None and found.ratio is None


@pytest.mark.parametrize(
    ("events", "lower", "upper"),
    [("0", "0", "3.6889"), ("4", "1.0899", "10.2416"), ("30", "20.2369", "42.8284")],
)
def test_a_rate_has_exact_limits_below_ten_events_and_byar_s_above(events: str, lower: str, upper: str) -> None:
    asked = rate(events={"events": "reviews"}, multiplier=1000)
    found = value(asked, Tally(Decimal(events), Decimal("365250")))
    assert found.value == Decimal(events)
    assert found.lower_95 is not None and found.upper_95 is not None
    assert float(found.lower_95) == pytest.approx(float(lower), abs=1e-4)
    assert float(found.upper_95) == pytest.approx(float(upper), abs=1e-4)


def test_a_mean_has_student_s_interval_from_sums() -> None:
    """The scores 2, 4, 4, 5 and 5.5."""
    scores = [Decimal(2), Decimal(4), Decimal(4), Decimal(5), Decimal("5.5")]
    asked = definition(measure="mean", value={"how many": [ALIVE]})
    found = value(asked, Tally(sum(scores, Decimal()), Decimal(5), 1, sum((s * s for s in scores), Decimal())))
    assert (found.value, found.sum_of_squares) == (Decimal("4.1"), Decimal("91.25"))
    assert found.lower_95 is not None and float(found.lower_95) == pytest.approx(4.1 - 2.776445105 * (7.2 / 20) ** 0.5)


def test_observed_over_expected_deaths_is_the_gap() -> None:
    asked = rate(events={"events": "deaths"}, **{"compared with": "general population"})
    found = value(asked, Tally(Decimal(30), Decimal(365250), expected=Decimal(10)))
    assert (found.expected, found.ratio) == (10, 3)
    assert found.ratio_lower_95 is not None and float(found.ratio_lower_95) == pytest.approx(2.02369, abs=1e-5)
    unsaid = value(asked, Tally(Decimal(30), Decimal(365250), expected=None))
    assert unsaid.value is not None
    assert (unsaid.expected, unsaid.ratio, unsaid.ratio_upper_95) == (None, None, None)


def test_nobody_to_measure_is_insufficient_and_never_nought_per_cent() -> None:
    for asked in (
        definition(numerator=ALIVE),
        definition(measure="mean", value={"how many": [ALIVE]}),
        rate(events={"events": "deaths"}, **{"compared with": "general population"}),
    ):
        found = value(asked, Tally(unknown=2))
        assert (found.denominator, found.unknown) == (0, 2)
        assert (found.value, found.lower_95, found.upper_95, found.ratio) == (None, None, None, None)
        assert found.evidence is Evidence.INSUFFICIENT


def test_what_is_missing_has_no_numbers_at_all() -> None:
    found = value(definition(numerator=ALIVE), Tally(Decimal(1), Decimal(2)), Evidence.MISSING)
    assert (found.numerator, found.denominator, found.unknown, found.value) == (None, None, None, None)
    assert found.evidence is Evidence.MISSING


def test_whoever_is_not_listed_is_in_the_totals() -> None:
    cells = {
        ("s", "p"): Tally(Decimal(1), Decimal(1)),
        ("t", "q"): Tally(Decimal(0), Decimal(1)),
        ("s", None): Tally(Decimal(1), Decimal(1)),
    }
    found = estimates(definition(numerator=ALIVE), [(QUARTER, cells)], ["s"], ["p"], Evidence.FINAL)
    counts = {(v.segment, v.provider): (v.numerator, v.denominator) for v in found}
    assert counts == {("all", "all"): (2, 3), ("all", "p"): (1, 1), ("s", "all"): (2, 2), ("s", "p"): (1, 1)}


def test_values_carry_what_makes_them_one_and_not_another() -> None:
    found = value(definition(numerator=ALIVE), Tally(Decimal(1), Decimal(3)))
    assert found.key == ("asked", "s", "p", date(2026, 4, 1), date(2026, 6, 30))
    assert str(found.value) == "0.3333333333"


@pytest.mark.parametrize(
    ("asked", "tables"),
    [
        (definition(numerator=ALIVE), {"people", "deaths"}),
        (definition(counts="carer", numerator={"age": [0, 17], "at": "anchor"}), {"carers", "people"}),
        (
            definition(
                denominator={"event": "reviews", "who": {"not": {"open": "spells", "on": "anchor"}}},
                numerator={"any": [{"own": "carer_attended", "has": "Y"}, {"alive": "anchor"}]},
            ),
            {"reviews", "spells", "deaths"},
        ),
        (rate(events={"events": "emergency_attendances"}), {"emergency_attendances", "deaths"}),
        (
            definition(
                measure="mean",
                value={"total": "scores.score", "items": "a", "between": ["anchor", "anchor"], "ties": "higher"},
            ),
            {"people", "scores"},
        ),
    ],
)
def test_a_definition_knows_which_tables_it_needs(asked: IndicatorDefinition, tables: set[str]) -> None:
    assert tables_of(asked) == tables
