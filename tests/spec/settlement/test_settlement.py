"""What is due becomes entries: to the penny, balanced, every pot empty, nothing invented where it is missing."""

from fractions import Fraction

import pytest

from obc.domain.core.kernel.provenance import Evidence
from obc.domain.money.settlement.ledger import Entry, Ledger, balances
from obc.domain.money.settlement.settlement import matched, settle
from obc.domain.outcomes.scoring.evidenced import Evidenced
from payment_samples import mechanism

POT = """
inputs: [{{input: points earned, from: scorecard}}]
steps:
  - step: earned
    scale: 1_000_000
    by: [points earned, 1 %]
    source: test
  - step: pot
    pool: 1_000_000
    earned: earned
    unearned: {unearned}
    source: test
  - step: payment
    settle: pot
    reason: outcomes achieved
    round: half up
    {sides}
"""
SERVICES = """
      reinvested in:
        - {account: crisis-support, share: 60 %}
        - {account: recovery-college, share: 40 %}
"""


def _settled(points, unearned=SERVICES, sides="", party="alliance"):
    made = mechanism(POT.format(unearned=unearned, sides=sides))
    return settle(made, {"points earned": Evidenced.of([points])}, [party], [1])[1][0]


def _moves(settlement):
    return [(entry.credit, entry.debit, entry.amount_minor) for entry in settlement.entries]


@pytest.mark.parametrize(
    ("points", "earned", "services"),
    [
        ("28", 28_000_000, (43_200_000, 28_800_000)),
        ("100", 100_000_000, ()),
        ("0", 0, (60_000_000, 40_000_000)),
        ("100/3", 33_333_333, (40_000_000, 26_666_667)),
    ],
)
def test_a_pot_is_paid_out_and_reinvested_to_the_penny(points, earned, services):
    done = _settled(points)
    assert (done.pot_minor, done.earned_minor, done.unearned_minor) == (100_000_000, earned, 100_000_000 - earned)
    assert done.payable_minor == earned
    expected = [("commissioner", "pot", 100_000_000)]
    expected += [("pot", "alliance", earned)] if earned else []
    names = ("crisis-support", "recovery-college")
    expected += [("pot", name, amount) for name, amount in zip(names, services, strict=False)]
    assert _moves(done) == expected
    assert balances(done.entries)["pot"] == 0
    assert sum(balances(done.entries).values()) == 0


@pytest.mark.parametrize(
    ("unearned", "account", "reason"),
    [
        ("back to the payer", "commissioner", "unearned, returned"),
        ("over to next year", "pot carried over", "unearned, carried over"),
    ],
)
def test_what_is_unearned_follows_its_rule(unearned, account, reason):
    last = _settled("28", unearned).entries[-1]
    assert (last.credit, last.debit, last.amount_minor, last.reason) == ("pot", account, 72_000_000, reason)


def test_several_may_pay_and_several_be_paid():
    sides = """source: test
    paid by:
      - {account: health, share: 2/3}
      - {account: county, share: 1/3}
    paid to:
      - {account: party, share: 50 %}
      - {account: partner, share: 50 %}"""
    done = _settled("33.333333", "back to the payer", sides)
    assert done.payable_minor == 16_666_667
    assert _moves(done) == [
        ("health", "pot", 66_666_667),
        ("county", "pot", 33_333_333),
        ("pot", "alliance", 16_666_667),
        ("pot", "partner", 16_666_666),
        ("pot", "health", 44_444_445),
        ("pot", "county", 22_222_222),
    ]


def test_what_cannot_be_known_moves_nothing_and_is_not_zero():
    done = _settled(None)
    assert (done.pot_minor, done.earned_minor, done.unearned_minor, done.payable_minor) == (None,) * 4
    assert (done.evidence, done.entries) == (Evidence.MISSING, ())


PLAIN = """
inputs: [{input: gain}, {input: fee}]
steps:
  - {step: shared, settle: gain, reason: gain or loss share, round: half up}
  - {step: fees, settle: fee, reason: fee, round: half even}
"""


@pytest.mark.parametrize(
    ("gain", "fee", "moves", "payable", "earned"),
    [
        ("100.005", 0, [("commissioner", "a", 10_001)], 10_001, 10_001),
        (-50, 0, [("a", "commissioner", 5_000)], -5_000, 0),
        (-50, 80, [("a", "commissioner", 5_000), ("commissioner", "a", 8_000)], 3_000, 3_000),
        (None, 80, [("commissioner", "a", 8_000)], 8_000, 8_000),
        (None, None, [], None, None),
        (0, 0, [], 0, 0),
    ],
)
def test_without_a_pot_the_amounts_themselves_are_due(gain, fee, moves, payable, earned):
    inputs = {"gain": Evidenced.of([gain]), "fee": Evidenced.of([fee])}
    done = settle(mechanism(PLAIN), inputs, ["a"], [2018])[1][0]
    assert _moves(done) == moves
    assert (done.payable_minor, done.earned_minor, done.pot_minor) == (payable, earned, earned)


def test_a_line_in_dispute_does_not_hold_up_the_others():
    inputs = {"gain": Evidenced.missing(state=Evidence.DISPUTED), "fee": Evidenced.of([80])}
    done = settle(mechanism(PLAIN), inputs, ["a"], [2018])[1][0]
    assert (done.evidence, done.payable_minor) == (Evidence.DISPUTED, 8_000)


def test_many_are_settled_at_once_each_for_itself():
    inputs = {"gain": Evidenced.of([1, -2, None]), "fee": Evidenced.of([0])}
    done = settle(mechanism(PLAIN), inputs, ["a", "b", "a"], [1, 1, 2])[1]
    assert [(one.party, one.year, one.payable_minor) for one in done] == [("a", 1, 100), ("b", 1, -200), ("a", 2, 0)]


def test_parties_years_and_inputs_belong_together():
    inputs = {"gain": Evidenced.of([1]), "fee": Evidenced.of([0])}
    with pytest.raises(ValueError, match="settled once a year"):
        settle(mechanism(PLAIN), inputs, ["a", "a"], [1, 1])
    with pytest.raises(ValueError, match="3 sets of inputs for 1 parties"):
        settle(mechanism(PLAIN), inputs | {"gain": Evidenced.of([1, 2, 3])}, ["a"], [1])
    with pytest.raises(ValueError, match="shorter"):
        settle(mechanism(PLAIN), inputs, ["a", "b"], [1])


def test_sides_are_matched_in_their_order():
    assert list(matched([("a", 5), ("b", 0), ("c", 7)], [("x", 6), ("y", 0), ("z", 6)])) == [
        ("a", "x", 5),
        ("c", "x", 1),
        ("c", "z", 6),
    ]
    assert list(matched([("a", -5), ("b", -7)], [("x", -12)])) == [("a", "x", -5), ("b", "x", -7)]


def test_a_ledger_only_grows():
    entry = Entry(party="a", year=1, line="l", debit="x", credit="y", amount_minor=5, reason="r")
    ledger = Ledger().with_entries([entry]).with_entries([entry])
    assert (ledger.balance("x"), ledger.balance("y"), ledger.balance("z")) == (10, -10, 0)
    assert len(ledger.entries) == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [({"debit": "y"}, "an entry from 'y' to itself"), ({"amount_minor": 0}, "greater than 0")],
)
def test_an_entry_moves_something_somewhere(change, said):
    entry = {"party": "a", "year": 1, "line": "l", "debit": "x", "credit": "y", "amount_minor": 5, "reason": "r"}
    with pytest.raises(ValueError, match=said):
        Entry(**entry | change)


def test_the_penny_is_rounded_once_at_its_point():
    made = mechanism("inputs: [{input: x}]\nsteps:\n  - {step: p, settle: x, reason: r, round: down}")
    done = settle(made, {"x": Evidenced.of([Fraction(199, 10_000)])}, ["a"], [1])[1][0]
    assert done.payable_minor == 1
