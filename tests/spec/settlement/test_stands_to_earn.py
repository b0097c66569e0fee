"""What each party stands to earn in a year: settled at the least, on target and at the most, by the contract itself."""

from decimal import Decimal
from fractions import Fraction

import pytest

from managed_samples import town
from obc.domain.contract.agreement.change import Change
from obc.domain.contract.variations.changed import changed
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.indicators.values import ALL, IndicatorValue
from obc.loaders.contract import load_contract
from obc.services.stands_to_earn import keepers, stakes

OXFORDSHIRE = "oxfordshire-mental-health"
FIVE, TEN = Fraction(5, 100), Fraction(10, 100)
POUND = 100


def kept(contract, year: int, spread=FIVE, last=None) -> dict[str, int]:
    """What is left to the providers together, after what care costs, in whole pounds."""
    found = stakes(contract, (year,), spread, last)
    return {one.case: one.kept(keepers(contract)) // POUND for one in found}


def varied(*changes: tuple[str, str]):
    made = [Change(file="payment.yaml", at=at, reads=reads) for at, reads in changes]
    return changed(load_contract(OXFORDSHIRE), made, "a draft")


def test_a_pot_alone_can_only_be_won():
    """The town's pot of £100,000 is shared by two providers; what is not earned goes to the night shelter."""
    (least, target, most) = stakes(town(), (1,), FIVE)
    assert least.kept(keepers(town())) == 0 and least.accounts["night-shelter"] == 100_000 * POUND
    assert 0 < target.kept(keepers(town())) < most.kept(keepers(town())) == 100_000 * POUND
    assert most.accounts["day-centre"] == most.accounts["home-team"] == 50_000 * POUND
    for one in (least, target, most):
        assert sum(one.accounts.values()) == 0, "what one receives another pays"
        assert one.cost_minor is None and one.waits == ()


@pytest.mark.parametrize(
    ("draft", "least", "target", "most"),
    [
        ((), -1_298_850, 840_000, 3_000_000),
        ((("figures / pot of the year / is / from year 4", "4_000_000"),), -1_298_850, 1_120_000, 4_000_000),
        ((("steps / rate kept / points / 2 / gives / from year 4", "80 %"),), -1_632_840, 840_000, 3_000_000),
        ((("steps / rate kept / points / 2 / gives / from year 4", "0"),), -742_200, 840_000, 3_000_000),
    ],
)
def test_a_share_of_losses_lowers_the_least_and_a_larger_pot_raises_the_most(draft, least, target, most):
    """Year 4, an envelope of £37,110,000 and costs 5 % above or below it: the providers bear 2 % whole and the next 3 %
    at the agreed rate. What they save is put back into care, so it is not theirs to keep."""
    assert kept(varied(*draft), 4) == {"at least": least, "on target": target, "at most": most}


def test_how_far_costs_turn_out_is_the_readers_to_say():
    contract = load_contract(OXFORDSHIRE)
    assert kept(contract, 4, Fraction(0))["at least"] == 0
    assert kept(contract, 4, TEN)["at least"] == -(742_200 + 742_200)


def test_last_years_figures_are_settled_as_they_were():
    """Carers' strain excellent, all else not measured: what was not measured earns no points, and is not nought."""
    contract = load_contract(OXFORDSHIRE)
    period = contract.period(2)
    strain = IndicatorValue.model_validate(
        {
            "indicator": "carer-strain",
            "segment": ALL,
            "period_start": period.start,
            "period_end": period.end,
            "measure": "mean",
            "value": Decimal("11.0"),
            "denominator": Decimal(400),
            "evidence": Evidence.FINAL,
        }
    )
    found = kept(contract, 4, last={("carer-strain", ALL): strain})
    assert list(found) == ["at least", "as last year", "on target", "at most"]
    assert 0 < found["as last year"] < found["at most"]
    assert "as last year" not in kept(contract, 4)


def test_what_hangs_on_a_published_file_cannot_be_worked_out_in_advance():
    assert stakes(load_contract("richmond-community"), (2,), FIVE) is None
