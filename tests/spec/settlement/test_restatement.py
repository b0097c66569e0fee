"""Late data make a new settlement and an adjusting entry. Nothing is rewritten."""

import pytest

from obc.domain.money.settlement.ledger import Ledger, balances
from obc.domain.money.settlement.restatement import restate
from obc.domain.money.settlement.settlement import settle
from obc.domain.outcomes.scoring.evidenced import Evidenced
from payment_samples import mechanism

RULES = """
inputs: [{input: points}]
steps:
  - {step: earned, scale: points, by: [1000], source: test}
  - step: pot
    pool: 100_000
    earned: earned
    unearned: {reinvested in: crisis-support}
    source: test
  - {step: payment, settle: pot, reason: outcomes achieved, round: half up}
"""


def _settlements(points, parties=("a",), years=(1,)):
    values = {"points": Evidenced.of([points])}
    return settle(mechanism(RULES), values, parties, years)[1]


def _ledger(*points):
    ledger = Ledger()
    for one in points:
        ledger = ledger.with_entries(restate(ledger, _settlements(one)))
    return ledger


def _moves(entries):
    return [(entry.credit, entry.debit, entry.amount_minor, entry.reason) for entry in entries]


def test_the_first_settlement_is_entered_whole():
    entries = restate(Ledger(), _settlements(28))
    assert sorted(_moves(entries)) == [
        ("commissioner", "pot", 10_000_000, "set aside"),
        ("pot", "a", 2_800_000, "outcomes achieved"),
        ("pot", "crisis-support", 7_200_000, "unearned, reinvested"),
    ]


def test_settling_twice_adds_nothing():
    settled = _settlements(28)
    ledger = Ledger().with_entries(entry for one in settled for entry in one.entries)
    assert restate(ledger, settled) == ()


@pytest.mark.parametrize(
    ("before", "after", "moves"),
    [
        (
            28,
            50,
            [
                ("pot", "a", 2_200_000, "restated: outcomes achieved"),
                ("crisis-support", "pot", 2_200_000, "restated: unearned, reinvested"),
            ],
        ),
        (
            50,
            0,
            [
                ("a", "pot", 5_000_000, "restated: outcomes achieved"),
                ("pot", "crisis-support", 5_000_000, "restated: unearned, reinvested"),
            ],
        ),
    ],
)
def test_a_correction_is_the_difference(before, after, moves):
    ledger = Ledger().with_entries(entry for one in _settlements(before) for entry in one.entries)
    assert sorted(_moves(restate(ledger, _settlements(after)))) == sorted(moves)


def test_after_any_corrections_the_ledger_says_what_a_full_run_says():
    final = _settlements(70)
    assert balances(_ledger(28, 50, 3, 70).entries) == balances(final[0].entries)


def test_what_is_no_longer_known_is_taken_back():
    ledger = Ledger().with_entries(_settlements(28)[0].entries)
    ledger = ledger.with_entries(restate(ledger, _settlements(None)))
    assert set(balances(ledger.entries).values()) == {0}


def test_other_parties_and_years_are_left_alone():
    ledger = Ledger().with_entries(
        entry for one in _settlements(28, ("a", "b", "a"), (1, 1, 2)) for entry in one.entries
    )
    assert {(entry.party, entry.year) for entry in restate(ledger, _settlements(50))} == {("a", 1)}
