"""Who holds the contract: a consortium and a specialist integrator, whose terms flow down to the last subcontractor."""

import json
from collections import defaultdict

import pytest

from command import obc
from obc.domain.money.settlement.settlement import Settlement
from obc.domain.money.settlement.verification import faults
from obc.loaders.contract import check_contract, load_contract
from obc.loaders.published_values import read_published
from obc.reports.names import Names
from obc.reports.settled import Settled as Reported
from obc.services.settle import Settled, settle_published
from places import ROOT

SMALL = ROOT / "tests" / "small_contracts"
CONSORTIUM, INTEGRATOR = "consortium", "specialist-integrator"


def _settled(name: str) -> Settled:
    contract = load_contract(str(SMALL / name))
    assert contract.mechanism is not None and contract.published is not None
    return settle_published(
        contract, read_published(SMALL / name / "returns.csv", contract.published, contract.mechanism)
    )


def _left(one: Settlement, line: str | None = None) -> dict[str, int]:
    """What each account has in the end, under one line or all."""
    found: dict[str, int] = defaultdict(int)
    for entry in one.entries:
        if line in (None, entry.line):
            found[entry.debit] += entry.amount_minor
            found[entry.credit] -= entry.amount_minor
    return {name: amount for name, amount in found.items() if amount}


@pytest.mark.parametrize("name", [CONSORTIUM, INTEGRATOR])
def test_the_contract_is_sound_and_no_penny_is_lost(name: str) -> None:
    assert check_contract(str(SMALL / name)) == ()
    done = _settled(name)
    assert faults(done.statement("test").document) == ()
    for one in done.settlements:
        assert sum(_left(one).values()) == 0
        assert "outcomes pot" not in _left(one)


def test_a_consortium_keeps_nothing_and_each_member_has_its_ninths() -> None:
    """£10,000,000.01 in ninths: 4, 2, 2 and 1; the two pennies over go to the largest remainders."""
    first, _ = _settled(CONSORTIUM).settlements
    assert _left(first, "budget of the year") == {
        "valley-health": -714_285_715,
        "valley-council": -285_714_286,
        "community-trust": 444_444_445,
        "hospice": 222_222_223 - 74_074_074,
        "night-sitters": 74_074_074,
        "home-care": 222_222_222 - 27_777_778,
        "meals": 27_777_778,
        "carers-centre": 111_111_111,
    }
    assert first.payable_minor == first.passed_on_minor


def test_a_loss_comes_back_from_the_last_subcontractor() -> None:
    """Half of the £100,000.07 overspent, rounded up by the half penny: £50,000.04 owed by all in the same shares."""
    _, second = _settled(CONSORTIUM).settlements
    owed = _left(second, "loss payment")
    assert owed == {
        "valley-health": 3_571_431,
        "valley-council": 1_428_573,
        "community-trust": -2_222_224,
        "hospice": -(1_111_112 - 370_371),
        "night-sitters": -370_371,
        "home-care": -(1_111_112 - 138_889),
        "meals": -138_889,
        "carers-centre": -555_556,
    }


def test_an_integrator_keeps_its_fee_of_the_budget_and_nothing_of_the_outcomes() -> None:
    (one,) = _settled(INTEGRATOR).settlements
    assert _left(one, "budget of the year") == {
        "commissioner": -700_000_001,
        "harbour-links": 21_000_000,
        "harbour-hospital": 339_500_001,
        "physiotherapy": 203_700_000,
        "pain-service": 135_800_000 - 19_400_000,
        "self-help": 19_400_000,
    }
    assert _left(one, "outcomes payment") == {
        "commissioner": -23_100_000,
        "harbour-hospital": 9_240_000,
        "physiotherapy": 8_085_000,
        "pain-service": 5_775_000 - 825_000,
        "self-help": 825_000,
    }
    assert _left(one, "deduction")["harbour-links"] == -36_900  # 3 % of 41 × £300


@pytest.mark.parametrize("name", [CONSORTIUM, INTEGRATOR])
def test_the_picture_of_the_flow_reaches_every_provider(name: str) -> None:
    done = _settled(name)
    names = Names(done.contract)
    statement = done.statement("test")
    for account in statement.settlements:
        chart = Reported(account, names).chart_of_flow()
        shown = {cell for row in chart.table.rows for cell in row[:2]}
        assert {names.account(provider.id) for provider in done.contract.agreement.providers} <= shown


def test_the_command_settles_a_folder_of_ones_own() -> None:
    folder = SMALL / INTEGRATOR
    said = obc("settle", folder, "--values", folder / "returns.csv", "--format", "json")
    assert said.status == 0
    (one,) = json.loads(said.out)["settlements"]
    assert (one["payable_minor"], one["passed_on_minor"]) == (700_000_001 - 1_230_000, 679_000_001 - 1_193_100)
