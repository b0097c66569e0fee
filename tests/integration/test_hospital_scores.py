"""A thousand published scores reproduced, and the money that follows them: what is withheld is paid, to the cent."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from obc.domain.contract.agreement.contract_years import contract_years
from obc.domain.money.payment.evaluation import evaluate
from obc.domain.money.payment.published import PublishedValues
from obc.domain.money.settlement.ledger import balances
from obc.domain.money.settlement.replay import deviations
from obc.domain.money.settlement.settlement import settle
from obc.domain.money.settlement.verification import faults
from obc.domain.outcomes.scoring.evidenced import Evidenced
from obc.loaders.contract import load_contract
from obc.loaders.published_values import read_published
from obc.services.settle import settle_published

CONTRACT = load_contract("cms-hospital-value-based-purchasing")
RULES, MAPPING = CONTRACT.mechanism, CONTRACT.published
assert RULES is not None and MAPPING is not None
TOTAL = "total performance score"


@pytest.fixture(scope="module")
def values(data_file: Callable[[str], Path]) -> PublishedValues:
    return read_published(data_file("hvbp_fy2021_sample.csv"), MAPPING, RULES)


def test_every_total_performance_score_to_nine_places(values: PublishedValues) -> None:
    done = evaluate(RULES, values.inputs, values.years)
    assert values.paid is not None
    for i in range(len(done)):
        published, ours = values.paid[i], done[TOTAL][i]
        assert published is not None and ours is not None
        assert abs(ours - published) < Fraction(1, 10**9)
    domains = [item.input for item in RULES.inputs]
    three = sum(any(values.inputs[name][i] is None for name in domains) for i in range(len(done)))
    assert (len(done), three) == (1000, 194)


def test_the_comparison_counts_them(values: PublishedValues) -> None:
    comparison = settle_published(CONTRACT, values).comparison
    assert comparison is not None and comparison.differences == ()
    assert (comparison.paid.equal, comparison.paid.of, comparison.nothing_to_compare) == (1000, 1000, 0)


def test_all_that_was_withheld_is_paid_by_the_slope(values: PublishedValues) -> None:
    done, settlements = settle(RULES, values.inputs, values.parties, values.years)
    withheld = sum(one.pot_minor or 0 for one in settlements)
    assert sum(one.payable_minor or 0 for one in settlements) == withheld == 1000 * 2_000_000
    assert balances(entry for one in settlements for entry in one.entries)["commissioner"] == -withheld
    for i, one in enumerate(settlements):
        exact = done["incentive rate"][i] * done["base payments"][i] * 100
        assert abs(one.payable_minor - exact) <= Fraction(3, 2)  # its own cents, then one of the largest remainders


def test_two_domains_are_too_few_and_nothing_is_withheld() -> None:
    inputs = {item.input: Evidenced.of([50, 60 if i < 2 else None]) for i, item in enumerate(RULES.inputs)}
    done, settlements = settle(RULES, inputs, ["a", "b"], [2021, 2021])
    assert (done[TOTAL][0], done[TOTAL][1], done["withheld"][1]) == (50, None, None)
    assert [one.payable_minor for one in settlements] == [2_000_000, None]


def test_the_statement_holds_and_can_be_worked_out_again() -> None:
    inputs = {item.input: Evidenced.of([50, 60, 40]) for item in RULES.inputs}
    published = PublishedValues(("a", "b", "c"), (2021,) * 3, inputs, None, "sha256:" + "0" * 64)
    statement = settle_published(CONTRACT, published).statement("test")
    assert faults(statement.document) == ()
    days = contract_years(CONTRACT.agreement)
    assert deviations(statement, RULES, None, {}, CONTRACT.period, days) == ()
