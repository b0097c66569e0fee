"""Evidence: computation and judgement apart; interventions valued with caution; options scored and turned."""

from fractions import Fraction

import pytest

from finance_samples import worked, worked_case_file
from obc.domain.money.finance.projection import projected
from obc.domain.programme.case_for_change.appraisal import Appraisal, OptionScores, Scored, Weight, appraised
from obc.domain.programme.case_for_change.comparison import compared
from obc.domain.programme.case_for_change.interventions import (
    Discounting,
    Economics,
    Intervention,
    Interventions,
    valued,
)
from obc.domain.programme.case_for_change.literature import benchmark
from obc.domain.programme.case_for_change.measures import audit
from obc.domain.programme.case_for_change.need import Practice, Practices, variation
from obc.domain.programme.case_for_change.questions import Question, checklist


def test_nine_studies_five_savings_three_carried_over():
    found = benchmark(worked_case_file().literature)
    assert (found.studies, found.with_savings) == (9, 5)
    assert (found.quantified_low, found.quantified_high) == (Fraction("0.05"), Fraction("0.29"))
    used = {row.title: (row.low, row.high) for row in found.rows if row.used}
    assert used == {
        "La Ribera": (Fraction("0.2"), Fraction("0.2")),
        "PACE": (Fraction("0.04"), Fraction("0.12")),
        "Vittorio Veneto and Rovereto": (None, Fraction("0.116")),  # printed as 12 %
    }


def test_the_judged_range_is_kept_apart_from_what_the_rows_support():
    found = benchmark(worked_case_file().literature)
    assert (found.judged_low, found.judged_high) == (Fraction("0.1"), Fraction("0.15"))
    assert (found.judged_for, found.used_for) == ("older people's services", "mental health")
    assert (found.supported_low, found.supported_high) == (Fraction("0.04"), Fraction("0.2"))
    assert found.holds_low == ("PACE", "Vittorio Veneto and Rovereto")
    assert found.holds_high == ()


def interventions(economics, **terms):
    given = {"rate": "10 %", "costs_up": "0", "benefits_down": "0", "years": 2, "source": "test"} | terms
    one = Intervention(id="one", title="One", place="here", effects=("better",), economics=economics, source="test")
    return Interventions(terms=Discounting(**given), interventions=(one,))


def test_the_present_value_discounts_each_year_and_leans_against_optimism():
    economics = Economics(set_up="100", running="11", benefit="121", source="test")
    (plain,) = valued(interventions(economics))
    # 110 / 1.1 + 110 / 1.21 − 100, in pence.
    assert plain.net_minor == plain.net_without_bias_minor == 9_091
    (careful,) = valued(interventions(economics, costs_up="10 %", benefits_down="20 %"))
    assert careful.net_minor == round(121 * 0.8 / 1.1 * 100 + 121 * 0.8 / 1.21 * 100 - 110 * 100 - 1_100 - 1_000)
    assert careful.net_without_bias_minor == plain.net_minor


def test_what_is_not_costed_is_not_worth_nothing():
    (found,) = valued(interventions(None))
    assert (found.net_minor, found.breaks_even) == (None, None)


def appraisal(cost):
    rest = 1 - Fraction(cost)
    scores = {
        "do nothing": (1, 5, 0),
        "do nothing with efficiency savings": (1, 2, 2),
        "outcomes based": (4, 2, 5),
    }
    names = ("benefit", "deliverability", "strategic fit")
    return Appraisal(
        weights=(
            Weight(criterion="cost", weight=cost),
            *(Weight(criterion=name, weight=str(rest / 3)) for name in names),
        ),
        options=tuple(
            OptionScores(
                option=option,
                scores=tuple(Scored(criterion=n, score=s, because="test") for n, s in zip(names, given, strict=True)),
            )
            for option, given in scores.items()
        ),
        scored_by="nobody",
        source="test",
    )


def test_cost_is_scored_by_the_projection_and_turns_the_order_when_it_weighs_enough():
    options = compared(projected(worked()))
    found = appraised(appraisal("1/4"), options)
    assert found.options[0].option == "outcomes based"
    cheapest = next(one for one in found.options if one.option == "do nothing with efficiency savings")
    assert cheapest.scores[0][:2] == ("cost", 5)
    ((at, first),) = found.turns
    assert first == "do nothing with efficiency savings"
    below, above = (appraised(appraisal(str(at + d)), options) for d in (Fraction(-1, 100), Fraction(1, 100)))
    assert (below.options[0].option, above.options[0].option) == ("outcomes based", first)


def test_an_audit_without_measures_has_no_share():
    assert audit(()).outcomes is None
    found = audit(worked_case_file().measures)
    assert dict(found.counts) == {"input": 0, "process": 4, "output": 1, "outcome": 0}
    assert found.outcomes == 0


def test_practices_beyond_chance_are_named():
    practices = [("usual-a", 50), ("usual-b", 55), ("usual-c", 48), ("far", 200)]
    given = Practices(
        what="people referred",
        practices=tuple(Practice(practice=name, referred=referred, people=1_000) for name, referred in practices),
        source="test",
    )
    found = variation(given)
    assert (found.lowest, found.highest, found.times) == (Fraction("0.048"), Fraction("0.2"), Fraction(25, 6))
    assert "far" in found.beyond_chance


@pytest.mark.parametrize(
    ("answers", "go"), [((), False), (("yes", "partly"), True), (("yes", "open"), False), (("no",), False)]
)
def test_no_question_open_or_no_is_a_go(answers, go):
    questions = tuple(
        Question(id=f"q-{i}", asks="?", answer=one, why="test", next="go", evidence=({"document": "x"},), source="test")
        for i, one in enumerate(answers)
    )
    assert checklist(questions).go is go
