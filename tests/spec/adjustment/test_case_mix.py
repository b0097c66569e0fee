"""Allowing for the mix of people: a model is fitted, refused in words, frozen, and says what is expected."""

from datetime import date
from decimal import Decimal
from math import exp, log

import pytest

from indicator_engines import definition
from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.indicators.strata import Strata, StratumCount
from obc.domain.measurement.indicators.values import IndicatorValue
from obc.domain.outcomes.adjustment.case_mix import CaseMix, meaning_of
from obc.domain.outcomes.adjustment.expecting import expected_of, with_expected
from obc.domain.outcomes.adjustment.fitting import Fitted, Refused, checked, fit
from obc.domain.outcomes.adjustment.providers import adjust_providers
from obc.domain.outcomes.scoring.judging import figure_of
from obc.loaders.case_mix import write_case_mix
from obc.loaders.whole import read_whole

YEAR = Period(start=date(2026, 4, 1), end=date(2027, 3, 31))
BY_NEED = definition(numerator={"alive": "anchor"}, **{"adjusted by": ["segment"]})
BY_BOTH = definition(numerator={"alive": "anchor"}, **{"adjusted by": [{"factor": "age", "from ages": [50]}, "sex"]})


def count(levels: str, events: int, people: int, provider: str | None = "P1", segment: str = "s") -> StratumCount:
    return StratumCount(
        indicator="asked",
        period_start=YEAR.start,
        period_end=YEAR.end,
        segment=segment,
        provider=provider,
        levels=tuple(levels.split("/")),
        numerator=events,
        denominator=people,
    )


# mild: 80 of 100, severe: 50 of 200; P1 has mostly mild, P2 mostly severe people, each doing as everybody does
MIX = [
    count("mild", 64, 80, "P1"),
    count("mild", 16, 20, "P2"),
    count("severe", 10, 40, "P1"),
    count("severe", 40, 160, "P2"),
]


def fitted(counts=MIX, asked=BY_NEED) -> Fitted:
    found = fit(asked, counts, YEAR)
    assert isinstance(found, Fitted), found
    return found


def refused(counts, asked=BY_BOTH) -> str:
    found = fit(asked, counts, YEAR)
    assert isinstance(found, Refused)
    return found.reason


def test_the_odds_by_hand():
    # the commonest kind, severe, is the reference: odds 50 : 150; mild 80 : 20, twelve times as much
    model = fitted().model
    assert (model.cases, model.events) == (300, 130)
    assert float(model.constant) == pytest.approx(log(1 / 3))
    (factor,) = model.factors
    assert (factor.reference, [effect.level for effect in factor.effects]) == ("severe", ["mild"])
    assert float(factor.effects[0].coefficient) == pytest.approx(log(12))
    # 80 · 150 pairs the right way round, 50 · 20 the wrong one, the others alike: (12,000 + 10,000 / 2) / 22,100
    assert float(model.c_statistic) == pytest.approx((80 * 150 + (80 * 20 + 50 * 150) / 2) / (130 * 170))


def test_adjusting_takes_away_a_difference_in_mix():
    everybody, first, second = adjust_providers(MIX, ["P1", "P2"], fitted().model)
    assert (round(first.crude.value, 3), round(second.crude.value, 3)) == (0.617, 0.311), (
        "unadjusted, P1 looks twice as good"
    )
    for one in (everybody, first, second):
        assert one.ratio.value == pytest.approx(1)
        assert one.adjusted.value == pytest.approx(130 / 300)
        assert one.direct.value == pytest.approx(130 / 300)
        assert one.indirect.value == pytest.approx(1)
        assert one.position == 0


def test_adjusting_keeps_a_true_difference():
    better = [*MIX[:2], count("severe", 30, 40, "P1"), MIX[3]]
    _, first, second = adjust_providers(better, ["P1", "P2"], fitted().model)
    assert first.ratio.value == pytest.approx((64 + 30) / (80 * 0.8 + 40 * 0.25))
    assert first.position == 2
    assert second.position == 0


def test_what_a_provider_without_one_kind_can_and_cannot_be_told():
    only_mild = [count("mild", 70, 100, "P1"), count("mild", 10, 20, "P2"), count("severe", 40, 160, "P2")]
    _, first, second = adjust_providers(only_mild, ["P1", "P2", "P3"], fitted().model)
    assert (first.direct.value, first.direct.reason) == (
        None,
        "a stratum of the standard population has no people here",
    )
    assert first.ratio.value == pytest.approx(70 / 80)
    assert second.direct.value is not None


def test_a_kind_the_model_has_never_seen_is_not_guessed():
    counts = [*MIX, count("moderate", 3, 5, "P2")]
    model = fitted().model
    assert expected_of(model, counts).strange == ("segment: moderate",)
    everybody, first, second = adjust_providers(counts, ["P1", "P2"], model)
    assert (everybody.ratio.value, second.ratio.value) == (None, None)
    assert second.ratio.reason == "the model has never seen segment: moderate"
    assert first.ratio.value == pytest.approx(1)
    calibrated, c = checked(model, counts)
    assert calibrated.cases.sum() == 300
    assert c == pytest.approx(float(model.c_statistic))


def test_without_a_model_the_standardised_figures_stand():
    _, first, _ = adjust_providers(MIX, ["P1", "P2"], None)
    assert (first.ratio.value, first.ratio.reason) == (None, "there is no case-mix model")
    assert first.direct.value == pytest.approx(130 / 300)
    assert first.limits is None


def test_ages_stand_in_their_order_and_not_known_comes_last():
    counts = [
        count("50 and over/1", 10, 30),
        count("under 50/1", 20, 40),
        count("not known/1", 5, 9),
        count("under 50/2", 10, 40),
        count("50 and over/not known", 4, 9),
    ]
    age, sex = fitted(counts, BY_BOTH).model.factors
    assert (age.reference, [one.level for one in age.effects]) == ("under 50", ["50 and over", "not known"])
    assert (sex.reference, [one.level for one in sex.effects]) == ("1", ["2", "not known"])


def test_few_events_for_many_effects_are_a_doubt():
    counts = [count("under 50/1", 4, 30), count("under 50/2", 5, 30), count("50 and over/1", 6, 30)]
    assert fitted(counts, BY_BOTH).doubts == (
        "15 people have (or have not) the outcome, for 2 effects: with fewer than 10 for each the effects may be "
        "chance",
    )
    assert fitted().doubts == ()


def test_a_factor_at_which_everybody_stands_alike_is_a_doubt():
    counts = [count("under 50/1", 40, 100), count("under 50/2", 50, 100)]
    assert fitted(counts, BY_BOTH).doubts == ("everybody is at 'age: under 50', so that it tells nobody apart",)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([], "nobody is counted from 1 April 2026 to 31 March 2027"),
        ([count("under 50/1", 0, 9)], "nobody of 9 has the outcome"),
        ([count("under 50/1", 9, 9)], "everybody of 9 has the outcome"),
        (
            [count("under 50/1", 20, 40), count("under 50/2", 5, 10), count("50 and over/1", 7, 7)],
            "all of 7 at 'age: 50 and over' have the outcome, so that no chance can be put to it: put the level "
            "together with another, or leave it out",
        ),
        (
            [count("under 50/1", 20, 40), count("under 50/2", 0, 10), count("50 and over/1", 4, 7)],
            "none of 10 at 'sex: 2' have the outcome, so that no chance can be put to it: put the level together with "
            "another, or leave it out",
        ),
        (
            [count("under 50/1", 20, 40), count("50 and over/2", 5, 10)],
            "some levels always go together, so that nobody can tell their effects apart: adjust by one factor less",
        ),
    ],
)
def test_what_cannot_be_fitted_is_said_in_words(counts, words):
    assert refused(counts) == words


def test_separation_by_several_levels_together_names_them():
    # only people over 50 who are men, or women under 50, differ: neither factor separates alone
    counts = [
        count("under 50/1", 0, 20),
        count("50 and over/1", 5, 10),
        count("under 50/2", 6, 12),
        count("50 and over/2", 8, 8),
    ]
    told = refused(counts)
    assert told.startswith("people who share 'age: 50 and over' and 'sex: 2' all have the outcome, or none of them has")


def test_a_definition_that_is_not_adjusted_is_a_wrong_call():
    with pytest.raises(ValueError, match="is not adjusted by anything"):
        fit(definition(numerator={"alive": "anchor"}), MIX, YEAR)


def test_the_file_says_what_was_fitted(tmp_path):
    frozen = CaseMix(agreed=date(2026, 3, 1), source='a "quoted" test', models=(fitted().model,))
    again = read_whole(write_case_mix(frozen, tmp_path), CaseMix)
    assert again == frozen
    assert again.model("asked").chance(("mild",)) == pytest.approx(0.8)
    assert again.model("another") is None


def test_the_meaning_of_a_definition_is_not_its_words():
    assert meaning_of(BY_NEED) == meaning_of(BY_NEED.model_copy(update={"title": "Another", "owner": "else"}))
    assert meaning_of(BY_NEED) != meaning_of(BY_NEED.model_copy(update={"direction": "lower is better"}))


def value(numerator: int, denominator: int, **others) -> IndicatorValue:
    return IndicatorValue(
        indicator=others.pop("indicator", "asked"),
        period_start=YEAR.start,
        period_end=YEAR.end,
        numerator=Decimal(numerator),
        denominator=Decimal(denominator),
        value=Decimal(numerator) / Decimal(denominator),
        evidence=Evidence.FINAL,
        **others,
    )


def test_values_say_what_was_expected_and_can_be_judged_by_it():
    frozen = CaseMix(source="a test", models=(fitted().model,))
    given = (value(130, 300), value(74, 120, provider="P1"), value(1, 2, indicator="another"))
    whole, first, other = with_expected(given, Strata(counts=tuple(MIX)), frozen)
    assert (whole.expected, whole.ratio) == (130, 1)
    assert first.expected == 74
    assert first.ratio_lower_95 < first.ratio < first.ratio_upper_95
    assert other.ratio is None
    assert figure_of(first, "ratio")[0] == 1
    assert with_expected(given, Strata(), None) == given


def test_a_value_of_strange_people_cannot_be_judged_by_what_was_expected():
    frozen = CaseMix(source="a test", models=(fitted().model,))
    counts = Strata(counts=(*MIX, count("moderate", 1, 5)))
    (whole,) = with_expected([value(131, 305)], counts, frozen)
    assert (whole.value is not None, whole.expected, whole.ratio) == (True, None, None)
    assert figure_of(whole, "ratio").state() == Evidence.INSUFFICIENT


def test_the_chance_is_that_of_the_logistic_curve():
    model = fitted().model
    assert model.chance(("severe",)) == pytest.approx(1 / (1 + exp(-float(model.constant))))
    assert model.chance(("nobody",)) is None
