"""The envelope held flat: providers keep, and put back into care, what their care costs less; within limits."""

from fractions import Fraction

import pytest

from obc.bootstrap.contracts import load_contract
from obc.domain.contract.agreement.change import Change
from obc.domain.contract.variations.changed import changed
from obc.domain.money.payment.evaluation import evaluate
from obc.domain.money.settlement.ledger import balances
from obc.domain.money.settlement.settlement import settle
from obc.domain.outcomes.scoring.evidenced import Evidenced

CONTRACT = load_contract("oxfordshire-mental-health")
RULES = CONTRACT.mechanism
LEAD = "oxford-health"
HEALTH, COUNTY = "oxfordshire-clinical-commissioning-group", "oxfordshire-county-council"
PLANNED = {1: 36_461, 2: 36_433, 3: 36_693, 4: 36_636, 5: 36_403}
"""£k: what care was to cost, by year (OCCG business case, section 4, projection 3)."""


def _settled(cost, year=2, points=50, rules=RULES, people=(None, None)):
    """The Oxfordshire contract in £k; `points` of 100."""
    inputs = {
        "points earned": Evidenced.of([points]),
        "points available": Evidenced.of([100]),
        "part of the year by days": Evidenced.of([1]),
        "open-book cost": Evidenced.of([None if cost is None else Fraction(str(cost)) * 1000]),
        "weighted people at the start": Evidenced.of([people[0]]),
        "weighted people over the year": Evidenced.of([people[1]]),
    }
    return settle(rules, inputs, [LEAD], [year])[1][0]


def _line(settlement, line):
    moved = balances(entry for entry in settlement.entries if entry.line == line and "passed on" not in entry.reason)
    return {name: Fraction(amount, 100_000) for name, amount in moved.items()}


def test_what_is_saved_below_the_envelope_by_year():
    done = evaluate(RULES, {}, [1, 2, 3, 4, 5])
    assert [done["saved below the envelope"][i] / 1000 for i in range(5)] == [649, 677, 417, 474, 707]
    assert {done["envelope"][i] for i in range(5)} == {37_110_000}
    assert [done["saved if the envelope were indexed"][i] / 1000 for i in range(5)] == [1542, 2485, 3161, 4177, 5392]


@pytest.mark.parametrize(("year", "kept"), [(1, 649), (2, 677), (3, 417), (4, 474), (5, 707)])
def test_costs_as_planned_leave_it_all_with_the_providers_who_put_it_back_into_care(year, kept):
    done = _settled(PLANNED[year], year)
    assert _line(done, "savings put back") == {LEAD: -kept, "care-from-savings": kept}
    assert _line(done, "gain and loss share") == {}
    assert _line(done, "budget") == {LEAD: 37_110, HEALTH: Fraction("-33770.1"), COUNTY: Fraction("-3339.9")}


@pytest.mark.parametrize(
    ("cost", "points", "kept", "commissioners"),
    [
        ("37110", 50, 0, 0),
        ("36367.8", 50, "742.2", 0),
        ("35625.6", 50, "1113.3", "371.1"),
        ("34883.4", 50, "1484.4", "742.2"),
        ("33399", 50, "1484.4", "2226.6"),
        ("35625.6", 25, "1113.3", "371.1"),
        ("35625.6", "24.99", 0, "1484.4"),
        ("37852.2", 50, 0, 0),
        ("38594.4", 50, 0, "-371.1"),
        ("38594.4", 0, 0, "-371.1"),
        ("40821", 50, 0, "-2226.6"),
    ],
    ids=[
        "none",
        "2 %",
        "4 %",
        "6 %",
        "10 %",
        "a quarter of the points",
        "less",
        "2 % over",
        "4 %",
        "no points",
        "10 %",
    ],
)
def test_gains_and_losses_are_shared_beyond_a_corridor_and_up_to_a_cap(cost, points, kept, commissioners):
    """£k of 37,110: the first 2 % either way are the providers' own, half of the next 4 %, nothing beyond.

    Each commissioner has its share of what comes back or is added.
    """
    done = _settled(cost, points=points)
    share = _line(done, "gain and loss share")
    assert share.get(LEAD, 0) == -Fraction(commissioners)
    assert share.get(HEALTH, 0) == Fraction(commissioners) * Fraction("0.91")
    assert share.get(COUNTY, 0) == Fraction(commissioners) * Fraction("0.09")
    assert _line(done, "savings put back").get("care-from-savings", 0) == Fraction(kept)


def test_partners_share_a_loss_as_they_share_the_budget():
    done = _settled("38594.4")
    down = balances(entry for entry in done.entries if entry.line == "gain and loss share" and entry.credit == LEAD)
    assert down["elmore"] == round(37_110_000 * Fraction(767, 37_110))


def test_without_the_open_book_nothing_is_shared_and_the_budget_is_paid():
    done = _settled(None)
    assert {entry.line for entry in done.entries} == {"budget", "incentive payment"}
    assert [(one.line, one.wants) for one in done.unsettled] == [
        ("gain and loss share", ("open-book cost",)),
        ("savings put back", ("open-book cost",)),
    ]


def _with(*figures):
    changes = [Change(file="payment.yaml", at=f"figures / {name} / is", reads="1") for name in figures]
    return changed(CONTRACT, changes, "the alternative").mechanism


def test_held_flat_the_list_changes_nothing():
    assert _line(_settled(37_110, people=(8_000, 8_080)), "budget")[LEAD] == 37_110


@pytest.mark.parametrize(
    ("people", "balance"), [((8_000, 8_080), "371.1"), ((8_000, 7_960), "-185.55"), ((8_000, None), None)]
)
def test_the_alternative_that_follows_the_list_pays_for_people_who_join(people, balance):
    done = _settled(37_110, rules=_with("follows the list"), people=people)
    paid = _line(done, "budget")[LEAD]
    assert paid == 37_110 + Fraction(balance or 0)
    rest = [entry for entry in done.entries if entry.reason == "capitated budget, the balance"]
    assert bool(rest) == (balance is not None)
    assert ("budget, the balance" in [one.line for one in done.unsettled]) == (balance is None)


@pytest.mark.parametrize(("year", "budget"), [(1, 38_003), (2, 38_918), (5, 41_795)])
def test_the_alternative_that_follows_prices_and_people_indexes_the_envelope(year, budget):
    assert _line(_settled(37_110, year, rules=_with("follows prices and people")), "budget")[LEAD] == budget
