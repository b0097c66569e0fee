"""The year's end from the quarters so far: scored, settled and spread, run by run."""

from fractions import Fraction
from math import comb

import pytest
from pydantic import ValidationError

from ahead_samples import BEFORE, INDICATOR, YEAR, quarters
from obc.bootstrap.contracts import load_contract
from obc.domain.contract.agreement.change import Change
from obc.domain.contract.variations.scenario import Scenario, Turn
from obc.domain.core.kernel.problem import Problems
from obc.services.forecast import estimates, forecast_scenario, forecast_year

RUNS = 20_000


@pytest.fixture(scope="module")
def contract():
    return load_contract("template")


def _ahead(contract, values, **more):
    return forecast_year(contract, values, 1, RUNS, 1, **more)


def test_a_measured_year_is_certain(contract):
    made = _ahead(contract, quarters(YEAR, [(30, 40)] * 4, whole=(123, 160)))
    assert (made.quarters_known, made.earned.mean_minor, made.earned.low_90_minor) == (4, 60_000_000, 60_000_000)
    assert made.fan[-1].earned == made.earned
    assert made.central.earned_minor == 60_000_000


def test_four_quarters_without_the_year_come_to_the_same(contract):
    made = _ahead(contract, quarters(YEAR, [(30, 40), (31, 40), (31, 40), (31, 40)]))
    assert (made.earned.low_90_minor, made.earned.high_90_minor) == (60_000_000, 60_000_000)


def test_the_chance_of_each_level_is_that_of_the_beta_binomial(contract):
    """92 of 120 are known; the year's 160 reach 70 % with 112, 75 % with 120, 80 % with 128."""
    made = _ahead(contract, quarters(YEAR, [(30, 40), (31, 40), (31, 40)]))
    chances = {one.level: float(one.chance) for one in made.outcomes[0].levels}
    from math import exp, lgamma

    def beta(a, b):
        return lgamma(a) + lgamma(b) - lgamma(a + b)

    def chance(k):
        return comb(40, k) * exp(beta(92.5 + k, 28.5 + 40 - k) - beta(92.5, 28.5))

    expected = {
        "below good": sum(chance(k) for k in range(20)),
        "good": sum(chance(k) for k in range(20, 28)),
        "improved": sum(chance(k) for k in range(28, 36)),
        "excellent": sum(chance(k) for k in range(36, 41)),
    }
    for level, share in expected.items():
        assert chances[level] == pytest.approx(share, abs=4 * (share * (1 - share) / RUNS) ** 0.5 + 1e-4)
    pounds = 300_000 * expected["good"] + 600_000 * expected["improved"] + 1_000_000 * expected["excellent"]
    assert made.earned.mean_minor / 100 == pytest.approx(pounds, rel=0.01)


def test_the_fan_narrows(contract):
    before = quarters(BEFORE, [(300, 400)] * 4).values
    known = quarters(YEAR, [(306, 400), (311, 400), (309, 400)])
    made = _ahead(contract, known.model_copy(update={"values": (*before, *known.values)}))
    assert [one.quarters for one in made.fan] == [0, 1, 2, 3]
    widths = [one.earned.high_90_minor - one.earned.low_90_minor for one in made.fan]
    assert widths == sorted(widths, reverse=True)


def test_every_run_conserves_the_pot(contract):
    made = _ahead(contract, quarters(YEAR, [(30, 40), (31, 40)]))
    assert sum(one.received.mean_minor for one in made.accounts) == 0


def test_one_person_more_is_worth_the_step_times_the_chance_of_reaching_it(contract):
    made = _ahead(contract, quarters(YEAR, [(30, 40), (31, 40), (31, 40)]), with_worth=True)
    (one,) = made.worth
    assert one.indicator == INDICATOR and 0 < one.moves < 1
    gains = {gain.account: gain.worth_minor for gain in one.gains}
    assert gains["provider-of-care"] == -gains["commissioner"] > 0
    assert gains["provider-of-care"] <= one.moves * 40_000_000 + 1


def test_where_everything_is_certain_one_more_is_worth_nothing(contract):
    assert _ahead(contract, quarters(YEAR, [(30, 40)] * 4, whole=(123, 160)), with_worth=True).worth == ()


def test_same_seed_same_forecast_another_seed_another(contract):
    values = quarters(YEAR, [(30, 40), (31, 40)])
    assert _ahead(contract, values) == _ahead(contract, values)
    assert _ahead(contract, values) != forecast_year(contract, values, 1, RUNS, 2)


def test_of_too_few_cases_nothing_is_forecast(contract):
    with pytest.raises(Problems, match="too few cases"):
        _ahead(contract, quarters(YEAR, [(3, 4), (3, 4)]))


def test_estimates_begin_with_the_first_that_can_be_made(contract):
    made = estimates(contract, quarters(YEAR, [(30, 40), (31, 40)]), 1, 500, 1)
    assert sorted(made) == [0, 1, 2] and made[0] == made[1]


def test_a_scenario_changes_contract_and_year(contract):
    values = quarters(YEAR, [(30, 40), (31, 40)])
    smaller = Change(file="payment.yaml", at="figures / pot of the year / is", reads="500_000")
    half = forecast_scenario(contract, Scenario(title="half", source="x", contract=(smaller,)), values, 1, RUNS, 1)
    assert half.earned.mean_minor * 2 == pytest.approx(_ahead(contract, values).earned.mean_minor, abs=2)
    better = Scenario(title="better", source="x", rest_of_year=(Turn(indicator=INDICATOR, times=Fraction(11, 10)),))
    assert forecast_scenario(contract, better, values, 1, RUNS, 1).earned.mean_minor > half.earned.mean_minor


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"rest_of_year": (Turn(indicator="happiness", times=1),)}, "happiness"),
        ({"rest_of_year": (Turn(indicator=INDICATOR, segment="psychosis", times=1),)}, "psychosis"),
        ({"contract": (Change(file="payment.yaml", at="figures / pot of the yaer / is", reads="5"),)}, "yaer"),
        ({"contract": (Change(file="payments.yaml", at="figures", reads="5"),)}, "payments.yaml"),
        ({"contract": (Change(file="payment.yaml", at="steps / incentive pot / unearned", reads="away"),)}, "away"),
        ({"contract": (Change(file="payment.yaml", at="steps / 9 / unearned", reads="away"),)}, "'9'"),
        ({"contract": (Change(file="payment.yaml", at="steps / incentive pot / why"),)}, "why"),
        ({"contract": (Change(file="payment.yaml", at="steps / incentive pot / pool / x", reads="y"),)}, "'x'"),
        ({"contract": (Change(file="framework.yaml", at="outcomes / 1 / pays from", reads="year 9"),)}, "year 9"),
        ({"contract": (Change(file="payment.yaml", at="steps / 3 / paid by", reads="nobody"),)}, "nobody"),
    ],
)
def test_a_scenario_that_speaks_of_what_is_nowhere_is_refused(contract, change, found):
    with pytest.raises(Problems) as refused:
        forecast_scenario(contract, Scenario(title="t", source="x", **change), quarters(YEAR, [(30, 40)]), 1, RUNS, 1)
    assert found in str(refused.value)


def test_a_scenario_says_something_once():
    with pytest.raises(ValidationError, match="changes nothing"):
        Scenario(title="t", source="x")
    turn = Turn(indicator=INDICATOR, times=1)
    with pytest.raises(ValidationError, match="turn twice"):
        Scenario(title="t", source="x", rest_of_year=(turn, turn))


def test_what_cannot_be_forecast_is_refused(contract):
    values = quarters(YEAR, [(30, 40)])
    with pytest.raises(Problems, match="nothing to pay in year 9"):
        forecast_year(contract, values, 9, RUNS, 1)
    with pytest.raises(Problems, match="no values of it"):
        forecast_year(contract, quarters(YEAR, []), 1, RUNS, 1)
    with pytest.raises(Problems, match="measure again"):
        forecast_year(contract, values.model_copy(update={"definitions_hash": "sha256:other"}), 1, RUNS, 1)
    with pytest.raises(Problems, match="no mechanism"):
        forecast_year(contract.model_copy(update={"mechanism": None}), values, 1, RUNS, 1)
